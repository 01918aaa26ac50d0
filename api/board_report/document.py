"""The board report as a file: read in one short transaction, then made outside of it."""

from starlette.responses import Response

from api.board_report import pdf, sections
from campus.capacity.report import Moment
from core.database import Database
from core.i18n import format_date
from core.i18n import gettext as _


def answer(database: Database, moment: Moment) -> Response:
    """The PDF, in the language that is spoken. Raises `Unavailable` where it cannot be made in time."""
    with database.read() as session:
        made = sections.make(session, moment)
    known = _("As known on %(day)s", day=format_date(moment.on, "long"))
    content = pdf.pdf_of(_("Board report of the campus"), known, made)
    headers = {"Content-Disposition": f'inline; filename="board-report-{moment.on.isoformat()}.pdf"'}
    return Response(content, headers=headers, media_type="application/pdf")
