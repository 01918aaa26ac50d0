"""Imports for the tests of pages: one that can be undone, one that is undone, and two that wait."""

from sqlalchemy.orm import Session

from campus.tables import actions, mapping, queries, undo
from campus.tables.models import TableImport
from campus.tables.plans import plan_of
from campus.tables.rules import Table
from campus.tables.sheets import read_sheet
from core.database import Database
from tests.campus.books import TEST

HEAD = "Reference,Pavilion,Room,Arrival,Departure,Guests,Rate,Party,Segment\n"
OF = "Sample programme,Courses\n"
GOOD = (
    f"{HEAD}S-1,Sample North,101,2024-03-01,2024-03-04,1,62.50,{OF}S-2,Sample South,999,2024-03-01,2024-03-02,1,62,{OF}"
)
UNDONE = f"{HEAD}S-3,Sample North,103,2024-03-01,2024-03-04,1,62.50,{OF}"
DOUBTFUL = (
    f"{HEAD}S-4,Sample North,103,03/04/2024,05/04/2024,1,62.50,{OF}"
    f"S-1,Sample North,103,2024-03-01,2024-03-05,1,62.50,{OF}"
)
CHANGING = (
    f"{HEAD}S-1,Sample North,101,2024-03-01 14:30,2024-03-05,2,62.50,{OF}"
    f"S-5,Sample Nort,101,2024-03-09,2024-03-10,1,1,{OF}"
    f"S-6,Sample South,102,2024-03-09,2024-03-10,1,1,{OF}"
)


def add_imports(database: Database) -> None:
    """Imports 1 to 4."""
    _bring_in(database, "stays of march.csv", GOOD)
    _bring_in(database, "by mistake.csv", UNDONE)
    with database.write() as session:
        undo.undo(session, queries.get(session, 2), TEST)
        _keep(session, "dates with slashes.csv", DOUBTFUL)
        _keep(session, "changes of march.csv", CHANGING)


def _keep(session: Session, name: str, text: str) -> TableImport:
    content = text.encode()
    return actions.upload(session, Table.STAYS, actions.read_upload(name, content), content, None, TEST)


def _bring_in(database: Database, name: str, text: str) -> None:
    with database.write() as session:
        found = _keep(session, name, text)
        choices, sheet = actions.choices_of(found), read_sheet(text.encode(), name)
        digest = plan_of(session, Table.STAYS, sheet, choices).digest
        rows = mapping.given_rows(Table.STAYS, sheet, choices)
        actions.carry_out(session, found, rows, digest=digest, only_fine=True, actor=TEST)
