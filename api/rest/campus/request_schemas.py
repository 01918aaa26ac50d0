"""Service requests and planned maintenance as JSON."""

from datetime import date, datetime
from typing import Any, Literal

from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from api.dependencies import LARGEST_ID
from api.rest.given import Given
from campus.occupancy.rules import Kind
from campus.places import queries as places
from campus.places.models import Pavilion
from campus.requests import out_of_order, plans, queries, rules
from campus.requests.models import MaintenancePlan, ServiceComment
from campus.requests.plans import WantedPlan
from campus.requests.queries import Line
from campus.requests.rules import Priority, RequestKind, State
from core.errors import InvalidInput, NotFound
from core.i18n import today

PriorityName = Literal["high", "normal", "low"]
RoomKind = Literal[Kind.OUT_OF_ORDER, Kind.OUT_OF_SERVICE]


class RoomOut(BaseModel):
    """A room: short name of its pavilion, and its number."""

    pavilion: str
    number: str


class WorkerOut(BaseModel):
    """Who works on it."""

    id: int
    name: str


class OutNights(BaseModel):
    """From which night until which day the request keeps its room, and by which claim."""

    claim: int
    kind: Kind
    first: date
    until: date


class RequestOut(BaseModel):
    """A service request. `reported_by` is `guest`, `staff` or `plan`; `out` is null while it takes no night."""

    number: int
    room: RoomOut
    kind: RequestKind
    state: State
    priority: PriorityName
    text: str
    reported_by: Literal["guest", "staff", "plan"]
    reported_at: datetime
    assignee: WorkerOut | None
    due: date | None
    overdue: bool
    duplicate_of: int | None
    out: OutNights | None
    plan: int | None
    planned_for: date | None
    ended_at: datetime | None
    version: int


class CommentOut(BaseModel):
    """What somebody said, and who, as the trail names them."""

    id: int
    at: datetime
    actor: str
    text: str


class PlanOut(BaseModel):
    """Planned work in a room, or where `room` is null in every room of the pavilion."""

    id: int
    pavilion: str
    room: str | None
    kind: RequestKind
    text: str
    first: date | None
    every_months: int | None
    dates: list[date]
    ahead_days: int
    out_days: int
    until: date | None
    next: date | None
    version: int


class GivenRoom(Given):
    """Which room."""

    pavilion: str = Field(max_length=64, description="The pavilion's short name.", examples=["africa-10"])
    number: str = Field(max_length=20, description="As it stands on the door.", examples=["101"])


class GivenRequest(Given):
    """Something to report."""

    room: GivenRoom
    kind: RequestKind
    text: str = Field(min_length=1, max_length=rules.MOST_TEXT)
    due: date | None = None
    priority: PriorityName | None = None


class GivenNights(Given):
    """The nights in which the room is out: the first one, and the day from which it is free again."""

    kind: RoomKind = Kind.OUT_OF_ORDER
    first: date
    until: date


class RequestChange(Given):
    """What to change of a request; what is left out stays. `out` null gives the room back."""

    state: State | None = None
    reason: str = Field("", max_length=rules.MOST_TEXT, description="Why; needed to refuse and to reopen.")
    duplicate_of: int | None = Field(None, ge=1, le=LARGEST_ID)
    assignee: int | None = Field(None, ge=1, le=LARGEST_ID, description="A person's number; null for nobody.")
    due: date | None = None
    priority: PriorityName | None = None
    out: GivenNights | None = None


class GivenComment(Given):
    """What somebody says."""

    text: str = Field(min_length=1, max_length=rules.MOST_TEXT)


class _PlanParts(Given):
    kind: RequestKind
    text: str = Field(min_length=1, max_length=rules.MOST_TEXT)
    first: date | None = None
    every_months: int | None = Field(None, ge=1, le=rules.MOST_MONTHS)
    dates: list[date] = Field([], max_length=rules.MOST_DATES)
    ahead_days: int = Field(30, ge=0, le=rules.MOST_AHEAD)
    out_days: int = Field(0, ge=0, le=rules.MOST_OUT)
    until: date | None = None


class GivenPlan(_PlanParts):
    """Work to plan in a room, or without a room in every room of the pavilion. It cannot move later."""

    pavilion: str = Field(max_length=64)
    room: str | None = Field(None, max_length=20)


class PlanChange(Given):
    """What to change of a plan; what is left out stays."""

    kind: RequestKind | None = None
    text: str | None = Field(None, min_length=1, max_length=rules.MOST_TEXT)
    first: date | None = None
    every_months: int | None = Field(None, ge=1, le=rules.MOST_MONTHS)
    dates: list[date] | None = Field(None, max_length=rules.MOST_DATES)
    ahead_days: int | None = Field(None, ge=0, le=rules.MOST_AHEAD)
    out_days: int | None = Field(None, ge=0, le=rules.MOST_OUT)
    until: date | None = None


_MAY_BE_NULL = ("first", "every_months", "until")


def request_out(session: Session, line: Line) -> RequestOut:
    """A line of the list."""
    one = line.request
    claim = out_of_order.claim_of(session, one)
    assignee = WorkerOut(id=one.assignee_id, name=line.assignee or "") if one.assignee_id else None
    return RequestOut(
        number=one.id,
        room=RoomOut(pavilion=line.pavilion.slug, number=line.room),
        kind=RequestKind(one.kind),
        state=State(one.state),
        priority=_priority(one.priority),
        text=one.text,
        reported_by="guest" if one.reported_by == queries.GUEST else "plan" if one.plan_id else "staff",
        reported_at=one.reported_at,
        assignee=assignee,
        due=one.due,
        overdue=rules.is_overdue(one.state, one.due, today()),
        duplicate_of=one.duplicate_of,
        out=OutNights(claim=claim.number, kind=Kind(claim.kind), first=claim.first, until=claim.until)
        if claim
        else None,
        plan=one.plan_id,
        planned_for=one.planned_for,
        ended_at=one.ended_at,
        version=one.version,
    )


def comment_out(comment: ServiceComment) -> CommentOut:
    """A comment."""
    return CommentOut(id=comment.id, at=comment.at, actor=comment.actor, text=comment.text)


def plan_out(session: Session, found: MaintenancePlan) -> PlanOut:
    """A plan with its next day."""
    if found.room_id is not None:
        pavilion, room = queries.place_of(session, found.room_id)
    else:
        pavilion, room = session.get_one(Pavilion, found.pavilion_id).slug, None
    same = ("id", "text", "first", "every_months", "ahead_days", "out_days", "until", "version")
    return PlanOut(
        pavilion=pavilion,
        room=room,
        kind=RequestKind(found.kind),
        dates=[date.fromisoformat(one) for one in found.dates],
        next=plans.next_day(found, today()),
        **{name: getattr(found, name) for name in same},
    )


def wanted_plan(session: Session, given: GivenPlan) -> WantedPlan:
    """The plan that was sent. Raises `InvalidInput` for a place that is not there."""
    values: dict[str, Any] = given.model_dump(exclude={"pavilion", "room", "dates"})
    values["dates"] = [one.isoformat() for one in given.dates]
    if given.room is not None:
        return WantedPlan(room_id=queries.room_named(session, given.pavilion, given.room), **values)
    try:
        return WantedPlan(pavilion_id=places.pavilion(session, given.pavilion).id, **values)
    except NotFound as error:
        raise InvalidInput(str(error), place="pavilion") from None


def changed_plan(found: MaintenancePlan, change: PlanChange) -> WantedPlan:
    """The plan with what was sent in place."""
    wanted = plans.as_wanted(found)
    given = change.model_dump(include=change.model_fields_set)
    if given.get("dates") is not None:
        given["dates"] = [one.isoformat() for one in given["dates"]]
    kept = {name: value for name, value in given.items() if value is not None or name in _MAY_BE_NULL}
    return WantedPlan(**{name: kept.get(name, getattr(wanted, name)) for name in WantedPlan.__dataclass_fields__})


def _priority(value: int) -> PriorityName:
    names: dict[int, PriorityName] = {Priority.HIGH: "high", Priority.NORMAL: "normal", Priority.LOW: "low"}
    return names[value]
