"""Works through REST: packages, milestones, dependencies, notes and documents, without lost updates."""

import base64
from datetime import timedelta
from typing import Any

import pytest
from fastapi import FastAPI

from core.database import Database
from core.i18n import today
from tests.api.people import Browser, add_person
from tests.api.rest.test_people import with_token
from tests.campus.sample_campus import add_campus
from tests.campus.sample_records import INSTALLED, LIFT, PDF, REMOVED, SIGNS

WORKS = "/api/v1/works"
SOUTH = f"{WORKS}/renovation-of-sample-south"
LIFTS = f"{WORKS}/{LIFT}"
DAY = today().isoformat()


@pytest.fixture
def database(sqlite_database: Database) -> Database:
    """What the databases do differently is tested with the actions."""
    return sqlite_database


@pytest.fixture
def keeper(app: FastAPI, database: Database) -> Browser:
    add_campus(database, "works", "records")
    return with_token(app, database, add_person(database, "facilities"), "campus:read", "campus:write")


def matched(keeper: Browser, address: str) -> dict[str, str]:
    return {"If-Match": keeper.get(address).headers["etag"]}


def test_works_are_told_with_how_late_they_are(keeper: Browser) -> None:
    listed = keeper.get(WORKS)
    assert listed.headers["x-total-count"] == "4"
    told = {one["slug"]: one for one in listed.json()}
    south = told["renovation-of-sample-south"]
    assert (south["slip_days"], south["overdue"], south["pavilion"]) == (37, [], "sample-south")
    assert told[LIFT]["overdue"] == [INSTALLED]
    assert told["sample-roof-repair"]["progress"] is None
    assert keeper.get(f"{WORKS}?as_of={today() - timedelta(days=1)}").json() == []
    assert keeper.get(f"{WORKS}?as_of={today() + timedelta(days=1)}").status_code == 422


def test_works_are_made_changed_and_taken_away(keeper: Browser) -> None:
    given = {"name": "Sample façade", "pavilion": "sample-north", "purposes": ["energy"]}
    made = keeper.post(WORKS, json=given)
    assert (made.status_code, made.headers["location"]) == (201, f"{WORKS}/sample-facade")
    address, first = made.headers["location"], {"If-Match": made.headers["etag"]}
    assert keeper.patch(address, json={"name": "Sample front"}).status_code == 428
    changed = keeper.patch(address, json={"name": "Sample front", "pavilion": "sample-south"}, headers=first)
    assert (changed.json()["name"], changed.json()["pavilion"]) == ("Sample front", "sample-south")
    assert changed.json()["purposes"] == ["energy"]
    assert keeper.patch(address, json={"name": "Third"}, headers=first).status_code == 412
    assert keeper.delete(address, headers=matched(keeper, address)).status_code == 204
    assert keeper.get(address).status_code == 404
    assert keeper.delete(SOUTH, headers=matched(keeper, SOUTH)).status_code == 409


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"pavilion": "nowhere"}, "pavilion"),
        ({"purposes": ["beauty"]}, "purposes"),
        ({"owner": 999}, "owner"),
        ({"slug": "No"}, "slug"),
    ],
)
def test_works_that_cannot_be_are_refused_with_their_place(
    keeper: Browser, changes: dict[str, Any], place: str
) -> None:
    answer = keeper.post(WORKS, json={"name": "Sample", "pavilion": "sample-north"} | changes)
    assert answer.status_code == 422
    assert place in answer.text


def test_milestones_live_through_rest(keeper: Browser) -> None:
    given = {"name": "Signs", "start": DAY, "weight": 3}
    made = keeper.post(f"{SOUTH}/milestones", json=given)
    assert made.status_code == 201
    address, first = made.headers["location"], {"If-Match": made.headers["etag"]}
    assert (made.json()["state"], made.json()["finish"]) == ("to come", DAY)
    changed = keeper.patch(address, json={"weight": 5, "reason": "More"}, headers=first)
    assert (changed.json()["name"], changed.json()["weight"]) == ("Signs", 5)
    assert keeper.patch(address, json={"weight": 6, "reason": "Late"}, headers=first).status_code == 412
    assert keeper.patch(address, json={"weight": 6}, headers=first).status_code == 422
    keys = [one["id"] for one in keeper.get(f"{SOUTH}/milestones").json()]
    assert keeper.put(f"{SOUTH}/milestone-order", json={"milestones": keys[::-1]}).status_code == 204
    assert [one["id"] for one in keeper.get(f"{SOUTH}/milestones").json()] == keys[::-1]
    assert keeper.put(f"{SOUTH}/milestone-order", json={"milestones": keys[1:]}).status_code == 422
    gone = keeper.post(f"{address}/drop", json={"reason": "Not needed"}, headers=matched(keeper, address))
    assert (gone.json()["dropped"], gone.json()["state"]) == (True, None)
    assert len(keeper.get(f"{SOUTH}/milestones").json()) == len(keys) - 1
    back = keeper.post(f"{address}/reinstate", headers=matched(keeper, address))
    assert (back.json()["dropped"], back.json()["position"]) == (False, len(keys))


def test_a_finish_before_its_start_and_a_milestone_that_is_needed_are_refused(keeper: Browser) -> None:
    backwards = {"name": "Signs", "start": DAY, "finish": (today() - timedelta(days=1)).isoformat()}
    answer = keeper.post(f"{SOUTH}/milestones", json=backwards)
    assert answer.status_code == 422
    assert "finish" in answer.text
    address = f"{LIFTS}/milestones/{INSTALLED}"
    refused = keeper.post(f"{address}/drop", json={"reason": "Sample"}, headers=matched(keeper, address))
    assert refused.status_code == 409
    assert "dependencies" in refused.text
    assert keeper.get(f"{SOUTH}/milestones/{INSTALLED}").status_code == 404
    assert keeper.get(f"{LIFTS}/milestones/{SIGNS}").json()["dropped"]


def test_dependencies_live_through_rest_and_a_cycle_is_named(keeper: Browser) -> None:
    links = f"{LIFTS}/dependencies"
    assert [one["kind"] for one in keeper.get(links).json()] == ["finish-start", "start-start"]
    cycle = keeper.post(links, json={"before": INSTALLED + 1, "after": INSTALLED})
    assert cycle.status_code == 422
    assert "wait for each other" in cycle.text
    address = f"{links}/{INSTALLED}/{INSTALLED + 1}"
    assert keeper.post(links, json={"before": INSTALLED, "after": INSTALLED + 1}).status_code == 409
    changed = keeper.patch(address, json={"lag": 9}, headers=matched(keeper, address))
    assert (changed.json()["kind"], changed.json()["lag"]) == ("start-start", 9)
    assert keeper.delete(address, headers={"If-Match": '"v999"'}).status_code == 412
    assert keeper.delete(address, headers=matched(keeper, address)).status_code == 204
    assert keeper.get(address).status_code == 404
    assert len(keeper.get(f"{links}?as_of={today() - timedelta(days=1)}").json()) == 0
    made = keeper.post(links, json={"before": INSTALLED, "after": INSTALLED + 1, "kind": "finish-finish"})
    assert made.headers["location"] == address


def test_notes_and_documents_live_through_rest(keeper: Browser) -> None:
    assert keeper.post(f"{SOUTH}/notes", json={"text": "Sample note"}).json()["text"] == "Sample note"
    assert [one["text"] for one in keeper.get(f"{SOUTH}/notes").json()] == ["Sample note"]
    content = base64.b64encode(PDF).decode()
    made = keeper.post(f"{SOUTH}/documents", json={"file_name": "Plan.pdf", "content": content})
    assert (made.status_code, made.json()["name"], made.json()["size"]) == (201, "Plan.pdf", len(PDF))
    file = keeper.get(f"{SOUTH}/documents/{made.json()['id']}/file")
    assert file.content == PDF
    assert file.headers["content-disposition"] == 'attachment; filename="Plan.pdf"'
    link = keeper.post(f"{SOUTH}/documents", json={"url": "https://example.org/plan", "name": "Plan elsewhere"})
    assert keeper.get(f"{SOUTH}/documents/{link.json()['id']}/file").status_code == 404
    removal = f"{SOUTH}/documents/{made.json()['id']}/remove"
    assert keeper.post(removal, json={"reason": "Old"}).json()["removed_why"] == "Old"
    assert keeper.post(removal, json={"reason": "Old"}).status_code == 409
    assert [one["removed_at"] is None for one in keeper.get(f"{SOUTH}/documents").json()] == [True, False]
    assert keeper.get(f"{LIFTS}/documents/{REMOVED}/file").status_code == 404


@pytest.mark.parametrize(
    ("given", "place"),
    [
        ({}, "content"),
        ({"url": "http://example.org/"}, "url"),
        ({"content": "no base64!", "file_name": "plan.pdf"}, "content"),
        ({"content": base64.b64encode(b"<script>").decode(), "file_name": "plan.pdf"}, "content"),
        ({"content": base64.b64encode(PDF).decode(), "file_name": "plan.html"}, "content"),
    ],
)
def test_what_is_no_document_is_refused_with_its_place(keeper: Browser, given: dict[str, str], place: str) -> None:
    answer = keeper.post(f"{SOUTH}/documents", json=given)
    assert answer.status_code == 422
    assert place in answer.text
    assert keeper.get(f"{SOUTH}/documents").json() == []
