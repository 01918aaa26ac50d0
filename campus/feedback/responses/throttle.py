"""What stands against floods of answers: so many from a network, by an answer point, and in a day.

It counts as the throttles of sign-ins and of guests' reports do, but in the memory of the process alone: a row with a
time would say when somebody answered. A restart begins anew, and each web process counts for itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Lock

import structlog

from core import clock
from core.errors import TooManyAttempts
from core.guest_texts import say
from core.people import rules
from core.settings import settings

log = structlog.get_logger()
QUARTER_HOUR = round(rules.WINDOW.total_seconds())
DAY = 86_400
FORGED_CODES = 30  # unknown invitations from one network within a quarter of an hour

Limit = tuple[str, int]
"""What is counted, and the length of its windows in seconds."""


@dataclass
class Throttle:
    """Counts of the windows that have not ended. One of it serves all threads of a process."""

    _counts: dict[Limit, tuple[int, int]] = field(default_factory=dict)  # number of the window, count in it
    _lock: Lock = field(default_factory=Lock)
    _swept: int = 0

    def count_answer(self, address: str, point_key: str) -> None:
        """Count one answer that somebody sends. Raises `TooManyAttempts` when it is one too many."""
        config = settings()
        self._count(
            {
                ("all", DAY): config.answers_a_day,
                (f"point {point_key}", QUARTER_HOUR): config.answers_per_point,
                (f"from {rules.network(address)}", QUARTER_HOUR): config.answers_per_network,
            }
        )

    def count_forged(self, address: str) -> None:
        """Count an invitation that opens nothing. Raises `TooManyAttempts` for who tries one after another."""
        self._count({(f"codes from {rules.network(address)}", QUARTER_HOUR): FORGED_CODES})

    def _count(self, limits: Mapping[Limit, int]) -> None:
        now = int(clock.now().timestamp())
        with self._lock:
            self._sweep(now)
            reached = [one for one, most in limits.items() if self._so_far(one, now) >= most]
            full = [seconds - now % seconds for _what, seconds in reached]
            if not full:
                for one in limits:
                    self._counts[one] = (now // one[1], self._so_far(one, now) + 1)
                return
        log.warning("answer of a guest throttled", retry_after=max(full))
        text = say(
            "So many answers are arriving just now that yours had to wait. It is still here: send it again later."
        )
        raise TooManyAttempts(text, retry_after=max(full))

    def _so_far(self, one: Limit, now: int) -> int:
        window, count = self._counts.get(one, (-1, 0))
        return count if window == now // one[1] else 0

    def _sweep(self, now: int) -> None:
        """Forget windows that have ended, once in a while."""
        if now // QUARTER_HOUR != self._swept:
            self._swept = now // QUARTER_HOUR
            self._counts = {one: held for one, held in self._counts.items() if held[0] == now // one[1]}
