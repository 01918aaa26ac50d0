"""Planned maintenance: due days, and requests that are made once, however often the job runs."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campus.nights import Nights
from campus.occupancy.rules import Kind
from campus.requests import out_of_order, plans, rules
from campus.requests.plans import WantedPlan
from core.errors import Conflict, InvalidInput
from core.i18n import today
from tests.campus.books import TEST
from tests.campus.requests.conftest import Place

DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))


def plan(place: Place, **values: object) -> int:
    given = {"text": "Sample: check the smoke alarm.", "ahead_days": 10} | values
    with place.database.write() as session:
        return plans.add(session, WantedPlan(**given), TEST).id  # type: ignore[arg-type]


def make_due(place: Place, day: date) -> dict[str, int]:
    with place.database.write() as session:
        return plans.make_due(session, day)


def test_a_month_without_the_day_has_it_on_its_last_one() -> None:
    found = rules.due_days(date(2027, 1, 31), 1, [], date(2027, 1, 1), date(2027, 4, 30))
    assert found == [date(2027, 1, 31), date(2027, 2, 28), date(2027, 3, 31), date(2027, 4, 30)]


@given(DAYS, st.integers(1, 120), DAYS, st.integers(0, 3000))
def test_a_period_has_the_due_days_of_its_parts(first: date, months: int, since: date, length: int) -> None:
    through = since + timedelta(days=length)
    middle = since + timedelta(days=length // 2)
    whole = rules.due_days(first, months, [], since, through)
    parts = rules.due_days(first, months, [], since, middle)
    parts += rules.due_days(first, months, [], middle + timedelta(days=1), through)
    assert whole == parts
    assert all(first <= day and since <= day <= through for day in whole)
    assert (first in whole) == (since <= first <= through)


def test_what_is_due_becomes_one_request_a_room_however_often_the_job_runs(place: Place) -> None:
    first = today() + timedelta(days=5)
    plan(place, pavilion_id=place.campus.pavilions[0], first=first, every_months=1)
    assert make_due(place, today()) == {"made": 2, "rooms_taken": 0}  # two rooms are in this pavilion
    assert make_due(place, today()) == {"made": 0, "rooms_taken": 0}
    assert make_due(place, today() + timedelta(days=3)) == {"made": 0, "rooms_taken": 0}
    assert make_due(place, today() + timedelta(days=31))["made"] == 2  # the next month's
    assert {(line.request.due, line.request.reported_by) for line in place.all()[:2]} == {(first, "clock")}


def test_a_plan_takes_the_room_out_of_order_or_says_that_it_could_not(place: Place) -> None:
    day = today() + timedelta(days=4)
    plan(place, room_id=place.campus.rooms[0], dates=[day.isoformat()], out_days=2)
    plan(place, room_id=place.campus.rooms[1], first=day, out_days=2)
    with place.database.write() as session:
        place.campus.claim(session, Kind.HOUSE_USE, 1, day.isoformat(), (day + timedelta(days=1)).isoformat())
    assert make_due(place, today()) == {"made": 2, "rooms_taken": 1}
    out = [line.request.claim is not None for line in place.all()]
    assert out == [True, False]


def test_nights_that_the_worker_missed_are_made_up_for_and_a_plan_that_ended_asks_no_more(small: Place) -> None:
    plan(small, room_id=small.campus.rooms[0], first=today() - timedelta(days=3))
    plan(small, room_id=small.campus.rooms[1], first=today(), every_months=1, until=today())
    assert make_due(small, today())["made"] == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"room_id": None},
        {"pavilion_id": 1},
        {"room_id": 999},
        {"first": None},
        {"first": None, "dates": ["2027-01-01"], "every_months": 2},
        {"every_months": 0},
        {"ahead_days": 400},
        {"out_days": -1},
        {"text": " "},
        {"first": date(1500, 1, 1)},
        {"first": date.max},
        {"until": date.max},
        {"dates": ["9999-12-31"]},
    ],
)
def test_a_plan_that_cannot_be_is_refused(small: Place, wrong: dict[str, object]) -> None:
    with pytest.raises(InvalidInput):
        plan(small, **{"room_id": small.campus.rooms[0], "first": today()} | wrong)


def test_of_two_who_change_a_plan_the_second_is_told(small: Place) -> None:
    number = plan(small, room_id=small.campus.rooms[0], first=today())
    wanted = WantedPlan(room_id=small.campus.rooms[0], first=today(), text="Sample: otherwise")
    with small.database.write() as session:
        plans.change(session, number, wanted, TEST, version=1)
    with pytest.raises(Conflict), small.database.write() as session:
        plans.change(session, number, wanted, TEST, version=1)


def test_the_nights_of_a_plan_are_those_from_the_day_it_is_due(small: Place) -> None:
    day = today() + timedelta(days=2)
    plan(small, room_id=small.campus.rooms[0], first=day, out_days=3)
    make_due(small, today())
    with small.database.read() as session:
        claim = out_of_order.claim_of(session, small.all()[0].request)
        assert claim is not None
        assert Nights(claim.first, claim.until) == Nights(day, day + timedelta(days=3))
