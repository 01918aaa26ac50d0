"""Who is told of what, when, and how often it is tried. Pure decisions."""

import re
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import urlsplit

from core import cron
from core.errors import InvalidInput, NotAllowed
from core.i18n import gettext as _


class Kind(StrEnum):
    """What is told of, the most urgent first."""

    NIGHT_FAILED = "night failed"
    LOGIN_BROKE = "login broke"
    COVERAGE_LOW = "coverage low"
    CRITICAL_NEW = "critical new"
    OVERDUE = "overdue"


class Pace(StrEnum):
    """How soon a person is told of a platform."""

    AT_ONCE = "at once"
    DAILY = "daily"
    NEVER = "never"


KINDS = tuple(kind.value for kind in Kind)
LEAD = "accessibility"
DIGEST_HOUR = 7
WAITING, SENDING, SENT, GIVEN_UP = "waiting", "sending", "sent", "given up"
STATES = (WAITING, SENDING, SENT, GIVEN_UP)
ALERT, DIGEST, TEST = "alert", "digest", "test"
REMINDER = "reminder"  # what it tells of is kept by whoever put it in

FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=1)
GIVE_UP_AFTER = timedelta(days=7)
MOST_LOST = 3

_CONTROL = re.compile(r"[\x00-\x20\x7f]")
LONGEST_ADDRESS = 2000


def default_pace(roles: Collection[str], *, owner: bool) -> Pace:
    """Whoever made no choice: leads and the platform's owner are told of everything at once, others of nothing."""
    return Pace.AT_ONCE if owner or LEAD in roles else Pace.NEVER


def checked_kinds(given: Iterable[str]) -> list[str]:
    """At least one kind, each once, in the order of `Kind`. Raises `InvalidInput`."""
    wanted = set(given)
    if not wanted or wanted - set(KINDS):
        raise InvalidInput(_("must be one or more of %(names)s", names=", ".join(KINDS)), place="kinds")
    return [kind for kind in KINDS if kind in wanted]


def checked_hour(given: int) -> int:
    """A full hour of the day, 0 to 23. Raises `InvalidInput`."""
    if not 0 <= given <= 23:
        raise InvalidInput(_("must be from 0 to 23"), place="hour")
    return given


def checked_address(given: str, *, allow_private: bool) -> str:
    """The address of a webhook: https, or on one's own network http; no user name. Raises `InvalidInput`."""
    address = given.strip()
    try:
        parts = urlsplit(address)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable or _CONTROL.search(address) or len(address) > LONGEST_ADDRESS or not address.isascii():
        raise InvalidInput(_("must begin with https:// and name a host"), place="address")
    if "@" in parts.netloc:
        raise InvalidInput(_("holds a user name or password; calls are signed instead"), place="address")
    if parts.scheme == "http" and not allow_private:
        raise InvalidInput(_("must begin with https://, as others on the way could read it"), place="address")
    return address


def host_of(address: str) -> str:
    """Scheme, host and port of an address: the rest of it may be secret."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def check_private(before: tuple[bool, str], after: tuple[bool, str], *, admin: bool) -> None:
    """Whether private addresses are permitted, and the address, before and after a change.

    Raises `NotAllowed` when somebody else than an administrator permits them, or changes where such a permission leads.
    """
    permitted, address = after
    if permitted and not admin and before != (True, address):
        raise NotAllowed(_("Only an administrator may permit private addresses."))


def next_digest(now: datetime, hour: int, zone: str) -> datetime:
    """The next time at which it is `hour` in the zone. Where the clocks change: as `core.cron` tells."""
    found = cron.next_time(f"0 {hour} * * *", zone, now)
    assert found is not None, "every day has every hour, or the moment to which the clock jumps"
    return found


def pause(tries: int) -> timedelta:
    """How long to wait after this many failed tries: 1, 2, 4, … minutes, at most an hour."""
    minutes: int = 2 ** min(max(tries, 1) - 1, 10)
    return min(FIRST_PAUSE * minutes, LONGEST_PAUSE)


def is_hopeless(due_at: datetime, now: datetime) -> bool:
    """Whether it has been tried for long enough."""
    return now - due_at >= GIVE_UP_AFTER
