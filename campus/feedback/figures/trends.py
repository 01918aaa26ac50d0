"""How a figure went over the closed quarters, and whether that is more than noise.

The line through the quarters is fitted by least squares, each quarter weighted with its precision (one over the square
of its standard error). Where the quarters scatter about the line by more than their own errors explain, the slope's
error is widened by the root of chi² over its degrees of freedom (Birge, The calculation of errors by the method of
least squares, Physical Review 40, 1932). “No detectable change” is the answer as long as the 95 % interval of the
change holds zero: of figures that never changed, one in twenty at most is told to rise or fall. A change of wording
begins a new line, as what was asked before is another question; fewer than three quarters make none.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

from sqlalchemy.orm import Session

from campus.feedback.figures import queries, reading, rules
from campus.feedback.figures.changes import standard_error
from campus.feedback.figures.intervals import Z
from campus.feedback.figures.reading import Figure
from campus.feedback.quarters import Quarter, checked_quarter

FEWEST = 3  # quarters
LONGEST = 12  # quarters that a line goes back: older ones tell little of today


class Course(StrEnum):
    """Where a figure goes."""

    RISING = "rising"
    FALLING = "falling"
    NONE = "no detectable change"


@dataclass(frozen=True, slots=True)
class Point:
    """One closed quarter. `figure` is None where it was not asked; a suppressed one is a gap too.

    `reworded`: guests read another text than in the quarter before, or two texts in this one.
    """

    quarter: Quarter
    figure: Figure | None
    reworded: bool = False

    @property
    def gap(self) -> bool:
        """Whether nothing can be drawn."""
        return self.figure is None or self.figure.value is None


@dataclass(frozen=True, slots=True)
class Trend:
    """All points, the oldest first, and the answer to “did it change?” over the stretch of one wording.

    `course` is None where nothing is said. `change` is what the line rises by from `first` to `last`, in the figure's
    unit, with its 95 % interval.
    """

    measure: str
    points: tuple[Point, ...]
    course: Course | None = None
    change: float | None = None
    low: float | None = None
    high: float | None = None
    first: Quarter | None = None
    last: Quarter | None = None


def trend(session: Session, measure: str, dimension: str = rules.ALL, thing: str = "") -> Trend:
    """How a measure of a group went."""
    found = reading.figures(session, dimension=dimension, thing=thing, measure=measure)
    return trend_of(measure, found, queries.closed_quarters(session)[::-1])


def trend_of(measure: str, figures: Sequence[Figure], quarters: Sequence[Quarter]) -> Trend:
    """The same from figures of one measure and group, and the closed quarters, the oldest first. Pure."""
    points = _points({checked_quarter(one.quarter): one for one in figures}, quarters)
    begin = max((number for number, one in enumerate(points) if one.reworded), default=0)
    stretch = [one for one in points[begin:][-LONGEST:] if one.figure and not one.gap and len(one.figure.wordings) < 2]
    if len(stretch) < FEWEST:
        return Trend(measure, points)
    first, last = stretch[0].quarter, stretch[-1].quarter
    times = [float(_number(one.quarter)) for one in stretch]
    values = [one.figure.value for one in stretch if one.figure and one.figure.value is not None]
    slope, error = _line(times, values, [standard_error(one.figure) for one in stretch if one.figure])
    whole = times[-1] - times[0]
    change, half = slope * whole, Z * error * whole
    low, high = change - half, change + half
    course = Course.RISING if low > 0 else Course.FALLING if high < 0 else Course.NONE
    return Trend(measure, points, course, change, low, high, first, last)


def _points(figures: dict[Quarter, Figure], quarters: Sequence[Quarter]) -> tuple[Point, ...]:
    """A point for each closed quarter from the first that has the measure to the last one closed."""
    points: list[Point] = []
    before: set[str] | None = None
    for quarter in quarters:
        figure = figures.get(quarter)
        if not points and figure is None:
            continue
        read = set(figure.wordings) if figure else None
        reworded = read is not None and (len(read) > 1 or (before is not None and not read <= before))
        points.append(Point(quarter, figure, reworded))
        before = before if read is None else read
    return tuple(points)


def _line(times: Sequence[float], values: Sequence[float], errors: Sequence[float]) -> tuple[float, float]:
    """(slope, its standard error) of the weighted line."""
    weights = [1 / error**2 for error in errors]
    total = sum(weights)
    middle = sum(w * t for w, t in zip(weights, times, strict=True)) / total
    level = sum(w * v for w, v in zip(weights, values, strict=True)) / total
    spread = sum(w * (t - middle) ** 2 for w, t in zip(weights, times, strict=True))
    slope = sum(w * (t - middle) * v for w, t, v in zip(weights, times, values, strict=True)) / spread
    misses = [v - level - slope * (t - middle) for t, v in zip(times, values, strict=True)]
    chi_square = sum(w * miss**2 for w, miss in zip(weights, misses, strict=True))
    birge = max(1.0, chi_square / (len(times) - 2))
    return slope, sqrt(birge / spread)


def _number(quarter: Quarter) -> int:
    return 4 * quarter.year + quarter.number
