"""The names of guests: kept as long as they are needed, deleted by clock, never in the trail."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from campus.occupancy import actions, guests
from campus.occupancy.models import GuestName
from core import trail
from core.database import Database
from core.errors import InvalidInput
from core.i18n import today
from jobs.forget_guest_names import forget_guest_names
from tests.campus.books import TEST, nights, open_campus


def kept(database: Database) -> list[tuple[str, date]]:
    with database.read() as session:
        return [(one.names, one.delete_after) for one in session.scalars(sa.select(GuestName))]


def test_names_are_kept_apart_and_the_trail_says_only_that_they_are(
    database: Database, configure: Callable[..., None]
) -> None:
    configure(guest_name_days=10)
    with database.write() as session:
        stay = open_campus(session).stay(session, 0, "2026-03-01", "2026-03-05")
        guests.keep_names(session, stay.booking, "  Sample   Guest \r\nSample Companion", TEST)
    assert kept(database) == [("Sample Guest\nSample Companion", date(2026, 3, 15))]
    with database.write() as session:
        assert "Guest" not in str([(one.before, one.after) for one in trail.entries(session)])
        actions.change_nights(session, stay.number, nights("2026-03-01", "2026-03-09"), TEST, "")
    assert kept(database)[0][1] == date(2026, 3, 19)


def test_names_can_be_changed_and_deleted_at_once(database: Database) -> None:
    with database.write() as session:
        stay = open_campus(session).stay(session, 0, "2026-03-01", "2026-03-05")
        for names in ("Sample Guest", "Sample Other", "Sample Other"):
            guests.keep_names(session, stay.booking, names, TEST)
        assert len(trail.entries(session, "claim", stay.number)) == 3  # made, and two changes
    assert kept(database)[0][0] == "Sample Other"
    with database.write() as session:
        guests.keep_names(session, stay.booking, "", TEST)
    assert kept(database) == []


def test_names_that_are_too_long_are_refused(database: Database) -> None:
    with database.write() as session:
        stay = open_campus(session).stay(session, 0, "2026-03-01", "2026-03-05")
    with pytest.raises(InvalidInput, match="names: must be at most 500"), database.write() as session:
        guests.keep_names(session, stay.booking, "x" * 501, TEST)


def test_every_night_the_names_of_those_who_left_long_ago_are_deleted(database: Database) -> None:
    with database.write() as session:
        campus = open_campus(session)
        for room, left in ((0, 31), (2, 29)):
            until = today() - timedelta(days=left)
            first = (until - timedelta(days=2)).isoformat()
            stay = campus.stay(session, room, first, until.isoformat())
            guests.keep_names(session, stay.booking, f"Sample {left}", TEST)
    assert forget_guest_names(database) == {"deleted": 1}
    assert [names for names, _day in kept(database)] == ["Sample 29"]
