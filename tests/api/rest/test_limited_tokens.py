"""A token limited to one platform: for it there are no others."""

from typing import Any

import pytest

from tests.api.people import Browser
from tests.api.rest.ledger import Ledger, settings


def addresses(ledger: Ledger, slug: str) -> list[str]:
    """Everything that can be read of a platform."""
    platform, ticket = f"/api/v1/platforms/{slug}", f"/api/v1/tickets/{ledger.ticket(slug).id}"
    item = f"/api/v1/review/{ledger.question(slug).id}"
    return [
        platform,
        f"{platform}/audits",
        f"{platform}/audits/1",
        f"{platform}/audits/1/rows",
        f"{platform}/scores",
        f"{platform}/sections",
        f"{platform}/sections/about",
        f"{platform}/sections/about/scores",
        f"{platform}/sections/about/pages",
        ticket,
        f"{ticket}/comments",
        f"{ticket}/history",
        f"{ticket}/places",
        f"{ticket}/evidence",
        item,
        f"{item}/evidence",
        f"/api/v1/tickets?platform={slug}",
        f"/api/v1/review?platform={slug}",
    ]


def changes(ledger: Ledger, slug: str) -> list[tuple[str, str, Any]]:
    """Everything that can be done to a platform."""
    platform, ticket = f"/api/v1/platforms/{slug}", f"/api/v1/tickets/{ledger.ticket(slug).id}"
    item = f"/api/v1/review/{ledger.question(slug).id}"
    return [
        ("PUT", platform, settings(slug)),
        ("PATCH", platform, {"name": "Taken over"}),
        ("POST", f"{platform}/deactivate", None),
        ("POST", f"{platform}/activate", None),
        ("POST", f"{platform}/audits", None),
        ("POST", f"{platform}/audits/1/cancel", None),
        ("POST", f"{platform}/sections", {"slug": "x", "name": "X", "patterns": ["/x"]}),
        ("PATCH", f"{platform}/sections/about", {"name": "Taken over"}),
        ("DELETE", f"{platform}/sections/about", None),
        ("PATCH", ticket, {"state": "fixed"}),
        ("POST", f"{ticket}/undo", None),
        ("POST", f"{ticket}/comments", {"text": "Hello"}),
        ("POST", f"{item}/dismiss", {"reason": "Not ours"}),
        ("POST", f"{item}/confirm", None),
        ("POST", f"{item}/reconsider", None),
    ]


def test_it_reads_its_own_platform_and_finds_nothing_of_another(ledger: Ledger, limited: Browser) -> None:
    assert [limited.get(one).status_code for one in addresses(ledger, "alpha")] == [200] * 18
    assert [limited.get(one).status_code for one in addresses(ledger, "beta")] == [404] * 18


def test_it_changes_nothing_of_another_platform(ledger: Ledger, limited: Browser, lead: Browser) -> None:
    read = [one for one in addresses(ledger, "beta") if "evidence" not in one]
    before = [lead.get(one).json() for one in read]
    version = {"If-Match": lead.get("/api/v1/platforms/beta").headers["etag"]}
    found = [limited.request(m, at, json=body, headers=version).status_code for m, at, body in changes(ledger, "beta")]
    assert found == [404] * 15
    assert [lead.get(one).json() for one in read] == before


def test_what_is_out_of_reach_reads_as_what_is_not_there(ledger: Ledger, limited: Browser) -> None:
    pairs = [("platforms/beta", "platforms/gamma"), (f"tickets/{ledger.ticket('beta').id}", "tickets/999999")]
    for out_of_reach, absent in pairs:
        answers = [limited.get(f"/api/v1/{one}").json() for one in (out_of_reach, absent)]
        assert answers[0]["detail"] == answers[1]["detail"]


def test_every_list_holds_its_own_platform_only(limited: Browser) -> None:
    for name in ("platforms", "tickets", "review", "jobs"):
        answer = limited.get(f"/api/v1/{name}")
        assert {one.get("platform", one.get("slug")) for one in answer.json()} == {"alpha"}
        assert answer.headers["x-total-count"] == str(len(answer.json()))
    assert limited.get("/api/v1/jobs", params={"job": "nightly audit: beta"}).json() == []
    night = limited.get("/api/v1/last-night").json()
    assert [one["platform"] for one in night["platforms"]] == ["alpha"]
    assert night["needing"] == 1


def test_its_bulk_change_leaves_the_tickets_of_others_alone(ledger: Ledger, limited: Browser, lead: Browser) -> None:
    own, other = ledger.ticket().id, ledger.ticket("beta").id
    bulk = {"tickets": [own, other], "change": {"state": "fixed"}}
    first, second = limited.post("/api/v1/tickets/bulk", json=bulk).json()
    assert (first["changed"], second) == (
        True,
        {"ticket": other, "changed": False, "error": "There is no such ticket."},
    )
    assert lead.get(f"/api/v1/tickets/{other}").json()["state"] == "open"


@pytest.mark.parametrize("slug", ["gamma", "beta"])
def test_it_adds_no_platform(limited: Browser, slug: str) -> None:
    assert limited.post("/api/v1/platforms", json=settings(slug)).status_code == 403
    assert limited.put(f"/api/v1/platforms/{slug}", json=settings(slug)).status_code == 404


def test_its_person_is_assigned_and_comments_like_anybody(ledger: Ledger, limited: Browser) -> None:
    address = f"/api/v1/tickets/{ledger.ticket().id}"
    etag = limited.get(address).headers["etag"]
    answer = limited.patch(address, json={"assignee": limited.person.id}, headers={"If-Match": etag})
    assert answer.json()["assignee"]["id"] == limited.person.id
