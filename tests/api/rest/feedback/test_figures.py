"""Figures, trends, the index, quarters and benchmarks for machines."""

from random import Random
from typing import Any

import pytest
from fastapi import FastAPI

from core.database import Database
from tests.api.people import Browser
from tests.api.rest.campus.clients import client
from tests.campus.books import open_campus
from tests.campus.feedback import guests

BASE = "/api/v1/feedback"
OLD, NEW = map(str, guests.past_quarters(2))
GIVEN = {
    "measure": "food",
    "name": "Sample survey",
    "value": 0.81,
    "source": "Sample report, p. 4",
    "first": "2024-01-01",
}


@pytest.fixture
def keeper(app: FastAPI, database: Database) -> Browser:
    """Two quarters of guests, of which the older one is closed."""
    with database.write() as session:
        campus = open_campus(session)
        version = guests.published(session)
        for quarter in guests.past_quarters(2):
            for pavilion, n in zip(campus.pavilions, (20, 12), strict=True):
                guests.fill(session, version, quarter, n, Random(1), pavilion_id=pavilion)
        guests.close_all(session, guests.past_quarters(2)[:1])
    return client(app, database, "feedback:read", "feedback:write", role="quality")


def test_a_quarter_is_closed_once_and_its_figures_are_there(keeper: Browser) -> None:
    states = {one["quarter"]: one["closed"] for one in keeper.get(f"{BASE}/quarters").json()}
    assert states == {NEW: False, OLD: True}
    assert keeper.get(f"{BASE}/figures?quarter={NEW}").status_code == 422
    assert keeper.post(f"{BASE}/quarters/{NEW}/close").json()["closed"] is True
    assert keeper.post(f"{BASE}/quarters/{NEW}/close").status_code == 409
    assert keeper.post(f"{BASE}/quarters/2999-Q4/close").status_code == 409
    assert keeper.post(f"{BASE}/quarters/soon/close").status_code == 422
    found = keeper.get(f"{BASE}/figures?dimension=pavilion&thing=sample-north&area=food")
    assert found.headers["X-Total-Count"] == "1"
    [food] = found.json()
    assert (food["quarter"], food["measure"], food["n"], food["question"]) == (NEW, "food", 20, "How was the food?")


def test_areas_tell_the_whole_first_and_the_index_tells_its_formula(keeper: Browser) -> None:
    whole, *areas = keeper.get(f"{BASE}/areas").json()
    assert (whole["area"], whole["n"]) == ("", 32)
    room = next(one for one in areas if one["area"] == "room")
    assert room["measures"] == ["room_clean", "room_comfort"]
    index = keeper.get(f"{BASE}/index").json()
    assert (index["quarter"], index["half_life_weeks"], index["weights"]) == (OLD, 26, {"food": 1, "room": 1})
    assert 0 < index["low"] < index["value"] < index["high"] < 100


def test_a_trend_of_two_quarters_says_nothing_yet(keeper: Browser) -> None:
    keeper.post(f"{BASE}/quarters/{NEW}/close")
    trend = keeper.get(f"{BASE}/trends?measure=recommend").json()
    assert ([one["quarter"] for one in trend["points"]], trend["course"]) == ([OLD, NEW], None)


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("figures?dimension=moon", "dimension"),
        ("figures?area=moon", "area"),
        ("figures?thing=sample-north", "dimension"),
        ("areas?dimension=pavilion", "thing"),
        ("areas?dimension=pavilion&thing=moon", "thing"),
        ("trends?measure=moon", "measure"),
        ("index?quarter=2999-Q1", "quarter"),
    ],
)
def test_what_there_is_not_is_refused_by_its_place(keeper: Browser, query: str, place: str) -> None:
    answer = keeper.get(f"{BASE}/{query}")
    assert answer.status_code == 422
    assert place in answer.text


def test_a_benchmark_is_added_corrected_and_ended(keeper: Browser) -> None:
    made = keeper.post(f"{BASE}/benchmarks", json=GIVEN)
    assert made.status_code == 201
    one, tag = made.headers["location"], made.headers["etag"]
    changed = GIVEN | {"value": 0.79}
    assert keeper.put(one, json=changed).status_code == 428
    done = keeper.put(one, json=changed, headers={"If-Match": tag})
    assert done.json()["value"] == 0.79
    assert keeper.put(one, json=changed, headers={"If-Match": tag}).status_code == 412
    assert keeper.delete(one, headers={"If-Match": done.headers["etag"]}).status_code == 204
    [ended] = keeper.get(f"{BASE}/benchmarks?measure=food").json()
    assert ended["until"] is not None


@pytest.mark.parametrize(
    ("wrong", "place"),
    [
        ({"value": 81}, "value"),
        ({"measure": "moon"}, "measure"),
        ({"until": "2023-12-31"}, "until"),
        ({"source": ""}, "source"),
        ({"first": "0001-01-01"}, "first"),
    ],
)
def test_a_benchmark_that_cannot_be_is_refused(keeper: Browser, wrong: dict[str, Any], place: str) -> None:
    answer = keeper.post(f"{BASE}/benchmarks", json=GIVEN | wrong)
    assert answer.status_code == 422
    assert place in answer.text


def test_a_score_is_compared_on_its_own_scale(keeper: Browser) -> None:
    assert keeper.post(f"{BASE}/benchmarks", json=GIVEN | {"measure": "recommend", "value": 42}).status_code == 201
