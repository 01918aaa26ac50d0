"""Pace: what is on the books now, against what was on the books 364 days ago for the nights 364 days before.

364 days are 52 weeks, so the same weekdays are compared. Beside it stands what became of those nights.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from sqlalchemy.orm import Session

from campus.forecast import queries
from campus.nights import Nights

A_YEAR = timedelta(days=364)
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Pace:
    """Room-nights on the books now and then; `became` is what was sold of them in the end."""

    now: int = 0
    then: int = 0
    became: int = 0
    held_now: int = 0
    held_then: int = 0

    @property
    def ahead(self) -> int:
        """By how much the books are ahead of last year's; negative where they are behind."""
        return self.now - self.then

    def __add__(self, other: "Pace") -> "Pace":
        return Pace(
            self.now + other.now,
            self.then + other.then,
            self.became + other.became,
            self.held_now + other.held_now,
            self.held_then + other.held_then,
        )


@dataclass(frozen=True, slots=True)
class PaceReport:
    """Pace as of an evening, by night and segment, for the 364 nights after it.

    Of `unknown` nights what became of last year's is not known, for want of a snapshot: they are left out.
    """

    on: date
    nights: Nights
    unknown: int
    cells: Mapping[tuple[date, int], Pace]

    def by_month(self, segment: int | None = None) -> dict[date, Pace]:
        """First of the month of stay → pace, of one segment or all; months without any are there too."""
        months = {part.first.replace(day=1): Pace() for part in self.nights.months()}
        return months | self._summed(lambda night, _one: night.replace(day=1), segment)

    def by_segment(self) -> dict[int, Pace]:
        """Segment → pace."""
        return self._summed(lambda _night, one: one, None)

    def total(self, segment: int | None = None) -> Pace:
        """Of one segment or all."""
        return self._summed(lambda _night, _one: 0, segment).get(0, Pace())

    def _summed(self, key: Callable[[date, int], Key], segment: int | None) -> dict[Key, Pace]:
        sums: dict[Key, Pace] = defaultdict(Pace)
        for (night, one), cell in self.cells.items():
            if segment is None or one == segment:
                sums[key(night, one)] += cell
        return dict(sums)


def pace(session: Session, on: date) -> PaceReport:
    """Compare an evening with the one 364 days before. Raises `InvalidInput` naming `on` without both snapshots."""
    for evening in (on, on - A_YEAR):
        queries.must_be_there(session, evening, "on")
    nights = Nights(on + timedelta(days=1), on + timedelta(days=1) + A_YEAR)
    last = queries.last_evening_of((night - A_YEAR for night in nights), on)
    there = queries.evenings_there(session, last.values())
    known = {night: evening for night, evening in last.items() if evening in there}
    now = queries.stood(session, {night + A_YEAR: on for night in known})
    then = queries.stood(session, dict.fromkeys(known, on - A_YEAR))
    became = queries.stood(session, known)
    keys = now.keys() | {(night + A_YEAR, segment) for night, segment in then.keys() | became.keys()}
    cells = {}
    for night, segment in keys:
        before = (night - A_YEAR, segment)
        this, that = now.get((night, segment), (0, 0)), then.get(before, (0, 0))
        cells[night, segment] = Pace(this[0], that[0], became.get(before, (0, 0))[0], this[1], that[1])
    return PaceReport(on, nights, len(nights) - len(known), cells)
