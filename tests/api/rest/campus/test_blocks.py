"""Blocks through REST: held, changed without lost updates, picked from, checked, cancelled."""

from datetime import date, timedelta
from typing import Any

import pytest
from fastapi import FastAPI

from core.database import Database
from core.i18n import today
from tests.api.people import Browser, add_person
from tests.api.rest.test_people import with_token
from tests.campus.sample_campus import add_campus

BLOCKS = "/api/v1/blocks"
FIRST = today() + timedelta(days=70)


def iso(days: int) -> str:
    return (FIRST + timedelta(days=days)).isoformat()


def block(**changes: Any) -> dict[str, Any]:
    given = {"name": "Sample assembly", "party": "sample-programme", "segment": "courses", "cut_off": iso(-20)}
    return given | {"rooms": [{"type": "single", "first": iso(0), "until": iso(3), "rooms": 2}]} | changes


@pytest.fixture
def keeper(app: FastAPI, database: Database) -> Browser:
    add_campus(database, "blocks")
    return with_token(app, database, add_person(database, "facilities"), "campus:read", "campus:write")


def test_a_block_is_held_and_told_by_night(keeper: Browser) -> None:
    rooms = [*block()["rooms"], {"type": "single", "first": iso(1), "until": iso(2), "rooms": 3}]
    made = keeper.post(BLOCKS, json=block(rooms=rooms, expected_wash=0.5, rate_cents=61_50))
    assert (made.status_code, made.headers["location"]) == (201, f"{BLOCKS}/5")
    told = keeper.get(f"{BLOCKS}/5")
    assert told.headers["etag"] == made.headers["etag"]
    body = told.json()
    assert [(one["night"], one["contracted"], one["held"]) for one in body["nights"]] == [
        (iso(0), 2, 2),
        (iso(1), 3, 3),
        (iso(2), 2, 2),
    ]
    assert (body["state"], body["contracted"], body["held"], body["expected"], body["wash"]) == ("held", 7, 7, 3.5, 1.0)


@pytest.mark.parametrize(
    ("changes", "status", "place"),
    [
        ({"party": "nobody"}, 422, "party"),
        ({"cut_off": iso(1)}, 422, "cut_off"),
        ({"rooms": [{"type": "single", "first": iso(3), "until": iso(3), "rooms": 1}]}, 422, "rooms.0.until"),
        ({"rooms": [{"type": "suite", "first": iso(0), "until": iso(3), "rooms": 1}]}, 422, "rooms.0.type"),
        ({"rooms": [{"type": "single", "first": iso(0), "until": iso(3), "rooms": 0}]}, 422, "rooms"),
        ({"rooms": [{"type": "single", "first": iso(0), "until": iso(3), "rooms": 99}]}, 409, ""),
    ],
)
def test_what_cannot_be_held_is_refused_and_its_place_named(
    keeper: Browser, changes: dict[str, Any], status: int, place: str
) -> None:
    answer = keeper.post(BLOCKS, json=block(**changes))
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert place in answer.text
    assert keeper.get(BLOCKS).headers["x-total-count"] == "4"


def test_a_change_names_the_version_it_is_based_on_and_keeps_what_it_leaves_out(keeper: Browser) -> None:
    made = keeper.post(BLOCKS, json=block())
    change = {"cut_off": iso(-10), "reason": "they ask for time"}
    assert keeper.patch(f"{BLOCKS}/5", json=change).status_code == 428
    changed = keeper.patch(f"{BLOCKS}/5", json=change, headers={"If-Match": made.headers["etag"]})
    assert (changed.status_code, changed.json()["cut_off"]) == (200, iso(-10))
    assert changed.json()["nights"] == made.json()["nights"]
    assert keeper.patch(f"{BLOCKS}/5", json=change, headers={"If-Match": made.headers["etag"]}).status_code == 412
    fewer = [{"type": "single", "first": iso(0), "until": iso(1), "rooms": 1}]
    answer = keeper.patch(
        f"{BLOCKS}/5", json={"rooms": fewer, "reason": "fewer"}, headers={"If-Match": changed.headers["etag"]}
    )
    assert answer.json()["contracted"] == 1
    history = keeper.get(f"{BLOCKS}/5/history").json()
    assert [one["reason"] for one in history] == ["fewer", "they ask for time", ""]


def test_rooms_that_fit_are_picked_all_or_none(keeper: Browser) -> None:
    keeper.post(BLOCKS, json=block())
    fitting = keeper.get(f"{BLOCKS}/5/rooms").json()
    assert {one["type"] for one in fitting} == {"single"}
    first, second = (one["room"] for one in fitting[:2])
    dates = {"first": iso(0), "until": iso(3)}
    twice = {"picks": [{"room": first} | dates, {"room": first} | dates]}
    assert keeper.post(f"{BLOCKS}/5/stays", json=twice).status_code == 409
    assert keeper.get(f"{BLOCKS}/5/stays").json() == []
    picks = {"picks": [{"room": first, "guests": 2, "names": "Sample Visitor"} | dates, {"room": second} | dates]}
    assert keeper.post(f"{BLOCKS}/5/stays", json=picks).status_code == 201
    stays = keeper.get(f"{BLOCKS}/5/stays")
    assert [(one["room"], one["guests"]) for one in stays.json()] == [(first, 2), (second, 1)]
    assert "Visitor" not in stays.text
    assert keeper.get(f"{BLOCKS}/5").json()["held"] == 0
    backwards = {"picks": [{"room": first, "first": iso(3), "until": iso(0)}]}
    assert "picks.0.until" in keeper.post(f"{BLOCKS}/5/stays", json=backwards).text


def test_the_check_offers_moves_and_makes_them_together(keeper: Browser) -> None:
    (answer,) = keeper.get(f"{BLOCKS}/2/assignment").json()
    assert (answer["type"], answer["answer"], answer["proven"]) == ("double", "fits after moves", True)
    moves = [{name: one[name] for name in ("claim", "version", "to_room")} for one in answer["moves"]]
    wanted = {"moves": moves, "reason": "so that whole stays fit"}
    assert keeper.post(f"{BLOCKS}/2/assignment", json=wanted).status_code == 204
    assert keeper.post(f"{BLOCKS}/2/assignment", json=wanted).status_code == 409
    assert [one["answer"] for one in keeper.get(f"{BLOCKS}/2/assignment").json()] == ["fits"]


def test_a_cancelled_block_gives_back_what_is_not_picked(keeper: Browser) -> None:
    etag = keeper.get(f"{BLOCKS}/1").headers["etag"]
    answer = keeper.post(f"{BLOCKS}/1/cancel", json={"reason": "called off"}, headers={"If-Match": etag})
    body = answer.json()
    assert (body["state"], body["picked"], body["held"]) == ("cancelled", 10, 0)
    again = {"If-Match": answer.headers["etag"]}
    assert keeper.post(f"{BLOCKS}/1/cancel", json={"reason": "again"}, headers=again).status_code == 409


def test_blocks_are_listed_by_state_party_and_segment(keeper: Browser) -> None:
    def numbers(query: str) -> list[int]:
        return [one["number"] for one in keeper.get(f"{BLOCKS}?{query}").json()]

    assert numbers("state=held&state=released") == [1, 2, 3]
    assert numbers("state=cancelled&party=sample-programme&segment=conferences") == [4]
    assert numbers("per_page=1&page=2") == [2]
    assert keeper.get(f"{BLOCKS}?segment=nothing").status_code == 422
    assert keeper.get(f"{BLOCKS}/99").status_code == 404
    assert date.fromisoformat(keeper.get(f"{BLOCKS}/1").json()["first"]) == today() + timedelta(days=20)
