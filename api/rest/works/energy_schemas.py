"""Energy as the REST interface takes and shows it."""

from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel, Field

from api import energy_words as words
from api.dependencies import LARGEST_ID
from api.rest.given import Given
from campus.energy import rules
from campus.energy.actions import WantedMeter
from campus.energy.baseline import Avoided, Baseline
from campus.energy.consumption import Shown
from campus.energy.keeping import Wanted
from campus.energy.models import EnergyBaseline, EnergyPrice, MeterReading, MeterVersion
from campus.energy.months import MonthRow
from campus.energy.savings import MonthSaving, Phase, Report, Sum
from campus.nights import Nights
from core.errors import InvalidInput
from core.i18n import gettext as _

Kind = Literal["electricity", "gas", "heat", "water"]
MOST_SHOWN = float(rules.MOST_VALUE // 100)


class GivenMeter(Given):
    """A meter. `kwh_factor` is of a m³ of gas; 1 for a meter in kWh, 0 for water."""

    name: str = Field(min_length=1, max_length=120, examples=["Africa 10 · Heat"])
    kind: Kind
    pavilion: int | None = Field(None, ge=1, le=LARGEST_ID, description="Null for the whole campus.")
    kwh_factor: float = Field(1.0, ge=0, le=rules.MOST_FACTOR / rules.KWH)
    digits: int | None = Field(
        None,
        ge=rules.LEAST_DIGITS,
        le=rules.MOST_DIGITS,
        description="Whole digits of the counter; null where consumption is entered period by period.",
    )
    first: date
    until: date | None = None
    reason: str = Field("", max_length=rules.MOST_TEXT, description="Needed for a change.")

    def wanted(self) -> WantedMeter:
        """As the books take it."""
        return WantedMeter(
            name=self.name,
            kind=self.kind,
            pavilion_id=self.pavilion,
            kwh_factor=0 if self.kind == "water" else round(self.kwh_factor * rules.KWH),
            digits=self.digits,
            first=self.first,
            until=self.until,
        )


class MeterOut(BaseModel):
    """A meter as it is. `unit` is that of its readings, `told_in` that of months and savings."""

    slug: str
    name: str
    kind: str
    pavilion: int | None
    unit: str
    told_in: str
    kwh_factor: float
    digits: int | None
    first: date
    until: date | None
    recorded_at: datetime
    recorded_by: str


class GivenReading(Given):
    """What a meter showed, in its unit, with at most two digits behind the point."""

    value: float = Field(ge=0, le=MOST_SHOWN)
    since: date | None = Field(None, description="Of a meter without a counter: the first day of the period.")
    kind: Literal["", "roll-over", "changed"] = Field("", description="Why a counter shows less than before.")
    new_value: float | None = Field(None, ge=0, le=MOST_SHOWN, description="Of the new counter, where it was changed.")
    reason: str = Field("", max_length=rules.MOST_TEXT, description="Needed for a correction.")

    def shown(self, day: date) -> Shown:
        """As the books take it."""
        new_value = None if self.new_value is None else hundredths(self.new_value, "new_value")
        return Shown(day, hundredths(self.value, "value"), self.since, self.kind, new_value)


class Withdrawal(Given):
    """Why a reading shall count no more."""

    reason: str = Field(min_length=1, max_length=rules.MOST_TEXT)


class ReadingOut(BaseModel):
    """A reading. A counter's counts as of the beginning of `day`; a period's ends with it."""

    day: date
    since: date | None
    value: float
    kind: str
    new_value: float | None
    reason: str
    recorded_at: datetime
    recorded_by: str


class MonthOut(BaseModel):
    """A month. `used` is of the `covered` days alone; what is null is not known, `missing` names it."""

    month: str = Field(examples=["2026-01"])
    used: float
    covered: int
    days: int
    heating: float | None
    cooling: float | None
    room_nights: int | None
    missing: list[str]


class GivenBaseline(Given):
    """Which months, station and meters. `digest` is that of a trial: null only looks."""

    station: str = Field(min_length=1, max_length=80)
    first: date = Field(description="Any day of the first month.")
    last: date = Field(description="Any day of the last month.")
    room_nights: bool = Field(True, description="Whether occupied room-nights count.")
    with_meters: list[str] = Field([], max_length=20, description="Other meters of the pavilion, by short name.")
    works_first: date | None = Field(None, description="Where the plan of the works does not say it.")
    works_last: date | None = None
    digest: str | None = Field(None, min_length=64, max_length=64)
    reason: str = Field("", max_length=rules.MOST_TEXT, description="Needed where there is a baseline already.")

    def wanted(self, slug: str) -> Wanted:
        """As the books take it. Raises `InvalidInput`."""
        works = None
        if self.works_first or self.works_last:
            if not self.works_first or not self.works_last:
                raise InvalidInput(_("give both days, or none"), place="works_last")
            works = Nights(self.works_first, rules.day_after(self.works_last, "works_last"))
        return Wanted(
            meters=[slug, *(one for one in dict.fromkeys(self.with_meters) if one != slug)],
            station=self.station,
            first=rules.checked_day(self.first, "first"),
            last=rules.checked_day(self.last, "last"),
            with_nights=self.room_nights,
            works=works,
        )


class FitOut(BaseModel):
    """A regression: use by unit of what drives it, and how well it fits."""

    uses_per: dict[str, float]
    r2: float
    cv_rmse: float
    bias: float
    autocorrelation: float
    months: int
    good: bool


class TrialOut(FitOut):
    """A fit that nobody confirmed; `left_out` are chosen months in which something is missing."""

    digest: str
    left_out: list[str]


class BaselineOut(FitOut):
    """A confirmed baseline; it counts as long as `superseded_at` is null."""

    number: int
    meters: list[str]
    station: str
    room_nights: bool
    fitted_on: list[str]
    works_first: date | None
    works_until: date | None
    digest: str
    recorded_at: datetime
    recorded_by: str
    superseded_at: datetime | None
    reason: str


class AvoidedOut(BaseModel):
    """Predicted − actual with its 90 % interval."""

    predicted: float
    actual: float
    avoided: float
    low: float
    high: float
    share: float | None
    detectable: bool


class SumOut(AvoidedOut):
    """The months of a phase together; euros in cents where every month has a price."""

    months: int
    left_out: int
    cents: int | None
    low_cents: int | None
    high_cents: int | None


class SavingOut(BaseModel):
    """A month of the report; `told` is null where something is missing, `outside` names what the baseline never saw."""

    month: str
    phase: Phase
    told: AvoidedOut | None
    cents: int | None
    outside: list[str]
    missing: list[str]


class ReportOut(BaseModel):
    """The savings of a meter. `corrected` says that the baseline's data were changed since it was confirmed."""

    said: str
    unit: str
    baseline: int
    corrected: bool
    works_first: date | None
    works_until: date | None
    phases: dict[str, SumOut]
    months: list[SavingOut]


class GivenPrice(Given):
    """What a unit costs from a day on, in euros with at most four digits behind the point, and where that stands."""

    euros: float = Field(gt=0, le=rules.MOST_PRICE / 10_000)
    source: str = Field(min_length=1, max_length=200)
    reason: str = Field("", max_length=rules.MOST_TEXT, description="Needed for a correction.")


class PriceOut(BaseModel):
    """A price of a kWh, or of a m³ of water."""

    kind: str
    first: date
    euros: float
    source: str
    recorded_at: datetime
    recorded_by: str
    reason: str


class DegreeMonthOut(BaseModel):
    """A month of a station in K·d; null where days are missing."""

    station: str
    month: str
    heating: float | None
    cooling: float | None


def hundredths(value: float, place: str) -> int:
    """A number in hundredths. Raises `InvalidInput` where it has more digits."""
    if abs(value * 100 - round(value * 100)) > 1e-3:
        raise InvalidInput(_("must have at most two digits behind the point"), place=place)
    return round(value * 100)


def meter_out(slug: str, one: MeterVersion) -> MeterOut:
    """A meter."""
    names = ("name", "kind", "digits", "first", "until", "recorded_at", "recorded_by")
    return MeterOut(
        slug=slug,
        pavilion=one.pavilion_id,
        unit=words.reading_unit(one),
        told_in=words.figures_unit(one),
        kwh_factor=one.kwh_factor / rules.KWH,
        **{name: getattr(one, name) for name in names},
    )


def reading_out(one: MeterReading) -> ReadingOut:
    """A reading."""
    names = ("day", "since", "kind", "reason", "recorded_at", "recorded_by")
    new_value = None if one.new_value is None else one.new_value / 100
    return ReadingOut(value=one.value / 100, new_value=new_value, **{name: getattr(one, name) for name in names})


def month_out(row: MonthRow) -> MonthOut:
    """A month."""
    return MonthOut(
        month=f"{row.first:%Y-%m}",
        used=round(row.used, 2),
        covered=row.covered,
        days=len(row.month),
        heating=row.heating,
        cooling=row.cooling,
        room_nights=row.room_nights,
        missing=row.missing,
    )


def fit_out(fitted: Baseline) -> dict[str, object]:
    """The parts of `FitOut`."""
    return {
        "uses_per": fitted.kwh_per,
        "r2": fitted.r2,
        "cv_rmse": fitted.cv,
        "bias": fitted.bias,
        "autocorrelation": fitted.following,
        "months": fitted.months,
        "good": fitted.good,
    }


def baseline_out(one: EnergyBaseline) -> BaselineOut:
    """A confirmed baseline."""
    names = ("number", "meters", "station", "works_first", "works_until", "digest", "recorded_at", "recorded_by")
    parts = {name: getattr(one, name) for name in (*names, "superseded_at", "reason")}
    parts |= {"room_nights": one.with_nights, "fitted_on": [month[:7] for month in one.months]}
    return BaselineOut(**parts | fit_out(Baseline.from_json(one.fitted)))


def report_out(report: Report) -> ReportOut:
    """The savings."""
    unit = words.figures_unit(report.meters[0])
    return ReportOut(
        said=words.told(report, unit),
        unit=unit,
        baseline=report.kept.number,
        corrected=report.corrected,
        works_first=report.works.first if report.works else None,
        works_until=report.works.until if report.works else None,
        phases={phase.value: _sum(one) for phase, one in report.sums.items()},
        months=[_saving(one) for one in report.months],
    )


def price_out(one: EnergyPrice) -> PriceOut:
    """A price."""
    names = ("kind", "first", "recorded_at", "recorded_by", "reason")
    return PriceOut(euros=one.price / 10_000, source=one.told_by, **{name: getattr(one, name) for name in names})


def _avoided(found: Avoided) -> dict[str, object]:
    names = ("predicted", "actual", "avoided", "low", "high", "share", "detectable")
    return {name: getattr(found, name) for name in names}


def _sum(one: Sum) -> SumOut:
    names = ("months", "left_out", "cents", "low_cents", "high_cents")
    return SumOut(**_avoided(one.found) | {name: getattr(one, name) for name in names})


def _saving(one: MonthSaving) -> SavingOut:
    return SavingOut(
        month=f"{one.row.first:%Y-%m}",
        phase=one.phase,
        told=AvoidedOut(**_avoided(one.found)) if one.found else None,
        cents=one.cents,
        outside=list(one.outside),
        missing=one.row.missing,
    )
