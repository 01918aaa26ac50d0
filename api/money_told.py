"""Earned value in words: the sentence of a page, each figure with its formula, and what a figure cannot say."""

from dataclasses import dataclass
from fractions import Fraction

from campus.amounts import euros
from campus.money.performance import Performance
from core.i18n import format_date, format_number, ngettext
from core.i18n import gettext as _

NONE = "–"


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with its name, and its formula in symbols or in words."""

    short: str
    name: str
    symbols: str
    shown: str
    words: str = ""


def said(found: Performance) -> str:
    """Whether the works are ahead or behind, and whether they cost more than they earn."""
    value = found.value
    if found.budget is None:
        return _("No budget is approved yet, so nothing can be measured against it.")
    if not value.bac:
        return _("The approved budget is zero, so there is nothing to earn.")
    return " ".join((_said_of_time(found), _said_of_cost(found)))


def _said_of_time(found: Performance) -> str:
    value = found.value
    values = {"ev": euros(value.ev), "bac": euros(value.bac), "day": format_date(found.on)}
    if value.sv is None:
        return _("%(ev)s of the budget of %(bac)s is earned by %(day)s.", **values)
    if found.days_late and value.ev == value.bac:
        return ngettext(
            "All of the budget of %(bac)s is earned, one day later than planned.",
            "All of the budget of %(bac)s is earned, %(n)s days later than planned.",
            found.days_late,
            **values,
        )
    values["sv"] = euros(abs(value.sv))
    if value.sv < 0:
        return _("%(ev)s of the budget of %(bac)s is earned by %(day)s, %(sv)s less than planned.", **values)
    if value.sv:
        return _("%(ev)s of the budget of %(bac)s is earned by %(day)s, %(sv)s more than planned.", **values)
    return _("%(ev)s of the budget of %(bac)s is earned by %(day)s, as planned.", **values)


def _said_of_cost(found: Performance) -> str:
    value = found.value
    if not value.ac:
        return _("Nothing is paid yet.")
    values = {"ac": euros(value.ac), "cv": euros(abs(value.cv))}
    if value.cv < 0:
        return _("%(ac)s is paid, %(cv)s more than is earned.", **values)
    if value.cv:
        return _("%(ac)s is paid, %(cv)s less than is earned.", **values)
    return _("%(ac)s is paid, as much as is earned.", **values)


def notes(found: Performance) -> list[str]:
    """What the figures cannot say here, and why."""
    value = found.value
    told = []
    if found.budget is None:
        told.append(_("Without an approved budget every figure is zero."))
    elif not value.bac:
        told.append(_("The budget is zero: there are no ratios."))
    if found.baseline is None:
        told.append(_("Without a baseline it is not known what should be earned: PV, SV, SPI and ES are missing."))
    if not any(found.course.weights.values()):
        told.append(_("No milestone weighs anything, so nothing can be earned."))
    if value.bac and not value.ev and value.ac:
        told.append(
            _("Money is paid and nothing is earned yet: from that it cannot be computed what the works will cost.")
        )
    elif value.bac and not value.ev:
        told.append(_("Nothing is earned or paid yet: the budget is still the best estimate."))
    if value.ev and value.cv < 0 and found.course.finished_on is None:
        told.append(
            _(
                "A milestone earns when it ends, payments count at once: as long as one is under way, CPI is lower and "
                "EAC higher than the works deserve."
            )
        )
    if found.days_late:
        told.append(
            ngettext(
                "The works ended one day late. SPI ends as 1 however late they are; SPI(t) shows the delay.",
                "The works ended %(n)s days late. SPI ends as 1 however late they are; SPI(t) shows the delay.",
                found.days_late,
            )
        )
    return told


def figures(found: Performance) -> list[Figure]:
    """Every figure with its formula."""
    value = found.value
    progress = _("BAC × progress: the weights of milestones that have ended")
    elapsed = _("From the plan's first month until the day")
    return [
        Figure("BAC", _("Budget at completion"), "", euros(value.bac), _("The whole approved budget")),
        Figure("PV", _("Planned value"), "", _money(value.pv), _("BAC × planned progress of the baseline")),
        Figure("EV", _("Earned value"), "", euros(value.ev), progress),
        Figure("AC", _("Actual cost"), "", euros(value.ac), _("What is paid")),
        Figure("SV", _("Schedule variance"), "EV − PV", _money(value.sv)),
        Figure("CV", _("Cost variance"), "EV − AC", euros(value.cv)),
        Figure("SPI", _("Schedule performance index"), "EV ÷ PV", ratio(value.spi)),
        Figure("CPI", _("Cost performance index"), "EV ÷ AC", ratio(value.cpi)),
        Figure("EAC", _("Estimate at completion"), "BAC ÷ CPI", _money(value.eac)),
        Figure("ETC", _("Estimate to complete"), "EAC − AC", _money(value.etc)),
        Figure("VAC", _("Variance at completion"), "BAC − EAC", _money(value.vac)),
        Figure("ES", _("Earned schedule, months"), "C + (EV − PVc) ÷ (PVc+1 − PVc)", ratio(found.earned_months)),
        Figure("AT", _("Time that went by, months"), "", ratio(found.elapsed_months), elapsed),
        Figure("SPI(t)", _("Time performance index"), "ES ÷ AT", ratio(found.time_index)),
    ]


def said_of_chart(found: Performance) -> str:
    """What the picture shows."""
    value = found.value
    text = _(
        "By month, cumulative, in thousands of euros: %(ev)s is earned and %(ac)s paid by %(day)s.",
        ev=euros(value.ev),
        ac=euros(value.ac),
        day=format_date(found.on),
    )
    if value.pv is None:
        return text
    return f"{text} " + _("%(pv)s should be earned by then.", pv=euros(value.pv))


def said_of_expected(found: Performance, expected: int, reports: int) -> str:
    """What people expect the works to cost in the end, beside what is computed."""
    eac = found.value.eac
    if not reports:
        said_ = _("Nobody has reported yet what the works will cost in the end.")
    else:
        said_ = _(
            "People expect %(expected)s in the end; kinds of costs without a report count with their budget.",
            expected=euros(expected),
        )
    if eac is None or not found.value.bac:
        return said_
    return f"{said_} " + _("Computed from what is earned and paid so far, it will be %(eac)s.", eac=euros(eac))


def ratio(value: Fraction | None) -> str:
    """A ratio to two decimals."""
    return NONE if value is None else format_number(round(float(value), 2))


def _money(cents: int | None) -> str:
    return NONE if cents is None else euros(cents)
