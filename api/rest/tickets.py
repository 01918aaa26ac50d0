"""Tickets: listed, looked at, moved on one by one or many at a time."""

from typing import Annotated

from pydantic import BaseModel
from sqlalchemy.orm import Session
from starlette.responses import Response

from accessibility.ledger.shared.queries import shared_now
from accessibility.ledger.tickets import actions
from accessibility.ledger.tickets.history import Author
from accessibility.ledger.tickets.history import person as author_of
from accessibility.ledger.tickets.ticket_list import ticket_list
from api import rest
from api.callers import Caller, require_scope
from api.dependencies import Id, Reading, Writing
from api.paging import WantedPart
from api.rest import rest_router
from api.rest.given import Nothing
from api.rest.lists import tell_pages
from api.rest.preconditions import ExpectedVersion, etag, must_be
from api.rest.ticket_query import WantedSort, WantedTickets, sorting
from api.rest.ticket_schemas import TicketDetail, TicketOut, ticket_detail, ticket_out
from api.rest.ticket_steps import BulkChange, TicketChange, reached, reached_ticket, steps_of
from core.people import rules
from core.people.access import EVERY

router = rest_router("tickets")

Reader = Annotated[Caller, require_scope(rules.READ)]
Keeper = Annotated[Caller, require_scope(rules.TICKETS_WRITE)]


class BulkLineOut(BaseModel):
    """What became of one ticket; where it was not changed, `error` says why."""

    ticket: int
    changed: bool
    error: str | None


@router.get("/tickets")
def list_tickets(
    _caller: Reader,
    wanted: WantedTickets,
    session: Reading,
    part: WantedPart,
    response: Response,
    sort: WantedSort = "impact",
) -> list[TicketOut]:
    """The tickets that all the filters given let through."""
    by, descending = sorting(sort)
    found = ticket_list(session, wanted, by, descending=descending, offset=part.offset, limit=part.size)
    tell_pages(response, part, found.total)
    return [ticket_out(line.ticket, line.platform, line.assignee) for line in found.lines]


@router.post("/tickets/bulk")
def change_tickets(bulk: BulkChange, caller: Keeper, session: Writing) -> list[BulkLineOut]:
    """The same change for many tickets, whichever version they have: of each all of it, or none and the reason."""
    steps = [reached(caller), *steps_of(bulk.change)]
    lines = actions.change_many(session, bulk.tickets, _author(caller), steps)
    return [BulkLineOut(ticket=line.ticket_id, changed=not line.error, error=line.error or None) for line in lines]


@router.get("/tickets/{ticket_id}")
def get_ticket(ticket_id: Id, caller: Reader, session: Reading, response: Response) -> TicketDetail:
    """One ticket with its newest example."""
    return answer(session, caller, ticket_id, response)


@router.patch("/tickets/{ticket_id}")
def change_ticket(
    ticket_id: Id, change: TicketChange, caller: Keeper, session: Writing, version: ExpectedVersion, response: Response
) -> TicketDetail:
    """Assign it, set its due date, move it on, except it for a while, or end that. All of the change, or none of it."""
    must_be(reached_ticket(session, caller, ticket_id).ticket.version, version)
    for step in steps_of(change):
        step(session, ticket_id, _author(caller))
    return answer(session, caller, ticket_id, response)


@router.post("/tickets/{ticket_id}/undo")
def undo_ticket_step(
    ticket_id: Id,
    caller: Keeper,
    session: Writing,
    version: ExpectedVersion,
    response: Response,
    _given: Nothing | None = None,
) -> TicketDetail:
    """Take back the last step that a person took; the history keeps both. 409 when there is none to take back."""
    must_be(reached_ticket(session, caller, ticket_id).ticket.version, version)
    actions.undo(session, ticket_id, _author(caller))
    return answer(session, caller, ticket_id, response)


def answer(session: Session, caller: Caller, ticket_id: int, response: Response) -> TicketDetail:
    """The ticket with its ETag."""
    view = reached_ticket(session, caller, ticket_id)
    response.headers["ETag"] = etag(view.ticket.version)
    evidence = f"{rest.PREFIX}/tickets/{ticket_id}/evidence" if view.evidence else ""
    shared = shared_now(session, ticket_id) if caller.platforms is EVERY else None
    return ticket_detail(view, evidence, shared)


def _author(caller: Caller) -> Author:
    return author_of(caller.person, caller.actor)
