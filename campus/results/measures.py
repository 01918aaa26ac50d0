"""What the service counts of the campus's books for its indicators, each a function of the list `MEASURES`.

Another measure is a function here and its word in `rules.MEASURES`. What needs the accessibility half too is counted in
`jobs/indicator_values.py`, as the halves know nothing of each other.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from campus.amounts import euros
from campus.capacity.report import Moment
from campus.energy import queries as energy
from campus.energy import savings
from campus.energy.baseline import CONFIDENCE
from campus.feedback.figures import queries as feedback
from campus.feedback.figures import rules as feedback_rules
from campus.feedback.figures.reading import figures, overall
from campus.feedback.quarters import checked_quarter
from campus.forecast.outlook import chance_said
from campus.funds import report as fund_report
from campus.funds.report import Asked
from campus.nights import Nights
from campus.renovation import queries as renovation
from campus.results import rules
from campus.results.models import IndicatorVersion
from campus.results.works import Works, works
from campus.running_costs.rules import last_day
from campus.running_costs.units import units
from campus.year import year_report
from core.i18n import format_date, format_list, format_number, format_percent
from core.i18n import gettext as _


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted: a value, or None and in `note` why there is none. `n` is how many things it rests on."""

    value: float | None
    note: str
    n: int | None = None


Measure = Callable[[Session, IndicatorVersion, Moment], Counted]


def room_nights(session: Session, _version: IndicatorVersion, moment: Moment) -> Counted:
    """Room-nights that the year is expected to end with, as the last forecast says; once it is over, those sold."""
    report = year_report(session, moment.on.year, moment)
    sold, target = format_number(report.to_date), format_number(report.target)
    if report.end.expected is None:
        return Counted(
            None, _("No forecast of %(year)s is kept yet; %(sold)s are sold to date.", year=report.year, sold=sold)
        )
    chance = chance_said(report.end.chance)
    said = _(
        "%(year)s: %(sold)s sold to date, expected at the year's end; target %(target)s, chance %(chance)s.",
        year=report.year,
        sold=sold,
        target=target,
        chance=chance,
    )
    return Counted(round(report.end.expected), said)


def progress(session: Session, version: IndicatorVersion, moment: Moment) -> Counted:
    """Weights of the milestones that have ended, of all weights; of one package where the indicator names one."""
    found = _works(session, version, moment)
    whole, ended = sum(one.weight for one in found), sum(one.ended_weight for one in found)
    if not whole:
        return Counted(None, _("There are no milestones that weigh anything."))
    parts = [
        _("%(works)s %(share)s", works=one.name, share=format_percent(one.progress))
        for one in found
        if one.progress is not None
    ]
    return Counted(ended / whole, format_list(parts), sum(one.milestones for one in found))


def slip(session: Session, version: IndicatorVersion, moment: Moment) -> Counted:
    """Days by which the end of the works lies after the last approved baseline: of one package, or of the latest.

    Works that have ended count only where none are under way: how late they were would outweigh what can be changed.
    """
    every = [one for one in _works(session, version, moment) if one.slip is not None]
    late = [one for one in every if not one.ended] or every
    if not late:
        return Counted(None, _("No baseline is approved, so there is nothing to be late against."))
    worst = max(late, key=lambda one: one.slip or 0)
    assert worst.slip is not None
    assert worst.end is not None
    said = _("%(works)s ends on %(day)s by the last report.", works=worst.name, day=format_date(worst.end))
    return Counted(float(worst.slip), said, len(late))


def free_funds(session: Session, _version: IndicatorVersion, moment: Moment) -> Counted:
    """Euros in all funds that no commitment holds, at the end of the day: below 0 more is promised than there is."""
    year_begins = date(moment.on.year, 1, 1)
    lines = fund_report.lines(session, Asked(year_begins, moment.on, moment.on if moment.at else None))
    total = fund_report.total(lines)
    if total is None:
        return Counted(None, _("There are no funds yet."))
    values = {"closing": euros(total.actual.closing), "commitments": euros(total.commitments)}
    said = _("%(closing)s are in the funds, and commitments of %(commitments)s are open.", **values)
    return Counted(total.free / 100, said, len(lines))


def avoided_energy(session: Session, _version: IndicatorVersion, moment: Moment) -> Counted:
    """kWh that were avoided since the works, over the meters that can tell it from chance."""
    slugs = [slug for slug, meter in energy.meters(session, moment.at) if meter.kind != "water"]
    reports = [found for slug in slugs if (found := savings.report(session, slug, moment.at))]
    sure = savings.surely_avoided(reports)
    if sure is None:
        return Counted(None, _("No meter can tell a change from chance yet."))
    values = {"low": format_number(round(sure.low)), "high": format_number(round(sure.high))}
    said = _(
        "With %(confidence)s confidence between %(low)s and %(high)s kWh.",
        **values,
        confidence=format_percent(CONFIDENCE),
    )
    return Counted(round(sure.avoided), said, len(reports))


def night_cost(session: Session, _version: IndicatorVersion, moment: Moment) -> Counted:
    """Euros of running costs for each room-night that was sold: over the year to date, its months that are known."""
    (found,) = units(session, [Nights.year(moment.on.year)], moment)
    if found is None or not found.nights:
        return Counted(None, _("Not every line of running costs has an actual amount of the same days of the year."))
    first, last = found.spans[0].first, last_day(found.spans[-1])
    values = {"first": format_date(first), "last": format_date(last), "cost": euros(found.cents)}
    said = _(
        "%(first)s to %(last)s: %(cost)s for %(nights)s room-nights.", **values, nights=format_number(found.nights)
    )
    return Counted(round(found.cents / found.nights) / 100, said, found.nights)


def satisfaction(session: Session, _version: IndicatorVersion, moment: Moment) -> Counted:
    """Share of satisfied answers to all rating questions in the newest quarter that was closed by then."""
    closed = [one.quarter for one in feedback.closed(session) if moment.at is None or one.closed_at <= moment.at]
    if not closed:
        return Counted(None, _("No quarter of guests' feedback is closed yet."))
    found = overall(figures(session, checked_quarter(closed[0]), feedback_rules.ALL))
    if found.value is None or found.low is None or found.high is None:
        return Counted(None, _("%(quarter)s: too few guests answered for a figure.", quarter=closed[0]))
    values = {"low": format_percent(found.low), "high": format_percent(found.high), "confidence": format_percent(0.95)}
    said = _("%(quarter)s, between %(low)s and %(high)s with %(confidence)s confidence.", quarter=closed[0], **values)
    return Counted(found.value, said, found.n)


def _works(session: Session, version: IndicatorVersion, moment: Moment) -> list[Works]:
    if version.measured_of:
        renovation.package(session, version.measured_of)  # a name that nothing has is an error, not "no works"
    return [one for one in works(session, moment) if version.measured_of in ("", one.slug)]


MEASURES: Mapping[str, Measure] = {
    rules.ROOM_NIGHTS: room_nights,
    rules.SATISFACTION: satisfaction,
    rules.PROGRESS: progress,
    rules.SLIP: slip,
    rules.FREE_FUNDS: free_funds,
    rules.AVOIDED_ENERGY: avoided_energy,
    rules.NIGHT_COST: night_cost,
}
