"""Files of imports and exports on their way to pages and machines alike."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import IO, Any, Literal

import sqlalchemy as sa
from fastapi.responses import StreamingResponse
from sqlalchemy.orm import Session
from starlette.responses import Response

from api.dependencies import LARGEST_ID
from api.forms import iso_day
from api.table_words import TABLES
from campus.nights import Nights
from campus.occupancy.queries import current_block
from campus.places.models import Pavilion
from campus.tables import actions, exports, queries, refused
from campus.tables.exports import Wanted, csv_lines
from campus.tables.models import ImportFile, TableImport
from campus.tables.plans import plan_of
from campus.tables.rules import Problem, State, Table
from campus.tables.sheets import Sheet, read_sheet
from core.database import Database
from core.errors import Conflict, InvalidInput
from core.i18n import gettext as _
from core.i18n import language, today

Ending = Literal["xlsx", "csv"]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
STEP = 1 << 16
DESCRIBED: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/csv": {}, XLSX: {}}, "description": "The rows as a file."}
}


def waiting(session: Session, import_id: int) -> TableImport:
    """An import that is not over. Raises `NotFound`, `Conflict`."""
    found = queries.get(session, import_id)
    if found.state != State.UPLOADED:
        raise Conflict(_("This import is over already."))
    return found


def read(session: Session, found: TableImport, sheet: str) -> Sheet:
    """The rows of the original."""
    return read_sheet(queries.original(session, found.id), found.file_name, sheet)


def wanted_rows(session: Session, kind: Table, given: dict[str, str], *, with_names: bool) -> Wanted:
    """The rows asked for by `from`, `until`, `pavilion` (a number) and `block`. Raises `InvalidInput`, `NotFound`."""
    if kind is Table.ROOMING:
        block = _number(given, "block", needed=True) or 0
        current_block(session, block)  # now: once a file is on its way, nothing can be refused any more
        return Wanted(kind, Nights(today(), today()), block=block, with_names=with_names)
    first = _day(given, "from", date(today().year, 1, 1))
    nights = Nights.checked(first, _day(given, "until", date(today().year + 1, 1, 1)))
    pavilion = _number(given, "pavilion")
    if pavilion is not None and kind in (Table.COSTS, Table.INCOMES):
        raise InvalidInput(_("These amounts are of the whole campus: leave the pavilion out."), place="pavilion")
    if pavilion is not None and session.get(Pavilion, pavilion) is None:
        raise InvalidInput(_("There is no such pavilion."), place="pavilion")
    return Wanted(kind, nights, pavilion)


def file_of(database: Database, session: Session, wanted: Wanted, ending: Ending, *, bom: bool) -> Response:
    """The answer that carries the rows; CSV is read from the database while it is sent."""
    name = f"{wanted.table}-{wanted.block or wanted.nights.first.isoformat()}.{ending}"
    if ending == "xlsx":
        file = exports.as_xlsx(wanted.columns, exports.rows(session, wanted), TABLES[wanted.table].format())
        return download(pieces(file), XLSX, name)

    def lines() -> Iterator[bytes]:
        with database.read() as own:
            yield from encoded(exports.as_csv(wanted.columns, exports.rows(own, wanted), bom=bom))

    return download(lines(), "text/csv; charset=utf-8", name)


def csv_table(name: str, heading: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    """The answer that carries a report, with the mark by which spreadsheets know UTF-8."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return Response("".join(csv_lines(heading, rows, bom=True)), headers=headers, media_type="text/csv; charset=utf-8")


def download(content: Iterator[bytes], kind: str, name: str) -> Response:
    """A file to keep. `name` is one of ours."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(content, media_type=kind, headers=headers)


def pieces(file: IO[bytes]) -> Iterator[bytes]:
    """A file in pieces; it is closed at the end."""
    with file:
        while piece := file.read(STEP):
            yield piece


def encoded(texts: Iterator[str]) -> Iterator[bytes]:
    return (text.encode() for text in texts)


def refused_file(session: Session, found: TableImport) -> Response:
    """The answer that carries the refused rows of an import."""
    kind, sheet = Table(found.kind), read(session, found, actions.choices_of(found).sheet)
    problems = problems_of(session, found)
    if found.state == State.UPLOADED:
        problems = plan_of(session, kind, sheet, actions.choices_of(found)).problems
    if sheet.name:
        return download(pieces(refused.as_xlsx(kind, sheet, problems)), XLSX, f"refused-{found.id}.xlsx")
    return download(
        encoded(refused.as_csv(kind, sheet, problems)), "text/csv; charset=utf-8", f"refused-{found.id}.csv"
    )


def problems_of(session: Session, found: TableImport) -> list[Problem]:
    """The rows that were refused when it was carried out, in the words of `language_of`."""
    return [Problem(*one) for one in _refused(session, found).get("rows", [])]


def language_of(session: Session, found: TableImport) -> str:
    """The language in which the problems were said; that of the present reader where nothing was refused."""
    return str(_refused(session, found).get("language", language()))


def _refused(session: Session, found: TableImport) -> dict[str, Any]:
    return session.scalar(sa.select(ImportFile.refused).where(ImportFile.import_id == found.id)) or {}


def _day(given: dict[str, str], name: str, otherwise: date) -> date:
    return iso_day(given.get(name, ""), name) or otherwise


def _number(given: dict[str, str], name: str, *, needed: bool = False) -> int | None:
    text = given.get(name, "").strip()
    if not text and not needed:
        return None
    if not text.isascii() or not text.isdecimal() or not 1 <= int(text[:11]) <= LARGEST_ID:
        raise InvalidInput(_("Enter the number of a block, such as 12."), place=name)
    return int(text)
