"""The room chart: each room's nights in stretches, and what groups hold beside them."""

from datetime import date

import pytest
import sqlalchemy as sa

from campus.blocks import actions as blocks
from campus.occupancy import actions
from campus.occupancy.chart import ChartFilter, State, chart, held
from campus.occupancy.rules import Kind
from campus.places.models import RoomPeriod
from core.database import Database
from tests.campus.books import TEST, nights, open_campus

WEEK = nights("2026-03-02", "2026-03-09")


@pytest.fixture
def database(sqlite_database: Database) -> Database:
    """The same queries on both."""
    return sqlite_database


def test_every_room_has_all_its_nights_in_stretches(database: Database) -> None:
    with database.write() as session:
        campus = open_campus(session)
        stay = campus.stay(session, 0, "2026-02-20", "2026-03-04")
        actions.cancel(session, campus.stay(session, 0, "2026-03-05", "2026-03-07").number, TEST, "")
        campus.claim(session, Kind.OUT_OF_SERVICE, 0, "2026-03-03", "2026-03-06")
        rows = chart(session, WEEK, ChartFilter())
    assert [row.number for row in rows] == ["101", "103", "102", "104"]
    taken, free = rows[0].stretches
    assert (taken.state, taken.claim, taken.nights) == (State.TAKEN, stay, nights("2026-03-02", "2026-03-04"))
    assert (free.state, free.nights) == (State.FREE, nights("2026-03-04", "2026-03-09"))
    assert sorted(taken.faulty | free.faulty) == [date(2026, 3, 3), date(2026, 3, 4), date(2026, 3, 5)]
    assert all(sum(len(one.nights) for one in row.stretches) == 7 for row in rows)


def test_a_room_that_is_none_any_more_says_so(database: Database) -> None:
    with database.write() as session:
        campus = open_campus(session)
        session.execute(sa.update(RoomPeriod).where(RoomPeriod.id == 1).values(until=date(2026, 3, 5)))
        (row,) = chart(session, WEEK, ChartFilter(room_id=campus.rooms[0]))
    assert [(one.state, len(one.nights)) for one in row.stretches] == [(State.FREE, 3), (State.NO_ROOM, 4)]


def test_the_chart_can_be_of_a_pavilion_or_a_type(database: Database) -> None:
    with database.write() as session:
        campus = open_campus(session)
        north = chart(session, WEEK, ChartFilter(pavilion_id=campus.pavilions[0]))
        doubles = chart(session, WEEK, ChartFilter(type_id=campus.types[1]))
    assert {row.pavilion for row in north} == {"Sample North"}
    assert {row.types for row in doubles} == {("Double",)}


def test_what_a_group_holds_is_a_line_of_its_type_and_shrinks_by_what_it_picks(database: Database) -> None:
    week = nights("2099-03-02", "2099-03-09")
    with database.write() as session:
        campus = open_campus(session)
        contracted = {(campus.types[0], night): 2 for night in nights("2099-03-03", "2099-03-07")}
        block = blocks.hold(session, campus.block(), contracted, TEST)
        campus.stay(session, 0, "2099-03-03", "2099-03-05", block=block.number)
        lines = held(session, week)
        assert held(session, week, campus.types[1]) == []
    assert [(one.type, one.rooms, one.nights) for one in lines] == [
        ("Single", 1, nights("2099-03-03", "2099-03-05")),
        ("Single", 2, nights("2099-03-05", "2099-03-07")),
    ]
