"""The funds, in the board report: from opening to closing, what is free, and where documents say something else."""

from functools import partial

from sqlalchemy.orm import Session

from api import fund_words as words
from api import waterfall
from api.board_report.amounts import whole
from api.board_report.parts import Block, Picture, Quoted, Section, Table, Text
from api.pages.works import discrepancies
from api.pages.works.funds import there_said
from campus.capacity.report import Moment
from campus.funds import report
from campus.funds.discrepancies import COMPUTED, Discrepancy
from campus.funds.report import Asked, FundLine
from campus.funds.rules import Statement
from core.i18n import format_date
from core.i18n import gettext as _

Named = list[tuple[str, Statement]]


def funds(session: Session, moment: Moment) -> Section | None:
    """Every fund by plan, beside what is printed, and by the books; what contradicts itself in the documents."""
    question = asked(session, moment)
    lines = report.lines(session, question)
    total = report.total(lines)
    if total is None:
        return None
    named: Named = [(one.fund.name, one.statement) for one in lines]
    if len(lines) > 1:
        named.append((_("Together"), total))
    period = {"first": format_date(question.first), "last": format_date(question.last)}
    blocks: list[Block] = [
        Text(f"{words.said(lines)} {there_said(total)}", lead=True),
        _planned(named, period),
        _actual(named, period),
        *map(_picture, lines),
    ]
    found = report.found(session, question.at)
    if found:
        blocks += [Text(discrepancies.said_of(len(found))), _discrepancies(found)]
    return Section("funds", _("Funds"), tuple(blocks), "/works/funds")


def asked(session: Session, moment: Moment) -> Asked:
    """The usual period, as known at the moment."""
    return report.asked(session, None, None, moment.on if moment.at else None)


def _planned(named: Named, period: dict[str, str]) -> Table:
    columns = (_("Fund"), _("Opening"), _("Receipts"), _("Payments"), _("Closing"), _("Printed"), _("Difference"))
    rows = []
    for name, one in named:
        roll = one.planned
        amounts = map(whole, (roll.opening, roll.receipts, roll.payments, roll.closing, one.printed))
        rows.append((name, *amounts, words.signed(one.difference)))
    caption = _("From %(first)s to %(last)s by plan, beside what is printed", **period)
    return Table(caption, columns, tuple(rows), numbers=(1, 2, 3, 4, 5, 6))


def _actual(named: Named, period: dict[str, str]) -> Table:
    commitments = _("Open commitments")
    columns = (_("Fund"), _("Opening"), _("Receipts"), _("Payments"), _("Closing"), commitments, _("Free"))
    rows = []
    for name, one in named:
        roll = one.actual
        amounts = (roll.opening, roll.receipts, roll.payments, roll.closing, one.commitments, one.free)
        rows.append((name, *map(whole, amounts)))
    caption = _("From %(first)s to %(last)s by the books, as far as it has come", **period)
    return Table(caption, columns, tuple(rows), numbers=(1, 2, 3, 4, 5, 6))


def _picture(line: FundLine) -> Picture:
    said = _("Bars from the opening balance to the closing one.") + " " + words.roll_said(line.statement)
    bars = words.bars(*words.shown_roll(line.statement))
    return Picture(partial(waterfall.svg, bars), said, title=_("%(fund)s, in euros", fund=line.fund.name))


def _discrepancies(found: list[Discrepancy]) -> Table:
    columns = (_("What"), _("Where"), _("Printed"), _("Held against"), _("Other figure"), _("Difference"))
    rows = tuple(
        (
            Quoted(one.item),
            Quoted(one.where),
            whole(one.printed),
            _("what the figures add up to") if one.other_where == COMPUTED else Quoted(one.other_where),
            whole(one.other),
            words.signed(one.difference),
        )
        for one in found
    )
    return Table(_("Figures that contradict each other"), columns, rows, numbers=(2, 4, 5))
