"""What closed or reopened nights mean for a year: room-nights, income, and the chance of the target. Pure.

All of it compares with the latest forecast that was kept. For each week ahead:

    no longer fits = max(0, forecast − lost stays − (sellable − closed)) − max(0, forecast − sellable)

in room-nights, where `lost stays` are nights of stays in conflict that no other room fits, and `closed` the nights
closed additionally (below 0 where rooms reopen, and then more fits than before). A week at a turn of the year counts
for each year by its nights.

- Reading a: demand moves into rooms that are still open. Expected falls by the lost stays and by what no longer fits.
- Reading b, the pessimistic one: none of it moves, and reopened rooms bring no new demand. Expected falls by closed
  nights × min(1, forecast / sellable), at least by the lost stays: never less than in reading a.
- Income lost, by segment: lost stays × their own rate, and what no longer fits × the segment's usual rate, where each
  segment has the part that it has of the week's demand still to come (forecast − sold, at least 0).

The spread of the forecast's errors stays; the most that a year can end with falls by the nights closed.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from campus.forecast.year_end import YearEnd, chance_of
from campus.nights import Nights


@dataclass(frozen=True, slots=True)
class WeekAhead:
    """A week of the forecast in room-nights. `to_come` are forecast and not sold yet, by segment."""

    nights: Nights
    forecast: float
    sellable: int
    to_come: Mapping[int, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Kept:
    """The forecast that is compared with, and what each segment usually pays a night, in cents."""

    made_on: date
    weeks: Sequence[WeekAhead]
    years: Mapping[int, YearEnd]
    targets: Mapping[int, int]
    rates: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class LostStay:
    """The nights of a stay that no other room fits; the rate is in cents a night."""

    nights: tuple[date, ...]
    segment_id: int | None
    rate_cents: int


@dataclass(frozen=True, slots=True)
class End:
    """How a year is expected to end, in room-nights, and the chance of its target, 0 to 1; None: not known."""

    expected: float
    chance: float | None


@dataclass(frozen=True, slots=True)
class YearChange:
    """What becomes of a year. `lost` and `waiting` are those of `proposal.Proposal`, in room-nights.

    `lost_stays` and `no_longer_fits` are room-nights, `income` cents lost by segment; below 0 is regained. `target`
    and the three ends are None where no forecast of the year is kept. `beyond` are nights that no forecast reaches.
    """

    year: int
    lost: int
    waiting: int
    lost_stays: int
    no_longer_fits: float
    income: Mapping[int, int]
    target: int | None = None
    before: End | None = None
    moves: End | None = None  # reading a
    stays_away: End | None = None  # reading b
    beyond: int = 0

    @property
    def income_cents(self) -> int:
        """Of all segments."""
        return sum(self.income.values())


@dataclass(slots=True)
class _Sums:
    """Of a year, while its weeks are gone through."""

    fits_not: float = 0.0
    stays_away: float = 0.0
    reached: int = 0
    income: dict[int, float] = field(default_factory=lambda: defaultdict(float))


def year_changes(
    lost: Mapping[date, int], waiting: Mapping[date, int], stays: Sequence[LostStay], kept: Kept | None
) -> list[YearChange]:
    """A row for each year in which anything changes, the earliest first. Without a forecast only what is certain."""
    closed = {night: lost.get(night, 0) + waiting.get(night, 0) for night in {*lost, *waiting}}
    sums: dict[int, _Sums] = defaultdict(_Sums)
    for one in stays:
        for night in one.nights:
            if one.segment_id is not None:
                sums[night.year].income[one.segment_id] += one.rate_cents
    gone = Counter(_nights_of(stays))
    for week in kept.weeks if kept else ():
        if any(night in closed or night in gone for night in week.nights):
            _add_week(sums, week, closed, gone, kept.rates if kept else {})
    years = sorted({night.year for night, rooms in closed.items() if rooms} | {n.year for n in gone})
    return [_year(year, lost, waiting, stays, sums[year], kept) for year in years]


def _add_week(
    sums: dict[int, _Sums],
    week: WeekAhead,
    closed: Mapping[date, int],
    lost_stays: Mapping[date, int],
    rates: Mapping[int, int],
) -> None:
    shut = sum(closed.get(night, 0) for night in week.nights)
    gone = sum(lost_stays.get(night, 0) for night in week.nights)
    over = max(0.0, week.forecast - gone - (week.sellable - shut)) - max(0.0, week.forecast - week.sellable)
    share = min(1.0, week.forecast / week.sellable) if week.sellable > 0 else 0.0
    stays_away = max(float(gone), max(0, shut) * share)
    to_come = sum(week.to_come.values())
    for night in week.nights:
        one = sums[night.year]
        one.fits_not += over / len(week.nights)
        one.stays_away += stays_away / len(week.nights)
        one.reached += closed.get(night, 0)
        for segment, rooms in week.to_come.items():
            if to_come > 0:
                one.income[segment] += over / len(week.nights) * rooms / to_come * rates.get(segment, 0)


def _year(
    year: int,
    lost: Mapping[date, int],
    waiting: Mapping[date, int],
    stays: Sequence[LostStay],
    sums: _Sums,
    kept: Kept | None,
) -> YearChange:
    gone = sum(night.year == year for night in _nights_of(stays))
    row = YearChange(
        year=year,
        lost=_of_year(lost, year),
        waiting=_of_year(waiting, year),
        lost_stays=gone,
        no_longer_fits=sums.fits_not,
        income={segment: round(cents) for segment, cents in sums.income.items() if round(cents)},
    )
    end = kept.years.get(year) if kept else None
    if kept is None or end is None:
        return row
    target, closed = kept.targets[year], row.lost + row.waiting
    return replace(
        row,
        target=target,
        before=_end(end, target, 0, 0),
        moves=_end(end, target, gone + sums.fits_not, closed),
        stays_away=_end(end, target, sums.stays_away, closed),
        beyond=closed - sums.reached,
    )


def _end(end: YearEnd, target: int, lower: float, closed: int) -> End:
    most = max(end.to_date, end.most - closed)
    expected = min(max(end.expected - lower, float(end.to_date)), float(most))
    after = replace(end, expected=expected, most=most, sellable=end.sellable - closed, target=target)
    return End(expected, chance_of(after, target))


def _nights_of(stays: Iterable[LostStay]) -> list[date]:
    return [night for one in stays for night in one.nights]


def _of_year(rooms: Mapping[date, int], year: int) -> int:
    return sum(number for night, number in rooms.items() if night.year == year)
