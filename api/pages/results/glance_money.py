"""The money at a glance: of the works, paid back by others, in the funds, and what the campus costs to run."""

from urllib.parse import urlencode

from sqlalchemy.orm import Session

from api import cost_words, fund_words
from api.board_report.amounts import whole
from api.board_report.of_costs import by_unit
from api.board_report.of_funds import asked
from api.pages.results.glance_parts import Figure, Part, as_of
from api.pages.works import discrepancies, funding
from api.pages.works import reimbursements as paid_back
from api.pages.works.costs import usual
from api.pages.works.funds import there_said
from campus.capacity.report import Moment
from campus.funds import report as fund_report
from campus.money import queries as sources
from campus.money.queries import Sums
from campus.reimbursements import queries
from campus.running_costs.report import make_report
from campus.running_costs.rules import last_day
from campus.running_costs.units import units
from campus.running_costs.words import KINDS
from core.i18n import format_number
from core.i18n import gettext as _


def money(session: Session, moment: Moment) -> Part:
    """What the sources of the works have pledged and paid in, and what is paid of it."""
    known = [one for one in sources.standing(session, moment.at).values() if one != Sums()]
    title, page = _("Money of the works"), f"{funding.PAGE}{as_of(moment)}"
    if not known:
        said = _("Once somebody pledges money for works, it stands here: pledged, received and paid.")
        return Part("money", title, said, page=page)
    total = sum(known, Sums())
    amounts = ((_("Pledged"), total.pledged), (_("Received"), total.received), (_("Paid"), total.paid))
    figures = tuple(Figure(name, whole(cents), page) for name, cents in amounts)
    return Part("money", title, funding.said_of(total, len(known)), figures)


def reimbursements(session: Session, moment: Moment) -> Part:
    """What is spent, claimed and received of what others pay back."""
    lines = queries.lines(session, moment.at)
    title, page = _("Reimbursements"), f"{paid_back.PAGE}{as_of(moment)}"
    if not lines:
        said = _("Once somebody promises to pay expenses back, what is claimed and received stands here.")
        return Part("reimbursements", title, said, page=page)
    years = [one for line in lines for one in line.years]
    amounts = (
        (_("Spent"), sum(one.spent for one in years)),
        (_("Claimed back"), sum(one.claimed for one in years)),
        (_("Received"), sum(one.received for one in years)),
    )
    figures = tuple(Figure(name, whole(cents), page) for name, cents in amounts)
    return Part("reimbursements", title, paid_back.said_of(lines, moment.on), figures)


def funds(session: Session, moment: Moment) -> Part:
    """What is in the funds and free of them, and how many printed figures contradict others."""
    question = asked(session, moment)
    lines = fund_report.lines(session, question)
    total, page = fund_report.total(lines), f"/works/funds{as_of(moment)}"
    if total is None:
        said = _("Once funds are entered or loaded, what is in them and free of them stands here.")
        return Part("funds", _("Funds"), said, page=page)
    wrong = len(fund_report.found(session, question.at))
    figures = (
        Figure(_("In the funds"), whole(total.actual.closing), page),
        Figure(_("Free"), whole(total.free), page),
        Figure(_("Discrepancies"), format_number(wrong), f"{discrepancies.PAGE}{as_of(moment)}"),
    )
    return Part("funds", _("Funds"), f"{fund_words.said(lines)} {there_said(total)}", figures)


def running_costs(session: Session, moment: Moment) -> Part:
    """What the period costs, of a square metre and of an occupied room-night too."""
    period = usual(session, moment)
    report = make_report(session, period, moment)
    days = {"first": period.first.isoformat(), "last": last_day(period).isoformat()}
    page = f"/works/costs?{urlencode(days)}" + as_of(moment).replace("?", "&")
    if not report.known:
        said = _("Once running costs are entered or imported, they stand here against their budget.")
        return Part("running-costs", _("Running costs"), said, page=page)
    found = report.total.variance
    shown = [(str(KINDS[kind]), whole(one.cents)) for kind, one in report.total.figures.items() if one.known]
    if found:
        shown.append((_("Against the budget"), cost_words.signed(found[1].difference)))
    (whole_period,) = units(session, [period], moment)
    shown += by_unit(whole_period)[:2] if whole_period else []
    figures = tuple(Figure(name, value, page) for name, value in shown)
    title = _("Running costs: %(period)s", period=cost_words.period(period))
    return Part("running-costs", title, cost_words.standing(report)[2], figures)
