"""Capacity: parts add up, cuts add up, and a report of the past is what was known then."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from sqlalchemy.orm import Session

from campus.blocks import actions as blocks
from campus.capacity import prints
from campus.capacity.bridge import Bridge
from campus.capacity.models import CapacityPrint
from campus.capacity.queries import Cut, Key, Only, capacity, total
from campus.capacity.report import Moment, Question
from campus.known import end_of
from campus.nights import Nights
from campus.occupancy import actions
from campus.occupancy.availability import free_rooms
from campus.occupancy.rules import Kind
from core import clock
from core.database import Database
from core.errors import Conflict
from tests.campus import histories
from tests.campus.books import TEST, nights, open_campus
from tests.campus.conftest import Tries
from tests.campus.histories import History, Step, try_out

MARCH = nights("2026-03-01", "2026-04-01")
TODAY = date(2026, 3, 1)


def whole(session: Session, period: Nights = MARCH, at: datetime | None = None, on: date = TODAY) -> Bridge:
    return total(capacity(session, [period], at=at, on=on))


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


def test_a_room_is_never_counted_twice(database: Database) -> None:
    with database.write() as session:
        campus = open_campus(session)
        campus.claim(session, Kind.EXTENDED_CLOSURE, 0, "2026-03-01", "2026-03-11")
        for kind in (Kind.OUT_OF_ORDER, Kind.HOUSE_USE, Kind.SEASONAL_CLOSURE):
            with pytest.raises(Conflict, match="is taken in the night of"):
                campus.claim(session, kind, 0, "2026-03-10", "2026-03-12")
        campus.claim(session, Kind.OUT_OF_SERVICE, 0, "2026-03-10", "2026-03-12")
        bridge = whole(session)
    assert (bridge.extended_closed, bridge.out_of_order, bridge.house_use, bridge.sellable) == (10, 0, 0, 114)


def test_the_room_of_a_guest_who_did_not_turn_up_can_be_sold_again(database: Database) -> None:
    with database.write() as session:
        campus = open_campus(session)
        stay = campus.stay(session, 0, "2026-03-01", "2026-03-03", guests=2)
        actions.mark_no_show(session, stay.number, TEST, "")
        campus.stay(session, 0, "2026-03-01", "2026-03-03")
        bridge = whole(session)
    assert (bridge.sold, bridge.guest_nights, bridge.revenue_cents) == (2, 2, 200_00)


def test_a_stay_counts_for_the_type_that_its_room_has_in_each_night(database: Database) -> None:
    """Room 101 becomes a double room of two beds on the 5th; room 103 is no room any more from the 10th on."""
    with database.write() as session:
        campus = open_campus(session)
        history = History(campus)
        campus.stay(session, 0, "2026-03-03", "2026-03-08")
        campus.stay(session, 2, "2026-03-08", "2026-03-12")
        try_out(session, history, Step("change room", 0, date(2026, 3, 5), 1, 1))
        try_out(session, history, Step("change room", 2, date(2026, 3, 10), 1, 0))
        by_type = capacity(session, [MARCH], Cut.ROOM_TYPE, on=TODAY)
    single, double = (by_type[0, type_id] for type_id in campus.types)
    assert (single.sold, double.sold) == (2 + 2, 3)
    assert (single.inventory, double.inventory) == (4 + 9, 62 + 27)
    assert (single.bed_nights, double.bed_nights) == (4 + 9, 124 + 54)


def test_a_block_past_its_cut_off_holds_nothing_and_what_it_picked_stays_sold(database: Database) -> None:
    with database.write() as session:
        campus = open_campus(session)
        contracted = {(campus.types[0], night): 2 for night in nights("2099-03-10", "2099-03-12")}
        block = blocks.hold(session, campus.block(cut_off=date(2099, 3, 5)), contracted, TEST)
        campus.stay(session, 0, "2099-03-10", "2099-03-12", block=block.number)
        march = nights("2099-03-01", "2099-04-01")
        told = [whole(session, march, on=date(2099, 3, day)) for day in (4, 5)]
    assert [(one.sold, one.held, one.free) for one in told] == [(2, 2, 120), (2, 0, 122)]


def test_of_one_segment_only_what_is_sold_and_held_is_told(database: Database) -> None:
    with database.write() as session:
        campus = open_campus(session)
        campus.stay(session, 0, "2026-03-01", "2026-03-03")
        campus.stay(session, 1, "2026-03-01", "2026-03-04", segment_id=campus.segments[1])
        campus.claim(session, Kind.HOUSE_USE, 2, "2026-03-01", "2026-03-02")
        only = Only(segment=campus.segments[1])
        by_pavilion = capacity(session, [MARCH], Cut.PAVILION, only, on=TODAY)
        none = total(
            capacity(session, [MARCH], only=Only(pavilion=campus.pavilions[0], segment=only.segment), on=TODAY)
        )
    assert by_pavilion == {(0, campus.pavilions[1]): Bridge(sold=3, guest_nights=3, revenue_cents=150_00)}
    assert none == Bridge()


def test_where_there_is_nothing_to_fill_there_is_no_occupancy() -> None:
    assert set(Bridge().occupancy.values()) == {None}


def test_everything_adds_up_and_a_replay_is_what_was_printed_after_any_history(
    database: Database, monkeypatch: pytest.MonkeyPatch, tries: Tries
) -> None:
    @tries(6)
    @given(histories.days)
    def holds(days: list[list[Step]]) -> None:
        with database.engine.connect() as connection:  # everything of this example is rolled back at its end
            session = Session(connection, join_transaction_mode="create_savepoint")
            now = datetime(2026, 3, 1, 9, tzinfo=UTC)
            monkeypatch.setattr(clock, "now", lambda: now)
            history, kept, evenings = History(open_campus(session)), list[CapacityPrint](), list[tuple[date, Bridge]]()
            for day in days:
                for step in day:
                    now += timedelta(minutes=1)
                    try_out(session, history, step)
                    kept.append(prints.keep(session, step.what, QUESTIONS[len(kept) % 4], Moment.now(), TEST))
                evenings.append((now.date(), whole(session, on=now.date())))
                now += timedelta(days=1)
            for day_printed, bridge in evenings:
                assert whole(session, at=end_of(day_printed), on=day_printed) == bridge
            assert [prints.replay(session, one) for one in kept] == [[]] * len(kept)
            check_sums(session, now.date())
            session.close()

    holds()


QUESTIONS = [
    Question(MARCH, Cut.PAVILION),
    Question(nights("2026-02-15", "2026-05-15"), Cut.SEGMENT),
    Question(MARCH, Cut.ROOM_TYPE, Only(pavilion=1)),
    Question(Nights.year(2026), Cut.PARTY, Only(room_type=1)),
]


def check_sums(session: Session, on: date) -> None:
    expected = whole(session, on=on)
    assert expected.sellable == expected.sold + expected.held + expected.free
    days = [Nights(night, night + timedelta(1)) for night in MARCH]
    weeks = [Nights(MARCH.first, date(2026, 3, 9)), Nights(date(2026, 3, 9), date(2026, 3, 10))]
    weeks.append(Nights(date(2026, 3, 10), MARCH.until))
    for cut in Cut:
        by_thing = capacity(session, [MARCH], cut, on=on)
        assert total(by_thing) == expected
        for parts in (days, weeks):
            parted = capacity(session, parts, cut, on=on)
            assert {key: summed(parted, key) for _part, key in parted} == {
                key: one for (_p, key), one in by_thing.items()
            }
        for (_part, key), bridge in by_thing.items():
            assert bridge.sellable == bridge.sold + bridge.held + bridge.free
            if cut is not Cut.WHOLE and key is not None:
                check_narrowed(session, cut, key, bridge, on)
    types = capacity(session, [Nights(on, on + timedelta(1))], Cut.ROOM_TYPE, on=on)
    free = free_rooms(session, {key for _part, key in types if key}, Nights(on, on + timedelta(1)))
    assert free == {(key, on): bridge.free for (_part, key), bridge in types.items()}


def summed(parted: Mapping[Key, Bridge], wanted: int | None) -> Bridge:
    return sum((bridge for (_part, key), bridge in parted.items() if key == wanted), Bridge())


def check_narrowed(session: Session, cut: Cut, key: int, bridge: Bridge, on: date) -> None:
    """Narrowed to a thing, a report says what the cut says of it."""
    narrowed = total(capacity(session, [MARCH], Cut.WHOLE, Only(**{cut.name.lower(): key}), on=on))
    assert narrowed == bridge


def test_a_year_is_the_sum_of_its_months_and_every_night_counts_once(database: Database) -> None:
    with database.write() as session:
        campus = open_campus(session)
        campus.stay(session, 0, "2025-12-30", "2027-01-03")
        year = Nights.year(2026)
        assert whole(session, year).sold == 365
        assert total(capacity(session, year.months(), on=TODAY)).sold == 365


@pytest.mark.parametrize(("change", "hours"), [("2026-03-28", 23), ("2026-10-24", 25)])
def test_a_night_in_which_the_clocks_change_is_one_night(
    database: Database, monkeypatch: pytest.MonkeyPatch, change: str, hours: int
) -> None:
    """And the day after it, of 23 or 25 hours, ends at its own midnight."""
    first = date.fromisoformat(change)
    around = Nights(first, first + timedelta(days=3))
    sunday = first + timedelta(days=1)
    assert end_of(sunday).astimezone(UTC) - end_of(first).astimezone(UTC) == timedelta(hours=hours)
    monkeypatch.setattr(clock, "now", lambda: end_of(first))
    with database.write() as session:
        campus = open_campus(session)
        for minute, room in ((-30, 0), (30, 1)):  # known half an hour before and after the midnight that ends Sunday
            monkeypatch.setattr(clock, "now", lambda minute=minute: end_of(sunday) + timedelta(minutes=minute))
            campus.stay(session, room, change, around.until.isoformat())
        days = [Nights(night, night + timedelta(1)) for night in around]
        assert [one.sold for one in capacity(session, days, on=first).values()] == [2, 2, 2]
        assert whole(session, around).sold == 6
        assert whole(session, around, at=end_of(sunday)).sold == 3
