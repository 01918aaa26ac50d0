"""Tables brought in and taken out: where a file is chosen, what can be had as one, and the last imports."""

from typing import Any, ClassVar

import sqlalchemy as sa
from fastapi import Request
from pydantic import BaseModel
from sqlalchemy.orm import Session
from starlette.datastructures import UploadFile
from starlette.responses import Response

from api import actors
from api.dependencies import Reading, TheDatabase, actor
from api.forms import Entered, Posted, RowId
from api.pages import page_router
from api.pages.campus.access import Keeper, Reader, keeps
from api.paging import WantedPage
from api.rendering import redirect, render
from api.table_files import XLSX, Ending, download, encoded, file_of, pieces, wanted_rows
from api.table_words import STATES, TABLES
from campus.places.models import Pavilion
from campus.tables import actions, exports, queries
from campus.tables.columns import COLUMNS
from campus.tables.rules import State, Table
from core.errors import InvalidInput, NotAllowed
from core.i18n import format_number, lazy, today
from core.i18n import gettext as _
from core.people.models import Person
from core.settings import settings

router = page_router()
PAGE = "/rooms/tables"


class Upload(BaseModel):
    """The form that begins an import."""

    errors: ClassVar = {
        "kind": lazy("Choose what the file holds."),
        "block": lazy("Enter the number of a block, such as 12."),
    }
    kind: Table
    block: RowId | None = None


@router.get(PAGE)
def overview(request: Request, person: Reader, session: Reading, paging: WantedPage) -> Response:
    """What can be brought in and taken out, and what was."""
    return _page(request, session, person, Entered(start=_start()), paging_of=paging)


@router.post(PAGE)
def upload(request: Request, person: Keeper, database: TheDatabase, posted: Posted, paging: WantedPage) -> Response:
    """Keep a file and go on to its columns. Nothing of the books changes yet."""
    entered = Entered(posted)

    def again() -> Response:
        with database.read() as session:
            return _page(request, session, person, entered, paging_of=paging)

    with entered.shown_again(again):
        wanted = entered.check(Upload)
        file = posted.get("file")
        if not isinstance(file, UploadFile) or not (content := entered.file("file")):
            raise InvalidInput(_("Choose a file that is not empty."), place="file")
        if wanted.kind is Table.ROOMING and wanted.block is None:
            raise InvalidInput(_("Enter the number of the block that the list is for."), place="block")
        try:
            read = actions.read_upload(file.filename or "", content)
        except InvalidInput as error:
            raise InvalidInput(
                _("%(place)s: %(problem)s", place=error.place, problem=error.message), place="file"
            ) from None
    with database.write() as session:  # only now: others write while a large file is read
        found = actions.upload(session, wanted.kind, read, content, wanted.block, actor(person))
    return redirect(request, f"{PAGE}/{found.id}/columns")


@router.get(f"{PAGE}/export")
def export(
    request: Request,
    person: Reader,
    session: Reading,
    database: TheDatabase,
    paging: WantedPage,
    kind: Table = Table.STAYS,
    ending: Ending = "xlsx",
    names: bool = False,
    bom: bool = True,
) -> Response:
    """The rows of a period as a file."""
    entered = Entered(start=_start() | {key: value for key, value in request.query_params.items() if key in EXPORT})
    if names and not keeps(person):
        raise NotAllowed(_("Only those who keep the books may read the names of guests."))
    try:
        wanted = wanted_rows(session, kind, dict(request.query_params), with_names=names)
    except InvalidInput as error:
        entered.errors[error.place] = error.message
        return _page(request, session, person, entered, paging_of=paging, status=422)
    return file_of(database, session, wanted, ending, bom=bom)


@router.get(f"{PAGE}/empty")
def empty(_person: Reader, kind: Table, ending: Ending = "xlsx") -> Response:
    """A file with headings only, to begin with."""
    columns = COLUMNS[kind]
    if ending == "xlsx":
        return download(pieces(exports.as_xlsx(columns, [], TABLES[kind].format(), help=True)), XLSX, f"{kind}.xlsx")
    return download(encoded(exports.as_csv(columns, [], bom=True)), "text/csv; charset=utf-8", f"{kind}.csv")


EXPORT = ("kind", "from", "until", "pavilion", "block", "ending", "names")


def _start() -> dict[str, str]:
    year = today().year
    return {"kind": Table.STAYS, "from": f"{year}-01-01", "until": f"{year + 1}-01-01", "ending": "xlsx"}


def _page(
    request: Request, session: Session, person: Person, entered: Entered, *, paging_of: Any, status: int = 200
) -> Response:
    total = queries.how_many(session)
    found = queries.imports(session, offset=paging_of.offset, limit=paging_of.size)
    pavilions = session.execute(sa.select(Pavilion.id, Pavilion.name).order_by(Pavilion.name))
    return render(
        request,
        "rooms/tables.html",
        status=status,
        entered=entered,
        keeps=keeps(person),
        kinds=[(kind.value, title) for kind, title in TABLES.items()],
        columns=[(TABLES[kind], kind.value, columns) for kind, columns in COLUMNS.items()],
        endings=[("xlsx", "Excel (.xlsx)"), ("csv", "CSV")],
        pavilions=[("", _("All pavilions")), *((str(row.id), row.name) for row in pavilions)],
        imports=found,
        waiting=sum(one.state == State.UPLOADED for one in found),
        total=total,
        paging=paging_of.of(total),
        tables=TABLES,
        states=STATES,
        who=actors.names(session),
        most=format_number(settings().import_mb),
    )
