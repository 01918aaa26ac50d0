"""Rooms: what a room is like from a night on, and who must not lose one by a change."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from campus.blocks import actions as blocks
from campus.capacity.queries import capacity, total
from campus.known import end_of
from campus.occupancy import actions
from campus.occupancy.rules import Kind
from campus.places import queries, rooms
from campus.places.models import Pavilion, Room, RoomPeriod
from campus.places.rooms import RoomKind
from core import clock, trail
from core.database import Database
from core.errors import Conflict, InvalidInput
from core.i18n import today
from tests.campus.books import TEST, Campus, nights, open_campus
from tests.campus.conftest import Tries

YEAR = nights("2026-01-01", "2027-01-01")
START = date(2026, 1, 1)


def room_of(session: Session, campus: Campus, position: int = 0) -> Room:
    return session.get_one(Room, campus.rooms[position])


def periods(session: Session, room: Room) -> list[tuple[str, str | None, int]]:
    return [
        (one.first.isoformat(), one.until.isoformat() if one.until else None, one.type_id)
        for one in queries.periods(session, room.id)
    ]


def test_rooms_of_a_kind_are_added_in_one_step_and_each_is_in_the_trail(database: Database) -> None:
    with database.write() as session:
        campus = open_campus(session)
        pavilion = session.get_one(Pavilion, campus.pavilions[0])
        kind = RoomKind(campus.types[0], 1, ("wide door", "step-free"))
        added = rooms.add_rooms(session, pavilion, ["201", "202"], kind, START, None, TEST)
        assert [room.number for room in added] == ["201", "202"]
        (period,) = queries.periods(session, added[0].id)
        assert (period.first, period.until, period.features) == (START, None, ["step-free", "wide door"])
        (entry,) = trail.entries(session, "room", added[1].id)
        assert (entry.action, (entry.after or {})["number"], queries.changes_of(session, "room", added[1].id)) == (
            "room.add",
            "202",
            2,
        )


def test_a_number_that_is_there_already_refuses_all(database: Database) -> None:
    with database.write() as session:
        campus = open_campus(session)
        pavilion, kind = session.get_one(Pavilion, campus.pavilions[0]), RoomKind(campus.types[0], 1)
        with pytest.raises(Conflict, match="has these rooms already: 101"):
            rooms.add_rooms(session, pavilion, ["100", "101"], kind, START, None, TEST)
        assert session.scalar(sa.select(sa.func.count()).select_from(Room)) == 4


def test_a_new_type_from_a_night_on_ends_the_period_before(database: Database) -> None:
    with database.write() as session:
        campus = open_campus(session)
        room, (single, double) = room_of(session, campus), campus.types
        rooms.change_room(session, room, RoomKind(double, 2), date(2026, 5, 1), None, TEST, "rebuilt")
        assert periods(session, room) == [("2020-01-01", "2026-05-01", single), ("2026-05-01", None, double)]
        first = queries.period_versions(session, room.id)[-1]
        assert (first.until, first.superseded_at is None) == (None, False)


def test_a_room_ends_and_opens_again(database: Database) -> None:
    with database.write() as session:
        campus = open_campus(session)
        room, kind = room_of(session, campus), RoomKind(campus.types[0], 1)
        rooms.change_room(session, room, None, date(2026, 5, 1), None, TEST, "becomes an office")
        assert periods(session, room) == [("2020-01-01", "2026-05-01", kind.type_id)]
        rooms.change_room(session, room, kind, date(2026, 5, 1), None, TEST, "stays a room")
        assert periods(session, room) == [("2020-01-01", None, kind.type_id)]


def test_what_is_so_already_is_not_written_again(database: Database) -> None:
    with database.write() as session:
        campus = open_campus(session)
        room = room_of(session, campus)
        rooms.change_room(session, room, RoomKind(campus.types[0], 1), date(2026, 5, 1), None, TEST, "once more")
        assert len(queries.period_versions(session, room.id)) == 1
        assert trail.entries(session, "room", room.id) == []


def test_a_room_with_claims_does_not_end_under_them(database: Database) -> None:
    with database.write() as session:
        campus = open_campus(session)
        campus.stay(session, 0, "2026-04-28", "2026-05-02")
        campus.claim(session, Kind.OUT_OF_SERVICE, 0, "2026-07-01", "2026-07-03")
        cancelled = campus.stay(session, 0, "2026-06-01", "2026-06-02")
        actions.cancel(session, cancelled.number, TEST, "")
        room = room_of(session, campus)
    refusal = r"2 claims would lose their room: 1 \(28 Apr 2026 to 2 May 2026\) and 2 \(1 Jul"
    with pytest.raises(Conflict, match=refusal), database.write() as session:
        rooms.change_room(session, room_of(session, campus), None, date(2026, 5, 1), None, TEST, "office")
    with database.write() as session:
        rooms.change_room(session, room, None, date(2026, 5, 2), date(2026, 7, 1), TEST, "works")
        assert len(queries.periods(session, room.id)) == 2


def test_a_stay_keeps_its_room_when_the_type_changes(database: Database) -> None:
    with database.write() as session:
        campus = open_campus(session)
        stay = campus.stay(session, 0, "2026-04-28", "2026-05-02")
        rooms.change_room(
            session, room_of(session, campus), RoomKind(campus.types[1], 2), date(2026, 5, 1), None, TEST, "second bed"
        )
        bridge = total(capacity(session, [YEAR], on=START))
        assert (stay.room_id, bridge.sold) == (campus.rooms[0], 4)


@pytest.mark.parametrize("becomes", ["another type", "no room"])
def test_a_room_that_a_group_was_promised_does_not_leave_its_type(database: Database, becomes: str) -> None:
    night = today() + timedelta(days=30)
    with database.write() as session:
        campus = open_campus(session)
        blocks.hold(session, campus.block(name="Sample course"), {(campus.types[0], night): 2}, TEST)
    kind = RoomKind(campus.types[1], 2) if becomes == "another type" else None
    refusal = r"The last rooms of type “Single” are promised in the night of .*: Sample course\."
    with pytest.raises(Conflict, match=refusal), database.write() as session:
        rooms.change_room(session, room_of(session, campus), kind, today(), None, TEST, "works")
    with database.write() as session:
        after = night + timedelta(days=1)
        rooms.change_room(session, room_of(session, campus), kind, after, None, TEST, "works")
        assert queries.periods(session, campus.rooms[0])[0].until == after


def test_a_room_that_was_a_mistake_is_none_and_its_number_is_free(database: Database) -> None:
    with database.write() as session:
        campus = open_campus(session)
        room = room_of(session, campus)
        rooms.take_away(session, room, TEST, "slip of the pen")
        assert periods(session, room) == []
        assert total(capacity(session, [YEAR], on=START)).inventory == 3 * 365
        pavilion = session.get_one(Pavilion, campus.pavilions[0])
        (again,) = rooms.add_rooms(session, pavilion, ["101"], RoomKind(campus.types[1], 2), START, None, TEST)
        assert (again.id, len(queries.periods(session, again.id))) == (room.id, 1)


def test_a_door_gets_another_number_unless_the_pavilion_has_it(database: Database) -> None:
    with database.write() as session:
        campus = open_campus(session)
        room = room_of(session, campus)
        rooms.renumber(session, room, " 1.01 ", TEST)
        assert queries.room_name(session, room.id) == "Sample North 1.01"
        with pytest.raises(Conflict, match="has a room 103 already"):
            rooms.renumber(session, room, "103", TEST)


@pytest.mark.parametrize(
    ("kind", "first", "until", "reason", "place"),
    [
        (RoomKind(1, 13), "2026-01-01", None, "x", "beds"),
        (RoomKind(999, 1), "2026-01-01", None, "x", "type"),
        (RoomKind(1, 1, ("sauna",)), "2026-01-01", None, "x", "features"),
        (RoomKind(1, 1), "2026-01-01", "2026-01-01", "x", "until"),
        (RoomKind(1, 1), "1066-01-01", None, "x", "until"),
        (None, "2026-01-01", None, " ", "reason"),
    ],
)
def test_what_cannot_be_is_refused_with_its_place(
    database: Database, kind: RoomKind | None, first: str, until: str | None, reason: str, place: str
) -> None:
    end = date.fromisoformat(until) if until else None
    with database.write() as session:
        room = room_of(session, open_campus(session))
        with pytest.raises(InvalidInput) as refused:
            rooms.change_room(session, room, kind, date.fromisoformat(first), end, TEST, reason)
    assert refused.value.place == place


CHANGE = st.tuples(
    st.integers(0, 1), st.sampled_from([0, 1, None]), st.integers(-40, 400), st.one_of(st.none(), st.integers(1, 200))
)


def test_whatever_is_changed_periods_never_overlap_and_the_inventory_is_what_a_count_of_days_gives(
    database: Database, monkeypatch: pytest.MonkeyPatch, tries: Tries
) -> None:
    @tries(10)
    @given(st.lists(CHANGE, min_size=1, max_size=8))
    def holds(changes: list[tuple[int, int | None, int, int | None]]) -> None:
        with database.engine.connect() as connection:  # everything of this example is rolled back at its end
            session = Session(connection, join_transaction_mode="create_savepoint")
            now = datetime(2026, 3, 1, 9, tzinfo=UTC)
            monkeypatch.setattr(clock, "now", lambda: now)
            campus, printed = open_campus(session, rooms=2), []
            for position, kind, first, length in changes:
                change(session, campus, position, kind, START + timedelta(days=first), length)
                assert [overlaps(session, room) for room in campus.rooms] == [False, False]
                beds = count_beds(session, campus)
                bridge = total(capacity(session, [YEAR], on=START))
                assert (bridge.inventory, bridge.bed_nights) == (len(beds), sum(beds))
                printed.append((now.date(), bridge))
                now += timedelta(days=1)
            for day, bridge in printed:
                assert total(capacity(session, [YEAR], at=end_of(day), on=START)) == bridge
            session.close()

    holds()


def change(session: Session, campus: Campus, position: int, kind: int | None, first: date, length: int | None) -> None:
    becomes = None if kind is None else RoomKind(campus.types[kind], 1 + kind)
    until = first + timedelta(days=length) if length else None
    rooms.change_room(session, room_of(session, campus, position), becomes, first, until, TEST, "sample")


def overlaps(session: Session, room_id: int) -> bool:
    found = queries.periods(session, room_id)
    return any(one.until is None or one.until > next_.first for one, next_ in pairwise(found))


def count_beds(session: Session, campus: Campus) -> list[int]:
    """The plainest count: the beds of every room in every night of the year in which it is one."""
    every: list[RoomPeriod] = [one for room in campus.rooms for one in queries.periods(session, room)]
    return [one.beds for night in YEAR for one in every if one.first <= night < (one.until or YEAR.until)]
