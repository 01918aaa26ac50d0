from pathlib import Path

import pytest
import sqlalchemy as sa
from fastapi import FastAPI

from accessibility.engine.score import SCORE_VERSION
from core import trail
from core.database import Database
from tests.accessibility.ledger.nights import audited
from tests.api.people import Browser
from tests.api.rest.ledger import Ledger

AUDITS = "/api/v1/platforms/alpha/audits"


@pytest.fixture
def ledger(service: FastAPI, database: Database, tmp_path: Path) -> Ledger:
    """On both databases: they page, count and compare in ways of their own."""
    return Ledger(service, database, tmp_path)


def test_an_audit_is_asked_for_and_followed_at_its_location(ledger: Ledger, lead: Browser) -> None:
    answer = lead.post(AUDITS)
    assert (answer.status_code, answer.headers["location"]) == (202, f"{AUDITS}/2")
    told = lead.get(answer.headers["location"]).json()
    assert (told["state"], told["trigger"], told["requested_by"]) == ("queued", "by hand", lead.person.id)
    assert (told["progress"], told["score"]) == ({"done": 0, "planned": 0, "share": 0.0, "url": ""}, None)
    with ledger.database.read() as session:
        newest = sa.select(trail.TrailEntry.actor).where(trail.TrailEntry.action == "audit.request")
        assert session.scalars(newest.order_by(trail.TrailEntry.id.desc())).first() == "token:1"


def test_a_platform_has_one_unfinished_audit_at_a_time(lead: Browser) -> None:
    assert lead.post(AUDITS, json={}).status_code == 202
    assert lead.post(AUDITS).status_code == 409
    assert lead.post("/api/v1/platforms/beta/audits").status_code == 202


def test_asking_for_an_audit_has_no_choices_that_would_be_passed_over(lead: Browser) -> None:
    answer = lead.post(AUDITS, json={"max_pages": 5})
    assert (answer.status_code, answer.json()["errors"][0]["place"]) == (422, "body.max_pages")
    assert lead.get(AUDITS).headers["x-total-count"] == "1"


def test_a_running_audit_tells_how_far_it_is(ledger: Ledger, lead: Browser) -> None:
    ledger.begin("alpha", audited("https://alpha.example.org/now"))
    told = lead.get(f"{AUDITS}/2").json()
    assert told["progress"] == {"done": 1, "planned": 2, "share": 0.5, "url": "https://alpha.example.org/now"}
    assert told["rows"] == [
        {"state": "audited", "reason": "", "rows": 1},
        {"state": "pending", "reason": "", "rows": 1},
    ]
    rows = lead.get(f"{AUDITS}/2/rows?state=pending").json()
    assert [row["url"] for row in rows] == ["https://alpha.example.org/left"]


def test_an_audit_that_is_done_tells_coverage_score_and_counts(lead: Browser) -> None:
    told = lead.get(f"{AUDITS}/1").json()
    assert told["coverage"] == {
        "planned": 4,
        "audited": 3,
        "share": 0.75,
        "floor": 0.5,
        "floor_met": True,
        "not_covered": {"timeout": 1},
        "not_planned": {"not found": 1, "folded variant": 1},
    }
    assert told["score"]["version"] == SCORE_VERSION
    assert 0 < told["score"]["value"] < 100
    assert told["counts"]["failed"] == told["counts"]["new"] == 2
    assert told["counts"]["review"] == 1
    assert (told["state"], told["held"], told["progress"]) == ("done", "", None)


def test_audits_are_listed_newest_first(ledger: Ledger, lead: Browser) -> None:
    ledger.night("alpha")
    answer = lead.get(AUDITS, params={"per_page": 1})
    assert ([one["number"] for one in answer.json()], answer.headers["x-total-count"]) == ([2], "2")
    assert [one["number"] for one in lead.get(AUDITS, params={"per_page": 1, "page": 2}).json()] == [1]
    assert lead.get(AUDITS, params={"page": 999_999}).json() == []


FILTERS = [
    ({}, 5),
    ({"state": "not audited"}, 1),
    ({"reason": "timeout"}, 1),
    ({"viewport": "mobile"}, 1),
    ({"role": "student"}, 0),
    ({"state": "excluded", "reason": "not found", "role": "anonymous"}, 1),
    ({"role": "%"}, 0),
]


def test_rows_are_filtered(lead: Browser) -> None:
    for filters, found in FILTERS:
        answer = lead.get(f"{AUDITS}/1/rows", params=filters)
        assert (answer.status_code, len(answer.json()), answer.headers["x-total-count"]) == (200, found, str(found))


def test_rows_tell_page_role_viewport_state_and_reason(lead: Browser) -> None:
    (row,) = lead.get(f"{AUDITS}/1/rows?reason=timeout").json()
    assert row == {
        "url": "https://alpha.example.org/reports",
        "title": "",
        "role": "anonymous",
        "viewport": "desktop",
        "state": "not audited",
        "reason": "timeout",
        "detail": "",
        "since": 1,
    }


def test_an_audit_is_cancelled_once(ledger: Ledger, lead: Browser) -> None:
    ledger.begin("alpha", audited("https://alpha.example.org/now"))
    answer = lead.post(f"{AUDITS}/2/cancel")
    assert (answer.status_code, answer.json()["state"]) == (200, "cancelled")
    assert lead.get(f"{AUDITS}/2/rows").json() == []
    assert lead.post(f"{AUDITS}/2/cancel").status_code == 409
    assert lead.post(f"{AUDITS}/1/cancel").status_code == 409
    with ledger.database.read() as session:
        newest = sa.select(trail.TrailEntry.actor).where(trail.TrailEntry.action == "audit.cancel")
        assert session.scalars(newest).all() == ["token:1"]


def test_scores_over_time_come_oldest_first(ledger: Ledger, lead: Browser) -> None:
    ledger.night("alpha")
    lead.post(AUDITS)
    points = lead.get("/api/v1/platforms/alpha/scores").json()
    assert [point["number"] for point in points] == [1, 2]
    assert points[0]["coverage"] == 0.75
    assert points[0]["failed"] == 2
    assert len(lead.get("/api/v1/platforms/alpha/scores?nights=1").json()) == 1


def test_jobs_tell_what_ran_and_how_it_ended(ledger: Ledger, lead: Browser) -> None:
    ledger.night("alpha")
    answer = lead.get("/api/v1/jobs", params={"job": "nightly audit: alpha", "per_page": 1})
    assert answer.headers["x-total-count"] == "2"
    (run,) = answer.json()
    assert (run["platform"], run["state"], run["result"], run["late"]) == ("alpha", "done", {"audited": 4}, False)
    assert lead.get("/api/v1/jobs?state=failed").json() == []


def test_last_night_tells_who_has_to_act_first(ledger: Ledger, lead: Browser) -> None:
    beta = f"/api/v1/tickets/{ledger.ticket('beta').id}"
    other = f"/api/v1/tickets/{ledger.ticket('beta', 'label').id}"
    for ticket in (beta, other):
        change = {"assignee": lead.person.id}
        assert (
            lead.patch(ticket, json=change, headers={"If-Match": lead.get(ticket).headers["etag"]}).status_code == 200
        )
    told = lead.get("/api/v1/last-night").json()
    assert told["needing"] == 1
    first, second = told["platforms"]
    assert (first["platform"], first["needs_you"], first["urgency"]) == ("alpha", True, "warn")
    assert (second["platform"], second["needs_you"], second["urgency"]) == ("beta", False, "good")
    assert first["headline"]
    assert [one["title"] for one in first["tickets"]] == ["Problem image", "Problem field"]
    assert sorted(first["tickets"][0]["viewports"]) == ["desktop", "mobile"]
    assert [(gap["reason"], gap["rows"]) for gap in first["not_audited"]] == [("timeout", 1)]
    assert first["audit"] == {k: v for k, v in lead.get(f"{AUDITS}/1").json().items() if k != "rows"}


def test_a_platform_that_was_never_audited_has_no_last_night(lead: Browser) -> None:
    gamma = {"slug": "gamma", "name": "Sample gamma", "base": ["https://gamma.example.org/"]}
    assert lead.post("/api/v1/platforms", json=gamma).status_code == 201
    (night,) = [one for one in lead.get("/api/v1/last-night").json()["platforms"] if one["platform"] == "gamma"]
    assert (night["audit"], night["score_before"], night["tickets"], night["not_audited"]) == (None, None, [], [])
