"""One ticket: what is wrong, how it is repaired, where it is, and what happened to it."""

from typing import Any

from fastapi import Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from accessibility.engine import wcag
from accessibility.ledger.platforms import queries as platforms
from accessibility.ledger.shared import queries as shared_queries
from accessibility.ledger.tickets import actions, queries
from accessibility.ledger.tickets.models import Ticket
from accessibility.ledger.tickets.queries import TicketView
from accessibility.ledger.tickets.rules import EXCEPTIONS, WAITING, WORK, Step, TicketState, may
from api import accessibility_words as words
from api.dependencies import Reading
from api.forms import Entered
from api.pages import page_router
from api.pages.access import Reader, keeps, sees_all
from api.pages.tickets import LARGEST, LIST
from api.paging import Paging, WantedPage
from api.rendering import render
from api.ticket_cards import card
from api.ticket_history import told
from core.errors import NotFound
from core.i18n import gettext as _
from core.i18n import today
from core.people import queries as people
from core.people.access import roles_on
from core.people.models import Person

router = page_router()
ONE = f"{LIST}/{{slug}}/{{number}}"


@router.get(ONE)
def one_ticket(
    request: Request, slug: str, number: int, person: Reader, session: Reading, paging: WantedPage
) -> Response:
    """The ticket's page."""
    return ticket_page(request, session, person, find(session, slug, number), paging=paging)


def find(session: Session, slug: str, number: int) -> Ticket:
    """The ticket of this platform and number; raises `NotFound`."""
    if number > LARGEST:
        raise NotFound(_("There is no such ticket."))
    return queries.ticket_by_number(session, platforms.get(session, slug).id, number)


def address_of(slug: str, ticket: Ticket) -> str:
    """Where the ticket's page is."""
    return f"{LIST}/{slug}/{ticket.number}"


def ticket_page(
    request: Request,
    session: Session,
    person: Person,
    ticket: Ticket,
    *,
    entered: Entered | None = None,
    paging: Paging | None = None,
) -> Response:
    """The page, with what stands in its forms when one was wrong."""
    view = queries.ticket_view(session, ticket.id)
    paging = paging or Paging(request, 1, 50)
    places, total = queries.ticket_places(session, ticket.id, offset=paging.offset, limit=paging.size)
    return render(
        request,
        "accessibility/ticket.html",
        view=view,
        ticket=view.ticket,
        address=address_of(view.platform.slug, view.ticket),
        card=card(view.ticket, view.components),
        finding=view.example.finding if view.components else {},
        criteria=[wcag.BY_NUMBER[number] for number in view.ticket.criteria if number in wcag.BY_NUMBER],
        places=places,
        paging=paging.of(total),
        history=told(queries.ticket_history(session, ticket.id), people.people(session)),
        entered=entered or Entered(),
        forms=_forms(request, view, entered),
        overdue=view.ticket.due is not None and view.ticket.due < today() and view.ticket.state in WAITING,
        steps=_steps(view, person),
        can=_can(view, person),
        undoable=_undoable(session, view, person),
        people=[
            ("", _("Nobody")),
            *((one.id, one.name) for one in people.people_who_read(session, frozenset({view.platform.slug}))),
        ],
        words=words,
        can_recheck=keeps(person, view.platform.slug),
        **_shared(session, person, ticket.id),
    )


def offered_people(session: Session, slug: str) -> list[tuple[object, str]]:
    """Whom a ticket of this platform can be given to."""
    able = people.people_who_read(session, frozenset({slug}))
    return [("", _("Nobody")), *((one.id, one.name) for one in able)]


def _shared(session: Session, person: Person, ticket_id: int) -> dict[str, Any]:
    """The shared component that the ticket belongs to, and its siblings on other platforms; None and nobody else's."""
    child = shared_queries.shared_of(session, ticket_id) if sees_all(person) else None
    if child is None:
        return {"parent": None}
    everybody = shared_queries.children_of(session, child.shared_id)
    siblings = [one for one in everybody if one.ticket.id != ticket_id and one.sharing]
    mine = next(one for one in everybody if one.ticket.id == ticket_id)
    return {"parent": shared_queries.line_of(session, child.shared_id), "siblings": siblings, "sharing": mine.sharing}


def _forms(request: Request, view: TicketView, wrong: Entered | None) -> dict[str, Entered]:
    """What stands in each form of the page, by the last part of its address; one of them was perhaps wrong."""
    forms = dict.fromkeys(("assign", "due", "work", "comment", "except"), _entries(view))
    return forms | ({request.url.path.rpartition("/")[2]: wrong} if wrong else {})


def _entries(view: TicketView) -> Entered:
    due = view.ticket.due
    start: dict[str, Any] = {"assignee": str(view.ticket.assignee_id or "")}
    if due:
        start |= {"due-day": str(due.day), "due-month": str(due.month), "due-year": str(due.year)}
    return Entered(start=start)


def _assigned(view: TicketView, person: Person) -> bool:
    return view.ticket.assignee_id == person.id


def _can(view: TicketView, person: Person) -> dict[str, bool]:
    """What this person may do here; the rest is not shown."""
    assigned = _assigned(view, person)
    roles = roles_on(person, view.platform.slug)
    allowed = {step.value: may(roles, step, assigned=assigned) for step in Step}
    waiting, excepted = view.ticket.state in WAITING, view.ticket.state in EXCEPTIONS
    return allowed | {
        Step.EXCEPT.value: allowed[Step.EXCEPT] and waiting,
        Step.WITHDRAW.value: allowed[Step.WITHDRAW] and excepted,
    }


def _steps(view: TicketView, person: Person) -> list[tuple[str, object]]:
    """The states that this person may move the ticket to, and what the button says."""
    if not may(roles_on(person, view.platform.slug), Step.WORK, assigned=_assigned(view, person)):
        return []
    texts = {
        TicketState.FIXED: _("Claim it fixed"),
        TicketState.IN_PROGRESS: _("Start work"),
        TicketState.OPEN: _("Stop work"),
    }
    if view.ticket.state == TicketState.FIXED:
        texts[TicketState.IN_PROGRESS] = _("Not fixed after all")
    possible = WORK.get(TicketState(view.ticket.state), frozenset())
    return [(state.value, text) for state, text in texts.items() if state in possible]


def _undoable(session: Session, view: TicketView, person: Person) -> bool:
    """Whether the last step is a person's, and this person may take it back."""
    last = actions.last_step(session, view.ticket.id)
    if last is None or last.person_id is None or last.kind not in actions.UNDOABLE:
        return False
    own = last.person_id == person.id and _assigned(view, person)
    return may(roles_on(person, view.platform.slug), Step.UNDO, assigned=own)
