"""Shared components through the REST interface, on both databases: `image` and `field` fail on alpha and on beta."""

from pathlib import Path

import pytest
from fastapi import FastAPI

from core.database import Database
from tests.api.people import Browser
from tests.api.rest.changes import HOSTILE, change
from tests.api.rest.ledger import Ledger

LIST = "/api/v1/shared-components"
ONE = f"{LIST}/1"


@pytest.fixture
def ledger(service: FastAPI, database: Database, tmp_path: Path) -> Ledger:
    return Ledger(service, database, tmp_path)


def test_the_list_tells_what_the_tickets_make_of_it(lead: Browser) -> None:
    answer = lead.get(LIST, params={"per_page": 1})
    assert answer.headers["x-total-count"] == "2"
    (told,) = answer.json()
    assert (told["id"], told["title"], told["rule"], told["state"]) == (1, "Problem image", "image-alt", "open")
    assert (told["platforms"], told["waiting"], told["pages"], told["assignee"]) == (2, 2, 4, None)
    for filters, total in (
        ({"group": "waiting", "impact": "serious", "platform": "alpha"}, "2"),
        ({"state": "verified"}, "0"),
        ({"group": "ended"}, "0"),
    ):
        assert lead.get(LIST, params=filters).headers["x-total-count"] == total
    assert lead.get(LIST, params={"platform": "gamma"}).status_code == 404
    assert lead.get(LIST, params={"state": "sate"}).status_code == 422


def test_one_has_the_ticket_of_every_platform_and_a_ticket_names_it(ledger: Ledger, lead: Browser) -> None:
    change(lead, "/api/v1/platforms/beta", {"model": "alpha"})
    told = lead.get(ONE).json()
    alpha, beta = told["tickets"]
    assert (alpha["platform"], alpha["id"], alpha["state"], alpha["shares"]) == (
        "alpha",
        ledger.ticket().id,
        "open",
        True,
    )
    assert alpha["first_seen"] == alpha["last_seen"] is not None
    assert told["models"] == [{"platform": "alpha", "ticket": alpha["id"]}]
    assert lead.get(f"/api/v1/tickets/{beta['id']}").json()["shared"] == 1
    change(lead, "/api/v1/platforms/beta", {"share": False})
    assert lead.get(f"/api/v1/tickets/{beta['id']}").json()["shared"] is None
    assert [one["shares"] for one in lead.get(ONE).json()["tickets"]] == [True, False]
    assert lead.get(f"{LIST}/999").status_code == 404


def test_a_claim_is_carried_to_every_platform_with_its_note(ledger: Ledger, lead: Browser) -> None:
    wanted = {"assignee": lead.person.id, "state": "fixed", "text": HOSTILE}
    answer = change(lead, ONE, wanted)
    assert answer.json()["state"] == "fixed"
    assert answer.json()["assignee"] == {"id": lead.person.id, "name": lead.person.name}
    for one in answer.json()["tickets"]:
        assert one["state"] == "fixed"
        line = lead.get(f"/api/v1/tickets/{one['id']}/history").json()[0]
        assert (line["text"], line["person"]["id"], line["after"]["shared"]) == (HOSTILE, lead.person.id, 1)
    assert change(lead, ONE, {"state": "fixed"}).status_code == 409
    assert change(lead, ONE, {"state": "verified"}).status_code == 409
    history = lead.get(f"{ONE}/history").json()
    assert [line["kind"] for line in history] == ["state", "assignee", "opened"]
    assert history[0]["after"] == {"state": "fixed", "tickets": [one["id"] for one in answer.json()["tickets"]]}


@pytest.mark.parametrize(
    "wanted", [{"state": None}, {"text": "alone"}, {"assignee": 0}, {"state": "excepted"}, {"title": "x"}, []]
)
def test_what_cannot_be_is_refused(lead: Browser, wanted: object) -> None:
    assert change(lead, ONE, wanted).status_code == 422


def test_a_change_names_the_version_it_is_based_on(lead: Browser) -> None:
    assert lead.patch(ONE, json={"state": "fixed"}).status_code == 428
    old = {"If-Match": lead.get(ONE).headers["etag"]}
    assert lead.patch(ONE, json={"state": "in progress"}, headers=old).status_code == 200
    assert lead.patch(ONE, json={"state": "fixed"}, headers=old).status_code == 412


def test_a_ticket_is_separated_and_joined_again_with_a_reason(ledger: Ledger, lead: Browser) -> None:
    ticket = f"{ONE}/tickets/{ledger.ticket('beta').id}"
    separated = lead.post(f"{ticket}/separate", json={"reason": "Their own."}).json()
    assert (separated["platforms"], [one["separated_at"] is None for one in separated["tickets"]]) == (1, [True, False])
    assert lead.post(f"{ticket}/separate", json={"reason": "Again."}).status_code == 409
    assert lead.post(f"{ticket}/join", json={}).status_code == 422
    assert lead.post(f"{ticket}/join", json={"reason": "The same."}).json()["platforms"] == 2
    assert lead.post(f"{LIST}/2/tickets/{ledger.ticket().id}/separate", json={"reason": "Why."}).status_code == 404


def test_a_comment_is_kept_as_it_was_written(lead: Browser) -> None:
    answer = lead.post(f"{ONE}/comments", json={"text": HOSTILE})
    assert (answer.status_code, answer.json()["kind"], answer.json()["text"]) == (201, "comment", HOSTILE)
    assert lead.get(f"{ONE}/history").json()[0]["text"] == HOSTILE


def test_a_token_limited_to_one_platform_knows_no_shared_component(limited: Browser) -> None:
    for method, address in (("GET", LIST), ("GET", ONE), ("PATCH", ONE), ("GET", f"{ONE}/history")):
        answer = limited.request(method, address, headers={"If-Match": '"v1"'}, json={} if method == "PATCH" else None)
        assert answer.status_code == 403, (method, address)
