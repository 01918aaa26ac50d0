"""Running costs through the REST interface, on both databases."""

from datetime import timedelta
from pathlib import Path

import pytest
from fastapi import FastAPI

from core.database import Database
from core.i18n import today
from tests.api.people import Browser
from tests.api.rest.ledger import Ledger
from tests.campus.sample_campus import add_campus

REPORT, LIST = "/api/v1/running-costs", "/api/v1/running-costs/entries"
PUBLISHED = {"first": "2022-01-01", "last": "2023-12-31"}
WASTE = {"line": "waste", "kind": "actual", "first": "2031-01-01", "last": "2031-01-31", "cents": 1234_50}


@pytest.fixture
def keeper(service: FastAPI, database: Database, tmp_path: Path) -> Browser:
    add_campus(database, "costs")
    ledger = Ledger(service, database, tmp_path, slugs=())
    return ledger.client("campus:read", "campus:write", roles=("facilities",))


def test_a_report_tells_lines_incomes_and_units(keeper: Browser) -> None:
    told = keeper.get(REPORT, params=PUBLISHED).json()
    assert told["total"]["forecast"] == {"cents": 549_500_000, "days": 730, "complete": True, "not_parted": []}
    assert told["total"]["forecast_against_budget"]["difference_cents"] == 77_200_000
    assert told["total"]["forecast_against_budget"]["periods"] == [PUBLISHED]
    assert sum(row["budget"]["cents"] for row in told["lines"].values()) == told["total"]["budget"]["cents"]
    assert told["security"]["budget"]["cents"] == 85_100_000
    assert (told["units"], told["net_cents"]["budget"]) == (None, 472_300_000)
    year = today().year
    told = keeper.get(REPORT, params={"first": f"{year}-01-01", "last": f"{year}-12-31"}).json()
    assert told["rents"][0]["party"] == "sample-programme"
    assert told["rents_total"]["actual"]["cents"] == 900_000
    assert told["units"]["area_m2"] == 2000
    assert told["units"]["net_cents"] == told["units"]["cents"] - told["units"]["paid_cents"]
    first_half = keeper.get(REPORT, params={"first": "2024-01-01", "last": "2024-12-31"}).json()
    assert first_half["total"]["budget"]["cents"] is None
    assert first_half["total"]["budget"]["not_parted"] == [{"first": "2024-01-01", "last": "2025-12-31"}]


def test_a_past_day_knows_nothing_of_what_came_later(keeper: Browser) -> None:
    yesterday = (today() - timedelta(days=1)).isoformat()
    assert keeper.get(REPORT, params=PUBLISHED | {"as_of": yesterday}).json()["total"]["budget"]["cents"] is None
    assert keeper.get(LIST, params={"as_of": yesterday}).json() == []
    for wrong in ({"as_of": "2199-01-01"}, {"last": "2021-01-01"}, {"first": "1950-01-01"}):
        assert keeper.get(REPORT, params=PUBLISHED | wrong).status_code == 422


def test_steps_are_months_or_years(keeper: Browser) -> None:
    year = today().year
    steps = keeper.get(f"{REPORT}/steps", params={"first": f"{year}-01-01", "last": f"{year}-12-31"}).json()
    assert len(steps) == 12
    assert steps[0]["units"]["cents"] > 0
    steps = keeper.get(f"{REPORT}/steps", params={"first": "2020-07-01", "last": "2023-12-31"}).json()
    assert [one["first"] for one in steps] == ["2020-07-01", "2021-01-01", "2022-01-01", "2023-01-01"]
    assert steps[-1]["units"] is None


def test_an_amount_is_entered_corrected_withdrawn_and_restored(keeper: Browser) -> None:
    made = keeper.post(LIST, json=WASTE)
    assert made.status_code == 201
    address = made.headers["location"]
    assert keeper.post(LIST, json=WASTE).status_code == 409
    assert keeper.patch(address, json={"cents": 1}).status_code == 428
    match = {"If-Match": made.headers["etag"]}
    assert keeper.patch(address, json={"cents": 1}, headers=match).status_code == 422
    changed = keeper.patch(address, json={"cents": 1, "reason": "typing slip"}, headers=match)
    assert (changed.json()["cents"], changed.json()["reason"]) == (1, "typing slip")
    assert keeper.patch(address, json={"cents": 2, "reason": "late"}, headers=match).status_code == 412
    match = {"If-Match": changed.headers["etag"]}
    gone = keeper.post(f"{address}/withdraw", json={"reason": "twice"}, headers=match)
    assert gone.json()["state"] == "withdrawn"
    assert keeper.get(LIST, params={"first": "2031-01-01"}).json() == []
    back = keeper.post(f"{address}/restore", headers={"If-Match": gone.headers["etag"]})
    assert back.json()["state"] == "entered"
    versions = keeper.get(f"{address}/versions").json()
    assert [(one["state"], one["cents"]) for one in versions] == [
        ("entered", 1),
        ("withdrawn", 1),
        ("entered", 1),
        ("entered", 1234_50),
    ]


def test_what_no_amount_may_be_is_refused_and_not_written(keeper: Browser) -> None:
    before = keeper.get(LIST).headers["x-total-count"]
    two_years = {"line": "utilities", "kind": "budget", "first": "2023-01-01", "last": "2023-12-31"}
    for changes in (
        {"cents": -1},
        {"cents": 1.5},
        {"line": "heat"},
        {"party": "sample-programme"},
        {"line": "rent"},
        {"line": "rent", "party": "nobody"},
        {"last": "2030-12-31"},
        {"last": "2200-01-01"},
        two_years,
        {"euros": 5},
    ):
        assert keeper.post(LIST, json=WASTE | changes).status_code == 422, changes
    assert keeper.get(LIST).headers["x-total-count"] == before


def test_amounts_are_listed_by_line_kind_and_party(keeper: Browser) -> None:
    found = keeper.get(LIST, params={"line": "rent", "kind": "actual", "party": "sample-programme"})
    assert found.headers["x-total-count"] == "1"
    assert [one["cents"] for one in found.json()] == [900_000]
    assert keeper.get(LIST, params={"party": "nobody"}).status_code == 422
    assert keeper.get(f"{LIST}/99999").status_code == 404
