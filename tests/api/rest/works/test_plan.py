"""A package's plan through REST: slips, trends, baselines, and reports that are only previewed or appended."""

from datetime import timedelta
from typing import Any

import pytest
from fastapi import FastAPI

from core.database import Database
from core.i18n import today
from tests.api.people import Browser, add_person
from tests.api.rest.test_people import with_token
from tests.campus.books import open_campus
from tests.campus.sample_works_reports import SLUG, add_reported_works, keys_of

WORKS = f"/api/v1/works/{SLUG}"


@pytest.fixture
def keys(database: Database) -> dict[str, int]:
    with database.write() as session:
        add_reported_works(session, open_campus(session))
        return keys_of(session)


@pytest.fixture
def keeper(app: FastAPI, database: Database, keys: dict[str, int]) -> Browser:
    return with_token(app, database, add_person(database, "facilities"), "campus:read", "campus:write")


def iso(days: int) -> str:
    return (today() + timedelta(days=days)).isoformat()


def report(finish: int, **changes: Any) -> dict[str, Any]:
    return {"state": "begun", "start": iso(-95), "finish": iso(finish), "why": "Sample"} | changes


def test_the_plan_tells_slips_causes_and_what_is_pushed(keeper: Browser, keys: dict[str, int]) -> None:
    plan = keeper.get(f"{WORKS}/plan", params={"baseline": 1}).json()
    assert (plan["slip"], plan["finish"], plan["baseline"]) == (45, iso(89), 1)
    building = next(one for one in plan["milestones"] if one["name"] == "Building")
    assert (building["slip"], building["drift"], building["path"]) == (45, 17, [keys["Building"]])
    assert building["pushes"] == [keys["Lift"], keys["Keys handed over"]]
    assert keeper.get(f"{WORKS}/plan").json()["slip"] == 42
    assert keeper.get(f"{WORKS}/plan", params={"as_of": iso(-70)}).json()["slip"] == 0
    assert keeper.get(f"{WORKS}/plan", params={"as_of": iso(3)}).status_code == 422
    assert keeper.get(f"{WORKS}/plan", params={"baseline": 9}).status_code == 404


def test_the_trend_has_a_point_for_each_day_of_reports(keeper: Browser) -> None:
    found = {one["name"]: one for one in keeper.get(f"{WORKS}/trend").json()}
    assert (found["Building"]["days"], found["Building"]["points"][-1]["finish"]) == (45, iso(77))
    assert found["Drawings"]["points"][-1] == {
        "reported_on": iso(-105),
        "finish": iso(-105),
        "own_report": True,
        "ended": True,
    }


def test_a_report_is_previewed_then_appended(keeper: Browser, keys: dict[str, int]) -> None:
    address = f"{WORKS}/milestones/{keys['Building']}/reports"
    seen = keeper.post(address, json=report(87), params={"preview": "true"})
    assert (seen.status_code, seen.json()["report"], len(keeper.get(address).json())) == (200, None, 4)
    made = keeper.post(address, json=report(87))
    assert (made.status_code, made.json()["moves"]) == (201, seen.json()["moves"])
    assert [(one["name"], one["days"]) for one in made.json()["moves"]] == [
        ("Building", 10),
        ("Lift", 10),
        ("Keys handed over", 10),
    ]
    early = keeper.post(address, json=report(300, reported_on=iso(-30))).json()
    assert (early["counts"], early["moves"]) == (False, [])
    listed = keeper.get(address, params={"per_page": 2})
    assert (len(listed.json()), listed.headers["x-total-count"]) == (2, "6")


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"finish": iso(-99)}, "finish"),
        ({"state": "ended"}, "finish"),
        ({"start": iso(2), "finish": iso(3)}, "start"),
        ({"reported_on": iso(1)}, "reported_on"),
        ({"state": "late"}, "state"),
    ],
)
def test_a_report_that_cannot_be_is_refused_and_its_place_named(
    keeper: Browser, keys: dict[str, int], changes: dict[str, Any], place: str
) -> None:
    answer = keeper.post(f"{WORKS}/milestones/{keys['Building']}/reports", json=report(87) | changes)
    assert (answer.status_code, place in answer.text) == (422, True)


def test_a_baseline_is_approved_and_keeps_the_present_dates(keeper: Browser, keys: dict[str, int]) -> None:
    made = keeper.post(f"{WORKS}/baselines", json={"why": "Sample board"}).json()
    assert (made["number"], made["why"]) == (3, "Sample board")
    spans = {one["key"]: one["finish"] for one in made["milestones"]}
    assert spans[keys["Lift"]] == iso(87)
    assert [one["number"] for one in keeper.get(f"{WORKS}/baselines").json()] == [1, 2, 3]
    assert keeper.get(f"{WORKS}/plan").json()["slip"] == 0


def test_milestones_of_other_works_are_not_there(keeper: Browser) -> None:
    assert keeper.get(f"{WORKS}/milestones/9999/reports").status_code == 404
    assert keeper.get("/api/v1/works/nowhere/plan").status_code == 404
