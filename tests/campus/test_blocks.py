"""Blocks: what a group holds, nobody else can have; what it picks passes from held to sold."""

import threading
from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from campus.nights import Nights
from campus.occupancy import actions, blocks
from campus.occupancy.bridge import Bridge
from campus.occupancy.capacity import capacity, total
from core.database import Database
from core.errors import Conflict, InvalidInput
from core.i18n import today
from tests.campus.books import TEST, Campus, open_campus

SOON = today() + timedelta(days=30)
STAY = Nights(SOON, SOON + timedelta(days=3))


def rooms(campus: Campus, number: int, nights: Nights = STAY) -> dict[tuple[int, date], int]:
    return {(campus.types[0], night): number for night in nights}


def bridge(session: Session, on: date | None = None) -> Bridge:
    return total(capacity(session, [STAY], on=on or today()))


def stay(session: Session, campus: Campus, room: int, **values: object) -> int:
    return campus.stay(session, room, STAY.first.isoformat(), STAY.until.isoformat(), **values).number


def test_a_block_holds_rooms_before_they_are_known(database: Database) -> None:
    with database.write() as session:
        campus = open_campus(session)
        blocks.hold(session, campus.block(), rooms(campus, 2), TEST)
        assert (bridge(session).held, bridge(session).free) == (6, 6)


def test_what_is_held_cannot_be_sold_to_others(database: Database) -> None:
    with database.write() as session:
        campus = open_campus(session)
        blocks.hold(session, campus.block(), rooms(campus, 2), TEST)
    with pytest.raises(Conflict, match="last rooms of type “Single” are held"), database.write() as session:
        stay(session, campus, 0)


def test_picking_a_room_moves_held_to_sold(database: Database) -> None:
    with database.write() as session:
        campus = open_campus(session)
        block = blocks.hold(session, campus.block(), rooms(campus, 2), TEST)
        number = stay(session, campus, 0, block=block.number)
        assert (bridge(session).sold, bridge(session).held) == (3, 3)
        actions.cancel(session, number, TEST, "not coming")
        assert (bridge(session).sold, bridge(session).held) == (0, 6)


def test_a_block_can_only_hold_what_is_free(database: Database) -> None:
    with database.write() as session:
        campus = open_campus(session)
        stay(session, campus, 0)
    refusal = "Only 1 room of type “Single” is free in the night of"
    with pytest.raises(Conflict, match=refusal), database.write() as session:
        blocks.hold(session, campus.block(), rooms(campus, 2), TEST)


def test_a_block_can_be_changed_to_hold_what_it_has_picked_already(database: Database) -> None:
    with database.write() as session:
        campus = open_campus(session)
        block = blocks.hold(session, campus.block(), rooms(campus, 2), TEST)
        stay(session, campus, 0, block=block.number)
        blocks.change(session, block.number, campus.block(name="Renamed"), rooms(campus, 2), TEST, "renamed")
        assert (bridge(session).sold, bridge(session).held) == (3, 3)


def test_the_rest_is_released_at_the_cut_off(database: Database) -> None:
    with database.write() as session:
        campus = open_campus(session)
        cut_off = today() + timedelta(days=10)
        blocks.hold(session, campus.block(cut_off=cut_off), rooms(campus, 2), TEST)
        assert bridge(session, on=cut_off - timedelta(days=1)).held == 6
        assert bridge(session, on=cut_off).held == 0


def test_a_cut_off_that_is_over_is_refused(database: Database) -> None:
    with database.write() as session:
        campus = open_campus(session)
    with pytest.raises(InvalidInput, match="cut_off: must lie in the future"), database.write() as session:
        blocks.hold(session, campus.block(cut_off=today()), rooms(campus, 1), TEST)


def test_a_cancelled_block_gives_back_what_it_has_not_picked(database: Database) -> None:
    with database.write() as session:
        campus = open_campus(session)
        block = blocks.hold(session, campus.block(), rooms(campus, 2), TEST)
        stay(session, campus, 0, block=block.number)
        blocks.cancel(session, block.number, TEST, "called off")
        assert (bridge(session).sold, bridge(session).held) == (3, 0)


def test_of_forty_who_want_to_hold_overlapping_nights_exactly_as_many_succeed_as_there_are_rooms(
    database: Database,
) -> None:
    with database.write() as session:
        campus = open_campus(session, rooms=14)  # seven of the type
    start, answers = threading.Barrier(40), []

    def want(number: int) -> None:
        shifted = Nights(STAY.first + timedelta(number % 3), STAY.until + timedelta(number % 3))  # all share one night
        start.wait()
        try:
            with database.write() as session:
                blocks.hold(session, campus.block(name=f"Sample {number}"), rooms(campus, 1, shifted), TEST)
            answers.append("holds")
        except Conflict:
            answers.append("refused")

    threads = [threading.Thread(target=want, args=(number,)) for number in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == ["holds"] * 7 + ["refused"] * 33
