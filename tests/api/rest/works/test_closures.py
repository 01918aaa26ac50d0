"""Closures by REST: rule, proposal, confirmation, undo, scenarios."""

from datetime import timedelta

import pytest
from fastapi import FastAPI

from core.database import Database
from core.i18n import today
from tests.api.people import Browser, add_person
from tests.api.rest.test_people import with_token
from tests.campus.sample_campus import add_campus
from tests.campus.sample_closures import SLUG

WORKS = f"/api/v1/works/{SLUG}"
SCENARIOS = "/api/v1/closures/scenarios"


@pytest.fixture
def keeper(app: FastAPI, database: Database) -> Browser:
    add_campus(database, "works", "closures")
    return with_token(app, database, add_person(database, "facilities"), "campus:read", "campus:write")


def test_a_proposal_is_told_confirmed_and_undone(keeper: Browser) -> None:
    (listed,) = keeper.get("/api/v1/closures").json()
    assert (listed["works"], listed["matches"]) == (SLUG, False)
    before = keeper.get(f"{WORKS}/closure").json()
    assert before["years"]
    assert before["forecast_of"] is None
    left = next(one for one in before["conflicts"] if one["move_to"] is not None)
    given = {"digest": before["digest"], "why": "Sample slip", "choices": [{"claim": left["claim"], "room": None}]}
    made = keeper.post(f"{WORKS}/closure", json=given)
    assert made.status_code == 201
    assert keeper.post(f"{WORKS}/closure", json=given).status_code == 409
    change = keeper.get(made.headers["location"]).json()
    assert (change["why"], change["why_not"]) == ("Sample slip", "")
    assert left["claim"] not in {one["claim"] for one in change["claims"]}
    assert [one["id"] for one in keeper.get("/api/v1/closures/changes").json()] == [2, 1]
    assert keeper.post(f"{made.headers['location']}/undo", json={}).status_code == 200
    assert keeper.post(f"{made.headers['location']}/undo", json={}).status_code == 409
    after = keeper.get(f"{WORKS}/closure").json()
    assert after["rooms"] == before["rooms"]


def test_a_rule_is_put_with_its_version(keeper: Browser) -> None:
    address = f"{WORKS}/closure-rule"
    told = keeper.get(address)
    given = {"start": told.json()["start"], "finish": told.json()["finish"], "days_before": 7, "reason": "Sample"}
    assert keeper.put(address, json=given).status_code == 428
    assert keeper.put(address, json=given, headers={"If-Match": '"v999"'}).status_code == 412
    changed = keeper.put(address, json=given | {"adopt": True}, headers={"If-Match": told.headers["etag"]})
    assert (changed.status_code, changed.json()["days_before"]) == (200, 7)
    wrong = keeper.put(address, json=given | {"start": 999}, headers={"If-Match": changed.headers["etag"]})
    assert (wrong.status_code, "start" in wrong.text) == (422, True)
    assert keeper.get("/api/v1/works/sample-roof-repair/closure-rule").status_code == 404
    assert keeper.get("/api/v1/works/sample-roof-repair/closure").status_code == 404


def test_scenarios_are_kept_computed_and_dropped(keeper: Browser) -> None:
    key = keeper.get(f"{WORKS}/closure-rule").json()["finish"]
    late = {"milestone": key, "start": str(today() + timedelta(90)), "finish": str(today() + timedelta(250))}
    made = keeper.post(SCENARIOS, json={"name": "Very late", "dates": [late]})
    assert made.status_code == 201
    first, second = keeper.get(SCENARIOS).json()
    assert first["room_nights_lost"] < second["room_nights_lost"]
    assert keeper.get(made.headers["location"]).json()["dates"] == [late]
    assert keeper.post(SCENARIOS, json={"name": "Twice", "dates": [late, late]}).status_code == 422
    wrong = late | {"finish": str(today())}
    assert keeper.post(SCENARIOS, json={"name": "Backwards", "dates": [wrong]}).status_code == 422
    assert keeper.post(SCENARIOS, json={"name": "Unknown", "dates": [late | {"milestone": 999}]}).status_code == 422
    assert keeper.delete(made.headers["location"]).status_code == 204
    assert keeper.get(made.headers["location"]).status_code == 404
