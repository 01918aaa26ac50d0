"""Picking rooms from a block: which fit, several at once, names apart from the books, whole or not at all."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.blocks import actions as blocks
from campus.blocks import picking
from campus.blocks import queries as block_queries
from campus.blocks.picking import Pick
from campus.blocks.rules import Figures
from campus.nights import Nights
from campus.occupancy import actions
from campus.occupancy.models import Claim, GuestName
from core.database import Database
from core.errors import Conflict, InvalidInput
from core.i18n import today
from tests.campus.books import TEST, Campus, open_campus

SOON = today() + timedelta(days=30)
STAY = Nights(SOON, SOON + timedelta(days=3))


def block_of_two(session: Session) -> tuple[Campus, int]:
    campus = open_campus(session, rooms=6)
    contracted = {(campus.types[0], night): 2 for night in STAY}
    return campus, blocks.hold(session, campus.block(rate_cents=61_50), contracted, TEST).number


def test_rooms_picked_together_have_party_segment_and_rate_from_the_block(database: Database) -> None:
    with database.write() as session:
        campus, number = block_of_two(session)
        picks = [Pick(room_id=campus.rooms[room], nights=STAY, guests=room + 1) for room in (0, 2)]
        claims = picking.pick(session, number, picks, TEST)
        assert [(one.party_id, one.segment_id, one.rate_cents, one.guests, one.block) for one in claims] == [
            (campus.party, campus.segments[1], 61_50, 1, number),
            (campus.party, campus.segments[1], 61_50, 3, number),
        ]
        assert block_queries.line(session, number).figures == Figures(contracted=6, picked=6, held=0)


def test_when_one_room_of_several_is_taken_none_is_picked(database: Database) -> None:
    with database.write() as session:
        campus, number = block_of_two(session)
        campus.stay(session, 2, STAY.first.isoformat(), STAY.until.isoformat())
    picks = [Pick(room_id=campus.rooms[room], nights=STAY) for room in (0, 2)]
    with pytest.raises(Conflict, match="Room Sample North 103 is taken"), database.write() as session:
        picking.pick(session, number, picks, TEST)
    with database.read() as session:
        assert block_queries.picks(session, number) == []


def test_names_are_kept_apart_from_the_books_until_a_while_after_the_stay(database: Database) -> None:
    with database.write() as session:
        campus, number = block_of_two(session)
        picks = [
            Pick(room_id=campus.rooms[0], nights=STAY, names=" Sample Guest "),
            Pick(room_id=campus.rooms[2], nights=STAY),
        ]
        first, _second = picking.pick(session, number, picks, TEST)
        (name,) = session.scalars(sa.select(GuestName))
        assert (name.booking, name.names) == (first.booking, "Sample Guest")
        assert name.delete_after == STAY.until + timedelta(days=30)


def test_nothing_is_picked_from_a_cancelled_block_and_nothing_is_no_pick(database: Database) -> None:
    with database.write() as session:
        campus, number = block_of_two(session)
    with pytest.raises(InvalidInput, match="choose at least one"), database.write() as session:
        picking.pick(session, number, [], TEST)
    with database.write() as session:
        blocks.cancel(session, number, TEST, "called off")
    with pytest.raises(Conflict, match="was cancelled"), database.write() as session:
        picking.pick(session, number, [Pick(room_id=campus.rooms[0], nights=STAY)], TEST)


def test_a_dropped_room_is_the_blocks_again_until_the_cut_off(database: Database) -> None:
    with database.write() as session:
        campus, number = block_of_two(session)
        (claim,) = picking.pick(session, number, [Pick(room_id=campus.rooms[0], nights=STAY)], TEST)
        actions.cancel(session, claim.number, TEST, "not coming")
        assert block_queries.line(session, number).figures == Figures(contracted=6, picked=0, held=6)


def test_rooms_that_fit_are_empty_through_all_the_nights_the_tightest_gap_first(database: Database) -> None:
    with database.write() as session:
        campus = open_campus(session, rooms=8)  # 101, 103, 105, 107 of the type

        def taken(room: int, first: int, until: int) -> None:
            days = [(SOON + timedelta(days=day)).isoformat() for day in (first, until)]
            campus.stay(session, room, *days)

        taken(0, 2, 4)
        taken(2, -5, -4), taken(2, 3, 4)
        taken(4, -1, 0), taken(4, 4, 5)
        fitting = picking.rooms_that_fit(session, [campus.types[0]], STAY)
        assert [(one.name, one.slack) for one in fitting] == [
            ("Sample North 105", 1),
            ("Sample North 103", 4),
            ("Sample North 107", None),
        ]


def test_a_room_that_is_of_the_type_for_a_part_of_the_nights_only_does_not_fit(database: Database) -> None:
    with database.write() as session:
        campus = open_campus(session, first=(SOON + timedelta(days=1)).isoformat())
        assert picking.rooms_that_fit(session, campus.types, STAY) == []
        assert session.scalars(sa.select(Claim)).all() == []
