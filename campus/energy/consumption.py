"""From what a meter showed to what was used: stretches between readings, months, gaps, and what is implausible. Pure.

All amounts are whole hundredths of the meter's unit. A stretch is spread evenly over its days by cumulative division
in whole numbers, so the parts of any partition of its days add up to it exactly.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from statistics import median

from campus.energy.rules import CHANGED, LONG, ROLL_OVER
from campus.nights import Nights
from core.errors import InvalidInput
from core.i18n import format_date
from core.i18n import gettext as _

MANY_TIMES = 5  # the usual use a day: beyond it a stretch is worth a look
FEWEST = 4  # stretches, before one of them can stand out
HUNDREDTHS = 100


@dataclass(frozen=True, slots=True)
class Shown:
    """What a meter showed; the fields are those of `models.MeterReading`."""

    day: date
    value: int
    since: date | None = None
    kind: str = ""
    new_value: int | None = None

    @property
    def going_on(self) -> int:
        """From where the next reading is counted."""
        return self.value if self.new_value is None else self.new_value


@dataclass(frozen=True, slots=True)
class Stretch:
    """What was used over some days."""

    days: Nights
    used: int

    def until(self, day: date) -> int:
        """What was used before a day."""
        passed = len(self.days.clipped(Nights(self.days.first, max(day, self.days.first))))
        return self.used * passed // len(self.days)

    def within(self, part: Nights) -> int:
        """What was used in a part of the days: parts that meet add up to the whole."""
        return self.until(part.until) - self.until(part.first)

    @property
    def a_day(self) -> float:
        """What was used in a day."""
        return self.used / len(self.days)


@dataclass(frozen=True, slots=True)
class MonthUse:
    """What was used in a month, as far as readings cover it."""

    month: Nights
    used: int
    covered: int

    @property
    def whole(self) -> bool:
        """Whether every day is covered."""
        return self.covered == len(self.month)


def used_between(before: Shown, after: Shown, digits: int) -> int | None:
    """What a counter counted from one reading to the next; None where it fell and nobody said why."""
    counted = after.value - before.going_on
    if counted < 0 and after.kind == ROLL_OVER:
        counted += 10**digits * HUNDREDTHS
    return counted if counted >= 0 else None


def stretches(readings: Sequence[Shown], digits: int | None) -> list[Stretch]:
    """What was used when, by readings in the order of their days. `digits` are a counter's; None for periods."""
    if digits is None:
        return [Stretch(Nights(one.since, one.day + timedelta(1)), one.value) for one in readings if one.since]
    found = []
    for before, after in pairwise(readings):
        used = used_between(before, after, digits)
        if used is not None:
            found.append(Stretch(Nights(before.day, after.day), used))
    return found


def check(readings: Sequence[Shown], digits: int | None) -> None:
    """Readings in the order of their days must follow from each other. Raises `InvalidInput` with `day` as ISO place.

    A counter that shows less than before needs a reason: it rolled over, or was changed. Periods must not overlap.
    """
    for one in readings:
        _check_one(one, digits)
    for before, after in pairwise(readings):
        if problem := fault(before, after, digits):
            raise InvalidInput(problem, place="value")


def fault(before: Shown, after: Shown, digits: int | None) -> str:
    """Why a reading cannot follow another; "" where it can."""
    if digits is None:
        if after.since is not None and after.since <= before.day:
            return _("the period begins before that until %(day)s ends", day=format_date(before.day))
        return ""
    if after.kind == ROLL_OVER and after.value >= before.going_on:
        return _("a counter that rolled over shows less than before")
    if used_between(before, after, digits) is None:
        return _(
            "is lower than the reading before it, of %(day)s: say if the counter rolled over or was changed",
            day=format_date(before.day),
        )
    return ""


def _check_one(one: Shown, digits: int | None) -> None:
    if digits is None:
        if one.since is None:
            raise InvalidInput(_("say on which day the period begins"), place="since")
        if one.since > one.day:
            raise InvalidInput(_("the period must not begin after its end"), place="since")
        if one.kind or one.new_value is not None:
            raise InvalidInput(_("is for counters only"), place="kind")
        return
    if one.since is not None:
        raise InvalidInput(_("is for meters without a counter only"), place="since")
    if (one.kind == CHANGED) != (one.new_value is not None):
        raise InvalidInput(_("give the first value of a new counter, and only of a new one"), place="new_value")
    if max(one.value, one.new_value or 0) >= 10**digits * HUNDREDTHS:
        raise InvalidInput(_("the counter has %(digits)s digits only", digits=digits), place="value")


def by_month(found: Iterable[Stretch], period: Nights) -> list[MonthUse]:
    """What was used in each month of a period."""
    known = list(found)
    return [
        MonthUse(
            month,
            sum(one.within(month) for one in known),
            sum(len(one.days.clipped(month)) for one in known),
        )
        for month in period.months()
    ]


def gaps(found: Sequence[Stretch], period: Nights) -> list[Nights]:
    """The days of a period that no reading covers."""
    holes, at = [], period.first
    for one in found:
        if one.days.first > at:
            holes.append(Nights(at, min(one.days.first, period.until)))
        at = max(at, one.days.until)
    if at < period.until:
        holes.append(Nights(at, period.until))
    return [hole for hole in holes if len(hole)]


def long_ones(found: Iterable[Stretch]) -> list[Stretch]:
    """Stretches of a counter so long that their months are told by spreading alone."""
    return [one for one in found if len(one.days) > LONG]


def jumps(found: Sequence[Stretch]) -> list[Stretch]:
    """Stretches in which a day used many times what is usual: a slip of the pen, or a leak."""
    if len(found) < FEWEST:
        return []
    usual = median(one.a_day for one in found)
    return [one for one in found if usual and one.a_day > MANY_TIMES * usual]
