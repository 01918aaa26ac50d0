"""A year of the campus in figures: the bridge, occupancy by every denominator, and how it stands to the target."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from campus.capacity.bridge import TERMS, Bridge
from campus.capacity.queries import Cut
from campus.capacity.report import Moment, Question, Report, make_report
from campus.forecast import targets
from campus.forecast.outlook import Outlook, outlook
from campus.nights import Nights


@dataclass(frozen=True, slots=True)
class YearReport:
    """A year as known at a moment. The target means both: rooms that can be sold, and rooms that are sold."""

    year: int
    report: Report
    target: int
    end: Outlook

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
        return YearReport(year, report, target, Outlook(sold, sold, sold, float(sold >= target)))
    return YearReport(year, report, target, outlook(session, year, target, moment.on))
