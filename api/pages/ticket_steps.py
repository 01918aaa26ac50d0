"""The steps that people take on one ticket; each answers on the ticket's page, where it can be taken back."""

from collections.abc import Callable
from datetime import date
from typing import Any, ClassVar

from fastapi import Request
from pydantic import BaseModel
from sqlalchemy.orm import Session
from starlette.responses import Response

from accessibility.ledger.tickets import actions, history
from accessibility.ledger.tickets.history import Author
from accessibility.ledger.tickets.models import Ticket
from accessibility.ledger.tickets.rules import TicketState
from api.addresses import local_path
from api.dependencies import Reading, Writing
from api.flash import Flash, Undo
from api.forms import Entered, Posted, RowId
from api.pages import page_router
from api.pages.access import Keeper, Reader
from api.pages.ticket import ONE, address_of, find, offered_people, ticket_page
from api.rendering import redirect, render
from api.ticket_cards import card
from core.i18n import gettext as _
from core.i18n import lazy
from core.people import queries as people
from core.people.models import Person

router = page_router()
WRITE_REASON = lazy("Say why it is not repaired for now.")


class Versioned(BaseModel):
    """The version of the ticket that the person saw."""

    version: int | None = None


class Assignment(Versioned):
    """Who is to repair; nobody when empty."""

    assignee: RowId | None = None


class Due(Versioned):
    """Until when; without a date when empty."""

    due: date | None = None


class Work(Versioned):
    """A state to move to, with a note."""

    to: TicketState
    note: str = ""


class Comment(BaseModel):
    """What somebody says."""

    text: str

    errors: ClassVar = {"text": lazy("Write something.")}


class Excepted(Versioned):
    """Not repaired for now, for a reason and until a date."""

    kind: TicketState
    reason: str
    until: date

    errors: ClassVar = {
        "kind": lazy("Choose “accepted risk” or “false alarm”."),
        "reason": WRITE_REASON,
        "until": lazy("Enter the last day, such as 27 3 2027."),
    }


@router.get(f"{ONE}/assign")
def ask_assign(request: Request, slug: str, number: int, _person: Keeper, session: Reading) -> Response:
    """Choose who repairs it, and go back to where one came from."""
    ticket = find(session, slug, number)
    start = {"assignee": str(ticket.assignee_id or ""), "next": request.query_params.get("next", "")}
    return render(
        request,
        "accessibility/assign.html",
        entered=Entered(start=start),
        ticket=ticket,
        card=card(ticket, ticket.components),
        address=address_of(slug, ticket),
        people=offered_people(session, slug),
    )


@router.post(f"{ONE}/assign")
def assign(request: Request, slug: str, number: int, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Give it to somebody."""

    def step(entered: Entered, ticket: Ticket, author: Author) -> str:
        given = entered.check(Assignment)
        actions.assign(session, ticket.id, author, given.assignee, version=given.version)
        name = people.person(session, given.assignee).name if given.assignee else _("nobody")
        return _("Assigned to %(name)s.", name=name)

    return _take(request, session, person, slug, number, posted, step)


@router.post(f"{ONE}/due")
def due(request: Request, slug: str, number: int, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Say until when."""

    def step(entered: Entered, ticket: Ticket, author: Author) -> str:
        given = entered.check(Due)
        actions.set_due(session, ticket.id, author, given.due, version=given.version)
        return _("The due date is saved.")

    return _take(request, session, person, slug, number, posted, step)


@router.post(f"{ONE}/work")
def work(request: Request, slug: str, number: int, person: Reader, session: Writing, posted: Posted) -> Response:
    """Start work, claim it fixed, or step back."""

    def step(entered: Entered, ticket: Ticket, author: Author) -> str:
        given = entered.check(Work)
        actions.work(session, ticket.id, author, given.to, given.note, version=given.version)
        if given.to is TicketState.FIXED:
            return _("Claimed fixed. Two audits in a row without it will prove it.")
        return _("The state is changed.")

    return _take(request, session, person, slug, number, posted, step)


@router.post(f"{ONE}/comment")
def comment(request: Request, slug: str, number: int, person: Reader, session: Writing, posted: Posted) -> Response:
    """Add a comment; it stays."""

    def step(entered: Entered, ticket: Ticket, author: Author) -> str:
        actions.comment(session, ticket.id, author, entered.check(Comment).text)
        return _("Your comment is added.")

    return _take(request, session, person, slug, number, posted, step, undo=False)


@router.post(f"{ONE}/except")
def make_exception(
    request: Request, slug: str, number: int, person: Keeper, session: Writing, posted: Posted
) -> Response:
    """Leave it as it is for now."""

    def step(entered: Entered, ticket: Ticket, author: Author) -> str:
        given = entered.check(Excepted)
        actions.make_exception(session, ticket.id, author, given.kind, given.reason, given.until, version=given.version)
        return _("Excepted. It comes back after its date.")

    return _take(request, session, person, slug, number, posted, step)


@router.post(f"{ONE}/withdraw")
def withdraw(request: Request, slug: str, number: int, person: Keeper, session: Writing, posted: Posted) -> Response:
    """End an exception before its date."""

    def step(entered: Entered, ticket: Ticket, author: Author) -> str:
        actions.withdraw_exception(session, ticket.id, author, version=entered.check(Versioned).version)
        return _("The exception has ended.")

    return _take(request, session, person, slug, number, posted, step)


@router.post(f"{ONE}/undo")
def undo(request: Request, slug: str, number: int, person: Reader, session: Writing, posted: Posted) -> Response:
    """Take the last step back."""

    def step(entered: Entered, ticket: Ticket, author: Author) -> str:
        actions.undo(session, ticket.id, author, version=entered.check(Versioned).version)
        return _("The last step is taken back.")

    return _take(request, session, person, slug, number, posted, step, undo=False)


def _take(
    request: Request,
    session: Session,
    person: Person,
    slug: str,
    number: int,
    posted: Any,
    step: Callable[[Entered, Ticket, Author], str],
    *,
    undo: bool = True,
) -> Response:
    """Take the step; its answer stands on the ticket's page, or where the form says, with an undo button."""
    entered, ticket = Entered(posted), find(session, slug, number)
    address = address_of(slug, ticket)
    with entered.shown_again(lambda: ticket_page(request, session, person, ticket, entered=entered)):
        text = step(entered, ticket, history.person(person))
    button = Undo(f"{address}/undo", _("Undo"), {"version": str(ticket.version)}) if undo else None
    return redirect(request, local_path(entered.value("next"), address), Flash(text, undo=button))
