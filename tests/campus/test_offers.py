"""Which rooms are offered: free over all the nights, fitting, and not promised to a group."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.blocks import actions as blocks
from campus.nights import Nights
from campus.occupancy.models import Claim
from campus.occupancy.offers import Wish, free_rooms
from campus.occupancy.rules import Kind
from campus.places.models import RoomPeriod
from core.database import Database
from core.i18n import today
from tests.campus.books import TEST, Campus, open_campus

SOON = today() + timedelta(days=30)
STAY = Nights(SOON, SOON + timedelta(days=3))
FIRST, UNTIL = STAY.first.isoformat(), STAY.until.isoformat()


@pytest.fixture
def database(sqlite_database: Database) -> Database:
    """One query, the same on both."""
    return sqlite_database


def offered(session: Session, *, besides: Claim | None = None, **wishes: object) -> tuple[list[str], list[str]]:
    found, left_out = free_rooms(session, Wish(nights=STAY, **wishes), besides=besides)  # type: ignore[arg-type]
    return [one.room.number for one in found], left_out


def hold(session: Session, campus: Campus, rooms: int) -> int:
    return blocks.hold(session, campus.block(), {(campus.types[0], night): rooms for night in STAY}, TEST).number


def test_rooms_are_offered_that_are_free_over_all_the_nights(database: Database) -> None:
    with database.write() as session:
        campus = open_campus(session)
        campus.stay(session, 0, (STAY.until - timedelta(days=1)).isoformat(), "2100-01-01")
        campus.stay(session, 1, "2020-01-01", FIRST)
        assert offered(session) == (["103", "102", "104"], [])


def test_wishes_narrow_what_is_offered(database: Database) -> None:
    with database.write() as session:
        campus = open_campus(session)
        session.execute(
            sa.update(RoomPeriod).where(RoomPeriod.room_id == campus.rooms[2]).values(features=["step-free"])
        )
        assert offered(session, beds=2)[0] == ["102", "104"]
        assert offered(session, type_id=campus.types[0])[0] == ["101", "103"]
        assert offered(session, pavilion_id=campus.pavilions[1])[0] == ["102", "104"]
        assert offered(session, features=["step-free"])[0] == ["103"]


def test_a_room_with_a_small_fault_comes_last(database: Database) -> None:
    with database.write() as session:
        campus = open_campus(session)
        campus.claim(session, Kind.OUT_OF_SERVICE, 0, FIRST, UNTIL)
        found, _left_out = free_rooms(session, Wish(nights=STAY))
        assert [(one.room.number, one.faulty) for one in found][-1] == ("101", True)


def test_the_last_rooms_that_a_group_holds_are_offered_to_it_alone(database: Database) -> None:
    with database.write() as session:
        campus = open_campus(session)
        block = hold(session, campus, 2)
        assert offered(session) == (["102", "104"], ["Single"])
        assert offered(session, block=block) == (["101", "103", "102", "104"], [])
        assert len(free_rooms(session, Wish(nights=STAY), promised_too=True)[0]) == 4


def test_a_stay_may_move_within_its_type_though_groups_hold_the_rest(database: Database) -> None:
    with database.write() as session:
        campus = open_campus(session)
        stay = campus.stay(session, 0, FIRST, UNTIL)
        hold(session, campus, 1)
        assert offered(session, besides=stay) == (["103", "102", "104"], [])
