"""What belongs to a ticket: its comments, its history, the pages it is on, its picture."""

from typing import Annotated

from fastapi import Request
from pydantic import Field
from starlette.responses import Response

from accessibility.ledger.tickets import actions, history, queries
from accessibility.ledger.tickets.rules import COMMENT_LENGTH
from api.callers import Caller, require_scope
from api.dependencies import Id, Reading, Writing
from api.paging import WantedPart
from api.rest import rest_router
from api.rest.findings import PNG, picture
from api.rest.given import Given
from api.rest.lists import tell_pages
from api.rest.ticket_schemas import CommentOut, HistoryOut, PlaceOut, comment_out, history_out, place_out
from api.rest.ticket_steps import reached_ticket
from core.people import rules

router = rest_router("tickets")

Reader = Annotated[Caller, require_scope(rules.READ)]
Keeper = Annotated[Caller, require_scope(rules.TICKETS_WRITE)]
COMMENT = "comment"


class CommentGiven(Given):
    """A comment. It is kept as text."""

    text: str = Field(min_length=1, max_length=COMMENT_LENGTH)


@router.get("/tickets/{ticket_id}/comments")
def list_comments(
    ticket_id: Id, caller: Reader, session: Reading, part: WantedPart, response: Response
) -> list[CommentOut]:
    """The ticket's comments, the newest first."""
    ticket = reached_ticket(session, caller, ticket_id).ticket
    lines, total = queries.history_part(session, ticket.id, kind=COMMENT, offset=part.offset, limit=part.size)
    tell_pages(response, part, total)
    return [comment_out(line) for line in lines]


@router.post("/tickets/{ticket_id}/comments", status_code=201)
def add_comment(ticket_id: Id, given: CommentGiven, caller: Keeper, session: Writing) -> CommentOut:
    """Comment on the ticket. It needs no `If-Match`: a comment overwrites nothing."""
    ticket = reached_ticket(session, caller, ticket_id).ticket
    actions.comment(session, ticket.id, history.person(caller.person, caller.actor), given.text)
    lines, _total = queries.history_part(session, ticket.id, kind=COMMENT, limit=1)
    return comment_out(lines[0])


@router.get("/tickets/{ticket_id}/history")
def list_history(
    ticket_id: Id, caller: Reader, session: Reading, part: WantedPart, response: Response
) -> list[HistoryOut]:
    """Everything that happened to the ticket, comments included, the newest first."""
    ticket = reached_ticket(session, caller, ticket_id).ticket
    lines, total = queries.history_part(session, ticket.id, offset=part.offset, limit=part.size)
    tell_pages(response, part, total)
    return [history_out(line) for line in lines]


@router.get("/tickets/{ticket_id}/places")
def list_places(
    ticket_id: Id, caller: Reader, session: Reading, part: WantedPart, response: Response
) -> list[PlaceOut]:
    """The pages where the problem is still open, by address."""
    ticket = reached_ticket(session, caller, ticket_id).ticket
    found, total = queries.ticket_places(session, ticket.id, offset=part.offset, limit=part.size)
    tell_pages(response, part, total)
    return [place_out(places) for places in found]


@router.get("/tickets/{ticket_id}/evidence", response_class=Response, responses=PNG)
def get_ticket_evidence(request: Request, ticket_id: Id, caller: Reader, session: Reading) -> Response:
    """A picture of the problem, as PNG. It may show people's data: keep it to yourselves."""
    return picture(request, reached_ticket(session, caller, ticket_id).evidence)
