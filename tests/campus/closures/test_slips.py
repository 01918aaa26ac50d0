"""Random books and slips: nothing is lost, everything comes back."""

from datetime import timedelta

import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from campus.capacity.queries import capacity, total
from campus.closures import actions, queries
from campus.known import known
from campus.nights import Nights
from campus.occupancy.actions import VERSIONED, Wanted, claim_room
from campus.occupancy.models import Claim, RoomNight
from campus.occupancy.rules import Kind
from core.database import Database
from core.errors import Conflict
from core.i18n import today
from tests.campus.books import TEST, Campus, open_campus
from tests.campus.closures.works import add_works, day

ROOMS = 8
KINDS = (Kind.STAY, Kind.STAY, Kind.STAY, Kind.HOUSE_USE, Kind.OUT_OF_ORDER)
entries = st.tuples(st.sampled_from(KINDS), st.integers(0, ROOMS - 1), st.integers(-5, 45), st.integers(1, 8))
AROUND = Nights(today() - timedelta(days=60), today() + timedelta(days=90))


def fill(session: Session, campus: Campus, books: list[tuple[Kind, int, int, int]]) -> None:
    """Claims, as far as the rooms are free."""
    for kind, room, first, length in books:
        nights = Nights(day(first), day(first + length))
        given_to = {"guests": 1, "rate_cents": 50_00, "party_id": campus.party, "segment_id": campus.segments[0]}
        details = given_to if kind is Kind.STAY else {}
        try:
            with session.begin_nested():
                claim_room(session, Wanted(kind=kind, room_id=campus.rooms[room], nights=nights, **details), TEST)  # type: ignore[arg-type]
        except Conflict:
            continue


def stood(session: Session) -> tuple[set[tuple[object, ...]], set[tuple[object, ...]]]:
    """Every claim that was not cancelled as it is now, and every room night with the number of its claim."""
    current = session.scalars(sa.select(Claim).where(known(Claim, None), Claim.status != "cancelled"))
    nights = session.execute(
        sa.select(RoomNight.room_id, RoomNight.night, Claim.number).join(Claim, Claim.id == RoomNight.claim_id)
    )
    return {tuple(getattr(one, name) for name in VERSIONED) for one in current}, {tuple(one) for one in nights}


def sellable(session: Session) -> int:
    return total(capacity(session, [AROUND], on=today())).sellable


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(entries, max_size=14), st.integers(-25, 25), st.integers(0, 5))
def test_a_slip_is_confirmed_and_undone_without_a_trace_in_the_nights(
    database: Database, books: list[tuple[Kind, int, int, int]], slip: int, after: int
) -> None:
    with database.write() as session:
        campus = open_campus(session, ROOMS)
        works = add_works(session, campus, finish=20, after=after)
        works.confirm(session)
        assert works.proposal(session).is_empty
        works.report(session, 20)  # a slip of zero
        assert works.proposal(session).is_empty
        fill(session, campus, books)
        before, could = stood(session), sellable(session)
        works.report(session, 20 + slip)
        proposal = works.proposal(session)
        assert stood(session) == before
        if not proposal.changes_nothing:
            change = works.confirm(session)
            assert could - sellable(session) == sum(proposal.lost.values())
            rest = works.proposal(session)
            assert not rest.rooms
            assert {one.claim.number for one in rest.conflicts} == {
                one.claim.number for one in proposal.conflicts if one.chosen is None
            }
            actions.undo(session, queries.change(session, change), TEST)
        assert stood(session) == before
        assert works.proposal(session).lost == proposal.lost
        session.rollback()
