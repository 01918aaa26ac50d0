"""The end of a month: its figures are kept as they are printed, and what is changed later is an adjustment."""

from datetime import date

from sqlalchemy.orm import Session

from campus.counts import queries as counts
from campus.counts.rules import OPEN
from campus.months import queries
from campus.months.models import ClosedMonth
from campus.months.rules import nights_of
from core import clock, trail
from core.errors import Conflict, InvalidInput
from core.i18n import format_date, ngettext, today
from core.i18n import gettext as _


def close_month(session: Session, month: date, actor: str) -> ClosedMonth:
    """Close a month whose nights are all counted and whose differences are explained. Raises `Conflict` otherwise."""
    nights = nights_of(month)
    if month.day != 1 or nights.until > today():
        raise InvalidInput(_("must be a month that is over"), place="month")
    if session.get(ClosedMonth, month) is not None:
        raise Conflict(_("This month is closed already."))
    lines = counts.lines(session, nights)
    if not lines:
        raise Conflict(_("There were no rooms in this month."))
    open_lines = [line for line in lines if line.standing in OPEN]
    if open_lines:
        raise Conflict(
            ngettext(
                "%(n)s count of this month is missing or unexplained; the first: %(pavilion)s, %(night)s.",
                "%(n)s counts of this month are missing or unexplained; the first: %(pavilion)s, %(night)s.",
                len(open_lines),
                pavilion=open_lines[0].pavilion.name,
                night=format_date(open_lines[0].night),
            )
        )
    (figures,) = queries.figures(session, [month])
    closed = ClosedMonth(month=month, closed_at=clock.now(), closed_by=actor, figures=figures)
    session.add(closed)
    trail.record(session, actor, "month.close", "month", month.isoformat(), after=figures)
    return closed
