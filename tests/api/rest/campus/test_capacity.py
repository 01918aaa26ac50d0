"""Capacity, prints and targets through the REST interface, on both databases."""

from datetime import timedelta
from pathlib import Path

import pytest
from fastapi import FastAPI

from core.database import Database
from core.i18n import today
from tests.api.people import Browser
from tests.api.rest.ledger import Ledger
from tests.campus.sample_campus import add_campus

YEAR = today().year
PERIOD = {"first": f"{YEAR}-01-01", "last": f"{YEAR}-02-10"}
PRINTS = "/api/v1/capacity/prints"


@pytest.fixture
def ledger(service: FastAPI, database: Database, tmp_path: Path) -> Ledger:
    add_campus(database, "reports")
    return Ledger(service, database, tmp_path, slugs=())


@pytest.fixture
def keeper(ledger: Ledger) -> Browser:
    return ledger.client("campus:read", "campus:write", roles=("facilities",))


def test_a_period_is_told_in_parts_and_by_its_cut(keeper: Browser) -> None:
    told = keeper.get("/api/v1/capacity", params=PERIOD | {"cut": "pavilion"}).json()
    assert (told["first"], told["last"], told["as_of"]) == (PERIOD["first"], PERIOD["last"], today().isoformat())
    assert [part["inventory"] for part in told["parts"]] == [8 * 31, 8 * 10]
    assert [(one["slug"], one["inventory"]) for one in told["things"]] == [
        ("sample-north", 4 * 41),
        ("sample-south", 4 * 41),
    ]
    assert told["total"]["sellable"] == told["total"]["sold"] + told["total"]["held"] + told["total"]["free"]
    assert set(told["total"]["occupancy"]) == {"total_inventory", "usali", "net_sellable", "eurostat_bed_places"}


def test_of_a_segment_there_are_no_rooms_to_tell_of(keeper: Browser) -> None:
    whole_year = {"first": f"{YEAR}-01-01", "last": f"{YEAR + 1}-12-31"}
    told = keeper.get("/api/v1/capacity", params=whole_year | {"segment": "conferences", "cut": "party"}).json()
    assert (told["total"]["inventory"], told["total"]["free"], told["total"]["occupancy"]) == (None, None, None)
    assert (told["total"]["sold"], told["total"]["held"]) == (8, 4)
    assert [one["slug"] for one in told["things"]] == ["sample-programme"]


@pytest.mark.parametrize(
    ("params", "place"),
    [
        ({"first": f"{YEAR}-03-01"}, "last"),
        ({"pavilion": "nowhere"}, "pavilion"),
        ({"as_of": "2199-01-01"}, "as_of"),
        ({"last": "9999-12-31"}, "last"),
    ],
)
def test_what_cannot_be_asked_is_a_problem(keeper: Browser, params: dict[str, str], place: str) -> None:
    answer = keeper.get("/api/v1/capacity", params=PERIOD | params)
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
    assert place in answer.text


def test_a_year_has_its_target_and_the_day_of_its_forecast(keeper: Browser) -> None:
    told = keeper.get(f"/api/v1/capacity/years/{YEAR}").json()
    assert (told["target"], told["expected"], told["chance_of_target"], told["forecast_of"]) == (
        26_000,
        None,
        None,
        None,
    )
    yesterday = (today() - timedelta(days=1)).isoformat()
    before = keeper.get(f"/api/v1/capacity/years/{YEAR}", params={"as_of": yesterday}).json()
    assert (before["inventory"], before["target"]) == (0, 25_000)


def test_a_print_is_kept_and_replayed(keeper: Browser, ledger: Ledger) -> None:
    given = PERIOD | {"title": "Sample", "cut": "pavilion"}
    kept = keeper.post(PRINTS, json=given)
    assert (kept.status_code, kept.headers["location"]) == (201, f"{PRINTS}/3")
    told = keeper.get(f"{PRINTS}/3").json()
    assert (told["title"], told["equal"], told["differences"]) == ("Sample", True, [])
    assert told["content"] == kept.json()["content"]
    changed = keeper.get(f"{PRINTS}/2").json()
    assert changed["equal"] is False
    assert [one["figure"] for one in changed["differences"]] == ["sold"]
    listed = keeper.get(PRINTS, params={"per_page": 1})
    assert ([one["id"] for one in listed.json()], listed.headers["x-total-count"]) == ([3], "3")
    reader = ledger.client("campus:read", roles=("viewer",))
    assert reader.post(PRINTS, json=given).status_code == 403
    assert keeper.post(PRINTS, json=given | {"colour": "red"}).status_code == 422


def test_a_target_is_changed_by_who_saw_the_last_one(keeper: Browser) -> None:
    address, given = f"/api/v1/targets/{YEAR}", {"room_nights": 25_500, "source": "Sample decision"}
    seen = {"If-Match": keeper.get(address).headers["etag"]}
    assert keeper.put(address, json=given).status_code == 428
    done = keeper.put(address, json=given, headers=seen)
    assert (done.status_code, done.json()["room_nights"]) == (200, 25_500)
    assert keeper.put(address, json=given, headers=seen).status_code == 412
    assert [one["room_nights"] for one in keeper.get(f"{address}/versions").json()] == [25_500, 26_000, 24_000]
    assert [one["year"] for one in keeper.get("/api/v1/targets").json()] == [YEAR, YEAR - 1]


def test_a_year_without_a_target_of_its_own_has_the_published_one(keeper: Browser) -> None:
    address = "/api/v1/targets/2031"
    answer = keeper.get(address)
    assert (answer.json()["room_nights"], answer.json()["source"], answer.headers["etag"]) == (25_000, None, '"v0"')
    entered = keeper.put(address, json={"room_nights": 1, "source": "x"}, headers={"If-Match": '"v0"'})
    assert entered.status_code == 200
