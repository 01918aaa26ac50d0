"""Capacity: parts add up, cuts add up, and a report of the past is what was known then."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from campus.known import end_of
from campus.nights import Nights
from campus.occupancy import actions, blocks
from campus.occupancy.availability import free_rooms
from campus.occupancy.bridge import Bridge
from campus.occupancy.capacity import Cut, capacity, total
from campus.occupancy.rules import Kind
from core import clock
from core.database import Database
from core.errors import Conflict
from tests.campus.books import TEST, Campus, nights, open_campus

MARCH = nights("2026-03-01", "2026-04-01")
TODAY = date(2026, 3, 1)


def whole(session: Session, period: Nights = MARCH, at: datetime | None = None) -> Bridge:
    return total(capacity(session, [period], at=at, on=TODAY))


def test_the_bridge_leads_from_all_rooms_to_the_free_ones(database: Database) -> None:
    with database.write() as session:
        campus = open_campus(session, rooms=4)
        campus.claim(session, Kind.SEASONAL_CLOSURE, 0, "2026-02-01", "2026-03-11")
        campus.claim(session, Kind.OUT_OF_ORDER, 1, "2026-03-01", "2026-03-03")
        campus.claim(session, Kind.OUT_OF_SERVICE, 1, "2026-03-05", "2026-03-09")
        campus.claim(session, Kind.HOUSE_USE, 2, "2026-03-01", "2026-03-02")
        campus.stay(session, 3, "2026-03-30", "2026-04-02", guests=2)
        bridge = whole(session)
    assert (bridge.inventory, bridge.extended_closed, bridge.out_of_order, bridge.house_use) == (124, 10, 2, 1)
    assert (bridge.sellable, bridge.sold, bridge.held, bridge.free) == (111, 2, 0, 109)
    assert (bridge.bed_nights, bridge.beds_closed, bridge.guest_nights, bridge.revenue_cents) == (186, 10, 4, 100_00)
    assert bridge.occupancy == {
        "total_inventory": 2 / 124,
        "usali": 2 / 114,
        "net_sellable": 2 / 111,
        "eurostat_bed_places": 4 / 176,
    }


def test_a_guest_who_did_not_turn_up_counts_as_revenue_alone(database: Database) -> None:
    with database.write() as session:
        stay = open_campus(session).stay(session, 0, "2026-03-01", "2026-03-03")
        actions.mark_no_show(session, stay.number, TEST, "")
        bridge = whole(session)
    assert (bridge.sold, bridge.guest_nights, bridge.revenue_cents) == (0, 0, 100_00)


def test_where_there_is_nothing_to_fill_there_is_no_occupancy() -> None:
    assert set(Bridge().occupancy.values()) == {None}


ROOM = st.integers(0, 3)
DAY = st.integers(0, 70).map(lambda days: date(2026, 2, 10) + timedelta(days))
STEP = st.tuples(
    st.sampled_from(["stay", "close", "order", "house", "cancel", "shorten", "move", "swap"]),
    ROOM,
    DAY,
    st.integers(1, 20),
    st.integers(0, 9),
)


def carry_out(session: Session, campus: Campus, step: tuple[str, int, date, int, int], numbers: list[int]) -> None:
    """One random change; what is refused changes nothing."""
    what, room, first, length, other = step
    until = (first + timedelta(length)).isoformat()
    number = numbers[other % len(numbers)] if numbers else 0
    kinds = {"close": Kind.EXTENDED_CLOSURE, "order": Kind.OUT_OF_ORDER, "house": Kind.HOUSE_USE}
    if what == "stay":
        segment = campus.segments[length % 2]
        numbers.append(campus.stay(session, room, first.isoformat(), until, segment_id=segment).number)
    elif what in kinds:
        numbers.append(campus.claim(session, kinds[what], room, first.isoformat(), until).number)
    elif what == "block":
        contracted = {(campus.types[room % 2], night): 1 for night in Nights(first, first + timedelta(length))}
        blocks.hold(session, campus.block(), contracted, TEST)
    elif what == "pick":
        numbers.append(campus.stay(session, room, first.isoformat(), until, block=1 + other % 2).number)
    elif not numbers:
        return
    elif what == "cancel":
        actions.cancel(session, number, TEST, "")
    elif what == "shorten":
        actions.change_nights(session, number, nights(first.isoformat(), until), TEST, "")
    elif what == "move":
        numbers += [
            claim.number for claim in actions.move(session, number, campus.rooms[room], TEST, "", starting=first)
        ]
    elif what == "swap" and numbers[-1] != number:
        actions.swap(session, number, numbers[-1], TEST, "")


@pytest.mark.parametrize("_round", range(2))
def test_replayed_reports_equal_what_was_printed_and_everything_adds_up(
    database: Database, monkeypatch: pytest.MonkeyPatch, _round: int
) -> None:
    @settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.lists(st.lists(STEP, max_size=6), min_size=1, max_size=4))
    def holds(days: list[list[tuple[str, int, date, int, int]]]) -> None:
        with database.engine.connect() as connection:  # everything of this example is rolled back at its end
            session = Session(connection, join_transaction_mode="create_savepoint")
            now = datetime(2026, 3, 1, 9, tzinfo=UTC)
            monkeypatch.setattr(clock, "now", lambda: now)
            campus, numbers, printed = open_campus(session), list[int](), []
            for day in days:
                for step in day:
                    now += timedelta(minutes=1)
                    try:
                        with session.begin_nested():
                            carry_out(session, campus, step, numbers)
                    except (Conflict, Exception) as error:
                        if type(error).__module__ != "core.errors":
                            raise
                printed.append((now.date(), whole(session)))
                now += timedelta(days=1)
            for day_printed, bridge in printed:
                assert whole(session, at=end_of(day_printed)) == bridge
            check_sums(session)
            session.close()

    holds()


def check_sums(session: Session) -> None:
    expected = whole(session)
    assert expected.sellable == expected.sold + expected.held + expected.free
    for cut in Cut:
        assert total(capacity(session, [MARCH], cut, on=TODAY)) == expected
    types = capacity(session, [Nights(TODAY, TODAY + timedelta(1))], Cut.ROOM_TYPE, on=TODAY)
    free = free_rooms(session, {key for _part, key in types if key}, Nights(TODAY, TODAY + timedelta(1)))
    assert free == {(key, TODAY): bridge.free for (_part, key), bridge in types.items()}
    days = [Nights(night, night + timedelta(1)) for night in MARCH]
    assert total(capacity(session, days, Cut.ROOM_TYPE, on=TODAY)) == expected


def test_a_year_is_the_sum_of_its_months_and_every_night_counts_once(database: Database) -> None:
    with database.write() as session:
        campus = open_campus(session)
        campus.stay(session, 0, "2025-12-30", "2027-01-03")
        year = Nights.year(2026)
        assert whole(session, year).sold == 365
        assert total(capacity(session, year.months(), on=TODAY)).sold == 365
