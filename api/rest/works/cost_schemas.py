"""Running costs as JSON: amounts are whole cents, periods have their first and their last day."""

from collections.abc import Mapping
from datetime import date, datetime

from pydantic import BaseModel, Field

from api.rest.given import Given
from campus.amounts import MOST_CENTS
from campus.nights import Nights
from campus.running_costs.models import CostEntry
from campus.running_costs.periods import Compared, Figure
from campus.running_costs.report import Report, ReportRow
from campus.running_costs.rules import LONGEST_TEXT, Kind, Line, Status, last_day
from campus.running_costs.units import Units

Cents = int


class SpanOut(BaseModel):
    """A period; its last day belongs to it."""

    first: date
    last: date

    @classmethod
    def of(cls, span: Nights) -> "SpanOut":
        """A period as JSON."""
        return cls(first=span.first, last=last_day(span))


class FigureOut(BaseModel):
    """What the entries within the period add up to; `cents` is null where nothing is entered."""

    cents: Cents | None
    days: int = Field(description="Days that are covered; of a sum, those of the row that has the fewest.")
    complete: bool = Field(description="Whether every day of the period is covered.")
    not_parted: list[SpanOut] = Field(description="Entries that reach beyond the period, and so are not counted.")


class ComparedOut(BaseModel):
    """An amount against the budget of the same days."""

    cents: Cents
    budget_cents: Cents
    difference_cents: Cents = Field(description="More than the budget; below 0 for less.")
    share: float | None = Field(description="The difference as a share of the budget; null where that is 0.")
    periods: list[SpanOut] = Field(description="The days that both cover.")


class RowOut(BaseModel):
    """A line, or a sum of lines."""

    budget: FigureOut
    forecast: FigureOut
    actual: FigureOut
    actual_against_budget: ComparedOut | None
    forecast_against_budget: ComparedOut | None


class IncomeOut(RowOut):
    """What a party pays."""

    party: str = Field(description="Its short name.")


class UnitsOut(BaseModel):
    """Actual costs without security over the days for which every line has an amount."""

    periods: list[SpanOut]
    cents: Cents
    paid_cents: Cents = Field(description="Recoveries and rents whose periods lie within the same days.")
    net_cents: Cents
    area_m2: int = Field(description="Of the pavilions whose area is known, as it is today.")
    area_invented: bool = Field(description="Whether any of these areas is sample data.")
    occupied_room_nights: int = Field(description="Room-nights sold on the same days.")
    cents_per_m2: float | None
    cents_per_room_night: float | None
    net_cents_per_m2: float | None
    net_cents_per_room_night: float | None


class ReportOut(BaseModel):
    """Running costs of a period; `net_cents` is total − recoveries − rents, without security."""

    first: date
    last: date
    as_of: date
    lines: dict[Line, RowOut]
    total: RowOut
    recoveries: list[IncomeOut]
    recoveries_total: RowOut
    rents: list[IncomeOut]
    rents_total: RowOut
    net_cents: dict[Kind, Cents]
    security: RowOut = Field(description="An item of its own, in no total.")
    units: UnitsOut | None


class StepOut(SpanOut):
    """A month of a period, or a year of a long one."""

    units: UnitsOut | None = Field(description="Null where some line has no actual amount.")


class EntryOut(SpanOut):
    """An amount of a line in a period. A withdrawn one counts in no report."""

    number: int
    line: Line
    kind: Kind
    party: str | None
    cents: Cents
    note: str
    state: Status
    entered_at: datetime
    entered_by: str
    reason: str


class GivenAmount(Given):
    """Another amount or note, and why."""

    cents: Cents | None = Field(None, ge=0, le=MOST_CENTS)
    note: str | None = Field(None, max_length=LONGEST_TEXT)
    reason: str = Field("", max_length=LONGEST_TEXT, description="Needed where the amount or note changes.")


class GivenEntry(Given):
    """A new amount. Recoveries and rents need the short name of the party that pays; costs have none."""

    line: Line
    kind: Kind
    first: date
    last: date
    party: str | None = Field(None, max_length=64)
    cents: Cents = Field(ge=0, le=MOST_CENTS)
    note: str = Field("", max_length=LONGEST_TEXT)


class GivenWhy(Given):
    """Why an amount counts no more."""

    reason: str = Field(min_length=1, max_length=LONGEST_TEXT)


def entry_out(one: CostEntry, parties: Mapping[int, str]) -> EntryOut:
    """A version of an entry."""
    return EntryOut(
        number=one.number,
        line=Line(one.cost_line),
        kind=Kind(one.kind),
        party=parties[one.party_id] if one.party_id else None,
        first=one.first,
        last=last_day(Nights(one.first, one.until)),
        cents=one.cents,
        note=one.note,
        state=Status(one.status),
        entered_at=one.recorded_at,
        entered_by=one.recorded_by,
        reason=one.reason,
    )


def report_out(report: Report, on: date, units: Units | None, parties: Mapping[int, str]) -> ReportOut:
    """A report."""
    incomes = {
        line: [IncomeOut(party=parties[party], **_row(row).model_dump()) for party, row in rows.items()]
        for line, rows in report.incomes.items()
    }
    return ReportOut(
        first=report.period.first,
        last=last_day(report.period),
        as_of=on,
        lines={line: _row(row) for line, row in report.lines.items()},
        total=_row(report.total),
        recoveries=incomes[Line.RECOVERY],
        recoveries_total=_row(report.received[Line.RECOVERY]),
        rents=incomes[Line.RENT],
        rents_total=_row(report.received[Line.RENT]),
        net_cents=report.net,
        security=_row(report.security),
        units=units_out(units),
    )


def units_out(found: Units | None) -> UnitsOut | None:
    """Costs by unit."""
    if found is None:
        return None
    return UnitsOut(
        periods=[SpanOut.of(one) for one in found.spans],
        cents=found.cents,
        paid_cents=found.paid,
        net_cents=found.net,
        area_m2=found.area.m2,
        area_invented=found.area.invented,
        occupied_room_nights=found.nights,
        cents_per_m2=found.per_m2(found.cents),
        cents_per_room_night=found.per_night(found.cents),
        net_cents_per_m2=found.per_m2(found.net),
        net_cents_per_room_night=found.per_night(found.net),
    )


def _row(row: ReportRow) -> RowOut:
    return RowOut(
        budget=_figure(row.figures[Kind.BUDGET]),
        forecast=_figure(row.figures[Kind.FORECAST]),
        actual=_figure(row.figures[Kind.ACTUAL]),
        actual_against_budget=_compared(row.actual),
        forecast_against_budget=_compared(row.forecast),
    )


def _figure(one: Figure) -> FigureOut:
    return FigureOut(
        cents=one.cents if one.known else None,
        days=one.days,
        complete=one.complete,
        not_parted=[SpanOut.of(span) for span in one.cut],
    )


def _compared(one: Compared | None) -> ComparedOut | None:
    if one is None:
        return None
    return ComparedOut(
        cents=one.cents,
        budget_cents=one.against,
        difference_cents=one.difference,
        share=one.share,
        periods=[SpanOut.of(span) for span in one.spans],
    )
