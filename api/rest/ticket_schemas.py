"""Tickets as JSON."""

from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, ConfigDict

from accessibility.ledger.platforms.models import Platform
from accessibility.ledger.tickets.models import Component, Ticket
from accessibility.ledger.tickets.queries import HistoryLine, PagePlaces, TicketView
from accessibility.ledger.tickets.rules import EXCEPTIONS, TicketState
from api.rest.findings import FindingOut


class AssigneeOut(BaseModel):
    """Who repairs it."""

    id: int
    name: str


class ExceptionOut(BaseModel):
    """Not repaired for now: why, and the last day of it."""

    kind: str
    reason: str
    until: date | None


class TicketOut(BaseModel):
    """The repair of one problem on all its pages. `number` counts the platform's tickets.

    `opened_in`, `reopened_in`, `gone_in` and `ended_in` are numbers of audits.
    """

    id: int
    platform: str
    number: int
    title: str
    rule: str
    criteria: list[str]
    impact: str
    state: TicketState
    assignee: AssigneeOut | None
    due: date | None
    exception: ExceptionOut | None
    pages: int
    elements: int
    opened_in: int
    reopened_in: int | None
    gone_in: int | None
    ended_in: int | None
    created_at: datetime
    updated_at: datetime
    version: int


class ComponentOut(BaseModel):
    """The key by which the problem is recognised. A ticket has several where one moved."""

    model_config = ConfigDict(from_attributes=True)

    key: str
    check: str
    rule: str
    first: int


class TicketDetail(TicketOut):
    """A ticket with its newest example. `evidence` is the address of a picture, if there is one.

    `shared` is the number of the component that it shares with tickets of other platforms, null where it shares none.
    """

    components: list[ComponentOut]
    example: FindingOut | None
    evidence: str | None
    shared: int | None


class HistoryOut(BaseModel):
    """A line of the history, by a person, an audit, or (neither) the clock. `before` and `after` hold what changed."""

    id: int
    at: datetime
    kind: str
    person: AssigneeOut | None
    by_audit: bool
    text: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None


class CommentOut(BaseModel):
    """What somebody wrote. It is text, never HTML: escape it."""

    id: int
    at: datetime
    person: AssigneeOut | None
    text: str


class OccurrenceOut(BaseModel):
    """The problem on a page as a role sees it in a viewport and a state. `first` and `last`: numbers of audits."""

    model_config = ConfigDict(from_attributes=True)

    role: str
    viewport: str
    state: str
    outcome: str
    count: int
    selector: str
    first: int
    last: int


class PlaceOut(BaseModel):
    """A page where the problem is still open."""

    url: str
    title: str
    occurrences: list[OccurrenceOut]


def ticket_out(ticket: Ticket, platform: Platform, assignee: str) -> TicketOut:
    """A ticket of a list."""
    return TicketOut.model_validate(_fields(ticket, platform, assignee))


def ticket_detail(view: TicketView, evidence: str, shared: int | None) -> TicketDetail:
    """One ticket; `evidence` is the address of its picture, "" for none, `shared` its shared component."""
    return TicketDetail.model_validate(
        _fields(view.ticket, view.platform, view.assignee)
        | {
            "components": [ComponentOut.model_validate(one) for one in view.components],
            "example": _newest(view.components),
            "evidence": evidence or None,
            "shared": shared,
        }
    )


def history_out(line: HistoryLine) -> HistoryOut:
    """A line of the history."""
    event = line.event
    return HistoryOut(
        id=event.id,
        at=event.at,
        kind=event.kind,
        person=_person(event.person_id, line.person),
        by_audit=event.audit_id is not None,
        text=event.text,
        before=event.before,
        after=event.after,
    )


def comment_out(line: HistoryLine) -> CommentOut:
    """A comment of the history."""
    event = line.event
    return CommentOut(id=event.id, at=event.at, person=_person(event.person_id, line.person), text=event.text)


def place_out(places: PagePlaces) -> PlaceOut:
    """A page with what is there."""
    occurrences = [OccurrenceOut.model_validate(one) for one in places.occurrences]
    return PlaceOut(url=places.page.url, title=places.page.title, occurrences=occurrences)


def _fields(ticket: Ticket, platform: Platform, assignee: str) -> dict[str, Any]:
    told = {name: getattr(ticket, name) for name in TicketOut.model_fields if hasattr(ticket, name)}
    exception = None
    if ticket.state in EXCEPTIONS:
        exception = ExceptionOut(kind=ticket.state, reason=ticket.exception_reason, until=ticket.exception_until)
    assigned = _person(ticket.assignee_id, assignee)
    return told | {"platform": platform.slug, "assignee": assigned, "exception": exception}


def _person(person_id: int | None, name: str) -> AssigneeOut | None:
    return None if person_id is None else AssigneeOut(id=person_id, name=name)


def _newest(components: list[Component]) -> FindingOut | None:
    newest = max(components, key=lambda one: (one.first, one.id), default=None)
    return FindingOut.model_validate(newest.finding) if newest else None
