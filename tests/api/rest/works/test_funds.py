"""Funds through REST: told in cents, entries changed without lost updates, facts files loaded or only tried."""

from typing import Any

import pytest
from fastapi import FastAPI

from core.database import Database
from core.i18n import today
from tests.api.people import Browser, add_person
from tests.api.rest.test_people import with_token
from tests.campus.sample_campus import add_campus
from tests.campus.sample_funds import FACTS

FUNDS = "/api/v1/funds"
ENTRIES = f"{FUNDS}/innovation-fund/entries"
TEXT = FACTS.read_text(encoding="utf-8")


def gift(**changes: Any) -> dict[str, Any]:
    return {"kind": "receipt", "day": today().isoformat(), "cents": 1_234_56, "what": "Sample gift"} | changes


@pytest.fixture
def keeper(app: FastAPI, database: Database) -> Browser:
    add_campus(database, "funds")
    return with_token(app, database, add_person(database, "facilities"), "campus:read", "campus:write")


def test_funds_are_told_printed_and_computed_side_by_side(keeper: Browser) -> None:
    improvement, *_others, fellowship = keeper.get(FUNDS).json()
    assert improvement["planned"] == {
        "opening": 928_300_000,
        "receipts": 50_000_000,
        "payments": 250_000_000,
        "closing": 728_300_000,
    }
    assert (improvement["printed"], improvement["difference"]) == (728_300_000, 0)
    assert (fellowship["difference"], fellowship["slug"]) == (-43_400_000, "fellowship-fund")
    one = keeper.get(f"{FUNDS}/innovation-fund", params={"last": today().isoformat()}).json()
    assert (one["actual"]["closing"], one["open_commitments"], one["free"]) == (67_200_000, 1_500_000, 65_700_000)


def test_discrepancies_are_told_with_both_places(keeper: Browser) -> None:
    assert keeper.get(f"{FUNDS}/discrepancies").json()[2] == {
        "item": "Item 23, information technology, 2022-23 budget",
        "where": "summary table",
        "printed": 320_100_000,
        "other": 322_900_000,
        "other_where": "the item's own table",
        "difference": -2_800_000,
    }
    assert keeper.get(f"{FUNDS}/discrepancies", params={"as_of": "2020-01-01"}).json() == []


def test_an_entry_is_made_corrected_and_cancelled_by_its_version(keeper: Browser) -> None:
    made = keeper.post(ENTRIES, json=gift())
    address = made.headers["location"]
    assert (made.status_code, keeper.get(address).headers["etag"]) == (201, made.headers["etag"])
    seen = {"If-Match": made.headers["etag"]}
    changed = keeper.patch(address, json={"cents": 5, "reason": "Sample reason"}, headers=seen)
    assert (changed.json()["cents"], changed.json()["what"]) == (5, "Sample gift")
    assert keeper.patch(address, json={"cents": 6, "reason": "Sample reason"}, headers=seen).status_code == 412
    assert keeper.patch(address, json={"cents": 6, "reason": "Sample reason"}).status_code == 428
    now = {"If-Match": changed.headers["etag"]}
    assert keeper.post(f"{address}/cancel", json={"reason": "Sample mistake"}, headers=now).status_code == 200
    versions = keeper.get(f"{address}/versions").json()
    assert [(one["status"], one["cents"]) for one in versions] == [
        ("cancelled", 5),
        ("booked", 5),
        ("booked", 1_234_56),
    ]
    assert made.json()["number"] not in [one["number"] for one in keeper.get(ENTRIES).json()]


@pytest.mark.parametrize(
    "entry",
    [
        gift(cents=-1),
        gift(cents=0),
        gift(kind="gift"),
        gift(day="2999-01-01"),
        gift(what=""),
        gift(kind="commitment", planned=True),
        gift(currency="CHF"),
    ],
)
def test_an_entry_that_cannot_be_is_refused(keeper: Browser, entry: dict[str, Any]) -> None:
    answer = keeper.post(ENTRIES, json=entry)
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")


def test_a_fund_is_added(keeper: Browser) -> None:
    made = keeper.post(FUNDS, json={"name": "Sample fund"})
    assert (made.status_code, made.headers["location"]) == (201, f"{FUNDS}/sample-fund")
    assert keeper.get(f"{FUNDS}/sample-fund").json()["actual"]["closing"] == 0


def test_a_facts_file_is_tried_then_loaded_once(keeper: Browser) -> None:
    given = {"file_name": "sample.toml", "text": TEXT.replace("use_2024_25 = 2_500_000", "use_2024_25 = 2_400_000")}
    change = {
        "what": "Campus Improvement Fund, planned payments 2024-2025",
        "before": 250_000_000,
        "after": 240_000_000,
        "unit": "cents",
    }
    tried = keeper.post(f"{FUNDS}/facts", json=given | {"preview": True}).json()
    assert (tried["id"], tried["changes"], len(keeper.get(f"{FUNDS}/facts").json())) == (None, [change], 1)
    loaded = keeper.post(f"{FUNDS}/facts", json=given).json()
    assert loaded["changes"] == [change]
    assert keeper.get(f"{FUNDS}/facts/{loaded['id']}").json() == loaded
    again = keeper.post(f"{FUNDS}/facts", json=given).json()
    assert (again["id"], again["changes"]) == (None, [])


def test_a_wrong_facts_file_is_refused_with_the_place(keeper: Browser) -> None:
    wrong = TEXT.replace("= 9_283_000", '= "9.283.000"')
    answer = keeper.post(f"{FUNDS}/facts", json={"file_name": "sample.toml", "text": wrong})
    assert answer.status_code == 422
    assert "fund.0.opening_2023_12_31" in answer.text
