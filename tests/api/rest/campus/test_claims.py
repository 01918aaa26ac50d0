"""Claims and free rooms through REST."""

from datetime import timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from httpx2 import Response

from core.database import Database
from core.i18n import today
from tests.api.people import Browser, add_person
from tests.api.rest.test_people import with_token
from tests.campus.books import Campus
from tests.campus.sample_campus import add_campus

CLAIMS = "/api/v1/claims"
FIRST = today() + timedelta(days=300)
UNTIL = FIRST + timedelta(days=3)


@pytest.fixture
def campus(database: Database) -> Campus:
    return add_campus(database, "claims")


@pytest.fixture
def keeper(campus: Campus, app: FastAPI, database: Database) -> Browser:
    return with_token(app, database, add_person(database, "facilities"), "campus:read", "campus:write")


def stay(campus: Campus, **values: Any) -> dict[str, Any]:
    given = {"kind": "stay", "room": campus.rooms[0], "first": FIRST.isoformat(), "until": UNTIL.isoformat()}
    return given | {"guests": 1, "party": "sample-programme", "segment": "courses"} | values


def make(keeper: Browser, campus: Campus, **values: Any) -> dict[str, Any]:
    answer = keeper.post(CLAIMS, json=stay(campus, **values))
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def step(keeper: Browser, number: int, what: str, **given: Any) -> Response:
    etag = keeper.get(f"{CLAIMS}/{number}").headers["etag"]
    return keeper.post(f"{CLAIMS}/{number}/{what}", json=given, headers={"If-Match": etag})


def test_a_claim_is_made_and_told_with_its_versions(keeper: Browser, campus: Campus) -> None:
    answer = keeper.post(CLAIMS, json=stay(campus, guest_names=["Sample Guest"], note="Late"))
    assert answer.status_code == 201
    made = keeper.get(answer.headers["location"])
    assert made.json() == answer.json()
    assert made.headers["etag"] == answer.headers["etag"]
    told = made.json()
    assert told["room"] == {"id": campus.rooms[0], "pavilion": "sample-north", "number": "101"}
    assert (told["nights"], told["party"], told["rate_cents"]) == (3, "sample-programme", 5000)
    assert told["guest_names"] == ["Sample Guest"]
    assert [one["status"] for one in told["versions"]] == ["booked"]


def test_names_are_for_those_who_keep_the_books(
    keeper: Browser, campus: Campus, app: FastAPI, database: Database
) -> None:
    number = make(keeper, campus, guest_names=["Sample Guest"])["number"]
    reader = with_token(app, database, add_person(database, "facilities"), "campus:read")
    assert reader.get(f"{CLAIMS}/{number}").json()["guest_names"] is None


@pytest.mark.parametrize(
    ("values", "status", "place"),
    [
        ({"until": FIRST.isoformat()}, 422, "until"),
        ({"party": None}, 422, "party"),
        ({"party": "nobody"}, 422, "party"),
        ({"guests": 0}, 422, "guests"),
        ({"kind": "holiday"}, 422, "kind"),
        ({"kind": "house use"}, 422, "kind"),
        ({"room": 9999}, 404, None),
        ({"block": 99}, 404, None),
        ({"first": "03/04/2027"}, 422, "first"),
    ],
)
def test_what_cannot_be_is_refused_with_its_place(
    keeper: Browser, campus: Campus, values: dict[str, Any], status: int, place: str | None
) -> None:
    answer = keeper.post(CLAIMS, json=stay(campus, **values))
    assert answer.status_code == status
    if place:
        assert place in str(answer.json()["errors"])


def test_a_room_that_is_taken_is_a_conflict(keeper: Browser, campus: Campus) -> None:
    make(keeper, campus)
    answer = keeper.post(CLAIMS, json=stay(campus))
    assert answer.status_code == 409
    assert "is taken in the night of" in answer.json()["detail"]


def test_a_change_needs_the_version_that_it_is_based_on(keeper: Browser, campus: Campus) -> None:
    number = make(keeper, campus)["number"]
    address, etag = f"{CLAIMS}/{number}", keeper.get(f"{CLAIMS}/{number}").headers["etag"]
    assert keeper.patch(address, json={"guests": 2}).status_code == 428
    changed = keeper.patch(address, json={"guests": 2, "reason": "one more"}, headers={"If-Match": etag})
    assert changed.json()["guests"] == 2
    assert changed.json()["versions"][-1]["reason"] == "one more"
    assert keeper.patch(address, json={"guests": 1}, headers={"If-Match": etag}).status_code == 412
    for what in ("move", "swap", "cancel", "no-show", "reinstate"):
        given = (
            {"room": campus.rooms[2]}
            if what == "move"
            else {"other": 1, "other_etag": '"v1"'}
            if what == "swap"
            else {}
        )
        assert keeper.post(f"{address}/{what}", json=given).status_code == 428, what
        old = keeper.post(f"{address}/{what}", json=given, headers={"If-Match": etag})
        assert old.status_code == 412, what


def test_nights_and_details_change_together_or_not_at_all(keeper: Browser, campus: Campus) -> None:
    number = make(keeper, campus)["number"]
    etag = keeper.get(f"{CLAIMS}/{number}").headers["etag"]
    longer = (UNTIL + timedelta(days=1)).isoformat()
    wrong = keeper.patch(f"{CLAIMS}/{number}", json={"until": longer, "party": "x"}, headers={"If-Match": etag})
    assert wrong.status_code == 422
    change = {"until": longer, "segment": "conferences", "guest_names": ["Sample"], "rate_cents": 1}
    changed = keeper.patch(f"{CLAIMS}/{number}", json=change, headers={"If-Match": etag}).json()
    assert (changed["until"], changed["segment"], changed["rate_cents"]) == (longer, "conferences", 1)
    assert changed["party"] == "sample-programme"


def test_the_steps_of_a_claim(keeper: Browser, campus: Campus) -> None:
    one, other = make(keeper, campus)["number"], make(keeper, campus, room=campus.rooms[2])["number"]
    seen = keeper.get(f"{CLAIMS}/{other}").headers["etag"]
    assert step(keeper, one, "swap", other=other).status_code == 422
    assert step(keeper, one, "swap", other=other, other_etag='"v1"').status_code == 412
    assert step(keeper, one, "swap", other=other, other_etag=seen).json()["room"]["number"] == "103"
    assert step(keeper, one, "swap", other=other, other_etag=seen).status_code == 412
    starting = (FIRST + timedelta(days=1)).isoformat()
    part = step(keeper, one, "move", room=campus.rooms[4], starting=starting, reason="quieter").json()
    assert (part["room"]["number"], part["parts"], part["first"]) == ("105", [one], starting)
    assert step(keeper, one, "no-show").status_code == 409
    assert step(keeper, one, "cancel", reason="ill").json()["status"] == "cancelled"
    assert step(keeper, one, "cancel").status_code == 409
    assert step(keeper, one, "reinstate").json()["status"] == "booked"
    assert step(keeper, 1, "no-show").json()["status"] == "no show"


def test_claims_are_listed_by_what_they_are(keeper: Browser, campus: Campus) -> None:
    number = make(keeper, campus)["number"]
    listed = keeper.get(f"{CLAIMS}?first={FIRST.isoformat()}&kind=stay&per_page=1")
    assert [one["number"] for one in listed.json()] == [number]
    assert listed.headers["x-total-count"] == "1"
    newest = keeper.get(f"{CLAIMS}?sort=number&descending=true&party=sample-programme").json()
    assert newest[0]["number"] == number
    assert keeper.get(f"{CLAIMS}?room={campus.rooms[6]}").json()[0]["kind"] == "house use"
    assert keeper.get(f"{CLAIMS}?kind=x").status_code == 422


def test_free_rooms_are_told_for_the_nights_and_wishes(keeper: Browser, campus: Campus) -> None:
    make(keeper, campus)
    address = f"/api/v1/free-rooms?first={FIRST.isoformat()}&until={UNTIL.isoformat()}"
    rooms = keeper.get(address).json()
    assert len(rooms) == 7
    assert rooms[0] == {
        "id": campus.rooms[2],
        "pavilion": "sample-north",
        "number": "103",
        "type": "single",
        "beds": 1,
        "features": [],
        "out_of_service": False,
    }
    assert [one["type"] for one in keeper.get(f"{address}&type=double&beds=2").json()] == ["double"] * 4
    assert keeper.get(f"{address}&feature=step-free").json() == []
    for wrong in ("&feature=sauna", "&type=suite", "&pavilion=none"):
        assert keeper.get(address + wrong).status_code == 422, wrong
    assert keeper.get(f"/api/v1/free-rooms?first={UNTIL}&until={FIRST}").status_code == 422
