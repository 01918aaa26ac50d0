"""A year of the campus in figures: the bridge, occupancy by every denominator, and how it stands to the target."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.forecast import targets
from campus.forecast.models import Forecast
from campus.nights import Nights
from campus.occupancy.bridge import TERMS, Bridge
from campus.occupancy.capacity import Cut
from campus.occupancy.report import Moment, Question, Report, make_report


@dataclass(frozen=True, slots=True)
class YearEnd:
    """How many room-nights a year is expected to end with; None for what is not known.

    `low` and `high` enclose four of five outcomes, `chance` is that of the target, 0 to 1. `made_on` is the day of the
    forecast; None for a year that is over, of which nothing is forecast any more.
    """

    expected: float | None = None
    low: float | None = None
    high: float | None = None
    chance: float | None = None
    made_on: date | None = None


@dataclass(frozen=True, slots=True)
class YearReport:
    """A year as known at a moment. The target means both: rooms that can be sold, and rooms that are sold."""

    year: int
    report: Report
    target: int
    end: YearEnd

    @property
    def bridge(self) -> Bridge:
        """Of the whole year; what is still to come, as it stands in the books."""
        return self.report.total

    @property
    def to_date(self) -> int:
        """Room-nights sold of the nights that are over."""
        return self.report.over.sold

    @property
    def as_of(self) -> date:
        """The day on whose knowledge it rests."""
        return self.report.moment.on

    @property
    def ended(self) -> bool:
        """Whether all nights of the year are over."""
        return Nights.year(self.year).until <= self.as_of

    def as_json(self) -> dict[str, Any]:
        """Room-nights by name, shares from 0 to 1."""
        return {
            **{name: getattr(self.bridge, name) for name in TERMS},
            "occupancy": self.bridge.occupancy,
            "target": self.target,
            "to_date": self.to_date,
            "expected": None if self.end.expected is None else round(self.end.expected),
            "chance_of_target": self.end.chance,
            "year": self.year,
            "as_of": self.as_of.isoformat(),
        }


def year_report(session: Session, year: int, moment: Moment, cut: Cut = Cut.WHOLE) -> YearReport:
    """The year as known at a moment, its rooms parted by the cut."""
    report = make_report(session, Question(Nights.year(year), cut), moment)
    target = targets.target_of(session, year, moment.at)
    if Nights.year(year).until <= moment.on:
        sold = float(report.over.sold)
        return YearReport(year, report, target, YearEnd(sold, sold, sold, float(sold >= target)))
    return YearReport(year, report, target, _year_end(session, year, moment))


def _year_end(session: Session, year: int, moment: Moment) -> YearEnd:
    """As the last forecast says that was kept by then. Its chance is that of the target which it knew."""
    query = sa.select(Forecast.made_on, Forecast.made_at, Forecast.content["years"]).where(
        Forecast.made_on <= moment.on
    )
    kept = session.execute(query.order_by(Forecast.made_on.desc()).limit(1)).one_or_none()
    said = kept[2].get(str(year)) if kept else None
    if kept is None or said is None:
        return YearEnd()
    entered = targets.target(session, year, moment.at)
    chance = said["chance"] if entered is None or entered.recorded_at <= kept.made_at else None
    return YearEnd(said["expected"], said["low"], said["high"], chance, kept.made_on)
