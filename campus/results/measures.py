"""What the service counts of the campus's books for its indicators, each a function of the list `MEASURES`.

Another measure is a function here and its word in `rules.MEASURES`. What needs the accessibility half too is counted in
`jobs/indicator_values.py`, as the halves know nothing of each other.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from campus.capacity.report import Moment
from campus.forecast.outlook import chance_said
from campus.renovation import queries as renovation
from campus.results import rules
from campus.results.models import IndicatorVersion
from campus.results.works import Works, works
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
    """Days by which the end of the works lies after the last approved baseline: of one package, or of the latest."""
    late = [one for one in _works(session, version, moment) if one.slip is not None]
    if not late:
        return Counted(None, _("No baseline is approved, so there is nothing to be late against."))
    worst = max(late, key=lambda one: one.slip or 0)
    assert worst.slip is not None
    assert worst.end is not None
    said = _("%(works)s ends on %(day)s by the last report.", works=worst.name, day=format_date(worst.end))
    return Counted(float(worst.slip), said, len(late))


def _works(session: Session, version: IndicatorVersion, moment: Moment) -> list[Works]:
    if version.measured_of:
        renovation.package(session, version.measured_of)  # a name that nothing has is an error, not "no works"
    return [one for one in works(session, moment) if version.measured_of in ("", one.slug)]


MEASURES: Mapping[str, Measure] = {rules.ROOM_NIGHTS: room_nights, rules.PROGRESS: progress, rules.SLIP: slip}
