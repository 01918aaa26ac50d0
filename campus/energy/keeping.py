"""A baseline tried on chosen months, and confirmed: kept as a version with the data's sum, so it can be told again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from campus.energy import months as tables
from campus.energy import queries, rules
from campus.energy.baseline import FEWEST_MONTHS, Baseline, Month, fit
from campus.energy.models import EnergyBaseline, MeterVersion
from campus.energy.months import MonthRow
from campus.known import supersede
from campus.nights import Nights
from campus.places.rules import checked_text
from core import clock, trail
from core.errors import InvalidInput
from core.i18n import format_list, format_month
from core.i18n import gettext as _

USUAL_MONTHS = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which meters (short names, that of the baseline first), which station, and from which month to which.

    `works` says when the works lie where the plan does not.
    """

    meters: Sequence[str]
    station: str
    first: date
    last: date
    with_nights: bool = True
    works: Nights | None = None


@dataclass(frozen=True, slots=True)
class Trial:
    """A baseline that nobody confirmed yet; `left_out` are the chosen months in which something is missing."""

    fitted: Baseline
    months: Sequence[Month]
    left_out: Sequence[MonthRow]
    digest: str


def usual(rows: Sequence[MonthRow], works: Nights | None) -> tuple[date, date] | None:
    """The months to begin with: the last 24 before the works that are whole, else 12; None where there are fewer.

    Without works, the first 24 or 12 that are whole.
    """
    whole = [row.first for row in rows if not row.missing and (works is None or row.month.until <= works.first)]
    if len(whole) < FEWEST_MONTHS:
        return None
    number = USUAL_MONTHS if len(whole) >= USUAL_MONTHS else FEWEST_MONTHS
    some = whole[-number:] if works is not None else whole[:number]
    return some[0], some[-1]


def try_out(session: Session, wanted: Wanted) -> Trial:
    """Fit on the chosen months that are whole. Raises `InvalidInput`: too few months, other units, other pavilions."""
    meters = _checked_meters(session, wanted.meters)
    if wanted.station not in queries.stations(session):
        raise InvalidInput(_("is not known"), place="station")
    first, last = wanted.first.replace(day=1), wanted.last.replace(day=1)
    if last < first:
        raise InvalidInput(_("the last month must not come before the first"), place="last")
    if wanted.works is not None:
        rules.checked_day(wanted.works.first, "works_first", future=True)
    if wanted.works is not None and not len(wanted.works):
        raise InvalidInput(_("the works must not end before they begin"), place="works_last")
    period = tables.months_over(meters)
    table = tables.month_table(session, meters, wanted.station, period, with_nights=wanted.with_nights)
    chosen = [row for row in table if first <= row.first <= last]
    months = [month for row in chosen if (month := row.whole())]
    left_out = [row for row in chosen if row.missing]
    try:
        return Trial(fit(months), months, left_out, tables.digest(months))
    except InvalidInput as error:
        raise InvalidInput(_too_few(error.message, len(months), left_out), place="first") from None


def confirm(session: Session, wanted: Wanted, digest: str, actor: str, reason: str) -> EnergyBaseline:
    """Keep a baseline as it was seen. Raises `InvalidInput`, also when its data are not any more those of `digest`."""
    trial = try_out(session, wanted)
    if trial.digest != digest:
        raise InvalidInput(_("the readings changed since you looked: look again"), place="first")
    meter = queries.meter(session, wanted.meters[0])
    now = queries.baseline(session, meter.meter_id)
    reason = checked_text(reason, "reason", needed=now is not None)
    if now is not None:
        supersede(session, now)
    made = EnergyBaseline(
        number=1 + len(queries.baselines(session, meter.meter_id)),
        meter_id=meter.meter_id,
        meters=list(wanted.meters),
        station=wanted.station,
        with_nights=wanted.with_nights,
        months=[month.first.isoformat() for month in trial.months],
        fitted=trial.fitted.as_json(),
        digest=trial.digest,
        works_first=wanted.works.first if wanted.works else None,
        works_until=wanted.works.until if wanted.works else None,
        recorded_at=clock.now(),
        recorded_by=actor,
        reason=reason,
    )
    session.add(made)
    session.flush()
    told = {"number": made.number, "months": made.months, "digest": made.digest, "station": made.station}
    trail.record(session, actor, "energy.baseline", "meter", meter.meter_id, after=told | {"reason": reason})
    return made


def _checked_meters(session: Session, slugs: Sequence[str]) -> list[MeterVersion]:
    """Meters whose use can be summed: of one pavilion, all in kWh or all in m³ of water."""
    meters = [queries.meter(session, slug) for slug in dict.fromkeys(slugs)]
    if len({(one.pavilion_id, one.kind == "water") for one in meters}) > 1:
        raise InvalidInput(_("only meters of one pavilion, and water by itself, can be summed"), place="meters")
    return meters


def _too_few(needed: str, whole: int, left_out: Sequence[MonthRow]) -> str:
    said = _("%(needed)s, and %(n)s of those chosen are whole", needed=needed, n=whole)
    if left_out:
        said += "; " + _("something is missing in %(months)s", months=format_list(_named(left_out)))
    return said


def _named(rows: Sequence[MonthRow]) -> list[str]:
    names = [format_month(row.first) for row in rows[:6]]
    return names if len(rows) <= 6 else [*names, "…"]
