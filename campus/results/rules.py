"""When an indicator is on track, and what it may hold. Pure. The rule is published in `docs/works/results.md`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from math import isfinite

from core.errors import InvalidInput
from core.i18n import gettext as _

UNITS = ("number", "share", "room-nights", "days", "euros", "points", "kWh")
MILESTONE, TARGET = "milestone", "target"
ROOM_NIGHTS, CONFORMITY, PROGRESS, SLIP = "room-nights", "conformity", "progress", "slip"
FREE_FUNDS, AVOIDED_ENERGY, NIGHT_COST = "free-funds", "avoided-energy", "room-night-cost"
SATISFACTION = "satisfaction"
MEASURES = (ROOM_NIGHTS, CONFORMITY, SATISFACTION, PROGRESS, SLIP, FREE_FUNDS, AVOIDED_ENERGY, NIGHT_COST)
"""What the service counts by itself. `campus/results/measures.py` and `jobs/indicator_values.py` have the ways."""
TOLERANCE = 0.1  # of the way from the baseline to the last goal
COUNTS_FOR = timedelta(days=400)  # a value says something for a year of reporting and a month more
MOST_GOALS = 20
MOST = 1e12


class Direction(StrEnum):
    """Which values are the better ones."""

    HIGHER = "higher"
    LOWER = "lower"


class Status(StrEnum):
    """How an indicator stands."""

    ON_TRACK = "on track"
    AT_RISK = "at risk"
    OFF_TRACK = "off track"
    NOT_REPORTED = "not reported"


@dataclass(frozen=True, slots=True)
class Point:
    """A value of a day: a baseline, a goal, or what was reported."""

    day: date
    value: float


@dataclass(frozen=True, slots=True)
class Course:
    """What an indicator is to reach: `baseline` is where it starts from, `goals` what it is to reach by their days."""

    direction: Direction
    baseline: Point | None
    goals: tuple[Point, ...]  # by day

    def better(self, one: float, other: float) -> float:
        """By how much one value is better than another; below 0 it is worse."""
        return one - other if self.direction is Direction.HIGHER else other - one

    def required(self, day: date) -> float | None:
        """What is required on a day; None without goals.

        From the baseline, or the goal before, the requirement grows evenly to the next goal. A goal that is no
        improvement on what stands before it is required from there on. After the last goal it stays required.
        """
        if not self.goals:
            return None
        following = next((goal for goal in self.goals if goal.day >= day), None)
        if following is None:
            return self.goals[-1].value
        before = self._before(following)
        if before is None or self.better(following.value, before.value) <= 0:
            return following.value
        if before.day >= day:
            return before.value
        gone = (day - before.day) / (following.day - before.day)
        return before.value + gone * (following.value - before.value)

    def _before(self, goal: Point) -> Point | None:
        position = self.goals.index(goal)
        return self.goals[position - 1] if position else self.baseline

    @property
    def tolerance(self) -> float:
        """How much may be missing for it to be at risk and not off track."""
        last = self.goals[-1].value
        way = abs(last - self.baseline.value) if self.baseline else 0.0
        return TOLERANCE * (way or abs(last))


def status(course: Course, last: Point | None, today: date) -> Status:
    """How an indicator stands on a day, by the last thing that was reported of it; None when there was no value.

    On track: the value reaches what is required on its day. At risk: at most a tenth of the way from the baseline to
    the last goal is missing. Off track: more is missing. Not reported: no goal, no value, or none for 400 days.
    """
    if last is None or not course.goals or today - last.day > COUNTS_FOR:
        return Status.NOT_REPORTED
    required = course.required(last.day)
    assert required is not None
    missing = -course.better(last.value, required)
    if missing <= 1e-9:
        return Status.ON_TRACK
    return Status.AT_RISK if missing <= course.tolerance + 1e-9 else Status.OFF_TRACK


_SPACES = re.compile(r"[\s\u00a0\u202f']")
_NUMBER = re.compile(r"[-−]?[0-9]{1,12}(?:[.,](?:[0-9]{1,2}|[0-9]{4,6}))?")


def number(text: str, unit: str, place: str = "value") -> float:
    """A number as people type it, such as 25000 or 62,5; a share is typed as percent.

    Three digits after a point or comma could be thousands, so they are refused. Raises `InvalidInput`.
    """
    given = _SPACES.sub("", text)
    if unit == "share":
        given = given.removesuffix("%")
    if not _NUMBER.fullmatch(given):
        raise InvalidInput(
            _("“%(text)s” is not clear: write it without points or commas for thousands", text=text.strip()[:40]),
            place=place,
        )
    value = float(given.replace(",", ".").replace("−", "-"))
    return checked_value(value / 100 if unit == "share" else value, unit, place)


def checked_value(value: float, unit: str, place: str = "value") -> float:
    """A number that the unit can have: a share lies between 0 and 1. Raises `InvalidInput`."""
    if not isfinite(value) or abs(value) > MOST:
        raise InvalidInput(_("is too large"), place=place)
    if unit == "share" and not 0 <= value <= 1:
        raise InvalidInput(_("must be 0 to 100"), place=place)
    return value


def checked_goals(goals: Sequence[tuple[Point, str]], baseline: Point | None, unit: str) -> None:
    """One a day, in time's order after the baseline. Raises `InvalidInput`."""
    if len(goals) > MOST_GOALS:
        raise InvalidInput(_("are at most %(most)s", most=MOST_GOALS), place="goals")
    days = [point.day for point, _kind in goals]
    if len(set(days)) < len(days):
        raise InvalidInput(_("must be of different days"), place="goals")
    if baseline and any(day <= baseline.day for day in days):
        raise InvalidInput(_("must lie after the day of the baseline"), place="goals")
    for point, kind in goals:
        checked_value(point.value, unit, "goals")
        if kind not in (MILESTONE, TARGET):
            raise InvalidInput(_("must be a milestone or a target"), place="goals")
