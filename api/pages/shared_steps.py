"""The steps that people take on a shared component; each answers on its page."""

from collections.abc import Callable
from typing import Any, ClassVar

from fastapi import Request
from pydantic import BaseModel
from sqlalchemy.orm import Session
from starlette.responses import Response

from accessibility.ledger.shared import actions, queries
from accessibility.ledger.tickets.history import Author
from accessibility.ledger.tickets.history import person as author_of
from accessibility.ledger.tickets.rules import TicketState
from api.dependencies import Id, Reading, Writing
from api.flash import Flash
from api.forms import Entered, Posted
from api.pages import page_router
from api.pages.access import Founder, Overseer
from api.pages.shared import LIST, ONE, shared_page
from api.pages.ticket_steps import Assignment, Comment, Versioned
from api.rendering import redirect, render
from core.errors import NotFound
from core.i18n import gettext as _
from core.i18n import lazy, ngettext
from core.people import queries as people
from core.people.models import Person

router = page_router()
SEPARATION = f"{ONE}/tickets/{{ticket_id}}"


class Work(Versioned):
    """A state to move the children to, with a note."""

    to: TicketState
    note: str = ""


class Reason(BaseModel):
    """Why."""

    reason: str

    errors: ClassVar = {"reason": lazy("Say why.")}


@router.post(f"{ONE}/assign")
def assign(request: Request, number: Id, person: Founder, session: Writing, posted: Posted) -> Response:
    """Say who repairs it in the model."""

    def step(entered: Entered, author: Author) -> str:
        given = entered.check(Assignment)
        actions.assign(session, number, author, given.assignee, version=given.version)
        name = people.person(session, given.assignee).name if given.assignee else _("nobody")
        return _("Assigned to %(name)s.", name=name)

    return _take(request, session, person, number, posted, step)


@router.post(f"{ONE}/work")
def work(request: Request, number: Id, person: Overseer, session: Writing, posted: Posted) -> Response:
    """Take a step of work for every platform that it fits."""

    def step(entered: Entered, author: Author) -> str:
        given = entered.check(Work)
        moved = len(actions.work(session, number, author, given.to, given.note, version=given.version))
        if given.to is TicketState.FIXED:
            return ngettext(
                "The repair is claimed for one ticket. Two audits of its platform in a row will prove it.",
                "The repair is claimed for %(n)s tickets. Two audits of each platform in a row will prove it there.",
                moved,
            )
        return ngettext("The state of one ticket is changed.", "The state of %(n)s tickets is changed.", moved)

    return _take(request, session, person, number, posted, step)


@router.post(f"{ONE}/comment")
def comment(request: Request, number: Id, person: Overseer, session: Writing, posted: Posted) -> Response:
    """Add a comment; it stays."""

    def step(entered: Entered, author: Author) -> str:
        actions.comment(session, number, author, entered.check(Comment).text)
        return _("Your comment is added.")

    return _take(request, session, person, number, posted, step)


@router.get(SEPARATION)
def ask_separate(request: Request, number: Id, ticket_id: Id, _person: Founder, session: Reading) -> Response:
    """Ask why a ticket is to be separated, or joined again."""
    return _reason_page(request, session, number, ticket_id, Entered())


@router.post(SEPARATION)
def separate(
    request: Request, number: Id, ticket_id: Id, person: Founder, session: Writing, posted: Posted
) -> Response:
    """Separate a ticket from the others, or join it again if it is separated."""
    child = _child(session, number, ticket_id)
    entered, author = Entered(posted), author_of(person)
    separated = child.separated_at is not None
    with entered.shown_again(lambda: _reason_page(request, session, number, ticket_id, entered)):
        reason = entered.check(Reason).reason
        (actions.rejoin if separated else actions.separate)(session, number, ticket_id, author, reason)
    name = f"{child.platform.name} {child.ticket.number}"
    text = _("%(ticket)s is joined again.", ticket=name) if separated else _("%(ticket)s is separated.", ticket=name)
    return redirect(request, f"{LIST}/{number}", Flash(text))


def _reason_page(request: Request, session: Session, number: int, ticket_id: int, entered: Entered) -> Response:
    child = _child(session, number, ticket_id)
    name = f"{child.platform.name} {child.ticket.number}"
    separated = child.separated_at is not None
    return render(
        request,
        "accessibility/shared_separate.html",
        title=_("Join %(ticket)s again?", ticket=name) if separated else _("Separate %(ticket)s?", ticket=name),
        separated=separated,
        line=queries.line_of(session, number),
        entered=entered,
        back=f"{LIST}/{number}",
    )


def _child(session: Session, number: int, ticket_id: int) -> queries.ChildLine:
    found = next((one for one in queries.children_of(session, number) if one.ticket.id == ticket_id), None)
    if found is None:
        raise NotFound(_("This ticket does not belong to the shared component."))
    return found


def _take(
    request: Request, session: Session, person: Person, number: int, posted: Any, step: Callable[[Entered, Author], str]
) -> Response:
    entered = Entered(posted)
    with entered.shown_again(lambda: shared_page(request, session, person, number, entered=entered)):
        text = step(entered, author_of(person))
    return redirect(request, f"{LIST}/{number}", Flash(text))
