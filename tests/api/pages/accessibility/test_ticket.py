"""One ticket: evidence, places, history, and the steps that people take."""

import re
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from httpx2 import Response

from accessibility.ledger.platforms.models import Platform
from accessibility.ledger.tickets.models import Component, Ticket
from core.database import Database
from tests.api.pages.accessibility.test_last_night import text_of
from tests.api.people import Browser


def find(database: Database, rule: str, slug: str = "ecampus") -> Ticket:
    with database.read() as session:
        mine = sa.select(Ticket).join(Platform, Platform.id == Ticket.platform_id)
        return session.scalars(mine.where(Ticket.rule == rule, Platform.slug == slug).order_by(Ticket.id)).first()


def address(ticket: Ticket) -> str:
    return f"/accessibility/tickets/ecampus/{ticket.number}"


def step(browser: Browser, ticket: Ticket, name: str, **fields: Any) -> Response:
    """Take a step as the form on the page does, with the version that the page shows."""
    found = re.findall(r'name="version" value="(\d+)"', browser.get(address(ticket)).text)
    return browser.post_form(f"{address(ticket)}/{name}", {"version": found[0] if found else "", **fields})


def test_it_says_what_is_wrong_and_how_to_repair_it(lead: Browser, history: Database) -> None:
    page = lead.get(address(find(history, "image-alt"))).text
    text = text_of(page)
    assert "Images must have alternative text" in text
    assert "Element does not have an alt attribute." in text
    assert "1.1.1 Non-text Content (level A)" in text
    assert 'href="https://www.w3.org/WAI/WCAG21/Understanding/non-text-content" rel="noopener noreferrer' in page
    assert 'href="https://dequeuniversity.com/rules/axe/4.14/image-alt" rel="noopener noreferrer' in page
    assert "&lt;img src=&#34;/course/42.jpg&#34; class=&#34;gallery&#34;&gt;" in page
    assert "https://ecampus.example.org/course/1" in text
    assert "anonymous: desktop, mobile" in text


def test_the_picture_is_served_to_people_who_are_signed_in(lead: Browser, history: Database) -> None:
    page = lead.get(address(find(history, "image-alt"))).text
    picture = re.findall(r'src="(/accessibility/evidence/[0-9a-f]{64}\.png)"', page)[0]
    answer = lead.get(picture)
    assert answer.headers["content-type"] == "image/png"
    assert "private" in answer.headers["cache-control"]
    assert answer.content.startswith(b"\x89PNG")
    lead.cookies.clear()
    assert lead.get(picture).status_code == 303


@pytest.mark.parametrize("name", ["0" * 64, "A" * 64, "..%2f..%2fsecret.key", "x"])
def test_what_is_no_picture_is_not_found(lead: Browser, name: str) -> None:
    assert lead.get(f"/accessibility/evidence/{name}.png").status_code == 404


def test_an_address_that_is_not_http_never_becomes_a_link(lead: Browser, history: Database) -> None:
    ticket = find(history, "image-alt")
    with history.write() as session:
        component = session.scalars(sa.select(Component).where(Component.ticket_id == ticket.id)).one()
        component.finding = {**component.finding, "help_url": "javascript:alert(1)", "name": "<b onclick=x>"}
    page = lead.get(address(ticket)).text
    assert "javascript:" not in page
    assert "<b onclick" not in page


def test_a_ticket_that_is_not_there_is_not_found(lead: Browser) -> None:
    for path in ("ecampus/999", "nothing/1", "ecampus/99999999999999999999", "ecampus/x"):
        assert lead.get(f"/accessibility/tickets/{path}").status_code == 404, path


def test_a_claim_is_a_claim_until_it_is_taken_back(lead: Browser, history: Database) -> None:
    ticket = find(history, "button-name")
    answer = step(lead, ticket, "work", to="fixed", note="Repaired in 4.3")
    assert answer.headers["location"] == address(ticket)
    page = text_of(lead.get(address(ticket)).text)
    assert "Claimed fixed. Two audits in a row without it will prove it." in page
    assert "Repaired in 4.3" in page
    assert step(lead, ticket, "undo").status_code == 303
    assert find(history, "button-name").state == "open"


def test_nobody_can_set_what_only_an_audit_proves(lead: Browser, history: Database) -> None:
    answer = step(lead, find(history, "button-name"), "work", to="verified")
    assert answer.status_code == 422
    assert "Only an audit can prove a repair." in answer.text


def test_due_date_and_assignment_are_saved_where_the_eyes_are(lead: Browser, history: Database) -> None:
    ticket = find(history, "button-name")
    due = {"due-day": "27", "due-month": "3", "due-year": str(ticket.due.year + 1)}
    assert step(lead, ticket, "due", **due).status_code == 303
    assert step(lead, ticket, "assign", assignee=str(lead.person.id)).status_code == 303
    saved = find(history, "button-name")
    assert (saved.due.day, saved.due.month, saved.assignee_id) == (27, 3, lead.person.id)
    assert "Assigned to Sample lead" in text_of(lead.get(address(ticket)).text)
    step(lead, ticket, "due")
    assert find(history, "button-name").due is None


def test_a_wrong_date_is_said_beside_its_field_and_kept(lead: Browser, history: Database) -> None:
    ticket = find(history, "button-name")
    answer = step(lead, ticket, "due", **{"due-day": "31", "due-month": "2", "due-year": "2030"})
    assert answer.status_code == 422
    assert "Enter a real date" in answer.text
    assert 'name="due-day" type="text" inputmode="numeric" value="31"' in answer.text
    assert find(history, "button-name").due == ticket.due


def test_an_exception_needs_a_reason_and_ends_when_it_is_withdrawn(lead: Browser, history: Database) -> None:
    ticket = find(history, "button-name")
    until = {"until-day": "1", "until-month": "6", "until-year": str(ticket.due.year + 1)}
    answer = step(lead, ticket, "except", kind="accepted risk", reason=" ", **until)
    assert answer.status_code == 422
    assert "Say why it is not repaired for now." in answer.text
    step(lead, ticket, "except", kind="accepted risk", reason="Replaced in spring", **until)
    page = text_of(lead.get(address(ticket)).text)
    assert "Accepted risk" in page
    assert "Replaced in spring" in page
    step(lead, ticket, "withdraw")
    assert find(history, "button-name").state == "open"


def test_a_comment_is_added_and_shown_as_text(lead: Browser, history: Database) -> None:
    ticket = find(history, "button-name")
    step(lead, ticket, "comment", text="<script>alert(1)</script>")
    page = lead.get(address(ticket)).text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page


def test_who_saw_an_older_version_changes_nothing(lead: Browser, history: Database) -> None:
    ticket = find(history, "button-name")
    step(lead, ticket, "assign", assignee=str(lead.person.id))
    answer = lead.post_form(f"{address(ticket)}/due", {"version": str(ticket.version)})
    assert answer.status_code == 422
    assert "Somebody changed this ticket meanwhile." in answer.text
    assert find(history, "button-name").due == ticket.due


def test_a_viewer_reads_and_the_assigned_one_works(browser_of: Callable[..., Browser], history: Database) -> None:
    viewer, ticket = browser_of("viewer"), find(history, "button-name")
    page = viewer.get(address(ticket)).text
    assert f'action="{address(ticket)}/' not in page
    assert step(viewer, ticket, "work", to="fixed").status_code == 403
    with history.write() as session:
        session.get_one(Ticket, ticket.id).assignee_id = viewer.person.id
    page = viewer.get(address(ticket)).text
    assert f'action="{address(ticket)}/work"' in page
    assert f'action="{address(ticket)}/except"' not in page
    assert step(viewer, ticket, "work", to="in progress").status_code == 303
