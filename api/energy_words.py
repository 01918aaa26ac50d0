"""How energy is told: meters and what they measure, how well a baseline fits, what was avoided and how surely."""

from campus import amounts
from campus.energy.baseline import CONFIDENCE, GOOD_CV, MOST_BIAS, Avoided, Baseline
from campus.energy.consumption import Stretch
from campus.energy.models import MeterVersion
from campus.energy.months import DEGREE_DAYS, READINGS, ROOM_NIGHTS, MonthRow
from campus.energy.rules import CHANGED, KWH, ROLL_OVER, unit
from campus.energy.savings import Phase, Report, Sum
from core.i18n import format_date, format_entry, format_list, format_month, format_number, format_percent, lazy
from core.i18n import gettext as _

KINDS = {
    "electricity": lazy("Electricity"),
    "gas": lazy("Gas"),
    "heat": lazy("District heat"),
    "water": lazy("Water"),
}
PHASES = {
    Phase.BASELINE: lazy("Baseline"),
    Phase.BEFORE: lazy("Before the works"),
    Phase.DURING: lazy("During the works"),
    Phase.AFTER: lazy("After the works"),
}
MISSING = {
    READINGS: lazy("readings"),
    DEGREE_DAYS: lazy("degree-days"),
    ROOM_NIGHTS: lazy("room-nights"),
}
PREDICTORS = {
    "base a day": lazy("Every day"),
    "heating degree-day": lazy("Each heating degree-day"),
    "cooling degree-day": lazy("Each cooling degree-day"),
    "room-night": lazy("Each occupied room-night"),
}
OUTSIDE = {
    "heating degree-day": lazy("heating degree-days"),
    "cooling degree-day": lazy("cooling degree-days"),
    "room-night": lazy("room-nights"),
}
READING_KINDS = {
    "": lazy("An ordinary reading"),
    ROLL_OVER: lazy("The counter rolled over"),
    CHANGED: lazy("The counter was exchanged"),
}


def figures_unit(meter: MeterVersion) -> str:
    """In what months and savings are told."""
    return "m³" if meter.kind == "water" else "kWh"


def reading_unit(meter: MeterVersion) -> str:
    """In what the meter shows."""
    return unit(meter.kind, meter.kwh_factor)


def amount(value: float) -> str:
    """A use, in whole kWh or m³."""
    return format_number(round(value))


def share(one: float) -> str:
    """A share, below 0 where more was used, rounded to a tenth of a percent."""
    rounded = round(abs(one), 3) + 1e-9
    return f"−{format_percent(rounded)}" if one < -5e-4 else format_percent(rounded)


def between(found: Avoided) -> str:
    """The interval, in words."""
    return _("%(low)s to %(high)s", low=signed(found.low), high=signed(found.high))


def signed(value: float) -> str:
    """An amount that may lie below 0."""
    return f"−{amount(-value)}" if round(value) < 0 else amount(value)


def missing_in(row: MonthRow) -> str:
    """What is missing of a month, in words; "" where nothing is."""
    lacks = [str(MISSING[name]) for name in row.missing]
    if READINGS in row.missing and row.covered:
        lacks[0] = _("readings cover %(n)s of %(days)s days", n=row.covered, days=len(row.month))
    return format_list(lacks) if lacks else ""


def jump(one: Stretch, meter: MeterVersion) -> str:
    """A stretch that is worth a look."""
    return _(
        "From %(first)s to %(until)s, %(a_day)s %(unit)s a day were used: many times what is usual.",
        first=format_date(one.days.first),
        until=format_date(one.days.until),
        a_day=format_number(round(one.a_day / 100, 1)),
        unit=reading_unit(meter),
    )


def told(report: Report, unit: str) -> str:
    """The sentence that answers what was avoided, and how surely; or what is missing to tell."""
    if report.after is None:
        if report.works is not None and (not report.months or report.works.until > report.months[-1].row.first):
            return _(
                "The works last until %(day)s: what they avoid can be told from the first whole month after them.",
                day=format_date(report.works.until),
            )
        return _("No month after the baseline is whole yet: what was avoided cannot be told.")
    return _since(report.after, unit, works=report.works is not None)


def _since(after: Sum, unit: str, *, works: bool) -> str:
    found = after.found
    values = {
        "amount": amount(abs(found.avoided)),
        "unit": unit,
        "confidence": format_percent(CONFIDENCE),
        "between": between(found),
        "n": after.months,
    }
    if not found.detectable:
        return _(
            "No detectable change: predicted less actual lies, with %(confidence)s confidence, between %(between)s "
            "%(unit)s over %(n)s months.",
            **values | {"between": _("%(low)s and %(high)s", low=signed(found.low), high=signed(found.high))},
        )
    values["share"] = share(abs(found.share or 0))
    if found.avoided < 0:
        return _(
            "%(amount)s %(unit)s more were used in %(n)s months than the baseline predicts (%(share)s; avoided with "
            "%(confidence)s confidence: %(between)s).",
            **values,
        )
    if works:
        return _(
            "%(amount)s %(unit)s were avoided in %(n)s months since the works: %(share)s of what would have been used "
            "(with %(confidence)s confidence %(between)s).",
            **values,
        )
    return _(
        "%(amount)s %(unit)s were avoided in %(n)s months since the baseline: %(share)s of what would have been used "
        "(with %(confidence)s confidence %(between)s).",
        **values,
    )


def euros(one: Sum) -> str:
    """What a sum is in euros; "" where a month has no price."""
    if one.cents is None or one.low_cents is None or one.high_cents is None:
        return ""
    values = {"low": amounts.euros(one.low_cents), "high": amounts.euros(one.high_cents)}
    return _("%(amount)s (%(low)s to %(high)s)", amount=amounts.euros(one.cents), **values)


def goodness(fitted: Baseline) -> tuple[str, str]:
    """State and sentence of how well a baseline fits."""
    values = {"cv": share(fitted.cv), "limit": format_percent(GOOD_CV), "r2": share(fitted.r2)}
    if fitted.poor:
        return "bad", _(
            "It fits badly: months differ from it by %(cv)s on average. Do not rely on it; look for what else drives "
            "the use.",
            **values,
        )
    if not fitted.good:
        return "warn", _(
            "It fits so-so: months differ from it by %(cv)s on average (%(limit)s is good), and it explains %(r2)s of "
            "their differences.",
            **values,
        )
    return "good", _(
        "It fits well: months differ from it by %(cv)s on average (at most %(limit)s is good), and it explains %(r2)s "
        "of their differences.",
        **values,
    )


def notes(fitted: Baseline) -> list[str]:
    """What else a reader must know of a baseline."""
    said = []
    if abs(fitted.bias) > MOST_BIAS:
        said.append(_("It is %(bias)s off in sum, which is too much.", bias=share(abs(fitted.bias))))
    if fitted.following > 0.05:
        said.append(
            _(
                "Months that were above it are followed by months above it (autocorrelation %(r)s): the interval is "
                "widened for that.",
                r=format_number(round(fitted.following, 2)),
            )
        )
    said += [
        _("%(what)s lowers the use: that is not plausible unless you know why.", what=PREDICTORS[name])
        for name, value in fitted.kwh_per.items()
        if value < 0 and fitted.surely(name)
    ]
    return said


def outside(report: Report) -> str:
    """Which later months lie outside of what the baseline has seen; "" where none does."""
    found = [one for one in report.months if one.outside and one.phase is Phase.AFTER]
    if not found:
        return ""
    names = format_list(str(OUTSIDE[name]) for name in dict.fromkeys(name for one in found for name in one.outside))
    some = [format_month(one.row.first, short=True) for one in found[:4]]
    return _(
        "In %(months)s, %(names)s lie outside of what the baseline has seen: there it says more than it knows.",
        months=format_list(some if len(found) <= 4 else [*some, _("%(n)s more months", n=len(found) - 4)]),
        names=names,
    )


def factor(meter: MeterVersion) -> str:
    """How its unit becomes kWh; "" where it counts them itself, or is of water."""
    if meter.kind == "water" or meter.kwh_factor == KWH:
        return ""
    return _("1 m³ counts as %(n)s kWh", n=format_number(meter.kwh_factor / KWH))


def price(one: int) -> str:
    """Ten-thousandths of a euro, with all their digits."""
    return format_entry(one / 10_000)
