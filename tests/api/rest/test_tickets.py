from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from accessibility.ledger.tickets.opening import today
from core.database import Database
from tests.api.people import Browser, add_person
from tests.api.rest.ledger import PNG, Ledger

TICKETS = "/api/v1/tickets"
HOSTILE = "<img src=x onerror=alert(1)> '; DROP TABLE ticket; -- \u202e %s {{7*7}} 🦆\n\nsecond line"


@pytest.fixture
def ledger(database: Database, tmp_path: Path) -> Ledger:
    """On both databases: they filter, sort and lock in ways of their own."""
    return Ledger(database, tmp_path)


@pytest.fixture
def address(ledger: Ledger) -> str:
    """Of a ticket of the platform alpha."""
    return f"{TICKETS}/{ledger.ticket().id}"


def change(client: Browser, address: str, wanted: dict[str, Any]) -> Any:
    """Change what is there now."""
    return client.patch(address, json=wanted, headers={"If-Match": client.get(address).headers["etag"]})


def later(days: int) -> str:
    return (today() + timedelta(days=days)).isoformat()


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


@pytest.mark.parametrize(
    ("filters", "found"),
    [
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
    ],
)
def test_tickets_are_filtered(lead: Browser, filters: dict[str, str], found: int) -> None:
    answer = lead.get(TICKETS, params=filters)
    assert (answer.status_code, len(answer.json()), answer.headers["x-total-count"]) == (200, found, str(found))


@pytest.mark.parametrize(
    "filters",
    [
        {"sate": "open"},
        {"state": "opn"},
        {"group": ""},
        {"impact": "bad"},
        {"assignee": "0"},
        {"assignee": "me\n"},
        {"sort": "title"},
        {"page": "0"},
        {"per_page": "501"},
        {"page": "1e3"},
        {"opened_in": "-1"},
        {"opened_in": "9" * 30},
        {"text": "x" * 201},
        {"platform": "../etc"},
    ],
)
def test_a_filter_that_cannot_be_is_refused_and_named(lead: Browser, filters: dict[str, str]) -> None:
    answer = lead.get(TICKETS, params=filters)
    assert answer.status_code == 422
    assert [one["place"] for one in answer.json()["errors"]] == [f"query.{next(iter(filters))}"]


def test_a_filter_for_a_platform_that_is_not_there_is_not_found(lead: Browser) -> None:
    assert lead.get(TICKETS, params={"platform": "gamma"}).status_code == 404


@pytest.mark.parametrize("sort", ["impact", "due", "number", "pages", "updated"])
def test_tickets_are_sorted_both_ways_and_paged(lead: Browser, sort: str) -> None:
    def ids(sort: str, page: int = 1) -> list[int]:
        part = {"sort": sort, "platform": "alpha", "per_page": 1, "page": page}
        return [one["id"] for one in lead.get(TICKETS, params=part).json()]

    forward = ids(sort) + ids(sort, 2)
    assert len(set(forward)) == 2
    assert ids(f"-{sort}") + ids(f"-{sort}", 2) == forward[::-1]


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
    assert kinds == ["state", "due", "assignee", "opened"]
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


@pytest.mark.parametrize(
    ("wanted", "place"),
    [
        ({"exception": {"kind": "open", "reason": "x", "until": later(3)}}, "kind"),
        ({"exception": {"kind": "false positive", "reason": " ", "until": later(3)}}, "reason"),
        ({"exception": {"kind": "false positive", "reason": "x", "until": later(0)}}, "until"),
        ({"exception": {"kind": "false positive", "reason": "x"}}, "body.exception.until"),
        ({"exception": {"kind": "false positive", "reason": "x" * 5001, "until": later(3)}}, "body.exception.reason"),
        ({"assignee": 999_999}, "assignee"),
        ({"assignee": 2**70}, "body.assignee"),
        ({"due": "tomorrow"}, "body.due"),
        ({"due": "9999-12-31"}, "due"),
        ({"state": None}, "body"),
        ({"state": "open", "exception": None}, "body"),
        ({"text": "x"}, "body"),
        ({"colour": "red"}, "body.colour"),
        ([], "body"),
        ("open", "body"),
        (None, "body"),
    ],
)
def test_what_is_wrong_in_a_change_is_named(lead: Browser, address: str, wanted: Any, place: str) -> None:
    answer = change(lead, address, wanted)
    assert (answer.status_code, [one["place"] for one in answer.json()["errors"]]) == (422, [place])


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
    assert lead.get(f"{address}/history").headers["x-total-count"] == "3"


def test_history_tells_who_changed_what(lead: Browser, address: str) -> None:
    change(lead, address, {"state": "fixed", "text": "Done"})
    newest, first = lead.get(f"{address}/history").json()
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


@pytest.mark.parametrize(
    ("bulk", "place"),
    [
        ({"tickets": [], "change": {"state": "fixed"}}, "body.tickets"),
        ({"tickets": list(range(1, 502)), "change": {"state": "fixed"}}, "body.tickets"),
        ({"tickets": [0], "change": {"state": "fixed"}}, "body.tickets.0"),
        ({"tickets": [1]}, "body.change"),
    ],
)
def test_what_is_wrong_in_a_bulk_change_is_named(lead: Browser, bulk: Any, place: str) -> None:
    answer = lead.post(f"{TICKETS}/bulk", json=bulk)
    assert (answer.status_code, [one["place"] for one in answer.json()["errors"]]) == (422, [place])


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
