"""Service requests and planned maintenance for machines."""

from datetime import timedelta

import pytest
from fastapi import FastAPI

from core import clock
from core.i18n import today
from core.people import keys
from tests.api.people import Browser, add_person
from tests.campus.requests.conftest import Place

PATH = "/api/v1/service-requests"
PLANS = "/api/v1/maintenance-plans"
REPORT = {"room": {"pavilion": "sample-north", "number": "101"}, "kind": "fault", "text": "Sample: a tap drips."}


@pytest.fixture
def client(app: FastAPI, small: Place) -> Browser:
    """A keeper's token."""
    person = add_person(small.database, "facilities")
    with small.database.write() as session:
        expires, scopes = clock.now() + timedelta(days=1), ["campus:read", "campus:write"]
        key, _row = keys.create_token(session, "command", person.id, name="Sample", scopes=scopes, expires_at=expires)
    browser = Browser(app, headers={"Authorization": f"Bearer {key}"})
    browser.person = person
    return browser


def test_a_request_is_made_changed_and_ended_in_whole_steps(client: Browser) -> None:
    made = client.post(PATH, json=REPORT)
    assert made.status_code == 201
    address = made.headers["location"]
    out = {"first": today().isoformat(), "until": (today() + timedelta(days=3)).isoformat()}
    change = {"state": "in work", "assignee": client.person.id, "priority": "high", "out": out}
    changed = client.patch(address, json=change, headers={"If-Match": made.headers["etag"]})
    assert changed.status_code == 200
    assert changed.json()["out"] == out | {"claim": 1, "kind": "out of order"}
    assert changed.json()["priority"] == "high"
    done = client.patch(address, json={"state": "done"}, headers={"If-Match": changed.headers["etag"]})
    assert (done.json()["state"], done.json()["out"]) == ("done", None)


def test_a_change_is_made_as_a_whole_or_not_at_all(client: Browser, small: Place) -> None:
    made = client.post(PATH, json=REPORT)
    change = {"priority": "low", "state": "refused"}  # without a reason
    answer = client.patch(made.headers["location"], json=change, headers={"If-Match": made.headers["etag"]})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["place"] == "reason"
    assert small.all()[0].request.priority == 2


def test_a_change_names_the_version_that_it_is_based_on(client: Browser) -> None:
    made = client.post(PATH, json=REPORT)
    address, change = made.headers["location"], {"state": "accepted"}
    assert client.patch(address, json=change).status_code == 428
    assert client.patch(address, json=change, headers={"If-Match": made.headers["etag"]}).status_code == 200
    assert client.patch(address, json=change, headers={"If-Match": made.headers["etag"]}).status_code == 412


def test_a_room_that_is_taken_is_a_conflict_and_an_unknown_one_is_named(client: Browser, small: Place) -> None:
    with small.database.write() as session:
        small.campus.stay(session, 0, today().isoformat(), (today() + timedelta(days=3)).isoformat())
    made = client.post(PATH, json=REPORT)
    out = {"first": today().isoformat(), "until": (today() + timedelta(days=1)).isoformat()}
    answer = client.patch(made.headers["location"], json={"out": out}, headers={"If-Match": made.headers["etag"]})
    assert answer.status_code == 409
    wrong = client.post(PATH, json=REPORT | {"room": {"pavilion": "sample-north", "number": "999"}})
    assert (wrong.status_code, wrong.json()["errors"][0]["place"]) == (422, "room")


def test_lists_are_filtered_and_come_in_pages(client: Browser) -> None:
    for kind in ("fault", "cleaning", "fault"):
        client.post(PATH, json=REPORT | {"kind": kind})
    answer = client.get(PATH, params={"kind": "fault", "per_page": 1})
    assert (len(answer.json()), answer.headers["x-total-count"]) == (1, "2")
    assert 'rel="next"' in answer.headers["link"]
    assert client.get(PATH, params={"overdue": True}).json() == []


def test_comments_are_added_and_listed(client: Browser) -> None:
    address = client.post(PATH, json=REPORT).headers["location"]
    assert client.post(f"{address}/comments", json={"text": "Sample comment"}).status_code == 201
    assert [one["text"] for one in client.get(f"{address}/comments").json()] == ["Sample comment"]


def test_plans_are_made_and_changed(client: Browser) -> None:
    given = {"pavilion": "sample-north", "kind": "fault", "text": "Sample: filters.", "first": today().isoformat()}
    made = client.post(PLANS, json=given | {"every_months": 6})
    assert (made.status_code, made.json()["next"], made.json()["room"]) == (201, today().isoformat(), None)
    address, match = made.headers["location"], {"If-Match": made.headers["etag"]}
    ended = client.patch(address, json={"until": today().isoformat()}, headers=match)
    assert (ended.status_code, ended.json()["next"], ended.json()["every_months"]) == (200, None, 6)
    assert client.patch(address, json={"out_days": 2}, headers=match).status_code == 412
    assert client.get(address).headers["etag"] == ended.headers["etag"]
    assert len(client.get(PLANS).json()) == 1
    assert client.post(PLANS, json=given | {"pavilion": "nowhere"}).status_code == 422
