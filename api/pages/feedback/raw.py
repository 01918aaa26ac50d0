"""Single answers as a file, for those allowed."""

from typing import ClassVar, Literal

from fastapi import Request
from pydantic import BaseModel
from sqlalchemy.orm import Session
from starlette.responses import Response

from api.dependencies import Reading, TheDatabase, actor
from api.figure_words import quarter
from api.forms import Entered, Posted
from api.pages import page_router
from api.pages.feedback.access import RawReader
from api.rendering import render
from api.table_files import XLSX, csv_table, download, pieces
from campus.feedback.figures import queries
from campus.feedback.figures.suppression import LEAST
from campus.feedback.quarters import checked_quarter
from campus.surveys.export import WHERE, note_taken, raw_answers
from campus.tables.exports import xlsx_of
from core.errors import InvalidInput
from core.i18n import gettext as _
from core.i18n import lazy

router = page_router()
PAGE = "/feedback/raw"


class Wanted(BaseModel):
    """Which quarters, and as what."""

    first: str
    last: str
    ending: Literal["xlsx", "csv"] = "xlsx"

    labels: ClassVar = {"first": lazy("From:"), "last": lazy("To:")}


@router.get(PAGE)
def raw(request: Request, _person: RawReader, session: Reading) -> Response:
    """What the file holds and what it leaves out, and a form."""
    return _page(request, session, Entered(start={"ending": "xlsx"}))


@router.post(PAGE)
def file(request: Request, person: RawReader, database: TheDatabase, posted: Posted) -> Response:
    """The file. The trail tells who took it."""
    entered = Entered(posted)

    def again() -> Response:
        with database.read() as session:
            return _page(request, session, entered)

    with entered.shown_again(again):
        wanted = entered.check(Wanted)
        first, last = checked_quarter(wanted.first, "first"), checked_quarter(wanted.last, "last")
        if last < first:
            raise InvalidInput(_("must not lie before the first quarter"), place="last")
        with database.read() as session:
            table = raw_answers(session, first, last)
        with database.write() as session:
            note_taken(session, first, last, table, actor(person))
    name, headings = f"answers-{first}-{last}", [*WHERE, *table.questions]
    if wanted.ending == "csv":
        return csv_table(name, headings, table.cells())
    return download(pieces(xlsx_of(headings, table.cells(), _("Answers"))), XLSX, f"{name}.xlsx")


def _page(request: Request, session: Session, entered: Entered) -> Response:
    quarters = [(str(one), quarter(one)) for one in queries.closed_quarters(session)]
    return render(
        request,
        "feedback/raw.html",
        entered=entered,
        quarters=quarters,
        least=LEAST,
        endings=[("xlsx", "Excel (.xlsx)"), ("csv", "CSV")],
    )
