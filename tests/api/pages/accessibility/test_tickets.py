"""The list of tickets: what its address asks for, and many changed at a time."""

import re
from collections.abc import Callable

import pytest
import sqlalchemy as sa

from accessibility.ledger.tickets.models import Ticket
from core.database import Database
from tests.api.pages.accessibility.test_last_night import text_of
from tests.api.people import Browser

LIST = "/accessibility/tickets"


def shown(browser: Browser, query: str) -> list[str]:
    """Platform and number of the tickets listed."""
    page = browser.get(f"{LIST}?{query}").text
    return re.findall(r'<th [^>]+><div><a href="/accessibility/tickets/([^"]+)"', page)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", 7),
        ("group=all", 13),
        ("group=excepted", 2),
        ("group=ended", 4),
        ("group=all&impact=critical", 3),
        ("group=all&platform=partner", 1),
        ("group=all&platform=nothing", 0),
        ("assignee=me", 2),
        ("assignee=nobody", 5),
        ("rule=color-contrast", 2),
        ("text=lang&group=all", 1),
        ("overdue=1", 1),
        ("group=all&state=verified", 3),
        ("group=nonsense&impact=nonsense&assignee=nonsense&sort=nonsense&opened_in=x", 13),
    ],
)
def test_the_address_says_which_tickets_are_listed(lead: Browser, query: str, expected: int) -> None:
    assert len(shown(lead, query)) == expected


def test_columns_sort_by_links_both_ways(lead: Browser) -> None:
    page = lead.get(f"{LIST}?group=all&sort=due").text
    assert 'href="/accessibility/tickets?group=all&amp;sort=-due"' in page
    assert 'aria-sort="ascending"' in page
    up, down = shown(lead, "group=waiting&sort=due"), shown(lead, "group=waiting&sort=-due")
    assert up == down[::-1]


def test_an_empty_result_says_so_and_how_to_get_out(lead: Browser) -> None:
    page = lead.get(f"{LIST}?text=nothing+at+all").text
    assert "No ticket fits this filter" in text_of(page)
    assert 'href="/accessibility/tickets">Clear the filter' in page


def test_texts_of_audited_pages_are_shown_as_text(lead: Browser) -> None:
    page = lead.get(f"{LIST}?group=all").text
    assert "&lt;html&gt; element must have a lang attribute" in page
    assert "<html> element" not in page


def test_viewers_have_no_checkboxes(browser_of: Callable[..., Browser]) -> None:
    assert 'type="checkbox" name="ticket"' not in browser_of("viewer").get(LIST).text


def ids(database: Database, *conditions: sa.ColumnElement[bool]) -> list[str]:
    with database.read() as session:
        return [str(one) for one in session.scalars(sa.select(Ticket.id).where(*conditions).order_by(Ticket.id))]


def test_many_tickets_are_assigned_at_once_and_given_back_by_undo(lead: Browser, history: Database) -> None:
    wanted = ids(history, Ticket.state == "open")
    fields = {"ticket": wanted, "do": "assign", "person": str(lead.person.id), "next": f"{LIST}?impact=critical"}
    answer = lead.post_form(f"{LIST}/bulk", fields)
    assert answer.headers["location"] == f"{LIST}?impact=critical"
    assert set(ids(history, Ticket.assignee_id == lead.person.id)) >= set(wanted)
    page = lead.get(answer.headers["location"]).text
    assert f"{len(wanted)} tickets are changed." in page
    undo = re.findall(r'name="tickets" value="([^"]+)"', page)[0]
    lead.post_form(f"{LIST}/bulk/undo", {"tickets": undo, "next": LIST})
    assert ids(history, Ticket.assignee_id.is_(None), Ticket.state == "open") == wanted


def test_what_is_not_possible_is_reported_with_the_reason_and_the_rest_is_done(
    lead: Browser, history: Database
) -> None:
    fields = {"ticket": ids(history), "do": "state", "to": "fixed", "next": LIST}
    page = text_of(lead.post_form(f"{LIST}/bulk", fields).text)
    assert "7 tickets are changed" in page
    assert "6 stay as they were." in page
    assert "A ticket that is “verified” cannot become “fixed”." in page
    assert "Undo what was changed" in page


def test_a_wrong_entry_keeps_the_selection_and_changes_nothing(lead: Browser, history: Database) -> None:
    wanted = ids(history, Ticket.state == "open")
    fields = {"ticket": wanted, "do": "except", "kind": "accepted risk", "reason": "Sample reason", "next": LIST}
    answer = lead.post_form(f"{LIST}/bulk", fields)
    assert answer.status_code == 422
    assert "Enter the last day" in answer.text
    assert "Sample reason" in answer.text
    assert re.findall(r'name="ticket" value="(\d+)"', answer.text) == wanted
    assert ids(history, Ticket.state == "open") == wanted


def test_without_a_selection_nothing_happens_and_it_says_so(lead: Browser) -> None:
    answer = lead.post_form(f"{LIST}/bulk", {"do": "assign", "next": "https://example.org/"})
    assert answer.headers["location"] == LIST
    assert "No ticket was selected" in lead.get(LIST).text
