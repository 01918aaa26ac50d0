"""Pick-up: by how much the books of the same nights changed from one evening to another.

Pick-up = on the books as of the second evening − on the books as of the first. It counts the nights that were still
ahead on the first evening, so cancellations count against it.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from sqlalchemy.orm import Session

from campus.forecast import queries
from campus.forecast.queries import Stood
from campus.forecast.replay import AHEAD
from campus.nights import Nights
from core.errors import InvalidInput
from core.i18n import gettext as _

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Change:
    """Room-nights that stood in the books on both evenings."""

    before: int = 0
    after: int = 0
    held_before: int = 0
    held_after: int = 0

    @property
    def picked_up(self) -> int:
        """Negative where more was cancelled than booked."""
        return self.after - self.before

    def __add__(self, other: "Change") -> "Change":
        return Change(
            self.before + other.before,
            self.after + other.after,
            self.held_before + other.held_before,
            self.held_after + other.held_after,
        )


@dataclass(frozen=True, slots=True)
class PickUp:
    """The change from the evening of `since` to that of `until`, by night and segment.

    `nights` are those that are counted; of `unknown` ones what became of them is not known, for want of a snapshot.
    """

    since: date
    until: date
    nights: Nights
    unknown: int
    changes: Mapping[tuple[date, int], Change]

    def by_month(self, segment: int | None = None) -> dict[date, Change]:
        """First of the month of stay → change, of one segment or all; months without any are there too."""
        months = {part.first.replace(day=1): Change() for part in self.nights.months()}
        return months | summed(self.changes, lambda night, _one: night.replace(day=1), segment)

    def by_segment(self) -> dict[int, Change]:
        """Segment → change."""
        return summed(self.changes, lambda _night, one: one, None)

    def total(self, segment: int | None = None) -> Change:
        """Of one segment or all."""
        return summed(self.changes, lambda _night, _one: 0, segment).get(0, Change())


def pick_up(session: Session, since: date, until: date) -> PickUp:
    """Compare two evenings. Raises `InvalidInput` naming `since` or `until` where there is no snapshot of it."""
    if until <= since:
        raise InvalidInput(_("must be later than the first day"), place="until")
    for evening, place in ((since, "since"), (until, "until")):
        queries.must_be_there(session, evening, place)
    nights = Nights(since + timedelta(days=1), since + timedelta(days=AHEAD))
    last = queries.last_evening_of(nights, until)
    there = queries.evenings_there(session, last.values())
    known = {night: evening for night, evening in last.items() if evening in there}
    before = queries.stood(session, dict.fromkeys(known, since))
    changes = _changes(before, queries.stood(session, known))
    return PickUp(since, until, nights, len(nights) - len(known), changes)


def _changes(before: Stood, after: Stood) -> dict[tuple[date, int], Change]:
    nothing = (0, 0)
    pairs = {key: (before.get(key, nothing), after.get(key, nothing)) for key in before.keys() | after.keys()}
    return {key: Change(then[0], now[0], then[1], now[1]) for key, (then, now) in pairs.items()}


def summed(
    changes: Mapping[tuple[date, int], Change], key: Callable[[date, int], Key], segment: int | None
) -> dict[Key, Change]:
    """The changes of one segment, or of all, added up by a key of night and segment."""
    sums: dict[Key, Change] = defaultdict(Change)
    for (night, one), change in changes.items():
        if segment is None or one == segment:
            sums[key(night, one)] += change
    return dict(sums)
