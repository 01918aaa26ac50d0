"""Counts and closed months through the REST interface, on both databases."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from fastapi import FastAPI

from campus.counts import actions
from campus.counts.rules import Seen
from campus.months.rules import nights_of
from core import clock
from core.database import Database
from core.people import keys
from tests.api.counting import Clock, at, campus  # noqa: F401
from tests.api.people import Browser, add_person
from tests.campus.books import TEST, Campus

# ruff: noqa: F811 - fixtures are asked for by the names under which they are imported

LIST, MONTHS = "/api/v1/counts", "/api/v1/months"
NIGHT = f"{LIST}/2026-03-09"
Machine = Callable[..., Browser]


@pytest.fixture
def machine(app: FastAPI, database: Database, campus: Campus) -> Machine:
    """`machine("campus:read")` is a client with a token of these scopes."""

    def client(*scopes: str) -> Browser:
        person = add_person(database, "facilities")
        with database.write() as session:
            expires = clock.now() + timedelta(days=30)
            key, _row = keys.create_token(
                session, TEST, person.id, name="Sample", scopes=list(scopes), expires_at=expires
            )
        return Browser(app, headers={"Authorization": f"Bearer {key}"}, follow_redirects=False)

    return client


@pytest.fixture
def keeper(machine: Machine) -> Browser:
    return machine("campus:read", "campus:write")


def put(client: Browser, *counts: tuple[str, int, int], address: str = NIGHT, **more: Any) -> Any:
    given = [{"pavilion": pavilion, "rooms": rooms, "guests": guests} for pavilion, rooms, guests in counts]
    match = {"If-Match": client.get(address).headers["etag"]}
    return client.put(address, json={"counts": given, **more}, headers=match)


def test_a_night_is_counted_pavilion_by_pavilion(keeper: Browser) -> None:
    (north, _south) = keeper.get(NIGHT).json()
    assert (north["pavilion"], north["standing"], north["counted"], north["claimed"]) == (
        "sample-north",
        "missing",
        None,
        {"rooms": 1, "guests": 2},
    )
    answer = put(keeper, ("sample-north", 1, 2), ("sample-south", 1, 1))
    assert answer.status_code == 200
    assert [(one["standing"], one["difference"]) for one in answer.json()] == [("agrees", 0), ("differs", 1)]
    assert answer.headers["etag"] == keeper.get(NIGHT).headers["etag"]
    assert answer.json()[0]["recorded_by"].startswith("token:")


def test_who_was_slower_is_refused(keeper: Browser) -> None:
    old = {"If-Match": keeper.get(NIGHT).headers["etag"]}
    put(keeper, ("sample-north", 1, 2))
    given = {"counts": [{"pavilion": "sample-south", "rooms": 0, "guests": 0}]}
    assert keeper.put(NIGHT, json=given, headers=old).status_code == 412
    assert keeper.put(NIGHT, json=given).status_code == 428


def test_a_correction_needs_its_reason_and_keeps_every_version(keeper: Browser) -> None:
    put(keeper, ("sample-north", 1, 2))
    answer = put(keeper, ("sample-north", 2, 2))
    assert (answer.status_code, answer.json()["errors"][0]["place"]) == (422, "reason")
    assert put(keeper, ("sample-north", 2, 2), reason="overlooked").status_code == 200
    versions = keeper.get(f"{NIGHT}/sample-north/versions")
    assert [(one["rooms"], one["reason"]) for one in versions.json()] == [(2, "overlooked"), (1, "")]
    assert versions.headers["x-total-count"] == "2"


@pytest.mark.parametrize(
    ("counts", "place"),
    [
        ([("sample-south", 0, 0), ("sample-north", 3, 3)], "Sample North"),
        ([("sample-south", 0, 0), ("sample-north", 1, 0)], "Sample North, guests"),
        ([("sample-south", 0, 0), ("sample-south", 1, 1)], "sample-south"),
    ],
)
def test_a_wrong_count_is_named_and_none_is_saved(
    keeper: Browser, counts: list[tuple[str, int, int]], place: str
) -> None:
    answer = put(keeper, *counts)
    assert (answer.status_code, answer.json()["errors"][0]["place"]) == (422, place)
    assert {one["standing"] for one in keeper.get(NIGHT).json()} == {"missing"}


def test_a_difference_is_explained_once_it_is_counted(keeper: Browser) -> None:
    address = f"{NIGHT}/sample-north/explanation"
    given = {"explanation": "Went home early."}
    match = {"If-Match": keeper.get(NIGHT).headers["etag"]}
    assert keeper.put(address, json=given, headers=match).status_code == 409
    match = {"If-Match": put(keeper, ("sample-north", 0, 0)).headers["etag"]}
    answer = keeper.put(address, json=given, headers=match)
    assert next((one["standing"], one["explanation"]) for one in answer.json()) == ("explained", "Went home early.")


def test_a_period_is_listed_in_pages_and_as_it_was_known(keeper: Browser, at: Clock) -> None:
    at("2026-03-12 08:00")
    put(keeper, ("sample-north", 1, 2))
    period = {"first": "2026-03-08", "until": "2026-03-11"}
    answer = keeper.get(LIST, params=period | {"per_page": 2, "page": 2})
    assert (answer.headers["x-total-count"], len(answer.json())) == ("6", 2)
    north = period | {"pavilion": "sample-north"}
    now = [one["standing"] for one in keeper.get(LIST, params=north).json()]
    then = [one["standing"] for one in keeper.get(LIST, params=north | {"as_of": "2026-03-11"}).json()]
    assert (now, then) == (["missing", "agrees", "missing"], ["missing"] * 3)


@pytest.mark.parametrize(
    "params",
    [
        {"first": "2026-03-08"},
        {"first": "2026-03-08", "until": "2026-03-08"},
        {"first": "2026-03-08", "until": "2028-03-08"},
        {"first": "1772928000", "until": "2026-03-09"},
        {"first": "2026-03-08", "until": "2026-03-09", "as_of": "2026-03-11"},
        {"first": "03/04/2026", "until": "2026-03-09"},
    ],
)
def test_a_period_that_is_none_is_refused(keeper: Browser, params: dict[str, str]) -> None:
    assert keeper.get(LIST, params=params).status_code == 422


def test_what_is_not_there_is_not_found(keeper: Browser) -> None:
    assert keeper.get(f"{LIST}/2026-03-11").status_code == 404
    assert keeper.get(f"{LIST}/2019-03-11").status_code == 404
    assert keeper.get(f"{NIGHT}/nowhere/versions").status_code == 404
    assert keeper.get(f"{MONTHS}/2026-01").status_code == 404


def test_a_month_is_closed_and_tells_its_adjustments(keeper: Browser, database: Database, campus: Campus) -> None:
    refused = keeper.post(f"{MONTHS}/2026-02/close")
    assert (refused.status_code, refused.headers["content-type"]) == (409, "application/problem+json")
    with database.write() as session:
        for night in nights_of(date(2026, 2, 1)):
            actions.enter(session, night, dict.fromkeys(campus.pavilions, Seen(0, 0)), TEST)
    closed = keeper.post(f"{MONTHS}/2026-02/close")
    assert (closed.status_code, closed.headers["location"]) == (201, f"{MONTHS}/2026-02")
    assert keeper.post(f"{MONTHS}/2026-02/close").status_code == 409
    put(keeper, ("sample-north", 1, 1), address=f"{LIST}/2026-02-03", reason="Found in the lists.")
    told = keeper.get(f"{MONTHS}/2026-02").json()
    assert (told["at_closing"]["counted"], told["adjusted"]["counted"], told["present"]["counted"]) == (0, 1, 1)
    assert told["unexplained"] == {}
    assert keeper.get(MONTHS).json() == [told]
    (one,) = keeper.get(f"{MONTHS}/2026-02/adjustments").json()
    assert (one["subject"], one["changes"], one["why"]) == (
        "count",
        {"counted": 1, "guests_counted": 1},
        "Found in the lists.",
    )


def test_only_who_may_keep_the_books_changes_them(machine: Machine) -> None:
    reader = machine("campus:read")
    match = {"If-Match": reader.get(NIGHT).headers["etag"]}
    given = {"counts": [{"pavilion": "sample-north", "rooms": 1, "guests": 2}]}
    assert reader.put(NIGHT, json=given, headers=match).status_code == 403
    assert reader.post(f"{MONTHS}/2026-02/close").status_code == 403
