"""Improvement actions for machines: planned, taken through their steps, checked, and read as known."""

from datetime import timedelta
from typing import Any

import pytest
from fastapi import FastAPI

from campus.feedback.figures.models import ClosedQuarter
from core import clock
from core.database import Database
from core.i18n import today
from tests.api.people import Browser
from tests.api.rest.campus.clients import client
from tests.campus.books import open_campus
from tests.campus.feedback import guests
from tests.campus.sample_actions import NORTH, SOUTH, add_actions

ALL = "/api/v1/improvement-actions"
QUARTERS = guests.past_quarters(6)
DONE = (QUARTERS[3].first + timedelta(days=40)).isoformat()


@pytest.fixture
def improver(app: FastAPI, database: Database) -> Browser:
    with database.write() as session:
        open_campus(session)
        for quarter in QUARTERS:
            session.add(ClosedQuarter(quarter=str(quarter), closed_at=clock.now(), closed_by="command"))
        session.flush()
        add_actions(session)
    return client(app, database, "feedback:read", "campus:write")


def given(improver: Browser, **values: Any) -> dict[str, Any]:
    return {
        "name": "Sample: thicker curtains",
        "area": "room",
        "hypothesis": "Darker rooms, better sleep.",
        "measure": "room_bed",
        "expected": 0.5,
        "pavilions": [NORTH],
        "comparison": [SOUTH],
        "cost_planned": 120050,
        "owner": improver.get(ALL).json()[0]["owner"],
        "due": DONE,
        "check_on": today().isoformat(),
    } | values


def test_an_action_is_planned_taken_through_its_steps_and_checked(improver: Browser) -> None:
    made = improver.post(ALL, json=given(improver))
    assert made.status_code == 201
    assert made.json()["planning"]["baseline"]["n"] == 240
    one, tag = made.headers["location"], made.headers["etag"]
    assert improver.post(f"{one}/steps", json={"step": "start", "day": DONE}).status_code == 428
    for step in ({"step": "start", "day": DONE}, {"step": "done", "day": DONE, "cost": 80000}):
        answer = improver.post(f"{one}/steps", json=step, headers={"If-Match": tag})
        assert answer.status_code == 200
        tag = answer.headers["etag"]
    checked = improver.post(f"{one}/checks", headers={"If-Match": tag})
    assert checked.status_code == 201
    found = checked.json()
    assert (found["verdict"], found["counts"], found["n_before"]) == ("better", True, 180)
    assert found["cost_per_point_low"] < found["cost_per_point"] < found["cost_per_point_high"]
    step = {"step": "decide", "outcome": "adopted", "lesson": "Sample lesson"}
    ended = improver.post(f"{one}/steps", json=step, headers={"If-Match": checked.headers["etag"]})
    assert (ended.json()["stage"], ended.json()["verdict"]["verdict"]) == ("ended", "better")
    assert [version["stage"] for version in improver.get(f"{one}/versions").json()][-1] == "plan"
    assert len(improver.get(f"{one}/checks").json()) == 1
    undone = improver.post(f"{one}/steps", json={"step": "undo"}, headers={"If-Match": ended.headers["etag"]})
    assert undone.json()["stage"] == "act"


def test_an_action_is_changed_with_a_reason_by_who_saw_its_version(improver: Browser) -> None:
    made = improver.post(ALL, json=given(improver))
    one, tag = made.headers["location"], made.headers["etag"]
    wanted = given(improver, name="Sample: darker curtains", reason="Sample reason")
    assert improver.put(one, json=wanted, headers={"If-Match": '"v999"'}).status_code == 412
    assert improver.put(one, json=given(improver), headers={"If-Match": tag}).status_code == 422
    assert improver.put(one, json=wanted, headers={"If-Match": tag}).json()["name"] == "Sample: darker curtains"


@pytest.mark.parametrize(
    ("step", "place"),
    [({"step": "done", "day": DONE}, "cost"), ({"step": "done", "cost": 1}, "day")],
)
def test_a_step_without_what_it_needs_names_it(improver: Browser, step: dict[str, Any], place: str) -> None:
    tag = improver.get(f"{ALL}/3").headers["etag"]
    refused = improver.post(f"{ALL}/3/steps", json=step, headers={"If-Match": tag})
    assert refused.status_code == 422
    assert place in refused.text


def test_the_list_is_narrowed_paged_and_read_as_known(improver: Browser) -> None:
    ended = improver.get(ALL, params={"stage": "ended"})
    assert {one["outcome"] for one in ended.json()} == {"adopted", "abandoned", "adapted"}
    assert ended.headers["x-total-count"] == "3"
    assert len(improver.get(ALL, params={"per_page": 2}).json()) == 2
    assert improver.get(ALL, params={"as_of": "2020-01-01"}).json() == []
    assert improver.get(ALL, params={"pavilion": SOUTH}).json()[0]["pavilions"] == []
    (needed,) = [one for one in improver.get(ALL).json() if one["need"] == "overdue"]
    assert needed["name"] == "Sample: quieter doors"
    (follow_up,) = [one for one in improver.get(ALL).json() if one["follows"]]
    assert follow_up["name"] == "Sample: brighter lamps, again"
