"""A capacity report: what was asked, and its figures as known at an instant. Pages, machines and prints share it."""

from collections import defaultdict
from dataclasses import asdict, dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from sqlalchemy.orm import Session

from campus.capacity.bridge import Bridge
from campus.capacity.queries import ALL, Cut, Only, capacity
from campus.known import end_of
from campus.nights import Nights
from core.i18n import today

MOST_MONTHS = 25  # a longer period is told by years


@dataclass(frozen=True, slots=True)
class Question:
    """What a report is asked: which nights, parted by what, narrowed to what."""

    nights: Nights
    cut: Cut = Cut.WHOLE
    only: Only = ALL


@dataclass(frozen=True, slots=True)
class Moment:
    """Whose knowledge counts: that at the instant `at`, None for now. `on` is its date at the campus."""

    at: datetime | None
    on: date

    @classmethod
    def now(cls) -> "Moment":
        """All that is known."""
        return cls(None, today())

    @classmethod
    def evening(cls, day: date | None) -> "Moment":
        """What was known when a day ended; now for None and for today, which has not ended."""
        return cls(end_of(day), day) if day and day < today() else cls.now()


@dataclass(frozen=True, slots=True)
class Report:
    """`steps` are months, or years of a long period; `things` those of the cut, None for what belongs to none.

    `over` is the part of the total that lies before the moment: what will not change any more but by corrections.
    """

    asked: Question
    moment: Moment
    total: Bridge
    over: Bridge
    steps: tuple[tuple[Nights, Bridge], ...]
    things: dict[int | None, Bridge]

    def as_json(self) -> dict[str, Any]:
        """The figures alone, as plain JSON: what a print keeps, and what a replay is held against."""
        return {
            "total": asdict(self.total),
            "over": asdict(self.over),
            "steps": {nights.first.isoformat(): asdict(bridge) for nights, bridge in self.steps},
            "things": {str(thing or ""): asdict(bridge) for thing, bridge in self.things.items()},
        }


def make_report(session: Session, asked: Question, moment: Moment) -> Report:
    """The report, in one walk through the claims."""
    steps = steps_of(asked.nights)
    parts = _parted(steps, moment.on)
    found = capacity(session, parts, asked.cut, asked.only, at=moment.at, on=moment.on)
    by_part: dict[Nights, Bridge] = defaultdict(Bridge)
    things: dict[int | None, Bridge] = defaultdict(Bridge)
    for (part, thing), bridge in found.items():
        by_part[parts[part]] += bridge
        things[thing] += bridge
    return Report(
        asked,
        moment,
        total=sum(by_part.values(), Bridge()),
        over=sum((bridge for part, bridge in by_part.items() if part.until <= moment.on), Bridge()),
        steps=tuple((step, _within(by_part, step)) for step in steps),
        things=dict(things),
    )


def steps_of(nights: Nights) -> list[Nights]:
    """The months of a period, or its years where those would be too many."""
    months = nights.months()
    if len(months) <= MOST_MONTHS:
        return months
    return [Nights.year(year).clipped(nights) for year in range(nights.first.year, months[-1].first.year + 1)]


def _parted(steps: list[Nights], on: date) -> list[Nights]:
    """The steps, the present one parted where the nights that are over end."""
    ends = sorted({steps[0].first, *(step.until for step in steps)} | ({on} if on in _span(steps) else set()))
    return [Nights(first, until) for first, until in pairwise(ends)]


def _span(steps: list[Nights]) -> Nights:
    return Nights(steps[0].first, steps[-1].until)


def _within(by_part: dict[Nights, Bridge], step: Nights) -> Bridge:
    return sum((bridge for part, bridge in by_part.items() if part.first in step), Bridge())
