"""What waits for a decision, and the figures of a day."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.blocks import actions as blocks
from campus.counts import actions as counts
from campus.counts import turnover
from campus.counts.queries import CountLine
from campus.counts.rules import Seen
from campus.decisions import decisions
from campus.forecast.models import Forecast
from campus.months.actions import close_month
from campus.months.rules import nights_of
from campus.nights import Nights
from campus.occupancy import actions
from campus.occupancy.rules import Kind
from campus.places.models import RoomPeriod
from campus.requests import actions as requests
from campus.requests.actions import Wanted
from campus.requests.queries import request
from campus.requests.rules import RequestKind, State
from campus.today import day
from core import clock
from core.database import Database
from tests.campus.books import TEST, Campus, nights, open_campus

TODAY = date(2026, 3, 10)
NONE = Seen(0, 0)


@pytest.fixture(autouse=True)
def _in_march(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 3, 10, 9, tzinfo=UTC))


def count_nobody(session: Session, campus: Campus, period: Nights) -> None:
    for night in period:
        counts.enter(session, night, dict.fromkeys(campus.pavilions, NONE), TEST)


def places(groups: Sequence[Sequence[CountLine]]) -> list[tuple[date, list[str]]]:
    return [(group[0].night, [line.pavilion.slug for line in group]) for group in groups]


def test_before_the_first_count_only_last_night_is_asked_for(database: Database) -> None:
    with database.write() as session:
        open_campus(session)
        found = decisions(session, TODAY)
    assert [(line.night, line.count) for line in found.last_night] == [(date(2026, 3, 9), None)] * 2
    assert len(found) == 0


def test_a_missing_count_and_one_that_differs_wait_with_their_nights(database: Database) -> None:
    with database.write() as session:
        campus = open_campus(session)
        count_nobody(session, campus, nights("2026-03-02", "2026-03-09"))
        campus.stay(session, 0, "2026-03-04", "2026-03-06")
        counts.explain(session, campus.pavilions[0], date(2026, 3, 5), "left early", TEST)
        counts.enter(session, date(2026, 3, 1), {campus.pavilions[0]: NONE}, TEST)
        found = decisions(session, TODAY)
    assert places(found.differing) == [(date(2026, 3, 4), ["sample-north"])]
    assert places(found.missing) == [(date(2026, 3, 1), ["sample-south"])]


def test_a_month_can_be_closed_once_nothing_of_it_is_open(database: Database) -> None:
    february = date(2026, 2, 1)
    with database.write() as session:
        campus = open_campus(session)
        count_nobody(session, campus, Nights(february + timedelta(1), nights_of(february).until))
        assert decisions(session, TODAY).closable == []
        count_nobody(session, campus, nights("2026-02-01", "2026-02-02"))
        assert decisions(session, TODAY).closable == [february]
        close_month(session, february, TEST)
        assert decisions(session, TODAY).closable == []


def test_a_block_waits_in_the_week_before_its_cut_off_while_it_has_a_rest(database: Database) -> None:
    with database.write() as session:
        campus = open_campus(session)
        soon, later = (campus.block(name=f"until {day}", cut_off=TODAY.replace(day=day)) for day in (17, 18))
        number = blocks.hold(session, soon, {(campus.types[0], date(2026, 5, 1)): 2}, TEST).number
        blocks.hold(session, later, {(campus.types[1], date(2026, 5, 1)): 2}, TEST)
        campus.stay(session, 0, "2026-05-01", "2026-05-02", block=number)
        (one,) = decisions(session, TODAY).near_cut_off
        assert (one.name, one.contracted, one.picked, one.rest) == ("until 17", 2, 1, 1)
        campus.stay(session, 2, "2026-05-01", "2026-05-02", block=number)
        assert decisions(session, TODAY).near_cut_off == []


def test_a_claim_whose_room_is_none_any_more_is_in_conflict(database: Database) -> None:
    with database.write() as session:
        campus = open_campus(session)
        stay = campus.stay(session, 0, "2026-03-20", "2026-03-25")
        campus.stay(session, 0, "2026-03-01", "2026-03-02")
        assert decisions(session, TODAY).lost_rooms == []
        session.execute(
            sa.update(RoomPeriod).where(RoomPeriod.room_id == campus.rooms[0]).values(until=date(2026, 3, 23))
        )
        (one,) = decisions(session, TODAY).lost_rooms
    assert (one.number, one.room, one.first) == (stay.number, "Sample North 101", date(2026, 3, 20))


def test_rooms_that_are_held_and_then_fall_out_of_order_are_promised_too_often(database: Database) -> None:
    with database.write() as session:
        campus = open_campus(session)
        blocks.hold(session, campus.block(), {(campus.types[0], date(2026, 3, 15)): 2}, TEST)
        assert decisions(session, TODAY).overpromised == []
        campus.claim(session, Kind.OUT_OF_ORDER, 0, "2026-03-12", "2026-03-20")
        (one,) = decisions(session, TODAY).overpromised
    assert (one.type_name, one.night, one.rooms) == ("Single", date(2026, 3, 15), 1)


def test_requests_wait_while_nobody_has_looked_at_them_and_once_they_are_past_their_day(database: Database) -> None:
    with database.write() as session:
        campus = open_campus(session)
        days = (TODAY, TODAY - timedelta(1), TODAY - timedelta(2), TODAY, TODAY - timedelta(3))
        steps = (None, None, State.IN_WORK, State.ACCEPTED, State.DONE)
        numbers = []
        for due, to in zip(days, steps, strict=True):
            wanted = Wanted(room_id=campus.rooms[0], kind=RequestKind.FAULT, text="Sample: a tap drips.", due=due)
            numbers.append(requests.report(session, wanted, TEST).id)
            if to:
                requests.step(session, request(session, numbers[-1]), to, TEST)
        found = decisions(session, TODAY)
    assert [line.request.id for line in found.new_requests] == [numbers[0]]
    assert [line.request.id for line in found.overdue_requests] == [numbers[2], numbers[1]]
    assert len(found) == 3


def test_who_only_changes_the_room_neither_arrives_nor_leaves(database: Database) -> None:
    with database.write() as session:
        campus = open_campus(session)
        stay = campus.stay(session, 0, "2026-03-08", "2026-03-12", guests=2)
        actions.move(session, stay.number, campus.rooms[1], TEST, "quieter", starting=TODAY)
        campus.stay(session, 2, "2026-03-10", "2026-03-11")
        campus.stay(session, 3, "2026-03-09", "2026-03-10", guests=3)
        gone = campus.stay(session, 0, "2026-03-10", "2026-03-11")
        actions.cancel(session, gone.number, TEST, "asked for")
        figures = day(session, TODAY)
        north, south = campus.pavilions
        assert turnover.arrivals(session, nights("2026-03-08", "2026-03-12")) == {
            (north, date(2026, 3, 8)): Seen(1, 2),
            (north, TODAY): Seen(1, 1),
            (south, date(2026, 3, 9)): Seen(1, 3),
        }
        assert [one.room for one in turnover.changing(session, south, TODAY, arriving=False)] == ["104"]
        assert turnover.changing(session, south, TODAY, arriving=True) == []
    assert (figures.arrivals, figures.departures) == (Seen(1, 1), Seen(1, 3))
    assert (figures.last_night.sold, figures.last_night.sellable, figures.to_date) == (2, 4, 3)


def test_the_days_forecast_is_the_one_kept_last_and_none_is_made(database: Database) -> None:
    end = {"to_date": 3, "expected": 24_100.4, "most": 30_000, "target": 25_000, "sellable": 30_000}
    end |= {"low": 23_300.0, "high": 24_900.0, "chance": 0.11}
    with database.write() as session:
        open_campus(session)
        assert (day(session, TODAY).end.expected, day(session, TODAY).target) == (None, 25_000)
        for made_on, years in ((TODAY - timedelta(3), {"2026": end}), (TODAY + timedelta(1), {})):
            session.add(Forecast(made_on=made_on, made_at=clock.now(), content={"segments": [], "years": years}))
        session.flush()
        figures = day(session, TODAY)
    assert (figures.end.expected, figures.end.chance, figures.end.made_on) == (24_100.4, 0.11, TODAY - timedelta(3))
