"""What names somebody is deleted for good after its time."""

from datetime import timedelta

import sqlalchemy as sa

from campus.occupancy.models import GuestName
from campus.tables.models import ImportFile
from campus.tables.rules import Table
from core.database import Database
from core.i18n import today
from jobs.clean_imports import clean_imports
from jobs.forget_guest_names import forget_guest_names
from tests.campus.books import open_campus
from tests.campus.tables.files import brought_in, stays


def test_names_of_guests_are_forgotten_after_their_day(database: Database) -> None:
    with database.write() as session:
        for booking, days in ((1, -1), (2, 0)):
            day = today() + timedelta(days=days)
            session.add(GuestName(booking=booking, names="Sample Guest", delete_after=day))
    assert forget_guest_names(database) == {"deleted": 1}
    with database.read() as session:
        assert list(session.scalars(sa.select(GuestName.booking))) == [2]


def test_originals_are_kept_until_their_day(database: Database) -> None:
    with database.write() as session:
        open_campus(session)
    brought_in(database, Table.STAYS, stays(("A", "Sample North", "101", "2026-03-01", "2026-03-04", 1, "1")))
    assert clean_imports(database) == {"deleted": 0}
    with database.write() as session:
        session.execute(sa.update(ImportFile).values(delete_after=today() - timedelta(days=1)))
    assert clean_imports(database) == {"deleted": 1}
