"""The pages of shared components: the list, one with its tickets, and the steps that people take.

In the history the list items fail on the partner platform and, since night 4, on its model.
"""

import re
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from httpx2 import Response

from accessibility.ledger.shared.models import SharedChild, SharedComponent
from accessibility.ledger.tickets.models import Ticket
from core.database import Database
from tests.api.pages.accessibility.test_last_night import text_of
from tests.api.pages.accessibility.test_platforms import entries
from tests.api.people import Browser

LIST = "/accessibility/shared"


@pytest.fixture
def address(history: Database) -> str:
    """Of the shared component that waits."""
    with history.read() as session:
        waits = sa.select(SharedComponent.id).where(SharedComponent.rule == "listitem")
        return f"{LIST}/{session.scalars(waits).one()}"


def tickets(history: Database, address: str) -> list[Ticket]:
    with history.read() as session:
        mine = sa.select(Ticket).join(SharedChild, SharedChild.ticket_id == Ticket.id)
        number = int(address.rpartition("/")[2])
        return list(session.scalars(mine.where(SharedChild.shared_id == number).order_by(Ticket.platform_id)))


def step(browser: Browser, address: str, name: str, **fields: Any) -> Response:
    """Take a step as the form on the page does, with the version that the page shows."""
    found = re.findall(r'name="version" value="(\d+)"', browser.get(address).text)
    return browser.post_form(f"{address}/{name}", {"version": found[0] if found else "", **fields})


def test_the_list_has_what_waits_and_on_how_many_platforms(lead: Browser) -> None:
    said = text_of(lead.get(LIST).text)
    assert "One problem waits on several platforms." in said
    assert "<li> elements must be contained in a <ul> or <ol>" in said
    assert "Links must have discernible text" not in said
    assert "Links must have discernible text" in text_of(lead.get(f"{LIST}?state=all").text)
    assert "Proven fixed everywhere" in text_of(lead.get(f"{LIST}?state=ended").text)


def test_a_filter_that_nothing_fits_says_so(lead: Browser) -> None:
    assert "No shared component fits this filter" in text_of(lead.get(f"{LIST}?platform=archive").text)
    assert lead.get(f"{LIST}?impact=nonsense&state=nonsense").status_code == 200


def test_it_shows_every_platform_and_where_to_repair_first(lead: Browser, address: str, history: Database) -> None:
    page = lead.get(address).text
    said = text_of(page)
    ecampus, partner = tickets(history, address)
    assert "Repair it in the model first:" in said
    assert f'href="/accessibility/tickets/ecampus/{ecampus.number}"' in page
    assert f'href="/accessibility/tickets/partner/{partner.number}"' in page
    assert "Found on several platforms" in said
    assert lead.get(f"{LIST}/999").status_code == 404
    assert lead.get(f"{LIST}/{2**40}").status_code == 404


def test_a_ticket_shows_its_siblings(lead: Browser, address: str, history: Database) -> None:
    ecampus, partner = tickets(history, address)
    page = lead.get(f"/accessibility/tickets/ecampus/{ecampus.number}").text
    assert f'href="{address}"' in page
    assert f"Sample partner platform {partner.number}" in text_of(page)
    assert "Found on other platforms too: joined to shared component" in text_of(page)


def test_a_claim_moves_every_ticket_and_says_what_proves_it(lead: Browser, address: str, history: Database) -> None:
    answer = step(lead, address, "work", to="fixed", note="In the model since <b>4.2</b>.")
    assert (answer.status_code, answer.headers["location"]) == (303, address)
    said = text_of(lead.get(address).text)
    assert "The repair is claimed for 2 tickets." in said
    assert "Repair claimed" in said
    assert "In the model since <b>4.2</b>." in said
    assert [ticket.state for ticket in tickets(history, address)] == ["fixed", "fixed"]
    ticket = text_of(lead.get(f"/accessibility/tickets/ecampus/{tickets(history, address)[0].number}").text)
    assert "State: Claimed fixed; for all platforms of shared component" in ticket
    assert step(lead, address, "work", to="fixed").status_code == 422
    step(lead, address, "work", to="in progress")
    assert [ticket.state for ticket in tickets(history, address)] == ["in progress", "in progress"]
    assert "The state of 2 tickets is changed." in text_of(lead.get(address).text)


def test_it_has_one_owner_who_may_claim_and_comment(
    lead: Browser, browser_of: Callable[..., Browser], address: str, history: Database
) -> None:
    viewer = browser_of("viewer")
    assert "Claim it repaired" not in viewer.get(address).text
    assert step(viewer, address, "work", to="fixed").status_code == 403
    step(lead, address, "assign", assignee=str(viewer.person.id))
    assert f"Assigned to {viewer.person.name}" in text_of(lead.get(address).text)
    assert step(viewer, address, "comment", text="On my list.").status_code == 303
    assert step(viewer, address, "work", to="fixed").status_code == 303
    assert "On my list." in text_of(lead.get(address).text)
    assert step(lead, address, "comment", text="").status_code == 422
    step(lead, address, "assign", assignee="")
    assert "assigned to nobody" in text_of(lead.get(address).text)


def test_a_step_from_an_old_page_is_refused_beside_its_form(lead: Browser, address: str) -> None:
    answer = lead.post_form(f"{address}/work", {"version": "0", "to": "fixed", "note": "My words"})
    assert answer.status_code == 422
    assert "Somebody changed this meanwhile" in text_of(answer.text)
    assert 'value="My words"' in answer.text


def test_a_ticket_is_separated_with_a_reason_and_joined_again(lead: Browser, address: str, history: Database) -> None:
    _ecampus, partner = tickets(history, address)
    where = f"{address}/tickets/{partner.id}"
    assert f"Separate Sample partner platform {partner.number}?" in text_of(lead.get(where).text)
    assert "Say why." in text_of(lead.post_form(where, {"reason": ""}).text)
    assert lead.post_form(where, {"reason": "Their own footer."}).status_code == 303
    said = text_of(lead.get(address).text)
    assert "is separated." in said
    assert "Not counted" in said
    assert "Separated from" in text_of(lead.get(f"/accessibility/tickets/partner/{partner.number}").text)
    assert "again?" in text_of(lead.get(where).text)
    lead.post_form(where, {"reason": "The model's after all."})
    assert "is joined again." in text_of(lead.get(address).text)
    assert lead.get(f"{address}/tickets/9999").status_code == 404


def test_a_platform_names_its_model_and_may_keep_to_itself(lead: Browser, address: str) -> None:
    edit = "/accessibility/platforms/partner/edit"
    page = lead.get(edit).text
    assert '<option value="ecampus" selected>' in page
    fields = entries(page)
    fields.pop("share")
    assert lead.post_form(edit, fields).status_code == 303
    assert "the platform does not share its tickets" in text_of(lead.get(address).text)
