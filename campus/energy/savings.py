"""What was avoided: predicted − actual by month and in sum, before and after the works, and what is missing to tell."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import accumulate

from sqlalchemy.orm import Session

from campus.energy import months as tables
from campus.energy import queries
from campus.energy.baseline import Avoided, Baseline, Month, avoided, outside
from campus.energy.models import EnergyBaseline, EnergyPrice, MeterVersion
from campus.energy.months import MonthRow
from campus.nights import Nights
from campus.renovation import queries as renovation


class Phase(StrEnum):
    """Where a month lies: what the baseline was made of, what else lies before the works, the works, and after."""

    BASELINE = "baseline"
    BEFORE = "before"
    DURING = "during"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class MonthSaving:
    """A month of the report. `found` is None where something is missing, `price` where none is known.

    `outside` names the predictors that lie outside of what the baseline has seen.
    """

    row: MonthRow
    phase: Phase
    found: Avoided | None
    price: int | None
    outside: tuple[str, ...]

    @property
    def cents(self) -> int | None:
        """What the avoided use would have cost."""
        return None if self.found is None or self.price is None else _cents(self.found.avoided, self.price)


@dataclass(frozen=True, slots=True)
class Sum:
    """The months of a phase that could be told, together. `cents` and its interval only where every month has a price.

    `left_out` are months of the phase in which something is missing.
    """

    found: Avoided
    months: int
    left_out: int
    cents: int | None
    low_cents: int | None
    high_cents: int | None


@dataclass(frozen=True)
class Report:
    """The savings of a meter's baseline. `running` is the sum of the months after the works up to each of them.

    `corrected` says that the data of the baseline's months are not any more those that it was fitted on.
    """

    meters: Sequence[MeterVersion]
    kept: EnergyBaseline
    fitted: Baseline
    works: Nights | None
    months: Sequence[MonthSaving]
    sums: Mapping[Phase, Sum]
    running: Mapping[date, Avoided]
    corrected: bool

    @property
    def after(self) -> Sum | None:
        """What was avoided since the works."""
        return self.sums.get(Phase.AFTER)


def report(session: Session, slug: str, at: datetime | None = None) -> Report | None:
    """The report as known at an instant, None for now; None where no baseline was confirmed. Raises `NotFound`.

    The sum of meters of several kinds has no price.
    """
    meter = queries.meter(session, slug, at)
    kept = queries.baseline(session, meter.meter_id, at)
    if kept is None:
        return None
    meters = [queries.meter(session, one, at) for one in kept.meters]
    fitted = Baseline.from_json(kept.fitted)
    works = works_of(session, kept, meter, at)
    period = tables.months_over(meters, at)
    rows = tables.month_table(session, meters, kept.station, period, at, with_nights=kept.with_nights)
    prices = [one for one in queries.prices(session, at) if {one.kind} == {other.kind for other in meters}]
    chosen = {date.fromisoformat(one) for one in kept.months}
    last = max(chosen)
    months = [_month(row, _phase(row.month, chosen, last, works), fitted, prices) for row in rows]
    data = [row.whole() for row in rows if row.first in chosen]
    corrected = tables.digest(one for one in data if one) != kept.digest
    return Report(
        meters=meters,
        kept=kept,
        fitted=fitted,
        works=works,
        months=months,
        sums=_sums(months, fitted),
        running=_running(months, fitted),
        corrected=corrected,
    )


def surely_avoided(reports: Iterable[Report]) -> Avoided | None:
    """What was avoided since the works, of reports that can tell it from chance; None where none can. In kWh.

    Each meter counts once. The intervals are taken as independent of each other.
    """
    sure = [one.after.found for one in _once(reports) if one.after and one.after.found.detectable]
    if not sure:
        return None
    predicted, actual = sum(one.predicted for one in sure), sum(one.actual for one in sure)
    half = sum(((one.high - one.low) / 2) ** 2 for one in sure) ** 0.5
    return Avoided(predicted, actual, predicted - actual - half, predicted - actual + half)


def _once(reports: Iterable[Report]) -> list[Report]:
    """Reports so that no meter is in two of them."""
    found, seen = [], set[str]()
    for one in reports:
        if not seen & set(one.kept.meters):
            found.append(one)
            seen |= set(one.kept.meters)
    return found


def works_of(session: Session, kept: EnergyBaseline, meter: MeterVersion, at: datetime | None) -> Nights | None:
    """When the works lie: as the baseline says, else as the plan of the works does."""
    if kept.works_first is not None and kept.works_until is not None:
        return Nights(kept.works_first, kept.works_until)
    return planned_works(session, meter.pavilion_id, at)


def planned_works(session: Session, pavilion_id: int | None, at: datetime | None = None) -> Nights | None:
    """From the start of the heaviest milestone of the works on a pavilion to their last finish, after the plan.

    Design and permits come before it and change nothing that a meter would show. Works for energy go before others.
    """
    found = [one for one in renovation.packages(session) if one.pavilion_id == pavilion_id]
    found = [one for one in found if "energy" in one.purposes] or found
    plan = renovation.plan(session, at)
    spans = []
    for package in found:
        keys, weights = plan.of(package.id), plan.weights(package.id)
        if keys:
            heaviest = min(keys, key=lambda key: (-weights[key], plan.placed[key].span.start))
            first = plan.placed[heaviest].span.start
            spans.append((first, max(first, *(plan.placed[key].span.finish for key in keys))))
    if not spans:
        return None
    return Nights(min(first for first, _last in spans), max(last for _first, last in spans) + timedelta(days=1))


def _phase(month: Nights, chosen: Iterable[date], last: date, works: Nights | None) -> Phase:
    if month.first in set(chosen):
        return Phase.BASELINE
    if works is None:
        return Phase.AFTER if month.first > last else Phase.BEFORE
    if month.until <= works.first:
        return Phase.BEFORE
    return Phase.DURING if month.first < works.until else Phase.AFTER


def _month(row: MonthRow, phase: Phase, fitted: Baseline, prices: Sequence[EnergyPrice]) -> MonthSaving:
    whole = row.whole()
    if whole is None:
        return MonthSaving(row, phase, None, None, ())
    return MonthSaving(row, phase, avoided(fitted, [whole]), price_on(prices, row.first), tuple(outside(fitted, whole)))


def price_on(prices: Sequence[EnergyPrice], day: date) -> int | None:
    """The price that holds on a day, in ten-thousandths of a euro; None before the first."""
    return next((one.price for one in reversed(prices) if one.first <= day), None)


def _cents(amount: float, price: float) -> int:
    return round(amount * price / 100)


def _sums(months: Sequence[MonthSaving], fitted: Baseline) -> dict[Phase, Sum]:
    found = {}
    for phase in Phase:
        ours = [one for one in months if one.phase is phase]
        told = [(one, month) for one in ours if (month := one.row.whole())]
        if told:
            whole = avoided(fitted, [month for _one, month in told])
            found[phase] = _sum(whole, [one for one, _month in told], len(ours) - len(told))
    return found


def _sum(whole: Avoided, told: Sequence[MonthSaving], left_out: int) -> Sum:
    """The interval in euros is that of the amount at the mean price, weighted by what was predicted."""
    priced = [(one.found, one.price) for one in told if one.found and one.price is not None]
    predicted = sum(found.predicted for found, _price in priced)
    if len(priced) < len(told) or predicted <= 0:
        return Sum(whole, len(told), left_out, None, None, None)
    mean = sum(found.predicted / predicted * price for found, price in priced)
    cents = sum(_cents(found.avoided, price) for found, price in priced)
    return Sum(whole, len(told), left_out, cents, _cents(whole.low, mean), _cents(whole.high, mean))


def _running(months: Sequence[MonthSaving], fitted: Baseline) -> dict[date, Avoided]:
    after = [month for one in months if one.phase is Phase.AFTER and (month := one.row.whole())]
    sums: Iterable[list[Month]] = accumulate(([one] for one in after), lambda so_far, more: so_far + more)
    return {some[-1].first: avoided(fitted, some) for some in sums}
