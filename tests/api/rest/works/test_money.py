"""The money of works through REST: booked, changed without lost updates, refused where it passes a limit."""

from typing import Any

import pytest
from fastapi import FastAPI

from core.database import Database
from core.i18n import today
from tests.api.people import Browser
from tests.api.rest.campus.clients import client
from tests.campus.sample_campus import add_campus

API = "/api/v1"
SOURCE = f"{API}/funding-sources/sample-government"
WORKS = f"{API}/works/renovation-of-sample-south"
AGREEMENT = f"{API}/reimbursements/sample-repairs"
DAY = today().isoformat()


@pytest.fixture
def keeper(app: FastAPI, database: Database) -> Browser:
    add_campus(database, "works", "money")
    return client(app, database, "campus:read", "campus:write")


def change(keeper: Browser, method: str, address: str, body: dict[str, Any], of: str = "") -> Any:
    """A change of what was just looked at."""
    tag = keeper.get(of or address).headers["etag"]
    return keeper.request(method, address, json=body, headers={"If-Match": tag})


def test_sources_tell_pledged_and_received_apart(keeper: Browser) -> None:
    told = keeper.get(SOURCE).json()
    assert told == {
        "slug": "sample-government",
        "name": "Sample government",
        "fund": None,
        "pledged": 8000_00,
        "received": 6000_00,
        "allocated": 7000_00,
        "committed": 5050_00,
        "paid": 1550_00,
        "free": 1000_00,
    }
    assert keeper.get(SOURCE, params={"as_of": "2020-01-01"}).json()["pledged"] == 0
    assert [one["status"] for one in keeper.get(f"{SOURCE}/receipts").json()] == ["reversed", "booked"]


def test_a_pledge_below_the_allocations_is_refused_and_stale_changes_too(keeper: Browser) -> None:
    body = {"cents": 6999_99, "day": DAY, "reason": "less"}
    refused = change(keeper, "PUT", f"{SOURCE}/pledge", body, SOURCE)
    assert (refused.status_code, "€0.01" in refused.text) == (422, True)
    assert change(keeper, "PUT", f"{SOURCE}/pledge", body | {"cents": 7000_00}, SOURCE).status_code == 200
    assert keeper.put(f"{SOURCE}/pledge", json=body).status_code == 428
    assert keeper.put(f"{SOURCE}/pledge", json=body, headers={"If-Match": '"v1"'}).status_code == 412
    assert len(keeper.get(f"{SOURCE}/pledges").json()) == 2


@pytest.mark.parametrize(
    "wrong",
    [{"cents": True}, {"cents": "5"}, {"cents": 1.5}, {"cents": 10**30}, {"day": 0}, {"day": f"{DAY}T00:00:00"}],
)
def test_nothing_is_read_as_an_amount_or_a_day_that_is_none(keeper: Browser, wrong: dict[str, Any]) -> None:
    answer = keeper.post(f"{SOURCE}/receipts", json={"day": DAY, "cents": 5} | wrong)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["place"] == f"body.{next(iter(wrong))}"
    assert len(keeper.get(f"{SOURCE}/receipts").json()) == 2


def test_a_source_is_made_receives_and_allocates(keeper: Browser) -> None:
    made = keeper.post(f"{API}/funding-sources", json={"name": "Sample region", "cents": 100_00, "day": DAY})
    address = made.headers["location"]
    assert (made.status_code, address) == (201, f"{API}/funding-sources/sample-region")
    assert keeper.post(f"{address}/receipts", json={"day": DAY, "cents": -1}).status_code == 422
    booked = keeper.post(f"{address}/receipts", json={"day": DAY, "cents": 50_00}).json()
    reverse = f"{address}/receipts/{booked['number']}/reverse"
    assert keeper.post(reverse, json={"reason": "wrong"}).json()["status"] == "reversed"
    assert keeper.post(reverse, json={"reason": "wrong"}).status_code == 409
    wanted = {"package": "renovation-of-sample-south", "cost_type": "works", "cents": 100_00}
    allocated = change(keeper, "PUT", f"{address}/allocations", wanted, address)
    assert (allocated.status_code, allocated.json()["free"]) == (200, 0)
    assert keeper.get(f"{address}/allocations").json()[0]["allocated"] == 100_00
    renamed = change(keeper, "PATCH", address, {"name": "Sample province"})
    assert renamed.json()["name"] == "Sample province"


def test_commitments_and_payments_keep_their_limits(keeper: Browser) -> None:
    body = {"package": "renovation-of-sample-south", "source": "sample-government", "cost_type": "works"}
    body |= {"day": DAY, "supplier": "Sample plumber", "cents": 900_00}
    over = keeper.post(f"{API}/commitments", json=body)
    assert (over.status_code, "€100.00 more than is left" in over.text) == (422, True)
    made = keeper.post(f"{API}/commitments", json=body | {"cents": 300_00})
    address, number = made.headers["location"], made.json()["number"]
    pay = {"commitment": number, "invoice": "P-1", "day": DAY, "cents": 200_00}
    assert keeper.post(f"{API}/payments", json=pay | {"cents": 300_01}).status_code == 422
    paid = keeper.post(f"{API}/payments", json=pay)
    assert paid.status_code == 201
    twice = keeper.post(f"{API}/payments", json=pay | {"invoice": "p 1"})
    assert (twice.status_code, f"payment {paid.json()['number']}" in twice.text) == (422, True)
    lowered = change(keeper, "PATCH", address, {"cents": 199_99, "reason": "less"})
    assert (lowered.status_code, "€200.00 that is paid" in lowered.text) == (422, True)
    assert change(keeper, "POST", f"{address}/cancel", {"reason": "over"}, address).status_code == 409
    closed = change(keeper, "POST", f"{address}/close", {"reason": "done"}, address)
    assert (closed.json()["status"], closed.json()["cents"], closed.json()["open"]) == ("closed", 200_00, 0)
    assert [one["status"] for one in keeper.get(f"{address}/history").json()] == ["closed", "open"]
    reversed_ = keeper.post(f"{paid.headers['location']}/reverse", json={"reason": "wrong"})
    assert reversed_.json()["status"] == "reversed"
    only = keeper.get(f"{API}/payments", params={"commitment": number})
    assert only.headers["x-total-count"] == "1"
    listed = keeper.get(f"{API}/commitments", params={"status": "cancelled"}).json()
    assert [one["supplier"] for one in listed] == ["Sample painter"]


def test_budgets_are_versions_and_earned_value_is_told(keeper: Browser) -> None:
    line = {"cost_type": "works", "year": today().year, "cents": 6000_00}
    assert keeper.post(f"{WORKS}/budgets", json={"why": "less", "lines": [line]}).json()["number"] == 3
    compared = keeper.get(f"{WORKS}/budgets/compared", params={"before": 2, "after": 3}).json()
    assert sum(one["difference"] for one in compared) == -1000_00
    assert keeper.get(f"{WORKS}/budgets/compared", params={"before": 2, "after": 9}).status_code == 404
    told = keeper.get(f"{WORKS}/earned-value").json()
    assert told["bac"] == 6000_00
    assert told["sv"] == told["ev"] - told["pv"]
    assert told["etc"] == told["eac"] - told["ac"]
    assert told["vac"] == told["bac"] - told["eac"]
    assert told["months"][-1]["ac"] == told["ac"] == 1550_00
    assert keeper.get(f"{WORKS}/earned-value", params={"baseline": 9}).status_code == 404
    expected = {"cost_type": "works", "reported_on": DAY, "cents": 6100_00}
    assert keeper.post(f"{WORKS}/expected-costs", json=expected).status_code == 201
    assert keeper.get(f"{WORKS}/expected-costs").json()[0]["cents"] == 6100_00


def test_reimbursements_go_from_expense_to_receipt(keeper: Browser) -> None:
    year = today().year - 1
    told = {one["year"]: one for one in keeper.get(AGREEMENT).json()["years"]}
    assert (told[year]["spent"], told[year]["claimed"], told[year]["claimable"]) == (150_00, 100_00, 50_00)
    spent = keeper.post(
        f"{AGREEMENT}/expenses", json={"day": f"{year}-05-01", "cents": 10_00, "what": "Roof", "proof": "S-1"}
    )
    assert spent.status_code == 201
    claim = {"year": year, "day": DAY, "cents": 80_00}
    assert keeper.post(f"{AGREEMENT}/claims", json=claim).status_code == 422
    number = keeper.post(f"{AGREEMENT}/claims", json=claim | {"cents": 60_00}).json()["number"]
    back = f"{AGREEMENT}/claims/{number}/receipts"
    assert keeper.post(back, json={"day": DAY, "cents": 60_01}).status_code == 422
    received = keeper.post(back, json={"day": DAY, "cents": 60_00}).json()["number"]
    assert keeper.post(f"{AGREEMENT}/claims/{number}/withdraw", json={"reason": "x"}).status_code == 409
    assert keeper.post(f"{AGREEMENT}/receipts/{received}/reverse", json={"reason": "x"}).status_code == 200
    assert keeper.post(f"{AGREEMENT}/claims/{number}/withdraw", json={"reason": "x"}).status_code == 200
    expense = spent.json()["number"]
    assert keeper.post(f"{AGREEMENT}/expenses/{expense}/reverse", json={"reason": "x"}).status_code == 200
    assert len(keeper.get(f"{AGREEMENT}/expenses").json()) == 4
    terms = {"name": "Sample repairs", "payer": "Sample city", "first_year": year - 1, "last_year": year}
    fewer = change(keeper, "PUT", AGREEMENT, terms | {"cents": 99_00, "reason": "less"})
    assert fewer.status_code == 422
    assert change(keeper, "PUT", AGREEMENT, terms | {"cents": 180_00, "reason": "end"}).json()["last_year"] == year
    made = keeper.post(f"{API}/reimbursements", json=terms | {"name": "Another", "cents": 1})
    assert made.headers["location"] == f"{API}/reimbursements/another"
