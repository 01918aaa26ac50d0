"""Files for the tests: CSV and workbooks made from rows, and their way through the import."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl import Workbook
from sqlalchemy.orm import Session

from campus.tables import actions, exports, mapping, queries
from campus.tables.plans import Plan, plan_of
from campus.tables.rules import Choices, Table
from campus.tables.sheets import read_sheet
from core.database import Database
from tests.campus.books import TEST

STAYS = ("Reference", "Pavilion", "Room", "Arrival", "Departure", "Guests", "Rate", "Party", "Segment")
PARTY = ("Sample programme", "Courses")


def csv(*rows: Sequence[object], delimiter: str = ",") -> bytes:
    """A CSV file of these rows, the headings first."""
    return "\n".join(delimiter.join(str(cell) for cell in row) for row in rows).encode()


def xlsx(*rows: Sequence[Any], title: str = "Sample") -> bytes:
    """A workbook of one sheet."""
    book = Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(list(row))
    return saved(book)


def saved(book: Workbook) -> bytes:
    """The workbook's file."""
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def stays(*rows: Sequence[object]) -> bytes:
    """Stays of the sample programme: reference, pavilion, room, arrival, departure, guests, rate."""
    return csv(STAYS, *([*row, *PARTY] for row in rows))


def looked_at(
    session: Session,
    table: Table,
    content: bytes,
    name: str = "sample.csv",
    *,
    block: int | None = None,
    **choices: Any,
) -> Plan:
    """What a file would do, with the columns that its headings propose."""
    sheet = read_sheet(content, name, choices.pop("sheet", ""))
    columns = mapping.proposed(table, sheet.headings)
    return plan_of(session, table, sheet, Choices(sheet=sheet.name, columns=columns, block=block, **choices))


def brought_in(
    database: Database,
    table: Table,
    content: bytes,
    name: str = "sample.csv",
    *,
    block: int | None = None,
    reason: str = "",
    only_fine: bool = False,
) -> int:
    """Bring a file in on its whole way; the number of the import."""
    with database.write() as session:
        found = actions.upload(session, table, actions.read_upload(name, content), content, block, TEST)
        number = found.id
        choices = actions.choices_of(found)
        actions.choose(session, found, [], Choices(**{**mapping.as_json(choices), "reason": reason}))
    with database.read() as session:
        found = queries.get(session, number)
        choices = actions.choices_of(found)
        rows = mapping.given_rows(table, read_sheet(content, name, choices.sheet), choices)
        digest = plan_of(session, table, read_sheet(content, name, choices.sheet), choices).digest
    with database.write() as session:
        found = queries.get(session, number)
        actions.carry_out(session, found, rows, digest=digest, only_fine=only_fine, actor=TEST)
    return number


def told(plan: Plan) -> list[tuple[int, str, str]]:
    """Everything that is wrong: row, column, message."""
    return [(one.row, one.column, one.message) for one in plan.problems]


def exported(session: Session, wanted: exports.Wanted, ending: str, *, bom: bool = False) -> bytes:
    """An export as a file."""
    found: Iterable[list[Any]] = exports.rows(session, wanted)
    if ending == ".csv":
        return "".join(exports.as_csv(wanted.columns, found, bom=bom)).encode()
    with exports.as_xlsx(wanted.columns, found, wanted.table.value) as file:
        return file.read()
