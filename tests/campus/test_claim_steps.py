"""The steps of a claim: what groups hold stays theirs, what others changed meanwhile is not overwritten."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from campus.blocks import actions as blocks
from campus.nights import Nights
from campus.occupancy import actions, queries
from campus.occupancy.actions import Details, Wanted
from campus.occupancy.models import Block, RoomNight
from campus.occupancy.rules import Kind
from core import trail
from core.database import Database
from core.errors import Conflict, InvalidInput
from core.i18n import today
from tests.campus.books import TEST, Campus, nights, open_campus

SOON = today() + timedelta(days=30)
STAY = Nights(SOON, SOON + timedelta(days=3))


def stay(session: Session, campus: Campus, room: int, **values: object) -> int:
    return campus.stay(session, room, STAY.first.isoformat(), STAY.until.isoformat(), **values).number


def hold(session: Session, campus: Campus, kind: int, rooms: int) -> Block:
    contracted = {(campus.types[kind], night): rooms for night in STAY}
    return blocks.hold(session, campus.block(), contracted, TEST)


def test_a_stay_of_a_block_moves_within_its_type_though_the_last_rooms_are_held(database: Database) -> None:
    with database.write() as session:
        campus = open_campus(session)  # rooms 0 and 2 are singles
        number = stay(session, campus, 0, block=hold(session, campus, 0, 2).number)
        actions.move(session, number, campus.rooms[2], TEST, "quieter")
        assert queries.claim(session, number).room_id == campus.rooms[2]


def test_any_stay_moves_within_its_type_though_the_last_rooms_are_held(database: Database) -> None:
    with database.write() as session:
        campus = open_campus(session)
        number = stay(session, campus, 0)
        hold(session, campus, 0, 1)
        actions.move(session, number, campus.rooms[2], TEST, "")
        assert queries.claim(session, number).room_id == campus.rooms[2]


def test_a_stay_cannot_move_into_a_type_whose_last_rooms_are_held(database: Database) -> None:
    with database.write() as session:
        campus = open_campus(session)
        number = stay(session, campus, 0)
        hold(session, campus, 1, 2)
    with pytest.raises(Conflict, match="last rooms of type “Double” are held"), database.write() as session:
        actions.move(session, number, campus.rooms[1], TEST, "")
    with database.read() as session:
        assert queries.claim(session, number).room_id == campus.rooms[0]


def test_rooms_of_two_types_are_swapped_though_groups_hold_everything_else(database: Database) -> None:
    with database.write() as session:
        campus = open_campus(session)
        one, other = stay(session, campus, 0), stay(session, campus, 1)
        hold(session, campus, 0, 1)
        hold(session, campus, 1, 1)
        actions.swap(session, one, other, TEST, "beds")
        assert queries.claim(session, one).room_id == campus.rooms[1]


def test_a_group_does_not_lose_a_room_that_it_holds_by_a_swap_with_others(database: Database) -> None:
    with database.write() as session:
        campus = open_campus(session)
        ours = stay(session, campus, 0, block=hold(session, campus, 0, 2).number)
        other = stay(session, campus, 1)
        stay(session, campus, 3)
    with pytest.raises(Conflict, match="last rooms of type “Single” are held"), database.write() as session:
        actions.swap(session, ours, other, TEST, "")


def test_a_stay_can_be_shortened_though_more_is_held_than_there_is(database: Database) -> None:
    with database.write() as session:
        campus = open_campus(session)
        number = stay(session, campus, 0)
        hold(session, campus, 0, 1)
        campus.claim(session, Kind.OUT_OF_ORDER, 2, STAY.first.isoformat(), STAY.until.isoformat())
        actions.change_nights(session, number, Nights(STAY.first, STAY.until - timedelta(days=1)), TEST, "")
    with pytest.raises(Conflict, match="last rooms"), database.write() as session:
        actions.change_nights(session, number, STAY, TEST, "")


def test_a_swap_needs_only_the_nights_that_the_other_gives_up(database: Database) -> None:
    with database.write() as session:
        campus = open_campus(session)
        one = campus.stay(session, 0, "2026-03-01", "2026-03-05")
        other = campus.stay(session, 2, "2026-03-02", "2026-03-06")
        campus.stay(session, 2, "2026-02-28", "2026-03-02")
    with pytest.raises(Conflict, match="is taken in the night of 1 Mar 2026"), database.write() as session:
        actions.swap(session, one.number, other.number, TEST, "")
    with database.read() as session:
        assert session.query(RoomNight).count() == 10
        assert queries.claim(session, one.number).room_id == campus.rooms[0]


def test_a_cancellation_is_taken_back_while_the_room_is_free(database: Database) -> None:
    with database.write() as session:
        campus = open_campus(session)
        number = campus.stay(session, 0, "2026-03-01", "2026-03-03").number
        actions.cancel(session, number, TEST, "not coming")
        actions.reinstate(session, number, TEST, "coming after all")
        assert [one.status for one in queries.versions(session, number)] == ["booked", "cancelled", "booked"]
        actions.mark_no_show(session, number, TEST, "")
        campus.stay(session, 0, "2026-03-02", "2026-03-04")
    with pytest.raises(Conflict, match="is taken in the night of 2 Mar"), database.write() as session:
        actions.reinstate(session, number, TEST, "")
    with pytest.raises(Conflict, match="has not ended"), database.write() as session:
        actions.reinstate(session, number + 1, TEST, "")


def test_guests_who_are_not_expected_yet_cannot_fail_to_turn_up(database: Database) -> None:
    with pytest.raises(Conflict, match="not expected yet"), database.write() as session:
        actions.mark_no_show(session, stay(session, open_campus(session), 0), TEST, "")


def test_a_change_based_on_an_old_version_is_refused(database: Database) -> None:
    with database.write() as session:
        campus = open_campus(session)
        first = campus.stay(session, 0, "2026-03-01", "2026-03-05")
        actions.change_nights(session, first.number, nights("2026-03-01", "2026-03-04"), TEST, "", version=first.id)
    refusal = "Somebody else changed this claim"
    for change in (actions.cancel, actions.mark_no_show, actions.reinstate):
        with pytest.raises(Conflict, match=refusal), database.write() as session:
            change(session, first.number, TEST, "", version=first.id)
    with pytest.raises(Conflict, match=refusal), database.write() as session:
        actions.move(session, first.number, campus.rooms[2], TEST, "", version=first.id)


def test_the_details_of_a_stay_change_in_a_new_version(database: Database) -> None:
    with database.write() as session:
        campus = open_campus(session)
        number = campus.stay(session, 0, "2026-03-01", "2026-03-03").number
        details = Details(party_id=campus.party, segment_id=campus.segments[1], guests=2, rate_cents=1, note=" Late ")
        actions.change_details(session, number, details, TEST, "asked for")
        before, after = queries.versions(session, number)
    assert (before.guests, before.note) == (1, "")
    assert (after.guests, after.rate_cents, after.note, after.segment_id) == (2, 1, "Late", campus.segments[1])


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"party_id": 99}, "party: is not known"),
        ({"segment_id": None}, "segment: is needed"),
        ({"guests": 0}, "guests: must be 1 to 12"),
        ({"rate_cents": -1}, "rate: must be 0"),
        ({"note": "x" * 501}, "note: must be at most 500"),
    ],
)
def test_a_stay_that_cannot_be_is_refused_with_the_place(
    database: Database, values: dict[str, object], refusal: str
) -> None:
    with pytest.raises(InvalidInput, match=refusal), database.write() as session:
        open_campus(session).stay(session, 0, "2026-03-01", "2026-03-03", **values)


def test_only_a_stay_has_guests_and_a_block(database: Database) -> None:
    with database.write() as session:
        campus = open_campus(session)
    for values, place in (({"guests": 1}, "kind"), ({"block": 1}, "block")):
        wanted = Wanted(
            kind=Kind.HOUSE_USE,
            room_id=campus.rooms[0],
            nights=STAY,
            **values,
        )
        with pytest.raises(InvalidInput, match=f"{place}: only a stay"), database.write() as session:
            actions.claim_room(session, wanted, TEST)


def test_a_stay_that_moved_on_its_way_is_never_in_two_rooms_at_once(database: Database) -> None:
    with database.write() as session:
        campus = open_campus(session)
        number = campus.stay(session, 0, "2026-03-01", "2026-03-05").number
        actions.move(session, number, campus.rooms[2], TEST, "", starting=date(2026, 3, 3))
    with (
        pytest.raises(Conflict, match="is in room Sample North 103 already: change claim 2"),
        database.write() as session,
    ):
        actions.change_nights(session, number, nights("2026-03-01", "2026-03-04"), TEST, "")


def test_a_move_to_where_it_is_or_after_its_end_is_refused(database: Database) -> None:
    with database.write() as session:
        campus = open_campus(session)
        number = campus.stay(session, 0, "2026-03-01", "2026-03-05").number
    with pytest.raises(InvalidInput, match="another one than now"), database.write() as session:
        actions.move(session, number, campus.rooms[0], TEST, "")
    with pytest.raises(InvalidInput, match="must be a night of the stay"), database.write() as session:
        actions.move(session, number, campus.rooms[2], TEST, "", starting=date(2026, 3, 5))


def test_the_trail_tells_each_step_and_never_a_note(database: Database) -> None:
    with database.write() as session:
        campus = open_campus(session)
        number = campus.stay(session, 0, "2026-03-01", "2026-03-05", note="Mr Sample").number
        actions.move(session, number, campus.rooms[2], TEST, "")
        actions.cancel(session, number, TEST, "")
        session.flush()
        found = trail.entries(session, "claim", number)
    assert [one.action for one in found] == ["claim.cancel", "claim.move", "claim.make"]
    assert "Sample" not in str([(one.before, one.after) for one in found])


def test_in_both_nights_of_a_clock_change_a_room_is_taken_once(database: Database) -> None:
    with database.write() as session:
        campus = open_campus(session)
        campus.stay(session, 0, "2026-03-27", "2026-03-31")
        campus.stay(session, 0, "2026-10-23", "2026-10-27")
        assert session.query(RoomNight).count() == 8
