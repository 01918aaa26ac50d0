"""The assignment check on real books: what it may move, and moves that are made together or not at all."""

from datetime import timedelta

import pytest

from campus.blocks import actions as blocks
from campus.blocks import queries as block_queries
from campus.blocks.assignment_actions import WantedMove, move_stays
from campus.blocks.assignment_check import check_block
from campus.blocks.assignment_search import check_without_moves
from campus.nights import Nights
from campus.occupancy import queries
from campus.occupancy.rules import Kind
from campus.sample import tight
from core.database import Database
from core.errors import Conflict
from core.i18n import today
from tests.campus.books import TEST, Campus, open_campus


def day(number: int) -> str:
    return (today() + timedelta(days=number)).isoformat()


def hold(database: Database, campus: Campus, rooms: int, first: int, until: int) -> int:
    nights = Nights(today() + timedelta(days=first), today() + timedelta(days=until))
    with database.write() as session:
        contracted = {(campus.types[0], night): rooms for night in nights}
        return blocks.hold(session, campus.block(), contracted, TEST).number


def campus_with(database: Database, *stays: tuple[int, int, int], rooms: int = 4) -> Campus:
    """Rooms 0 and 2 are of the block's type."""
    with database.write() as session:
        campus = open_campus(session, rooms=rooms)
        for room, first, until in stays:
            campus.stay(session, room, day(first), day(until))
    return campus


def test_the_offered_move_makes_whole_stays_fit(database: Database) -> None:
    campus = campus_with(database, (0, 10, 12), (2, 12, 14))
    number = hold(database, campus, 1, 10, 14)
    ((_question, answer),) = check_block(database, number)
    assert (len(answer.moves), answer.proven) == (1, True)
    with database.write() as session:
        moves = [WantedMove(move.stay.claim, move.stay.version, move.room) for move in answer.moves]
        move_stays(session, moves, TEST, "so that whole stays fit")
    ((_question, answer),) = check_block(database, number)
    assert answer.fits
    assert not answer.moves


def test_guests_in_house_and_other_claims_stay_where_they_are(database: Database) -> None:
    campus = campus_with(database, (0, -2, 3), (2, 3, 5))
    number = hold(database, campus, 1, 1, 5)
    assert len(check_block(database, number)[0][1].moves) == 1  # the second stay, never the first
    assert check_block(database, number)[0][1].moves[0].stay.room == campus.rooms[2]
    with pytest.raises(Conflict, match="no stay that is still to come"), database.write() as session:
        move_stays(session, [WantedMove(1, queries.claim(session, 1).id, campus.rooms[2])], TEST, "")


def test_a_room_that_is_out_of_order_is_no_room_for_anybody(database: Database) -> None:
    campus = campus_with(database, (0, 10, 12))
    with database.write() as session:
        campus.claim(session, Kind.OUT_OF_ORDER, 2, day(12), day(14))
    number = hold(database, campus, 1, 10, 14)
    ((_question, answer),) = check_block(database, number)
    assert (answer.fits, answer.proven, len(answer.moves)) == (True, True, 1)


def test_stays_that_change_their_rooms_in_a_circle_do_it_in_one_step(database: Database) -> None:
    campus = campus_with(database, (0, 10, 12), (2, 10, 12), (4, 10, 12), rooms=6)
    with database.write() as session:
        claims = [queries.claim(session, number) for number in (1, 2, 3)]
        circle = [claims[1].room_id, claims[2].room_id, claims[0].room_id]
        moves = [WantedMove(claim.number, claim.id, room) for claim, room in zip(claims, circle, strict=True)]
        move_stays(session, moves, TEST, "round")
        assert [queries.claim(session, number).room_id for number in (1, 2, 3)] == circle
    assert campus.rooms[0] in circle


@pytest.mark.parametrize(("room", "refusal"), [(1, "of another type"), (4, "is taken in the night")])
def test_when_one_move_cannot_be_made_none_is(database: Database, room: int, refusal: str) -> None:
    campus = campus_with(database, (0, 10, 12), (2, 10, 12), (4, 10, 12), rooms=8)
    with database.read() as session:
        before = [queries.claim(session, number) for number in (1, 2)]
    moves = [
        WantedMove(1, before[0].id, campus.rooms[6]),
        WantedMove(2, before[1].id, campus.rooms[room]),
    ]
    with pytest.raises(Conflict, match=refusal), database.write() as session:
        move_stays(session, moves, TEST, "")
    with database.read() as session:
        assert [queries.claim(session, number).id for number in (1, 2)] == [one.id for one in before]


def test_a_stay_that_was_changed_meanwhile_is_not_moved(database: Database) -> None:
    campus = campus_with(database, (0, 10, 12))
    with pytest.raises(Conflict, match="Claim 1 was changed meanwhile"), database.write() as session:
        move_stays(session, [WantedMove(1, 999, campus.rooms[2])], TEST, "")


def test_the_samples_tight_block_fits_by_night_and_not_as_whole_stays_and_one_move_mends_it(database: Database) -> None:
    with database.write() as session:
        campus = open_campus(session, rooms=10)
        assert tight.add_tight_block(session, campus.types[0], campus.party, campus.segments[0], TEST)
        (line,), _total = block_queries.lines(session)
    assert line.block.name == tight.NAME
    ((question, answer),) = check_block(database, line.block.number)
    assert not check_without_moves(question.rooms, question.promises).fits
    assert (answer.fits, answer.proven, len(answer.moves)) == (True, True, 1)
