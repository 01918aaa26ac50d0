"""Places through the REST interface."""

from datetime import timedelta
from typing import Any

import pytest
from fastapi import FastAPI

from core import clock
from core.database import Database
from core.people import keys
from tests.api.people import Browser, add_person
from tests.campus.sample_campus import add_campus

API = "/api/v1"


@pytest.fixture
def keeper(app: FastAPI, sqlite_database: Database) -> Browser:
    """A client that may keep the books of a small campus."""
    app.state.database = sqlite_database
    add_campus(sqlite_database, "places")
    return client(app, sqlite_database, "campus:read", "campus:write")


@pytest.fixture
def database(sqlite_database: Database) -> Database:
    """What the databases do differently is tested with the actions."""
    return sqlite_database


def client(app: FastAPI, database: Database, *scopes: str) -> Browser:
    person = add_person(database, "facilities")
    with database.write() as session:
        until = clock.now() + timedelta(days=1)
        key, _token = keys.create_token(session, "command", person.id, name="Sample", scopes=scopes, expires_at=until)
    browser = Browser(app)
    browser.headers["Authorization"] = f"Bearer {key}"
    return browser


def match(browser: Browser, address: str) -> dict[str, str]:
    return {"If-Match": browser.get(address).headers["etag"]}


THINGS: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("pavilions", {"name": "Sample west", "uses": ["hotel"], "area_m2": 900}, {"area_m2": None, "uses": ["offices"]}),
    ("room-types", {"name": "Suite"}, {"name": "Large suite"}),
    ("parties", {"name": "Sample firm", "kind": "third party"}, {"kind": "partner"}),
    ("segments", {"name": "Fairs", "position": 4, "rate_cents": 6250}, {"rate_cents": 7000}),
    (
        "events",
        {
            "name": "Sample fair",
            "segment": "courses",
            "party": "sample-programme",
            "first": "2026-03-01",
            "until": "2026-03-04",
            "online": 40,
        },
        {"on_site": 12, "segment": "conferences"},
    ),
    (
        "spaces",
        {"pavilion": "sample-south", "name": "Hall", "kind": "meeting room", "capacity": 80, "first": "2026-03-01"},
        {"capacity": 90, "until": "2030-01-01"},
    ),
]


@pytest.mark.parametrize(("kind", "given", "change"), THINGS)
def test_a_thing_is_added_changed_and_taken_away(
    keeper: Browser, kind: str, given: dict[str, Any], change: dict[str, Any]
) -> None:
    made = keeper.post(f"{API}/{kind}", json=given)
    assert made.status_code == 201, made.text
    assert made.json().items() >= given.items()
    one = made.headers["location"]
    assert keeper.get(one).json() == made.json()
    assert made.json() in keeper.get(f"{API}/{kind}", params={"per_page": 100}).json()
    changed = keeper.patch(one, json=change, headers={"If-Match": made.headers["etag"]})
    assert changed.json().items() >= change.items()
    assert keeper.patch(one, json=change, headers={"If-Match": made.headers["etag"]}).status_code == 412
    assert keeper.patch(one, json=change).status_code == 428
    assert keeper.delete(one, headers={"If-Match": changed.headers["etag"]}).status_code == 204
    assert keeper.get(one).status_code == 404


@pytest.mark.parametrize(
    ("kind", "query", "names"),
    [
        ("pavilions", {"use": "classrooms"}, ["Sample annex"]),
        ("parties", {"kind": "partner"}, []),
        ("segments", {"per_page": 1, "page": 2}, ["Conferences"]),
        ("room-types", {}, ["Double", "Single"]),
        ("events", {"when": "past"}, ["Sample course"]),
        ("events", {"when": "upcoming", "segment": "conferences", "party": "sample-programme"}, ["Sample conference"]),
        ("events", {"text": "confer"}, ["Sample conference"]),
        ("spaces", {"kind": "office"}, ["Sample office 1"]),
        ("spaces", {"free": "true"}, ["Sample meeting room 1"]),
        ("spaces", {"party": "sample-programme", "pavilion": "sample-annex"}, ["Sample office 1"]),
    ],
)
def test_lists_are_filtered_and_come_in_pages(
    keeper: Browser, kind: str, query: dict[str, Any], names: list[str]
) -> None:
    answer = keeper.get(f"{API}/{kind}", params=query)
    assert [one["name"] for one in answer.json()] == names
    assert ('rel="first"' in answer.headers["link"], int(answer.headers["x-total-count"]) >= len(names)) == (True, True)


def test_what_is_in_use_answers_with_a_conflict_that_says_by_what(keeper: Browser) -> None:
    answer = keeper.delete(f"{API}/room-types/single", headers=match(keeper, f"{API}/room-types/single"))
    assert (answer.status_code, answer.headers["content-type"]) == (409, "application/problem+json")
    assert "it is in use (blocks and rooms)" in answer.json()["detail"]


def test_rooms_are_added_at_once_and_told_as_they_are_on_a_day(keeper: Browser) -> None:
    given = {"pavilion": "sample-north", "numbers": "301–303", "type": "double", "beds": 2, "first": "2026-05-01"}
    made = keeper.post(f"{API}/rooms", json=given | {"features": ["step-free"]})
    assert [(one["number"], one["type"]) for one in made.json()] == [(n, "double") for n in ("301", "302", "303")]
    assert keeper.post(f"{API}/rooms", json=given).status_code == 409
    before = {"pavilion": "sample-north", "on": "2026-04-30"}
    assert keeper.get(f"{API}/rooms", params=before).headers["x-total-count"] == "7"
    assert keeper.get(f"{API}/rooms", params=before | {"there": "true"}).headers["x-total-count"] == "4"
    room = f"{API}/rooms/{made.json()[0]['id']}"
    assert keeper.get(room, params={"on": "2026-04-30"}).json()["type"] is None
    assert keeper.get(room, params={"on": "2026-05-01"}).json()["features"] == ["step-free"]


def test_a_room_changes_from_a_night_on_with_all_versions_kept(keeper: Browser) -> None:
    room = f"{API}/rooms/7"
    change = {"first": "2030-01-01", "type": "double", "beds": 2, "reason": "Sample works"}
    made = keeper.post(f"{room}/periods", json=change, headers=match(keeper, room))
    assert [(one["first"], one["until"], one["type"]) for one in made.json()] == [
        ("2020-01-01", "2030-01-01", "single"),
        ("2030-01-01", None, "double"),
    ]
    ended = {"first": "2031-01-01", "reason": "Sample office"}
    assert keeper.post(f"{room}/periods", json=ended, headers=match(keeper, room)).json()[-1]["until"] == "2031-01-01"
    history = keeper.get(f"{room}/periods", params={"history": "true"})
    assert (len(history.json()), history.headers["etag"]) == (4, keeper.get(room).headers["etag"])
    assert keeper.post(f"{room}/periods", json=ended, headers={"If-Match": made.headers["etag"]}).status_code == 412


def test_a_room_with_stays_does_not_end_under_them(keeper: Browser) -> None:
    room = f"{API}/rooms/1"
    gone = {"first": "2020-01-01", "reason": "Sample office"}
    answer = keeper.post(f"{room}/periods", json=gone, headers=match(keeper, room))
    assert (answer.status_code, "claims would lose their room" in answer.json()["detail"]) == (409, True)


def test_a_room_gets_another_number_or_never_was_one(keeper: Browser) -> None:
    room = f"{API}/rooms/8"
    changed = keeper.patch(room, json={"number": "1.08"}, headers=match(keeper, room))
    assert changed.json()["number"] == "1.08"
    reason = {"reason": "slip of the pen"}
    answer = keeper.delete(room, params=reason, headers={"If-Match": changed.headers["etag"]})
    assert (answer.status_code, keeper.get(room).json()["type"]) == (204, None)


def test_a_space_has_one_occupant_at_a_time(keeper: Browser) -> None:
    space = f"{API}/spaces/2"
    keeper.post(f"{API}/parties", json={"name": "Sample firm", "kind": "third party"})
    lease = {"party": "sample-firm", "first": "2026-01-01", "until": "2027-01-01", "reason": "Sample lease"}
    made = keeper.post(f"{space}/occupants", json=lease, headers=match(keeper, space))
    assert made.json()[0].items() >= lease.items()
    other = lease | {"party": "sample-programme"}
    refused = keeper.post(f"{space}/occupants", json=other, headers=match(keeper, space))
    assert (refused.status_code, "Sample firm occupies it" in refused.json()["detail"]) == (409, True)
    nobody = {"party": None, "first": "2026-06-01"}
    keeper.post(f"{space}/occupants", json=nobody, headers=match(keeper, space))
    assert keeper.get(space, params={"on": "2026-05-31"}).json()["occupant"] == "sample-firm"
    assert keeper.get(space, params={"on": "2026-06-01"}).json()["occupant"] is None
    assert len(keeper.get(f"{space}/occupants", params={"history": "true"}).json()) == 2


@pytest.mark.parametrize(
    ("kind", "change", "place"),
    [
        ("rooms", {"numbers": "9-1"}, "numbers"),
        ("rooms", {"type": "unheard"}, "type"),
        ("rooms", {"pavilion": "unheard"}, "pavilion"),
        ("rooms", {"beds": 13}, "beds"),
        ("rooms", {"until": "2026-05-01"}, "until"),
    ],
)
def test_what_cannot_be_is_refused_with_its_place(
    keeper: Browser, kind: str, change: dict[str, Any], place: str
) -> None:
    given = {"pavilion": "sample-north", "numbers": "301", "type": "double", "beds": 2, "first": "2026-05-01"}
    answer = keeper.post(f"{API}/{kind}", json=given | change)
    assert (answer.status_code, place in answer.text) == (422, True)


def test_who_may_only_look_changes_nothing(app: FastAPI, keeper: Browser, sqlite_database: Database) -> None:
    reader = client(app, sqlite_database, "campus:read")
    assert reader.get(f"{API}/rooms").status_code == 200
    assert reader.post(f"{API}/room-types", json={"name": "Suite"}).status_code == 403
