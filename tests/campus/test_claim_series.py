"""Whatever is done to claims in whatever order: a room has one holder a night, and nothing promised is given away."""

from datetime import date, timedelta

import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from campus.blocks import actions as blocks
from campus.known import known
from campus.nights import Nights
from campus.occupancy import actions, queries
from campus.occupancy.actions import Details
from campus.occupancy.availability import free_rooms
from campus.occupancy.models import Claim, RoomNight
from campus.occupancy.rules import Kind, Status, takes_nights
from core.database import Database
from core.errors import CampusError
from tests.campus.books import TEST, Campus, open_campus
from tests.campus.conftest import Tries

START = date(2026, 3, 27)  # the clocks change in the night of the 28th
FACTS = {"order": Kind.OUT_OF_ORDER, "service": Kind.OUT_OF_SERVICE, "close": Kind.SEASONAL_CLOSURE}
CHANGES = ["nights", "move", "part", "swap", "cancel", "no show", "again", "details"]
SALES = ["stay", "stay", "block", "pick", "pick", "house"]
Step = tuple[str, int, date, int, int]


def series(kinds: list[str], days: int) -> st.SearchStrategy[list[Step]]:
    """Steps on four rooms within so many days."""
    first = st.integers(0, days).map(lambda number: START + timedelta(number))
    step = st.tuples(st.sampled_from(kinds), st.integers(0, 3), first, st.integers(1, 9), st.integers(0, 9))
    return st.lists(step, min_size=3, max_size=25)


def carry_out(session: Session, campus: Campus, step: Step, numbers: list[int]) -> None:
    what, room, first, length, other = step
    until = first + timedelta(length)
    number = numbers[other % len(numbers)] if numbers else 0
    if what in FACTS or what == "house":
        kind = FACTS.get(what, Kind.HOUSE_USE)
        numbers.append(campus.claim(session, kind, room, first.isoformat(), until.isoformat()).number)
    elif what in ("stay", "pick"):
        values = {"block": 1} if what == "pick" else {}
        numbers.append(campus.stay(session, room, first.isoformat(), until.isoformat(), **values).number)
    elif what == "block":
        contracted = {(campus.types[room % 2], night): 1 + other % 2 for night in Nights(first, until)}
        blocks.hold(session, campus.block(), contracted, TEST)
    elif what == "nights":
        actions.change_nights(session, number, Nights(first, until), TEST, "")
    elif what == "move":
        actions.move(session, number, campus.rooms[room], TEST, "")
    elif what == "part":
        parts = actions.move(session, number, campus.rooms[room], TEST, "", starting=first)
        numbers.append(parts[-1].number)
    elif what == "swap":
        actions.swap(session, number, numbers[length % len(numbers)] if numbers else 0, TEST, "")
    elif what == "details":
        details = Details(party_id=campus.party, segment_id=campus.segments[1], guests=2)
        actions.change_details(session, number, details, TEST, "")
    else:
        step_of = {"cancel": actions.cancel, "no show": actions.mark_no_show, "again": actions.reinstate}
        step_of[what](session, number, TEST, "")


def check(session: Session, campus: Campus, *, promised: bool) -> None:
    """`promised`: no fault and no closure takes rooms, so that what groups hold must be there."""
    claims = list(session.scalars(sa.select(Claim).where(known(Claim, None))))
    nights = [
        (one.room_id, night, one.id)
        for one in claims
        if takes_nights(Kind(one.kind), Status(one.status))
        for night in Nights(one.first, one.until)
    ]
    rows = session.execute(sa.select(RoomNight.room_id, RoomNight.night, RoomNight.claim_id))
    assert sorted(nights) == sorted(tuple(row) for row in rows)
    assert len({(room, night) for room, night, _claim in nights}) == len(nights)
    if promised:
        period = Nights(START, START + timedelta(40))
        assert min(free_rooms(session, campus.types, period).values()) >= 0


def run(database: Database, steps: list[Step], *, promised: bool) -> None:
    """Carry out the steps in empty books; what is refused changes nothing."""
    with database.engine.connect() as connection:  # everything of this example is rolled back at its end
        session = Session(connection, join_transaction_mode="create_savepoint")
        campus, numbers = open_campus(session), list[int]()
        for step in steps:
            try:
                with session.begin_nested():
                    carry_out(session, campus, step, numbers)
            except CampusError:
                pass  # that it left nothing behind is looked at below
            check(session, campus, promised=promised)
        for number in numbers:
            versions = queries.versions(session, number)
            assert [one.superseded_at is None for one in versions].count(True) == 1
        session.close()


def test_after_any_series_of_steps_the_nights_taken_are_those_of_the_claims_that_take_them(
    database: Database, tries: Tries
) -> None:
    @tries(24)
    @given(series([*SALES, *FACTS, *CHANGES], 24))
    def holds(steps: list[Step]) -> None:
        run(database, steps, promised=False)

    holds()


def test_no_series_of_steps_takes_a_room_that_a_group_holds(database: Database, tries: Tries) -> None:
    @tries(24)
    @given(series([*SALES, *CHANGES], 4))
    def holds(steps: list[Step]) -> None:
        run(database, steps, promised=True)

    holds()
