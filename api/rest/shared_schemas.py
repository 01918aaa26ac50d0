"""Shared components as JSON."""

from datetime import date, datetime
from typing import Annotated, Any

from pydantic import BaseModel, Field, model_validator

from accessibility.ledger.shared.models import SharedEvent
from accessibility.ledger.shared.queries import ChildLine, ModelLine, SharedLine
from accessibility.ledger.shared.rules import SharedState
from accessibility.ledger.tickets.rules import COMMENT_LENGTH, TicketState
from api.dependencies import LARGEST_ID
from api.rest.given import Given
from api.rest.ticket_schemas import AssigneeOut
from core.i18n import gettext as _

Text = Annotated[str, Field(max_length=COMMENT_LENGTH)]


class SharedOut(BaseModel):
    """One problem on several platforms. State, impact, counts and `due` follow from the tickets of the platforms.

    `platforms` have it or had it, `waiting` of them wait for repair or proof. `impact` is null without a platform.
    """

    id: int
    title: str
    rule: str
    criteria: list[str]
    state: SharedState
    impact: str | None
    assignee: AssigneeOut | None
    due: date | None
    platforms: int
    waiting: int
    pages: int
    created_at: datetime
    updated_at: datetime
    version: int


class SharedTicketOut(BaseModel):
    """A platform's ticket. Where `shares` is false it does not count: it was separated, or its platform shares none."""

    id: int
    platform: str
    number: int
    state: TicketState
    pages: int
    assignee: AssigneeOut | None
    due: date | None
    shares: bool
    separated_at: datetime | None
    first_seen: datetime | None
    last_seen: datetime | None


class ModelOut(BaseModel):
    """A platform that others of these were made from; `ticket` is its own, null where it does not have the problem."""

    platform: str
    ticket: int | None


class SharedDetail(SharedOut):
    """A shared component with the tickets of its platforms, and the models in which it is to be repaired first."""

    tickets: list[SharedTicketOut]
    models: list[ModelOut]


class SharedEventOut(BaseModel):
    """A line of the history, by a person or (null) an audit. `after` names the `tickets` concerned."""

    id: int
    at: datetime
    kind: str
    person: AssigneeOut | None
    text: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None


class SharedChange(Given):
    """What to change; what is left out stays.

    `assignee` is a person's number, null for nobody. `state` is carried to every ticket that it fits: `in progress`,
    `fixed` or `open`, with a `text` for their histories; only audits prove a repair.
    """

    assignee: Annotated[int, Field(ge=1, le=LARGEST_ID)] | None = None
    state: TicketState | None = None
    text: Text = ""

    @model_validator(mode="after")
    def _is_a_step(self) -> "SharedChange":
        given = self.model_fields_set
        if "state" in given and self.state is None:
            raise ValueError(_("The state cannot be taken away."))
        if "text" in given and "state" not in given:
            raise ValueError(_("The text belongs to a change of the state; comments have an address of their own."))
        return self


class SharedReason(Given):
    """Why a ticket is separated, or joined again."""

    reason: str = Field(min_length=1, max_length=COMMENT_LENGTH)


def shared_out(line: SharedLine) -> SharedOut:
    """A shared component of a list."""
    return SharedOut.model_validate(_fields(line))


def shared_detail(line: SharedLine, children: list[ChildLine], models: list[ModelLine]) -> SharedDetail:
    """One shared component."""
    tickets = [_ticket(child) for child in children]
    named = [ModelOut(platform=one.platform.slug, ticket=one.ticket.id if one.ticket else None) for one in models]
    return SharedDetail.model_validate(_fields(line) | {"tickets": tickets, "models": named})


def event_out(event: SharedEvent, name: str) -> SharedEventOut:
    """A line of the history; `name` is the person's."""
    told = {field: getattr(event, field) for field in SharedEventOut.model_fields if field != "person"}
    return SharedEventOut(**told, person=_person(event.person_id, name))


def _ticket(child: ChildLine) -> SharedTicketOut:
    ticket = child.ticket
    return SharedTicketOut(
        id=ticket.id,
        platform=child.platform.slug,
        number=ticket.number,
        state=TicketState(ticket.state),
        pages=ticket.pages,
        assignee=_person(ticket.assignee_id, child.assignee),
        due=ticket.due,
        shares=child.sharing,
        separated_at=child.separated_at,
        first_seen=child.first_seen,
        last_seen=child.last_seen,
    )


def _fields(line: SharedLine) -> dict[str, Any]:
    shared, whole = line.shared, line.together
    own = ("id", "title", "rule", "criteria", "created_at", "updated_at", "version")
    derived = ("state", "impact", "due", "platforms", "waiting", "pages")
    told = {name: getattr(shared, name) for name in own} | {name: getattr(whole, name) for name in derived}
    return told | {"assignee": _person(shared.assignee_id, line.assignee)}


def _person(person_id: int | None, name: str) -> AssigneeOut | None:
    return None if person_id is None else AssigneeOut(id=person_id, name=name)
