"""Running costs per square metre and per occupied room-night, and how both went from period to period."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from campus.capacity.queries import capacity
from campus.capacity.report import Moment
from campus.nights import Nights
from campus.running_costs import periods, queries
from campus.running_costs.periods import Tiles
from campus.running_costs.queries import Row
from campus.running_costs.report import spans_of
from campus.running_costs.rules import INCOMES, Kind

MOST_MONTHS = 25  # a longer period is told by years


@dataclass(frozen=True, slots=True)
class Area:
    """m² of the pavilions whose area is known; `without` have none. `invented` says that some are sample data.

    Areas have no versions: they are those of today, also in a report of the past.
    """

    m2: int
    pavilions: int
    without: int
    invented: bool


@dataclass(frozen=True, slots=True)
class Units:
    """Actual costs over the days for which every line has an amount, without security. `paid` is what came back.

    `nights` are the room-nights that were sold on the same days: `capacity.bridge.Bridge.sold`.
    """

    spans: tuple[Nights, ...]
    cents: int
    paid: int
    nights: int
    area: Area

    @property
    def net(self) -> int:
        """Cents that the campus bears itself."""
        return self.cents - self.paid

    def per_m2(self, cents: int) -> float | None:
        """Cents a square metre; None without any area."""
        return cents / self.area.m2 if self.area.m2 else None

    def per_night(self, cents: int) -> float | None:
        """Cents an occupied room-night; None where none was sold."""
        return cents / self.nights if self.nights else None


def area(session: Session) -> Area:
    """The area that costs are spread over."""
    return Area(*queries.area(session))


def units(session: Session, parts: Sequence[Nights], moment: Moment) -> list[Units | None]:
    """One for each part of a period; None where some line has no actual amount for the whole of the part's months.

    A part that is covered for some of its months only is told of those months alone.
    """
    if not parts:
        return []
    whole = Nights(min(one.first for one in parts), max(one.until for one in parts))
    tiles = queries.tiles(session, whole, moment.at)
    found = [spans_of(tiles, Kind.ACTUAL, part) for part in parts]
    sold = _sold(session, [periods.joined(one) for one in found], moment)
    size = area(session)
    return [
        Units(periods.joined(one), sum(one.values()), _paid(tiles, one), nights, size) if one else None
        for one, nights in zip(found, sold, strict=True)
    ]


def steps(period: Nights) -> list[Nights]:
    """The months of a period, or its years where it is long."""
    months = period.months()
    if len(months) <= MOST_MONTHS:
        return months
    years = range(period.first.year, period.until.year + 1)
    return [part for year in years if len(part := Nights.year(year).clipped(period))]


def _sold(session: Session, spans: Sequence[tuple[Nights, ...]], moment: Moment) -> list[int]:
    """Room-nights sold on the days of each, asked once."""
    flat = [(number, span) for number, some in enumerate(spans) for span in some]
    found = [0] * len(spans)
    if flat:
        terms = capacity(session, [span for _number, span in flat], at=moment.at, on=moment.on)
        for (part, _thing), bridge in terms.items():
            found[flat[part][0]] += bridge.sold
    return found


def _paid(tiles: Mapping[Row, Tiles], spans: Tiles) -> int:
    """Recoveries and rents whose periods lie within the same days."""
    days = periods.joined(spans)
    received = [found for (line, _party, kind), found in tiles.items() if line in INCOMES and kind is Kind.ACTUAL]
    return sum(sum(periods.within(one, days).values()) for one in received)
