"""The year's room-nights, in the board report."""

from functools import partial

from sqlalchemy.orm import Session

from api import charts
from api.board_report.parts import Facts, Picture, Section, Table, Text
from api.pages.campus import figures
from api.pages.campus.year import chart_of, said_of
from campus.capacity.report import Moment
from campus.forecast.outlook import chance_said
from campus.nights import Nights
from campus.year import year_report
from core.i18n import format_number
from core.i18n import gettext as _


def room_nights(session: Session, moment: Moment) -> Section | None:
    """The year against its target, month by month."""
    report = year_report(session, moment.on.year, moment)
    if not report.bridge.inventory:
        return None
    expected = _("not known yet") if report.end.expected is None else format_number(round(report.end.expected))
    facts = Facts(
        (
            (_("Sold to date"), format_number(report.to_date)),
            (_("Expected at the year's end"), expected),
            (_("Target"), format_number(report.target)),
            (_("Chance of target"), chance_said(report.end.chance)),
        )
    )
    said = said_of(report)
    chart = chart_of(session, report.year, moment)
    words = _(
        "Line chart of the room-nights sold up to each month's end, this year and the year before, with the target."
    )
    picture = Picture(partial(charts.svg, chart), f"{words} {said}")
    span = Nights.year(report.year)
    rows = tuple(
        (
            figures.period_name(nights, span),
            format_number(bridge.inventory),
            format_number(bridge.extended_closed),
            format_number(bridge.sellable),
            format_number(bridge.sold),
            format_number(bridge.held),
        )
        for nights, bridge in report.report.steps
    )
    columns = (_("Month"), _("Inventory"), _("Closed"), _("Sellable"), _("Sold"), _("Held"))
    table = Table(_("Room-nights by month"), columns, rows, numbers=(1, 2, 3, 4, 5))
    title = _("Room-nights of %(year)s", year=report.year)
    return Section("room-nights", title, (Text(said, lead=True), facts, picture, table), f"/rooms?year={report.year}")
