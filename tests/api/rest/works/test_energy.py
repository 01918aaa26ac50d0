"""Energy through the REST interface, on both databases."""

from datetime import date
from typing import Any

import pytest
from fastapi import FastAPI

from campus.nights import Nights
from core.database import Database
from tests.api.people import Browser
from tests.api.rest.campus.clients import client
from tests.campus.books import on, open_campus
from tests.campus.sample_energy import STATION, add_degree_days, add_meter, add_readings, use_of

MONTHS = Nights(date(2022, 1, 1), date(2025, 1, 1)).months()
BASE = "/api/v1/energy"
HEAT = f"{BASE}/meters/sample-heat"


@pytest.fixture
def keeper(app: FastAPI, database: Database) -> Browser:
    """A script of a keeper's, over three years of heat of which a quarter is saved from 2024 on."""
    with database.write() as session, on("2025-01-02"):
        campus = open_campus(session)
        add_degree_days(session, MONTHS)
        meter = add_meter(session, "Sample heat", "heat", MONTHS, campus.pavilions[0])
        add_readings(session, meter, MONTHS, lambda month: use_of(month) * (0.75 if month.first.year > 2023 else 1))
    return client(app, database, "campus:read", "campus:write")


def match(version: str) -> dict[str, Any]:
    return {"headers": {"If-Match": version}}


def test_a_meter_and_its_readings_have_versions(keeper: Browser) -> None:
    made = keeper.post(
        f"{BASE}/meters", json={"name": "Sample water", "kind": "water", "digits": 5, "first": "2025-01-01"}
    )
    assert (made.status_code, made.json()["unit"], made.json()["slug"]) == (201, "m³", "sample-water")
    address = made.headers["location"]
    changed = {"name": "Sample water, west", "kind": "water", "digits": 5, "first": "2025-01-01"}
    assert keeper.put(address, json=changed, **match(made.headers["etag"])).status_code == 422
    changed["reason"] = "There are two"
    assert keeper.put(address, json=changed, **match(made.headers["etag"])).status_code == 200
    assert keeper.put(address, json=changed, **match(made.headers["etag"])).status_code == 412
    reading = f"{address}/readings/2025-01-01"
    assert keeper.put(reading, json={"value": 12.5}).status_code == 428
    entered = keeper.put(reading, json={"value": 12.5}, **match('"v0"'))
    assert entered.json()["value"] == 12.5
    assert keeper.put(f"{address}/readings/2025-02-01", json={"value": 12.4}, **match('"v0"')).status_code == 422
    assert keeper.put(f"{address}/readings/2025-02-01", json={"value": 13.005}, **match('"v0"')).status_code == 422
    gone = keeper.post(f"{reading}/withdraw", json={"reason": "Not ours"}, **match(entered.headers["etag"]))
    assert gone.status_code == 204
    assert keeper.get(reading).status_code == 404
    assert keeper.get(f"{address}/readings").json() == []


def test_a_baseline_is_tried_confirmed_and_tells_the_savings(keeper: Browser) -> None:
    assert keeper.get(f"{HEAT}/savings").status_code == 404
    given = {"station": STATION, "first": "2022-01-01", "last": "2023-12-01", "room_nights": False}
    given |= {"works_first": "2024-01-01", "works_last": "2024-02-29"}
    trial = keeper.post(f"{HEAT}/baselines/trial", json=given)
    assert (trial.status_code, trial.json()["months"], trial.json()["good"]) == (200, 24, True)
    assert keeper.post(f"{HEAT}/baselines", json=given).status_code == 422
    kept = keeper.post(f"{HEAT}/baselines", json=given | {"digest": trial.json()["digest"]})
    assert (kept.status_code, kept.json()["number"], kept.json()["room_nights"]) == (201, 1, False)
    assert keeper.get(f"{HEAT}/baselines").json() == [kept.json()]
    report = keeper.get(f"{HEAT}/savings").json()
    after = report["phases"]["after"]
    assert (after["months"], after["detectable"], after["cents"]) == (10, True, None)
    assert after["share"] == pytest.approx(0.25, abs=0.03)
    price = f"{BASE}/prices/heat/2022-01-01"
    assert keeper.put(price, json={"euros": 0.118, "source": "Sample contract"}, **match('"v0"')).status_code == 200
    assert keeper.get(price).json()["euros"] == 0.118
    after = keeper.get(f"{HEAT}/savings").json()["phases"]["after"]
    assert after["cents"] == pytest.approx(after["avoided"] * 11.8, abs=10)
    assert keeper.get(f"{HEAT}/savings?as_of=2025-01-10").status_code == 404
    assert keeper.get(f"{HEAT}/savings?as_of=2199-01-10").status_code == 422


def test_months_and_degree_days_say_what_is_missing(keeper: Browser) -> None:
    months = keeper.get(f"{HEAT}/months?station=Sample+station")
    assert months.headers["x-total-count"].isdecimal()
    assert months.json()[0] | {"used": 0} == {
        "month": "2022-01",
        "used": 0,
        "covered": 31,
        "days": 31,
        "heating": 430.0,
        "cooling": 0.0,
        "room_nights": None,
        "missing": ["room-nights"],
    }
    year = keeper.get(f"{BASE}/degree-days?year=2024").json()
    assert [one["heating"] for one in year][:2] == [430.0, 360.0]


def test_who_may_only_read_changes_nothing(app: FastAPI, database: Database, keeper: Browser) -> None:
    reader = client(app, database, "campus:read")
    assert reader.get(f"{BASE}/meters").json()[0]["slug"] == "sample-heat"
    assert reader.put(f"{HEAT}/readings/2025-02-01", json={"value": 1}, **match('"v0"')).status_code == 403
    assert reader.get(f"{BASE}/prices").json() == []
