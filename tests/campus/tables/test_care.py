"""What imports take care of: nothing that people write gets into the trail, and nothing is done twice."""

import threading

import pytest
import sqlalchemy as sa

from campus.occupancy.models import Claim
from campus.tables import actions, mapping, queries
from campus.tables.plans import plan_of
from campus.tables.rules import Table
from campus.tables.sheets import read_sheet
from core.database import Database
from core.errors import Conflict
from core.trail import TrailEntry
from tests.campus.books import TEST, open_campus
from tests.campus.tables.files import PARTY, STAYS, brought_in, csv, stays

ROW = ("A-1", "Sample North", "101", "2026-03-01", "2026-03-04", 1, "62.50")


@pytest.fixture(autouse=True)
def _campus(database: Database) -> None:
    with database.write() as session:
        open_campus(session)


def test_notes_stand_in_the_books_and_never_in_the_trail(database: Database) -> None:
    """People write names of guests there, whatever they are told."""
    for note in ("Sample Guest comes late", "Sample Guest comes later"):
        brought_in(database, Table.STAYS, csv((*STAYS, "Note"), (*ROW, *PARTY, note)))
    with database.read() as session:
        notes = list(session.scalars(sa.select(Claim.note).order_by(Claim.id)))
        steps = session.scalars(sa.select(TrailEntry).where(TrailEntry.subject == "claim")).all()
    assert notes == ["Sample Guest comes late", "Sample Guest comes later"]
    assert [one.action for one in steps] == ["claim.make", "claim.change"]
    assert "Sample Guest" not in str([(one.before, one.after) for one in steps])


def test_of_those_who_confirm_the_same_import_at_once_one_does_it(database: Database) -> None:
    content = stays(ROW)
    sheet = read_sheet(content, "stays.csv")
    with database.write() as session:
        found = actions.upload(session, Table.STAYS, ("stays.csv", sheet), content, None, TEST)
        number, choices = found.id, actions.choices_of(found)
        rows = mapping.given_rows(Table.STAYS, sheet, choices)
        digest = plan_of(session, Table.STAYS, sheet, choices).digest
    said: list[str] = []

    def confirm() -> None:
        try:
            with database.write() as session:
                there = queries.get(session, number)
                actions.carry_out(session, there, rows, digest=digest, only_fine=False, actor=TEST)
            said.append("done")
        except Conflict as conflict:
            said.append(str(conflict))

    threads = [threading.Thread(target=confirm) for _one in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(said) == [*["This import is over already."] * 3, "done"]
    with database.read() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Claim)) == 1
