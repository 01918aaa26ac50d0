"""Last night: one screen answers "do I have to act?"."""

import html
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from fastapi import FastAPI

from accessibility.ledger.audits.models import Audit
from accessibility.ledger.platforms.models import Platform
from accessibility.ledger.tickets.models import Ticket
from api.app import create_app
from core import clock
from core.database import Database
from tests.api.people import Browser, add_person

PAGE = "/accessibility/last-night"


def text_of(page: str) -> str:
    """What a person reads, with single spaces."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def audit_of(slug: str) -> sa.Select[tuple[int]]:
    platform = sa.select(Platform.id).where(Platform.slug == slug).scalar_subquery()
    return sa.select(Audit.id).where(Audit.platform_id == platform, Audit.state == "done")


def change_last_audit(database: Database, slug: str, **values: object) -> None:
    with database.write() as session:
        newest = session.scalars(audit_of(slug).order_by(Audit.number.desc()).limit(1)).one()
        session.execute(sa.update(Audit).where(Audit.id == newest).values(**values))


def test_the_first_sentence_says_how_many_platforms_need_somebody(lead: Browser) -> None:
    assert "2 of 3 platforms need you." in text_of(lead.get(PAGE).text)


def test_a_night_whose_login_broke_is_said_loudly_with_what_it_means(lead: Browser) -> None:
    page = text_of(lead.get(PAGE).text)
    assert "Sample partner platform · Not judged: the login broke" in page
    assert "The login broke (teacher). No ticket was changed; earlier findings stay as they were." in page
    assert page.index("Not judged: the login broke") < page.index("New critical failure")


def test_every_number_leads_to_just_so_many_tickets(lead: Browser) -> None:
    page = lead.get(PAGE).text
    links = re.findall(r'<a href="(/accessibility/tickets\?[^"]+)">(\d+)</a>', page)
    assert len(links) >= 4
    for address, number in links:
        found = text_of(lead.get(html.unescape(address)).text)
        expected = "One ticket fits this filter." if number == "1" else f"{number} tickets fit this filter."
        assert expected in found, address


def test_a_new_problem_is_shown_with_picture_place_impact_and_criterion_by_number_and_name(lead: Browser) -> None:
    page = lead.get(PAGE).text
    assert re.search(r'<img src="/accessibility/evidence/[0-9a-f]{64}\.png" alt="Picture of the element: [^"]+"', page)
    text = text_of(page)
    assert "Buttons must have discernible text" in text
    assert "On 2 pages, as anonymous + student, desktop + mobile." in text
    assert "Critical 4.1.2 Name, Role, Value (A)" in text


def test_what_was_not_audited_stands_with_its_reason_and_what_to_do(lead: Browser) -> None:
    text = text_of(lead.get(PAGE).text)
    assert "Sample partner platform Login failed 7 Nobody could be logged in for this role. Renew the login" in text
    assert "Sample eCampus Server error 4" in text


def test_assigning_from_here_comes_back_here_and_takes_the_platform_off_the_list(
    lead: Browser, history: Database
) -> None:
    page = lead.get(PAGE).text
    asking = re.findall(r'href="(/accessibility/tickets/[^"]+/assign\?next=[^"]+)"', page)
    assert len(asking) == 2
    for address in asking:
        form = lead.get(html.unescape(address)).text
        version = re.findall(r'name="version" value="(\d+)"', form)[-1]  # after that of the message's undo
        fields = {"version": version, "next": PAGE, "assignee": str(lead.person.id)}
        answer = lead.post_form(address.partition("?")[0], fields)
        assert answer.status_code == 303, text_of(answer.text)
        assert answer.headers["location"] == PAGE
    with history.write() as session:  # as is the one that came back
        session.execute(sa.update(Ticket).where(Ticket.reopened_in == 10).values(assignee_id=lead.person.id))
    text = text_of(lead.get(PAGE).text)
    assert "One of 3 platforms needs you." in text
    assert "All taken care of" in text


def test_viewers_see_it_without_any_button(browser_of: Callable[..., Browser]) -> None:
    page = browser_of("viewer").get(PAGE).text
    assert "2 of 3 platforms need you." in text_of(page)
    assert "/assign" not in page
    assert "/edit" not in page


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"state": "failed", "error": "no browser <b>"}, "Audit failed"),
        ({"held": "site out of order"}, "Not judged: the site was out of order"),
        ({"floor_met": False, "score": None}, "Not judged: too few pages"),
    ],
)
def test_what_could_not_be_judged_never_looks_well(
    lead: Browser, history: Database, values: dict[str, object], said: str
) -> None:
    change_last_audit(history, "public-site", **values)
    page = lead.get(PAGE).text
    assert f"Sample public site · {said}" in text_of(page)
    assert "<b>" not in page


def test_a_night_that_did_not_take_place_is_said(
    lead: Browser, history: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = clock.now() + timedelta(hours=26)
    monkeypatch.setattr(clock, "now", lambda: later)
    with history.write() as session:
        session.execute(sa.update(Audit).where(Audit.state == "running").values(state="cancelled"))
    lead.sign_in_as(history, lead.person)
    text = text_of(lead.get(PAGE).text)
    assert "Sample public site · Not audited The audit that was planned did not take place." in text


def test_before_the_first_platform_it_says_what_would_stand_here(database: Database) -> None:
    app: FastAPI = create_app(database)
    browser = Browser(app, follow_redirects=False).sign_in_as(database, add_person(database, "accessibility"))
    page = browser.get(PAGE).text
    assert "No platform is audited yet." in text_of(page)
    assert 'href="/accessibility/add-platform"' in page


def test_the_number_of_statements_does_not_grow_with_the_tickets(lead: Browser, history: Database) -> None:
    statements: list[str] = []

    def note(*call: Any) -> None:
        statements.append(call[2])

    sa.event.listen(history.engine, "before_cursor_execute", note)
    lead.get(PAGE)
    lead.get("/accessibility/tickets?group=all")
    sa.event.remove(history.engine, "before_cursor_execute", note)
    assert len(statements) <= 30
