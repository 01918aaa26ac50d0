"""Shared components: one problem on several platforms. A token that is limited to one platform knows none of them."""

from typing import Annotated, Literal

from fastapi import Query
from sqlalchemy.orm import Session
from starlette.responses import Response

from accessibility.engine.finding import Impact
from accessibility.ledger.shared import actions, queries
from accessibility.ledger.shared.queries import SharedFilter
from accessibility.ledger.shared.rules import SharedState
from accessibility.ledger.tickets.history import person as author_of
from api.callers import Caller, require_scope
from api.dependencies import Id, Reading, Writing
from api.paging import WantedPart
from api.rest import rest_router
from api.rest.lists import WantedPlatform, tell_pages
from api.rest.preconditions import ExpectedVersion, etag, must_be
from api.rest.reach import wanted_platform
from api.rest.shared_schemas import (
    SharedChange,
    SharedDetail,
    SharedEventOut,
    SharedOut,
    SharedReason,
    event_out,
    shared_detail,
    shared_out,
)
from api.rest.ticket_parts import CommentGiven
from core.people import rules

router = rest_router("shared components")

Reader = Annotated[Caller, require_scope(rules.READ, whole_service=True)]
Keeper = Annotated[Caller, require_scope(rules.TICKETS_WRITE, whole_service=True)]
ONE = "/shared-components/{shared_id}"


@router.get("/shared-components")
def list_shared_components(
    caller: Reader,
    session: Reading,
    part: WantedPart,
    response: Response,
    platform: WantedPlatform = None,
    group: Annotated[
        Literal["waiting", "excepted", "ended"] | None,
        Query(description="`waiting` somewhere for repair or proof, `excepted` where it waits, or `ended` everywhere."),
    ] = None,
    state: SharedState | None = None,
    impact: Impact | None = None,
) -> list[SharedOut]:
    """The shared components that all the filters given let through, the most urgent first."""
    found = wanted_platform(session, caller, platform)
    wanted = SharedFilter(group or "", state, impact, found.id if found else None)
    lines, total = queries.shared_list(session, wanted, offset=part.offset, limit=part.size)
    tell_pages(response, part, total)
    return [shared_out(line) for line in lines]


@router.get(ONE)
def get_shared_component(shared_id: Id, _caller: Reader, session: Reading, response: Response) -> SharedDetail:
    """One shared component with its ticket on every platform."""
    return _answer(session, shared_id, response)


@router.patch(ONE)
def change_shared_component(
    shared_id: Id,
    change: SharedChange,
    caller: Keeper,
    session: Writing,
    version: ExpectedVersion,
    response: Response,
) -> SharedDetail:
    """Assign it, or carry a step of work to every ticket that it fits. All of the change, or none of it."""
    must_be(queries.get(session, shared_id).version, version)
    author = author_of(caller.person, caller.actor)
    if "assignee" in change.model_fields_set:
        actions.assign(session, shared_id, author, change.assignee)
    if change.state is not None:
        actions.work(session, shared_id, author, change.state, change.text)
    return _answer(session, shared_id, response)


@router.post(f"{ONE}/comments", status_code=201)
def add_shared_component_comment(
    shared_id: Id, given: CommentGiven, caller: Keeper, session: Writing
) -> SharedEventOut:
    """Comment on it. It needs no `If-Match`: a comment overwrites nothing."""
    actions.comment(session, shared_id, author_of(caller.person, caller.actor), given.text)
    (line,), _total = queries.shared_history(session, shared_id, limit=1)
    return event_out(line.event, line.person)


@router.get(f"{ONE}/history")
def list_shared_component_history(
    shared_id: Id, _caller: Reader, session: Reading, part: WantedPart, response: Response
) -> list[SharedEventOut]:
    """Everything that happened to it, comments included, the newest first."""
    queries.get(session, shared_id)
    lines, total = queries.shared_history(session, shared_id, offset=part.offset, limit=part.size)
    tell_pages(response, part, total)
    return [event_out(line.event, line.person) for line in lines]


@router.post(f"{ONE}/tickets/{{ticket_id}}/separate")
def separate_ticket(
    shared_id: Id, ticket_id: Id, given: SharedReason, caller: Keeper, session: Writing, response: Response
) -> SharedDetail:
    """Separate a ticket from the others, for a reason: it is another problem after all."""
    actions.separate(session, shared_id, ticket_id, author_of(caller.person, caller.actor), given.reason)
    return _answer(session, shared_id, response)


@router.post(f"{ONE}/tickets/{{ticket_id}}/join")
def join_ticket(
    shared_id: Id, ticket_id: Id, given: SharedReason, caller: Keeper, session: Writing, response: Response
) -> SharedDetail:
    """Join a ticket again that was separated, for a reason."""
    actions.rejoin(session, shared_id, ticket_id, author_of(caller.person, caller.actor), given.reason)
    return _answer(session, shared_id, response)


def _answer(session: Session, shared_id: int, response: Response) -> SharedDetail:
    line = queries.line_of(session, shared_id)
    children = queries.children_of(session, shared_id)
    response.headers["ETag"] = etag(line.shared.version)
    return shared_detail(line, children, queries.models_of(session, children))
