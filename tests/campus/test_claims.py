"""Claims: what takes a room for a night keeps everybody else out of it."""

import threading
from datetime import date

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from campus.occupancy import actions, queries
from campus.occupancy.models import RoomNight
from campus.occupancy.rules import Kind
from core.database import Database
from core.errors import Conflict, InvalidInput
from tests.campus.books import TEST, nights, open_campus


def taken(database: Database) -> list[tuple[int, date]]:
    with database.read() as session:
        return [(row.room_id, row.night) for row in session.scalars(sa.select(RoomNight).order_by(RoomNight.night))]


def test_a_stay_takes_its_nights_and_not_the_day_of_departure(database: Database) -> None:
    with database.write() as session:
        campus = open_campus(session)
        campus.stay(session, 0, "2026-03-28", "2026-03-30")  # the clocks change in its second night
    assert taken(database) == [(campus.rooms[0], date(2026, 3, 28)), (campus.rooms[0], date(2026, 3, 29))]


def test_stays_may_follow_each_other_on_the_day_of_departure(database: Database) -> None:
    with database.write() as session:
        campus = open_campus(session)
        campus.stay(session, 0, "2026-03-01", "2026-03-03")
        campus.stay(session, 0, "2026-03-03", "2026-03-05")
    assert len(taken(database)) == 4


def test_a_room_that_is_taken_is_refused_with_the_night_and_the_claim(database: Database) -> None:
    with database.write() as session:
        campus = open_campus(session)
        campus.claim(session, Kind.EXTENDED_CLOSURE, 0, "2026-03-04", "2026-05-01")
    refusal = r"Room Sample North 101 is taken in the night of 4 Mar 2026 by claim 1 \(extended"
    with pytest.raises(Conflict, match=refusal), database.write() as session:
        campus.stay(session, 0, "2026-03-01", "2026-03-06")
    assert len(taken(database)) == 58


def test_the_database_itself_refuses_a_second_claim_of_a_night(database: Database) -> None:
    with database.write() as session:
        campus = open_campus(session)
        claim = campus.stay(session, 0, "2026-03-01", "2026-03-02")
    with pytest.raises(IntegrityError), database.write() as session:
        session.execute(sa.insert(RoomNight).values(room_id=campus.rooms[0], night=date(2026, 3, 1), claim_id=claim.id))


def test_out_of_service_takes_no_night(database: Database) -> None:
    with database.write() as session:
        campus = open_campus(session)
        campus.claim(session, Kind.OUT_OF_SERVICE, 0, "2026-03-01", "2026-03-09")
        campus.stay(session, 0, "2026-03-01", "2026-03-02")
    assert len(taken(database)) == 1


def test_a_stay_that_is_cancelled_or_did_not_turn_up_frees_its_room(database: Database) -> None:
    with database.write() as session:
        campus = open_campus(session)
        first = campus.stay(session, 0, "2026-03-01", "2026-03-03")
        second = campus.stay(session, 1, "2026-03-01", "2026-03-03")
        actions.cancel(session, first.number, TEST, "asked for")
        actions.mark_no_show(session, second.number, TEST, "")
    assert taken(database) == []
    with pytest.raises(Conflict, match="already ended"), database.write() as session:
        actions.cancel(session, first.number, TEST, "")


def test_a_stay_that_moves_on_its_way_is_parted_and_stays_one_booking(database: Database) -> None:
    with database.write() as session:
        campus = open_campus(session)
        stay = campus.stay(session, 0, "2026-03-01", "2026-03-05")
        parts = actions.move(session, stay.number, campus.rooms[2], TEST, "quieter", starting=date(2026, 3, 3))
    assert [(part.room_id, part.first, part.until) for part in parts] == [
        (campus.rooms[0], date(2026, 3, 1), date(2026, 3, 3)),
        (campus.rooms[2], date(2026, 3, 3), date(2026, 3, 5)),
    ]
    assert {part.booking for part in parts} == {stay.booking}
    assert len(taken(database)) == 4


def test_two_stays_exchange_their_rooms(database: Database) -> None:
    with database.write() as session:
        campus = open_campus(session)
        one = campus.stay(session, 0, "2026-03-01", "2026-03-05")
        other = campus.stay(session, 2, "2026-03-02", "2026-03-06")
        actions.swap(session, one.number, other.number, TEST, "beds")
        assert queries.claim(session, one.number).room_id == campus.rooms[2]
        assert queries.claim(session, other.number).room_id == campus.rooms[0]


def test_every_version_of_a_claim_is_kept(database: Database) -> None:
    with database.write() as session:
        campus = open_campus(session)
        stay = campus.stay(session, 0, "2026-03-01", "2026-03-05")
    with database.write() as session:
        actions.change_nights(session, stay.number, nights("2026-03-01", "2026-03-03"), TEST, "leaves earlier")
    with database.read() as session:
        first, second = queries.versions(session, stay.number)
    assert first.until == date(2026, 3, 5)
    assert first.superseded_at is not None
    assert first.superseded_at <= second.recorded_at
    assert (second.until, second.reason, second.superseded_at) == (date(2026, 3, 3), "leaves earlier", None)


def test_a_night_in_which_the_room_is_none_is_refused(database: Database) -> None:
    with pytest.raises(InvalidInput, match="Sample North 101 is no room on 31 Dec 2019"), database.write() as session:
        open_campus(session).stay(session, 0, "2019-12-31", "2020-01-02")


def test_a_departure_before_the_arrival_is_refused(database: Database) -> None:
    with pytest.raises(InvalidInput, match="departure must be after"), database.write() as session:
        open_campus(session).stay(session, 0, "2026-03-02", "2026-03-02")


def test_of_forty_who_want_a_room_for_the_same_night_exactly_one_gets_it(database: Database) -> None:
    with database.write() as session:
        campus = open_campus(session)
    start, answers = threading.Barrier(40), []

    def want() -> None:
        start.wait()
        try:
            with database.write() as session:
                campus.stay(session, 0, "2026-03-01", "2026-03-02")
            answers.append("got it")
        except Conflict:
            answers.append("refused")

    threads = [threading.Thread(target=want) for _ in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == ["got it"] + ["refused"] * 39
    assert len(taken(database)) == 1
