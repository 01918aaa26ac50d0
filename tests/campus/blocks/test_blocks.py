"""Blocks: what a group holds, nobody else can have; what it picks passes from held to sold."""

import threading
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from campus.blocks import actions as blocks
from campus.blocks import queries as block_queries
from campus.blocks.queries import Sort
from campus.blocks.rules import Figures, State, figures
from campus.capacity.bridge import Bridge
from campus.capacity.queries import capacity, total
from campus.nights import Nights
from campus.occupancy import actions
from core import clock
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


def later_by(monkeypatch: pytest.MonkeyPatch, days: int) -> None:
    then = clock.now() + timedelta(days=days)
    monkeypatch.setattr(clock, "now", lambda: then)


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


def test_a_change_that_contracts_fewer_than_are_picked_up_is_refused_and_says_why(database: Database) -> None:
    with database.write() as session:
        campus = open_campus(session)
        number = blocks.hold(session, campus.block(), rooms(campus, 2), TEST).number
        stay(session, campus, 0, block=number)
        stay(session, campus, 2, block=number)
    refusal = "2 rooms of type “Single” are picked up already in the night of"
    with pytest.raises(Conflict, match=refusal), database.write() as session:
        blocks.change(session, number, campus.block(), rooms(campus, 1), TEST, "fewer come")
    shorter = {key: count for key, count in rooms(campus, 2).items() if key[1] > STAY.first}
    with pytest.raises(Conflict, match=refusal), database.write() as session:
        blocks.change(session, number, campus.block(), shorter, TEST, "they come later")
    with database.read() as session:
        assert (bridge(session).sold, bridge(session).held) == (6, 0)


def test_rooms_picked_beyond_the_contract_do_not_stand_in_the_way_of_a_change(database: Database) -> None:
    with database.write() as session:
        campus = open_campus(session)
        number = blocks.hold(session, campus.block(), rooms(campus, 1), TEST).number
        stay(session, campus, 0, block=number)
        stay(session, campus, 2, block=number)
        blocks.change(session, number, campus.block(name="Renamed"), rooms(campus, 1), TEST, "a better name")
        assert block_queries.line(session, number).figures == Figures(contracted=3, picked=6, held=0)


def test_a_later_cut_off_holds_released_rooms_again_where_they_are_still_free(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    with database.write() as session:
        campus = open_campus(session)
        number = blocks.hold(session, campus.block(cut_off=SOON - timedelta(20)), rooms(campus, 2), TEST).number
    later_by(monkeypatch, 11)
    later = SOON - timedelta(days=2)
    with database.write() as session:
        assert block_queries.line(session, number).state is State.RELEASED
        other = stay(session, campus, 0)
    with pytest.raises(Conflict, match="Only 1 room of type “Single” is free"), database.write() as session:
        blocks.extend(session, number, later, TEST, "they ask for more time")
    with database.write() as session:
        actions.cancel(session, other, TEST, "")
        blocks.extend(session, number, later, TEST, "they ask for more time")
        line = block_queries.line(session, number)
        assert (line.state, line.figures.held) == (State.HELD, 6)


def test_after_the_cut_off_a_block_can_be_renamed_but_holds_nothing_more(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut_off = SOON - timedelta(days=20)
    with database.write() as session:
        campus = open_campus(session)
        number = blocks.hold(session, campus.block(cut_off=cut_off), rooms(campus, 1), TEST).number
    later_by(monkeypatch, 11)
    with database.write() as session:
        wanted = campus.block(cut_off=cut_off, name="Renamed")
        blocks.change(session, number, wanted, rooms(campus, 1), TEST, "a better name")
    with pytest.raises(Conflict, match="Choose a later cut-off"), database.write() as session:
        blocks.change(session, number, wanted, rooms(campus, 2), TEST, "more come")


def test_the_history_tells_each_change_and_the_release_that_nobody_made(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut_off = SOON - timedelta(days=20)
    with database.write() as session:
        campus = open_campus(session)
        number = blocks.hold(session, campus.block(cut_off=cut_off), rooms(campus, 2), TEST).number
        blocks.change(session, number, campus.block(cut_off=cut_off), rooms(campus, 1), TEST, "fewer come")
    with pytest.raises(Conflict), database.write() as session:
        blocks.change(session, number, campus.block(cut_off=cut_off), rooms(campus, 30), TEST, "far more come")
    with database.write() as session:
        stay(session, campus, 0, block=number)
    with database.write() as session:
        blocks.change(session, number, campus.block(cut_off=cut_off), rooms(campus, 2), TEST, "more come")
    later_by(monkeypatch, 11)
    with database.write() as session:
        stay(session, campus, 2, block=number)  # after the release: it stays true what was given back then
        told = [(step.what, step.room_nights, step.day, step.reason) for step in block_queries.history(session, number)]
    held = today() - timedelta(days=11)
    assert told == [
        ("release", 3, cut_off, ""),
        ("change", 6, held, "more come"),
        ("change", 3, held, "fewer come"),
        ("hold", 6, held, ""),
    ]


def test_a_block_of_something_that_is_not_there_is_refused(database: Database) -> None:
    with database.write() as session:
        campus = open_campus(session)
    with pytest.raises(InvalidInput, match="event: is not there"), database.write() as session:
        blocks.hold(session, campus.block(event_id=99), rooms(campus, 1), TEST)


def test_blocks_are_found_by_state_party_and_segment(database: Database) -> None:
    with database.write() as session:
        campus = open_campus(session)
        first = blocks.hold(session, campus.block(name="b", cut_off=SOON), rooms(campus, 1), TEST).number
        other = campus.block(name="a", segment_id=campus.segments[0], cut_off=today() + timedelta(days=3))
        second = blocks.hold(session, other, rooms(campus, 1), TEST).number
        blocks.cancel(session, first, TEST, "called off")

        def numbers(**wanted: Any) -> list[int]:
            return [line.block.number for line in block_queries.lines(session, **wanted)[0]]

        assert numbers(sort=Sort.NAME) == [second, first]
        assert numbers(sort=Sort.CUT_OFF, descending=True) == [first, second]
        assert numbers(states=[State.CANCELLED]) == [first]
        assert numbers(segment_id=campus.segments[0]) == [second]
        assert numbers(party_id=campus.party + 1) == []
        assert [line.block.number for line in block_queries.soon(session)] == [second]


def test_what_is_expected_is_what_is_picked_and_the_part_of_the_rest_that_does_not_wash_away() -> None:
    night = (1, SOON)
    sums = figures({night: 10}, {night: 4}, holds=True)
    assert sums.expected(0.5) == 4 + 6 * 0.5
    assert (sums.materialised, sums.wash) == (0.4, 0.6)
    assert figures({night: 10}, {night: 4}, holds=False).expected(0.5) == 4  # released: nothing is to come


def test_what_is_picked_too_much_in_one_night_does_not_fill_another() -> None:
    first, second = (1, SOON), (1, SOON + timedelta(days=1))
    assert figures({first: 2, second: 2}, {first: 3, second: 1}, holds=True).held == 1


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
