from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI

from accessibility.engine.gate import Demands
from accessibility.engine.reports.verdict import verdict_data
from accessibility.ledger.gates import actions
from core import clock
from core.database import Database
from tests.accessibility.reports.verdicts import baseline_of, verdict_of
from tests.accessibility.sample_run import finding, row, run
from tests.api.people import Browser
from tests.api.rest.ledger import Ledger

GATES = "/api/v1/platforms/alpha/gates"
BASELINES = "/api/v1/platforms/alpha/baselines"
PAGE = row("a")


@pytest.fixture
def ledger(service: FastAPI, database: Database, tmp_path: Path) -> Ledger:
    return Ledger(service, database, tmp_path)


def end(ledger: Ledger, gate_id: int, *, enough: bool = True) -> None:
    """As if a worker had run the gate: one new failure."""
    made = run([PAGE], [(PAGE, finding("new"))])
    verdict = verdict_of(made)
    seen = baseline_of(made, {"new"}).model_dump(mode="json") if enough else None
    with ledger.database.write() as session:
        assert actions.take(session, "here:1:a", clock.now())
        result = verdict_data(made, verdict, Demands(), None)
        assert actions.finish(session, gate_id, "here:1:a", verdict.verdict, result, seen)


def test_a_gate_is_asked_for_and_followed_at_its_location(ledger: Ledger, lead: Browser) -> None:
    answer = lead.post(GATES, json={"fail_on": "critical", "roles": ["student"]})
    assert (answer.status_code, answer.json()["verdict"]) == (202, "running")
    told = lead.get(answer.headers["location"]).json()
    assert (told["state"], told["baseline"], told["result"]) == ("queued", None, None)
    assert (told["asked"]["fail_on"], told["asked"]["roles"]) == ("critical", ["student"])
    assert (told["requested_by"], told["platform"]) == (lead.person.id, "alpha")
    end(ledger, told["id"])
    done = lead.get(answer.headers["location"]).json()
    assert (done["verdict"], done["reasons"]) == ("fail", ["new failures of impact serious or worse: 1"])
    [decided] = done["result"]["new_failures"]
    assert (decided["rules"], decided["component"]) == (["image-alt"], "new")
    assert decided["pages"] == ["https://example.org/a"]
    assert [one["verdict"] for one in lead.get(GATES).json()] == ["fail"]


@pytest.mark.parametrize(
    ("asked", "place"),
    [
        ({"fail_on": "terrible"}, "body.fail_on"),
        ({"min_score": 101}, "body.min_score"),
        ({"max_page": 5}, "body.max_page"),
        ({"roles": []}, "body.roles"),
        ({"roles": ["nobody"]}, "roles"),
        ({"base": "https://elsewhere.example.net/"}, "base"),
    ],
)
def test_what_cannot_be_asked_is_refused_by_its_place(lead: Browser, asked: dict[str, Any], place: str) -> None:
    answer = lead.post(GATES, json=asked)
    assert (answer.status_code, answer.json()["errors"][0]["place"]) == (422, place)
    assert lead.get(GATES).json() == []


def test_an_audit_or_a_gate_becomes_the_baseline_that_gates_are_judged_against(ledger: Ledger, lead: Browser) -> None:
    assert lead.get("/api/v1/platforms/alpha/baseline").status_code == 404
    first = lead.post(BASELINES, json={"audit": 1, "note": "Known"})
    assert (first.status_code, first.json()["number"], first.json()["new"]) == (201, 1, 2)
    gate = lead.post(GATES).json()
    assert gate["baseline"] == 1
    assert lead.post(BASELINES, json={"gate": gate["id"]}).status_code == 409
    end(ledger, gate["id"])
    second = lead.post(BASELINES, json={"gate": gate["id"], "previous": 1}).json()
    assert (second["number"], second["components"], second["new"], second["gone"]) == (2, 1, 1, 2)
    assert [one["number"] for one in lead.get(BASELINES).json()] == [2, 1]
    told = lead.get("/api/v1/platforms/alpha/baseline").json()
    assert (told["format"], set(told["components"])) == ("campus baseline", {"new"})


def test_a_baseline_is_approved_of_what_was_looked_at_and_saw_enough(ledger: Ledger, lead: Browser) -> None:
    lead.post(BASELINES, json={"audit": 1})
    stale = lead.post(BASELINES, json={"audit": 1, "previous": 0})
    assert stale.status_code == 409
    gate = lead.post(GATES).json()["id"]
    end(ledger, gate, enough=False)
    for given, status in (
        ({"gate": gate}, 409),
        ({"gate": 999}, 404),
        ({"audit": 999}, 404),
        ({}, 422),
        ({"audit": 1, "gate": 1}, 422),
    ):
        assert lead.post(BASELINES, json=given).status_code == status, given
    ledger.night("alpha")
    assert lead.post(BASELINES, json={"audit": 1}).status_code == 409
    assert [one["number"] for one in lead.get(BASELINES).json()] == [1]


def test_a_token_limited_to_a_platform_finds_no_gate_and_no_baseline_of_another(
    ledger: Ledger, lead: Browser, limited: Browser
) -> None:
    other = lead.post("/api/v1/platforms/beta/gates").json()["id"]
    lead.post("/api/v1/platforms/beta/baselines", json={"audit": 1})
    for method, path, body in (
        ("POST", "platforms/beta/gates", {}),
        ("GET", "platforms/beta/gates", None),
        ("GET", f"gates/{other}", None),
        ("GET", "platforms/beta/baseline", None),
        ("GET", "platforms/beta/baselines", None),
        ("POST", "platforms/beta/baselines", {"audit": 1}),
        ("POST", "platforms/alpha/baselines", {"gate": other}),
    ):
        assert limited.request(method, f"/api/v1/{path}", json=body).status_code == 404, path
    assert limited.get(f"/api/v1/gates/{other}").json()["detail"] == limited.get("/api/v1/gates/999").json()["detail"]
    own = limited.post(GATES)
    assert limited.get(own.headers["location"]).status_code == 200
