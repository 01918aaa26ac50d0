"""What others pay back, in the board report."""

from sqlalchemy.orm import Session

from api.board_report.amounts import whole
from api.board_report.parts import Cell, Section, Table, Tag, Text
from api.pages.works.reimbursements import said_of, tags_of
from campus.capacity.report import Moment
from campus.reimbursements import queries
from core.i18n import gettext as _


def reimbursements(session: Session, moment: Moment) -> Section | None:
    """Of each agreement and year: agreed, spent, claimed, received."""
    lines = queries.lines(session, moment.at)
    if not lines:
        return None
    tags = tags_of(lines, moment.on)
    rows: list[tuple[Cell, ...]] = []
    for line in lines:
        for one in line.years:
            amounts = map(whole, (one.agreed, one.spent, one.claimed, one.received))
            rows.append((f"{line.terms.name}, {one.year}", *amounts, Tag(*tags[line.agreement.id, one.year])))
    columns = (_("Agreement and year"), _("Agreed"), _("Spent"), _("Claimed back"), _("Received"), _("How it stands"))
    table = Table(_("What others pay back"), columns, tuple(rows), numbers=(1, 2, 3, 4))
    blocks = (Text(said_of(lines, moment.on), lead=True), table)
    return Section("reimbursements", _("Reimbursements"), blocks, "/works/funding/reimbursements")
