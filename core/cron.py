"""When a cron line fires in a time zone: pure, and exactly once for every local time, also when the clocks change.

A cron line has five fields: minute, hour, day of the month, month, weekday (0 or 7 is Sunday, names are allowed). A
date must match both day fields. APScheduler's CronTrigger reads the fields; the wall clock it is given is ours, since
on its own it runs a local time that exists twice two times, and counts weekdays from Monday.
"""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from apscheduler.triggers.cron import CronTrigger

from core.errors import InvalidInput
from core.i18n import gettext as _

WEEKDAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
LONGEST = 200
MINUTE = timedelta(minutes=1)
LOOK_BACK = (timedelta(hours=1), timedelta(days=1))  # short windows first: a line may fire every minute


def check(line: str, zone: str, *, place: str = "schedule") -> None:
    """Raise `InvalidInput` naming `place` when the line or the zone is wrong, or when the line never fires."""
    _zone(zone)
    if next_time(line, zone, datetime(2000, 1, 1, tzinfo=UTC), place=place) is None:
        raise InvalidInput(_("“%(line)s” never fires", line=line), place=place)


def next_time(line: str, zone: str, after: datetime, *, place: str = "schedule") -> datetime | None:
    """The first instant later than `after` at which the line fires in the zone, in UTC; None when it never does.

    A local time that does not exist (spring) becomes the moment to which the clock jumps; of one that exists twice
    (autumn) the first is meant.
    """
    trigger, where = _trigger(line, place), _zone(zone)
    local = after.astimezone(where).replace(tzinfo=None)
    while True:
        found = trigger.get_next_fire_time(None, (local + timedelta(microseconds=1)).replace(tzinfo=UTC))
        if found is None:
            return None
        local = found.replace(tzinfo=None)
        instant = _instant(local, where)
        if instant > after:
            return instant


def latest_time(line: str, zone: str, now: datetime, limit: timedelta) -> datetime | None:
    """The last instant at which the line fired, not later than `now` and less than `limit` ago; None without one."""
    for window in (*(w for w in LOOK_BACK if w < limit), limit):
        latest, found = None, next_time(line, zone, now - window)
        while found is not None and found <= now:
            latest, found = found, next_time(line, zone, found)
        if latest is not None:
            return latest
    return None


def _instant(local: datetime, zone: ZoneInfo) -> datetime:
    while True:
        instant = local.replace(tzinfo=zone).astimezone(UTC)
        if instant.astimezone(zone).replace(tzinfo=None) == local:
            return instant
        local += MINUTE  # inside the gap of a clock change


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise InvalidInput(_("“%(name)s” is not a time zone", name=name), place="time_zone") from None


@lru_cache(maxsize=256)
def _trigger(line: str, place: str) -> CronTrigger:
    fields = line.split()
    if len(fields) != 5 or len(line) > LONGEST:
        raise InvalidInput(_("five fields are needed: minute hour day month weekday"), place=place)
    minute, hour, day, month, weekday = fields
    try:
        return CronTrigger(
            minute=minute, hour=hour, day=day, month=month, day_of_week=_weekdays(weekday), timezone="UTC"
        )
    except (ValueError, TypeError) as error:
        raise InvalidInput(_("“%(line)s” cannot be read: %(error)s", line=line, error=error), place=place) from None


def _weekdays(field: str) -> str:
    """The weekday field with every day named, since numbers mean other days to APScheduler."""
    if field == "*":
        return field
    days: set[int] = set()
    for part in field.lower().split(","):
        span, _slash, step = part.partition("/")
        first, dash, last = ("0-6" if span == "*" else span).partition("-")
        start = _weekday(first)
        end = _weekday(last) if dash else (6 if step else start)
        days.update(day % 7 for day in range(start, end + (7 if end < start else 0) + 1, int(step or 1)))
    return ",".join(WEEKDAYS[day] for day in sorted(days))


def _weekday(name: str) -> int:
    if name in WEEKDAYS:
        return WEEKDAYS.index(name)
    if name.isdecimal() and int(name) <= 7:
        return int(name)
    raise ValueError(_("“%(name)s” is not a weekday (0 to 7, or sun to sat)", name=name))
