"""Somebody with a role on one platform only: for every route of pages and REST there is no other platform.

The routes are those of the application, so that a new one is asked too.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI

from accessibility.ledger.alerts import queries as alerts
from accessibility.ledger.alerts.rules import Kind
from accessibility.ledger.platforms import queries as platforms
from accessibility.ledger.tickets import actions as tickets
from accessibility.ledger.tickets import history
from core.errors import InvalidInput
from core.people import grants
from core.people.models import Person
from tests.api import access, access_campus, access_feedback, access_works
from tests.api.people import Browser, add_person
from tests.api.rest.ledger import Ledger

OWN, OTHER, ABSENT = "alpha", "beta", "gamma"
TOLD = re.compile(r"Sample beta|beta\.example|/beta")  # and not what the address of the request says itself
BOOKS = (access_campus, access_works, access_feedback)
SINGLE = re.compile(r"\{(slug|component_id|ticket_id|gate_id)\}")
OF_ALL = re.compile("/shared")  # of no single platform


@pytest.fixture(params=["sqlite_database", "postgres_database"])
def ledger(service: FastAPI, request: pytest.FixtureRequest, tmp_path: Path) -> Ledger:
    """On both kinds of database, as every list narrows its own query."""
    return Ledger(service, request.getfixturevalue(request.param), tmp_path)


def browser_of(ledger: Ledger, person: Person) -> Browser:
    return Browser(ledger.app, follow_redirects=False).sign_in_as(ledger.database, person)


@pytest.fixture
def partner(ledger: Ledger) -> Person:
    """A partner's own lead."""
    return add_person(ledger.database, there={OWN: "accessibility"})


def addresses(ledger: Ledger, routes: Any, slug: str) -> Iterator[tuple[str, str, str]]:
    """Method, route and address of everything that is of a platform: of what is there, or of what is nowhere."""
    there = slug in ledger.slugs
    values = {
        "slug": slug,
        "component_id": ledger.question(slug).id if there else 999999,
        "ticket_id": ledger.ticket(slug).id if there else 999999,
        "gate_id": 999999,
        "number": 1,
        "section": "about",
        "kind": "score",
        "webhook_id": 1,
        "person_id": 1,
        "role": "viewer",
    }
    for method, route in routes:
        of_books = any((method, route) in part.PAGES | part.REST for part in BOOKS)
        if SINGLE.search(route) and not OF_ALL.search(route) and not of_books:
            yield method, route, re.sub(r"\{(\w+)\}", lambda found: str(values[found[1]]), route)


def test_every_page_of_another_platform_is_not_there(ledger: Ledger, partner: Person) -> None:
    browser, wrong = browser_of(ledger, partner), []
    for method, route, address in addresses(ledger, access.PAGES, OTHER):
        answer = browser.get(address) if method == "GET" else browser.post_form(address)
        of_admins = access.PAGES[method, route] == access.ADMIN
        if answer.status_code != (403 if of_admins else 404) or OTHER in answer.text.replace(address, ""):
            wrong.append((method, route, answer.status_code))
    assert not wrong


def test_pages_of_another_platform_read_as_those_of_none(ledger: Ledger, partner: Person) -> None:
    browser = browser_of(ledger, partner)
    there, absent = (list(addresses(ledger, access.PAGES, slug)) for slug in (OTHER, ABSENT))
    for (method, route, one), (_method, _route, other) in zip(there, absent, strict=True):
        if method == "GET":
            texts = [_without_ids(browser.get(address).text.replace(address, "")) for address in (one, other)]
            assert texts[0] == texts[1], route


def test_every_page_of_the_own_platform_is_as_for_a_lead_of_all(ledger: Ledger, partner: Person) -> None:
    own, lead = browser_of(ledger, partner), browser_of(ledger, add_person(ledger.database, "accessibility"))
    for method, route, address in addresses(ledger, access.PAGES, OWN):
        if method == "GET":
            assert own.get(address).status_code == lead.get(address).status_code, route


def test_a_viewer_of_one_platform_changes_nothing_of_it(ledger: Ledger) -> None:
    browser = browser_of(ledger, add_person(ledger.database, there={OWN: "viewer"}))
    for method, route, address in addresses(ledger, access.PAGES, OWN):
        answer = browser.get(address) if method == "GET" else browser.post_form(address)
        if access.PAGES[method, route] != access.SIGNED_IN:
            assert answer.status_code == 403, (method, route)
        elif method == "GET":
            assert answer.status_code != 403, route
    for (method, route), scope in access.REST.items():
        if scope == "platforms:write" and method == "POST":
            key = ledger.client("read", roles=(), there={OWN: "viewer"})
            assert key.request(method, route.replace("{slug}", OWN)).status_code == 403, route


def test_no_list_tells_of_another_platform(ledger: Ledger, partner: Person) -> None:
    browser, seen = browser_of(ledger, partner), []
    queries = ("", "?platform=beta", "?group=all", "?job=nightly+audit%3A+beta")
    for method, route in access.PAGES:
        if method != "GET" or "{" in route:
            continue
        for query in queries:
            answer = browser.get(route + query)
            if answer.status_code == 403:
                break  # whatever is asked of it
            if answer.status_code == 200:
                seen.append(route)
                assert not TOLD.search(answer.text), (route, query)
    assert {"/accessibility/last-night", "/accessibility/tickets", "/accessibility/jobs"} <= set(seen)
    assert "Sample alpha" in browser.get("/accessibility/platforms").text


def test_rest_answers_alike_for_what_is_out_of_reach_and_for_what_is_not_there(ledger: Ledger) -> None:
    client = ledger.client(
        "read", "audits:run", "gates:run", "tickets:write", "platforms:write", roles=(), there={OWN: "accessibility"}
    )
    there, absent = (list(addresses(ledger, access.REST, slug)) for slug in (OTHER, ABSENT))
    for (method, route, one), (_method, _route, other) in zip(there, absent, strict=True):
        answers = [client.request(method, address) for address in (one, other)]
        assert answers[0].status_code == answers[1].status_code >= 400, (method, route)
        assert answers[0].json()["detail"] == answers[1].json()["detail"], (method, route)
        if method == "GET" and access.REST[method, route] == "read":
            assert answers[0].status_code == 404, (method, route)


def test_rest_lists_hold_the_own_platform_only(ledger: Ledger, partner: Person) -> None:
    browser = browser_of(ledger, partner)
    for method, route in access.REST:
        if method == "GET" and "{" not in route:
            assert OTHER not in browser.get(route).text, route
    assert browser.get("/api/v1/me").json()["platforms"] == [OWN]


def test_a_partner_begins_at_their_own_night_and_adds_no_platform(ledger: Ledger, partner: Person) -> None:
    browser = browser_of(ledger, partner)
    assert browser.get("/").headers["location"] == "/accessibility/last-night"
    assert browser.get("/accessibility/add-platform").status_code == 403
    assert browser.post_form("/accessibility/add-platform", {"slug": ABSENT}).status_code == 403
    nobody = browser_of(ledger, add_person(ledger.database))
    assert nobody.get("/").headers["location"] == "/account"
    assert nobody.get("/accessibility/last-night").status_code == 403


def test_a_picture_is_shown_to_those_only_who_see_a_platform_with_it(ledger: Ledger, partner: Person) -> None:
    address = f"/accessibility/evidence/{ledger.question(OWN).evidence}.png"
    assert browser_of(ledger, partner).get(address).status_code == 200
    elsewhere = add_person(ledger.database, there={ABSENT: "viewer"})
    assert browser_of(ledger, elsewhere).get(address).status_code == 404


def test_many_tickets_at_once_leave_those_of_others_alone(ledger: Ledger, partner: Person) -> None:
    other = ledger.ticket(OTHER)
    fields = {"ticket": [str(ledger.ticket(OWN).id), str(other.id)], "do": "state", "to": "fixed"}
    answer = browser_of(ledger, partner).post_form("/accessibility/tickets/bulk", fields)
    assert OTHER not in answer.text
    assert ledger.ticket(OWN).state == "fixed"
    assert ledger.ticket(OTHER).state == other.state


def test_roles_given_and_taken_away_count_at_once(ledger: Ledger, partner: Person) -> None:
    browser, page = browser_of(ledger, partner), f"/accessibility/platforms/{OTHER}"
    client = Browser(ledger.app, headers={"Authorization": f"Bearer {ledger.key(partner, 'read')}"})
    with ledger.database.write() as session:
        grants.grant(session, "command", partner.id, "viewer", OTHER)
    assert (browser.get(page).status_code, client.get(f"/api/v1/platforms/{OTHER}").status_code) == (200, 200)
    with ledger.database.write() as session:
        grants.revoke(session, "command", partner.id, "viewer", OTHER)
    assert (browser.get(page).status_code, client.get(f"/api/v1/platforms/{OTHER}").status_code) == (404, 404)


def test_tickets_are_not_given_to_who_cannot_see_them(ledger: Ledger, partner: Person) -> None:
    lead = history.person(add_person(ledger.database, "accessibility"))
    with ledger.database.write() as session:
        tickets.assign(session, ledger.ticket(OWN).id, lead, partner.id)
    with pytest.raises(InvalidInput), ledger.database.write() as session:
        tickets.assign(session, ledger.ticket(OTHER).id, lead, partner.id)


def test_alerts_go_to_those_only_who_may_see_the_platform(ledger: Ledger, partner: Person) -> None:
    with ledger.database.read() as session:
        told = {
            slug: [one.id for one, _pace in alerts.readers(session, platforms.get(session, slug), Kind.OVERDUE)]
            for slug in (OWN, OTHER)
        }
    assert told == {OWN: [partner.id], OTHER: []}


def test_administrators_give_and_take_away_on_both_pages(ledger: Ledger) -> None:
    person, admin = add_person(ledger.database), add_person(ledger.database, "admin")
    browser, partner = browser_of(ledger, admin), browser_of(ledger, person)
    mine, there = f"/settings/people/{person.id}/grants", f"/accessibility/platforms/{OWN}/people"
    page = f"/accessibility/platforms/{OWN}"
    assert browser.post_form(mine, {"platform": OWN, "role": "viewer"}).status_code == 303
    assert partner.get(page).status_code == 200
    assert person.name in browser.get(there).text
    assert browser.post_form(f"{there}/revoke", {"person": str(person.id), "role": "viewer"}).status_code == 303
    assert partner.get(page).status_code == 404
    assert browser.post_form(there, {"person": str(person.id), "role": "accessibility"}).status_code == 303
    assert "Sample alpha" in browser.get(mine).text
    assert browser.post_form(f"{mine}/revoke", {"platform": OWN, "role": "accessibility"}).status_code == 303
    wrong = [{}, {"platform": "nowhere", "role": "viewer"}, {"platform": OWN, "role": "admin"}]
    assert [browser.post_form(mine, fields).status_code for fields in wrong] == [422] * 3
    assert browser.post_form(there, {"person": "99999999999", "role": "viewer"}).status_code == 422
    assert browser.post_form(f"{there}/revoke", {"person": "x", "role": "viewer"}).status_code == 404


def test_rest_gives_and_takes_away_too(ledger: Ledger) -> None:
    person, admin = add_person(ledger.database), ledger.client("admin", "read", roles=("admin",))
    address = f"/api/v1/people/{person.id}/grants/{OWN}/viewer"
    assert admin.put(address).status_code == 204
    assert admin.put(address).status_code == 204
    assert admin.get(f"/api/v1/people/{person.id}").json()["grants"] == [{"platform": OWN, "role": "viewer"}]
    assert admin.delete(address).status_code == 204
    assert admin.delete(address).status_code == 404
    assert admin.put(address.replace(OWN, ABSENT)).status_code == 404
    assert admin.put(address.replace("viewer", "admin")).status_code in (404, 422)


def _without_ids(text: str) -> str:
    """A page without what differs at each request."""
    return re.sub(r'(name="csrf" value="[^"]*"|[0-9a-f]{16})', "", text)
