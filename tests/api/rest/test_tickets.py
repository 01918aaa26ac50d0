from pathlib import Path

import pytest
from fastapi import FastAPI

from core.database import Database
from tests.api.people import Browser, add_person
from tests.api.rest.changes import HOSTILE, change, later
from tests.api.rest.ledger import PNG, Ledger

TICKETS = "/api/v1/tickets"


@pytest.fixture
def ledger(service: FastAPI, database: Database, tmp_path: Path) -> Ledger:
    """On both databases: they filter, sort and lock in ways of their own."""
    return Ledger(service, database, tmp_path)


def test_a_ticket_tells_what_is_wrong_and_how_to_recognise_it(ledger: Ledger, lead: Browser, address: str) -> None:
    answer = lead.get(address)
    told = answer.json()
    assert answer.headers["etag"] == f'"v{told["version"]}"'
    assert (told["platform"], told["number"], told["state"], told["assignee"]) == ("alpha", 1, "open", None)
    assert (told["rule"], told["criteria"], told["impact"]) == ("image-alt", ["1.1.1"], "serious")
    assert (told["pages"], told["elements"], told["opened_in"]) == (2, 2, 1)
    assert told["example"]["html"] == "<img id=image>"
    assert [one["key"] for one in told["components"]] == ["image"]


def test_the_picture_of_a_problem_is_png(ledger: Ledger, lead: Browser, address: str) -> None:
    answer = lead.get(lead.get(address).json()["evidence"])
    assert (answer.status_code, answer.headers["content-type"], answer.content) == (200, "image/png", PNG)
    without = f"{TICKETS}/{ledger.ticket(rule='label').id}"
    assert lead.get(without).json()["evidence"] is None
    assert lead.get(f"{without}/evidence").status_code == 404
    for file in ledger.config.evidence_dir.glob("*/*.png"):
        file.unlink()
    assert lead.get(f"{address}/evidence").status_code == 404


FILTERS = [
    ({}, 4),
    ({"platform": "alpha"}, 2),
    ({"group": "waiting"}, 4),
    ({"group": "ended"}, 0),
    ({"state": "open", "impact": "serious", "rule": "label"}, 2),
    ({"impact": "critical"}, 0),
    ({"assignee": "nobody"}, 4),
    ({"assignee": "me"}, 0),
    ({"assignee": "999999999"}, 0),
    ({"overdue": "true"}, 0),
    ({"text": "PROBLEM IMA"}, 2),
    ({"text": "#1"}, 2),
    ({"text": "%"}, 0),
    ({"text": "_"}, 0),
    ({"platform": "alpha", "opened_in": "1"}, 2),
    ({"platform": "alpha", "reopened_in": "1"}, 0),
]


def test_tickets_are_filtered(lead: Browser) -> None:
    for filters, found in FILTERS:
        answer = lead.get(TICKETS, params=filters)
        assert (answer.status_code, len(answer.json()), answer.headers["x-total-count"]) == (200, found, str(found))


def test_a_filter_for_a_platform_that_is_not_there_is_not_found(lead: Browser) -> None:
    assert lead.get(TICKETS, params={"platform": "gamma"}).status_code == 404


def test_tickets_are_sorted_both_ways_and_paged(lead: Browser) -> None:
    def ids(sort: str, page: int = 1) -> list[int]:
        part = {"sort": sort, "platform": "alpha", "per_page": 1, "page": page}
        return [one["id"] for one in lead.get(TICKETS, params=part).json()]

    for sort in ("impact", "due", "number", "pages", "updated"):
        forward = ids(sort) + ids(sort, 2)
        assert len(set(forward)) == 2
        assert ids(f"-{sort}") + ids(f"-{sort}", 2) == forward[::-1], sort


def test_links_lead_through_the_pages_and_keep_the_filters(lead: Browser) -> None:
    answer = lead.get(TICKETS, params={"rule": "label", "per_page": 1})
    assert 'rel="next"' in answer.headers["link"]
    address = answer.links["next"]["url"]
    following = lead.get(address)
    assert {*(one["rule"] for one in answer.json() + following.json())} == {"label"}
    assert "next" not in following.links


def test_a_ticket_is_assigned_dated_and_moved_on_in_one_change(ledger: Ledger, lead: Browser, address: str) -> None:
    somebody = add_person(ledger.database, "viewer", name="Sample Editor")
    wanted = {"assignee": somebody.id, "due": later(9), "state": "in progress", "text": "With release 5."}
    answer = change(lead, address, wanted)
    assert answer.status_code == 200
    told = lead.get(address).json()
    assert told == answer.json()
    assert told["assignee"] == {"id": somebody.id, "name": "Sample Editor"}
    assert (told["due"], told["state"]) == (later(9), "in progress")
    assert answer.headers["etag"] == f'"v{told["version"]}"'
    kinds = [line["kind"] for line in lead.get(f"{address}/history").json()]
    assert kinds == ["state", "due", "assignee", "shared", "opened"]
    cleared = change(lead, address, {"assignee": None, "due": None}).json()
    assert (cleared["assignee"], cleared["due"], cleared["state"]) == (None, None, "in progress")


def test_a_change_of_which_a_part_is_refused_changes_nothing(lead: Browser, address: str) -> None:
    before = lead.get(address)
    answer = change(lead, address, {"assignee": lead.person.id, "due": "2001-01-01"})
    assert (answer.status_code, answer.json()["errors"][0]["place"]) == (422, "due")
    assert lead.get(address).json() == before.json()


def test_a_change_needs_the_present_etag(lead: Browser, address: str) -> None:
    assert lead.patch(address, json={"state": "fixed"}).status_code == 428
    assert lead.post(f"{address}/undo").status_code == 428
    stale = {"If-Match": lead.get(address).headers["etag"]}
    assert lead.patch(address, json={"state": "in progress"}, headers=stale).status_code == 200
    assert lead.patch(address, json={"state": "fixed"}, headers=stale).status_code == 412
    assert lead.post(f"{address}/undo", headers=stale).status_code == 412
    assert lead.get(address).json()["state"] == "in progress"


def test_nobody_but_an_audit_proves_a_repair(lead: Browser, address: str) -> None:
    for state in ("verified", "reopened", "page removed", "accepted risk"):
        assert change(lead, address, {"state": state}).status_code == 409
    assert change(lead, address, {"state": "fixed"}).json()["state"] == "fixed"


def test_an_exception_has_a_reason_and_an_end_and_is_withdrawn(lead: Browser, address: str) -> None:
    wanted = {"kind": "accepted risk", "reason": HOSTILE, "until": later(30)}
    told = change(lead, address, {"exception": wanted}).json()
    assert (told["state"], told["exception"]) == ("accepted risk", wanted)
    told = change(lead, address, {"exception": None}).json()
    assert (told["state"], told["exception"]) == ("open", None)
    assert change(lead, address, {"exception": None}).status_code == 409


def test_a_step_is_taken_back(lead: Browser, address: str) -> None:
    etag = change(lead, address, {"state": "fixed"}).headers["etag"]
    answer = lead.post(f"{address}/undo", headers={"If-Match": etag})
    assert (answer.status_code, answer.json()["state"]) == (200, "open")


def test_comments_are_kept_as_text_and_bounded(lead: Browser, address: str) -> None:
    answer = lead.post(f"{address}/comments", json={"text": HOSTILE})
    assert (answer.status_code, answer.json()["text"]) == (201, HOSTILE)
    assert answer.json()["person"] == {"id": lead.person.id, "name": lead.person.name}
    lead.post(f"{address}/comments", json={"text": "Second"})
    for wrong in ("", "  ", "x" * 5001, None, 7):
        assert lead.post(f"{address}/comments", json={"text": wrong}).status_code == 422
    listed = lead.get(f"{address}/comments", params={"per_page": 1})
    assert ([one["text"] for one in listed.json()], listed.headers["x-total-count"]) == (["Second"], "2")
    assert lead.get(f"{address}/history").headers["x-total-count"] == "4"


def test_history_tells_who_changed_what(lead: Browser, address: str) -> None:
    change(lead, address, {"state": "fixed", "text": "Done"})
    newest, joined, first = lead.get(f"{address}/history").json()
    assert (joined["kind"], joined["after"], joined["by_audit"]) == ("shared", {"shared": 1, "how": "opened"}, True)
    assert (newest["person"]["id"], newest["text"], newest["by_audit"]) == (lead.person.id, "Done", False)
    assert (newest["before"]["state"], newest["after"]["state"]) == ("open", "fixed")
    assert (first["kind"], first["person"], first["by_audit"]) == ("opened", None, True)


def test_places_are_the_pages_where_the_problem_is(lead: Browser, address: str) -> None:
    answer = lead.get(f"{address}/places")
    home, about = answer.json()
    assert (home["url"], about["url"]) == ("https://alpha.example.org/", "https://alpha.example.org/about")
    assert [one["viewport"] for one in home["occurrences"]] == ["desktop", "mobile"]
    assert about["occurrences"][0] == {
        "role": "anonymous",
        "viewport": "desktop",
        "state": "page",
        "outcome": "failed",
        "count": 1,
        "selector": "#image",
        "first": 1,
        "last": 1,
    }


def test_many_tickets_are_changed_at_once_and_each_tells_what_became_of_it(ledger: Ledger, lead: Browser) -> None:
    first, second = ledger.ticket(), ledger.ticket("beta", "label")
    change(lead, f"{TICKETS}/{first.id}", {"state": "fixed"})
    bulk = {"tickets": [second.id, first.id, 999_999, second.id], "change": {"state": "fixed", "due": later(5)}}
    answer = lead.post(f"{TICKETS}/bulk", json=bulk)
    assert answer.status_code == 200
    done, refused, absent = answer.json()
    assert done == {"ticket": second.id, "changed": True, "error": None}
    assert (refused["changed"], absent["changed"]) == (False, False)
    assert "There is no such ticket." in absent["error"]
    assert lead.get(f"{TICKETS}/{second.id}").json()["due"] == later(5)
    assert lead.get(f"{TICKETS}/{first.id}").json()["due"] != later(5)
