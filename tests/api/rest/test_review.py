from pathlib import Path

import pytest
from fastapi import FastAPI

from core.database import Database
from tests.api.people import Browser
from tests.api.rest.changes import HOSTILE
from tests.api.rest.ledger import PNG, Ledger


@pytest.fixture
def ledger(service: FastAPI, database: Database, tmp_path: Path) -> Ledger:
    """On both databases: they count and lock in ways of their own."""
    return Ledger(service, database, tmp_path)


def test_what_needs_review_is_confirmed_and_gets_a_ticket(ledger: Ledger, lead: Browser) -> None:
    (line,) = lead.get("/api/v1/review", params={"platform": "alpha"}).json()
    assert (line["rule"], line["pages"], line["decision"], line["ticket"]) == ("color-contrast", 1, "", None)
    assert lead.get(line["evidence"]).content == PNG
    answer = lead.post(f"/api/v1/review/{line['id']}/confirm")
    assert (answer.status_code, answer.json()["rule"]) == (200, "color-contrast")
    assert lead.get(answer.headers["location"]).json() == answer.json()
    assert lead.get("/api/v1/review?platform=alpha").json() == []
    assert lead.get(f"/api/v1/review/{line['id']}").json()["ticket"] == answer.json()["id"]
    assert lead.post(f"/api/v1/review/{line['id']}/confirm").status_code == 409


def test_what_needs_review_is_dismissed_for_a_reason_and_reconsidered(ledger: Ledger, lead: Browser) -> None:
    item = f"/api/v1/review/{ledger.question().id}"
    for wrong in ({}, {"reason": ""}, {"reason": " "}, {"reason": "x" * 5001}):
        assert lead.post(f"{item}/dismiss", json=wrong).status_code == 422
    told = lead.post(f"{item}/dismiss", json={"reason": HOSTILE}).json()
    assert (told["decision"], told["decision_reason"]) == ("dismissed", HOSTILE)
    assert lead.get("/api/v1/review").headers["x-total-count"] == "1"
    assert lead.post(f"{item}/reconsider").json()["decision"] == ""
    assert lead.post(f"{item}/reconsider").status_code == 409
    assert lead.get("/api/v1/review").headers["x-total-count"] == "2"
