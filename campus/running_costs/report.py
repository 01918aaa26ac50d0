"""Running costs of any period, as known at any instant: lines by budget, forecast and actual, and what is paid back.

Parts add up: the total is the sum of its lines, a sum over parties that of the parties. Budget and actual are held
against each other over the same days alone; where all lines tile common days, every line is compared over those.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from campus.capacity.report import Moment
from campus.nights import Nights
from campus.running_costs import periods, queries
from campus.running_costs.periods import Compared, Figure, Tiles
from campus.running_costs.queries import Row
from campus.running_costs.rules import COSTS, INCOMES, Kind, Line

NONE: Tiles = {}


@dataclass(frozen=True, slots=True)
class ReportRow:
    """Figures by kind, and actual and forecast against the budget of the same days (None where there are none)."""

    figures: Mapping[Kind, Figure]
    actual: Compared | None
    forecast: Compared | None

    @property
    def variance(self) -> tuple[Kind, Compared] | None:
        """What is held against the budget: the actual where there is one, else the forecast."""
        if self.actual:
            return Kind.ACTUAL, self.actual
        return (Kind.FORECAST, self.forecast) if self.forecast else None

    @property
    def known(self) -> bool:
        """Whether anything is entered."""
        return any(one.known or one.cut for one in self.figures.values())


@dataclass(frozen=True, slots=True)
class Report:
    """A period's costs. `incomes` by line and party; `net` is cents of total − recoveries − rents, by kind."""

    period: Nights
    lines: Mapping[Line, ReportRow]
    total: ReportRow
    security: ReportRow
    incomes: Mapping[Line, Mapping[int, ReportRow]]
    received: Mapping[Line, ReportRow]

    @property
    def net(self) -> dict[Kind, int]:
        """Cents that the campus bears itself, without security, by kind."""
        return {
            kind: self.total.figures[kind].cents - sum(row.figures[kind].cents for row in self.received.values())
            for kind in Kind
        }

    @property
    def known(self) -> bool:
        """Whether anything is entered for the period."""
        rows = (*self.lines.values(), self.security, *self.received.values())
        return any(one.known for one in rows)

    @property
    def cut(self) -> list[Nights]:
        """Periods of entries that reach beyond the report's, so that they are not counted."""
        rows = (*self.lines.values(), self.security, *self.received.values())
        found = {one for row in rows for figure in row.figures.values() for one in figure.cut}
        return sorted(found, key=lambda one: (one.first, one.until))


def make_report(session: Session, period: Nights, moment: Moment) -> Report:
    """The report of a period, as known at a moment."""
    return report_of(queries.tiles(session, period, moment.at), period)


def report_of(tiles: Mapping[Row, Tiles], period: Nights) -> Report:
    """The same of given entries. Pure."""
    spans = {kind: _common_days(tiles, kind, period) for kind in (Kind.ACTUAL, Kind.FORECAST)}
    lines = {line: _row(tiles, line, None, period, spans) for line in COSTS}
    incomes = {
        line: {party: _row(tiles, line, party, period, {}) for party in _parties(tiles, line)} for line in INCOMES
    }
    return Report(
        period=period,
        lines=lines,
        total=_sum(list(lines.values()), period),
        security=_row(tiles, Line.SECURITY, None, period, {}),
        incomes=incomes,
        received={line: _sum(list(rows.values()), period) for line, rows in incomes.items()},
    )


def spans_of(tiles: Mapping[Row, Tiles], kind: Kind, period: Nights) -> Tiles:
    """The shortest periods that all lines of the total have amounts of a kind for, with the sums."""
    return periods.summed(periods.within(tiles.get((line, None, kind), NONE), [period]) for line in COSTS)


def _common_days(tiles: Mapping[Row, Tiles], kind: Kind, period: Nights) -> tuple[Nights, ...] | None:
    """The days over which all lines can be held against their budgets; None where there are none."""
    found = periods.common(spans_of(tiles, kind, period), spans_of(tiles, Kind.BUDGET, period))
    return periods.joined(found) or None


def _row(
    tiles: Mapping[Row, Tiles],
    line: Line,
    party: int | None,
    period: Nights,
    spans: Mapping[Kind, tuple[Nights, ...] | None],
) -> ReportRow:
    of_kind = {kind: tiles.get((line, party, kind), NONE) for kind in Kind}
    inside = {kind: periods.within(found, [period]) for kind, found in of_kind.items()}
    against = {
        kind: periods.compared(inside[kind], inside[Kind.BUDGET], spans.get(kind))
        for kind in (Kind.ACTUAL, Kind.FORECAST)
    }
    figures = {kind: periods.figure(found, period) for kind, found in of_kind.items()}
    return ReportRow(figures, against[Kind.ACTUAL], against[Kind.FORECAST])


def _sum(rows: Sequence[ReportRow], period: Nights) -> ReportRow:
    figures = {kind: periods.total([row.figures[kind] for row in rows], len(period)) for kind in Kind}
    return ReportRow(
        figures,
        periods.together(row.actual for row in rows),
        periods.together(row.forecast for row in rows),
    )


def _parties(tiles: Mapping[Row, Tiles], line: Line) -> list[int]:
    return sorted({party for one, party, _kind in tiles if one is line and party is not None})
