"""Sample service requests: some in each state, one overdue, one that keeps a room out of order. Invented texts."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.orm import Session

from campus.nights import Nights
from campus.occupancy import queries as claims
from campus.occupancy.rules import Kind
from campus.requests import actions, keys, out_of_order, plans, queries, rules
from campus.requests.models import ServiceComment, ServiceRequest
from campus.requests.plans import WantedPlan
from campus.requests.rules import ENDED, RequestKind, State
from core import clock
from core.i18n import today
from core.trail import TrailEntry

ACTOR = "command"
OUT_NIGHTS = 6


@dataclass(frozen=True, slots=True)
class SampleRequest:
    """What was reported so many days ago, by whom, and the steps since then."""

    days: int
    kind: RequestKind
    text: str
    steps: tuple[State, ...] = ()
    reason: str = ""
    by: str = ACTOR


FAULT, CLEANING, ACCESSIBILITY = RequestKind
REQUESTS = (
    SampleRequest(1, FAULT, "The window does not close, it is cold at night.", by=queries.GUEST),
    SampleRequest(0, CLEANING, "Coffee on the carpet beside the desk.", by=queries.GUEST),
    SampleRequest(1, ACCESSIBILITY, "The shower seat is loose.", (State.ACCEPTED,)),
    SampleRequest(9, FAULT, "The heating stays cold.", (State.ACCEPTED, State.IN_WORK)),
    SampleRequest(2, FAULT, "The television shows no channel.", (State.IN_WORK,), by=queries.GUEST),
    SampleRequest(30, FAULT, "The lamp over the mirror flickers.", (State.ACCEPTED, State.IN_WORK, State.DONE)),
    SampleRequest(20, CLEANING, "The blanket has a stain.", (State.DONE,), by=queries.GUEST),
    SampleRequest(12, FAULT, "The tap drips.", (State.DONE, State.REOPENED), "It drips again since this morning."),
    SampleRequest(15, FAULT, "The bells of the church are loud.", (State.REFUSED,), "We cannot change it; earplugs."),
)


def add_requests(session: Session) -> int:
    """Requests in rooms all over the sample campus, codes for the doors, and planned maintenance; how many requests."""
    rooms = [room.id for room, _pavilion in queries.rooms(session, today())]
    for position, one in enumerate(REQUESTS):
        _add(session, one, rooms[position * 37 % len(rooms)])
    _put_out_of_order(session, rooms)
    keys.make_missing(session, rooms, ACTOR)
    _plan(session)
    return len(REQUESTS) + 1


def _add(session: Session, one: SampleRequest, room_id: int) -> None:
    reported = clock.now() - timedelta(days=one.days, hours=1)
    state = one.steps[-1] if one.steps else State.NEW
    request = ServiceRequest(
        room_id=room_id,
        kind=one.kind.value,
        state=state.value,
        priority=rules.usual_priority(one.kind).value,
        text=one.text,
        reported_by=one.by,
        reported_at=reported,
        due=actions.usual_due(one.kind, today() - timedelta(days=one.days)),
        ended_at=clock.now() if state in ENDED else None,
    )
    session.add(request)
    session.flush()
    of_it = {"subject": actions.SUBJECT, "subject_id": str(request.id)}
    session.add(TrailEntry(at=reported, actor=one.by, action="request.make", after={"kind": one.kind.value}, **of_it))
    for hours, step in enumerate(one.steps, start=1):
        moved = {"state": step.value}
        at = reported + timedelta(minutes=20 * hours)
        session.add(TrailEntry(at=at, actor=ACTOR, action="request.change", after=moved, **of_it))
    if one.reason:
        said = ServiceComment(request_id=request.id, at=clock.now(), actor=ACTOR, text=one.reason)
        session.add(said)
        session.flush()
        noted = {"comment": said.id}
        session.add(TrailEntry(at=clock.now(), actor=ACTOR, action="request.comment", after=noted, **of_it))
    session.flush()


def _put_out_of_order(session: Session, rooms: list[int]) -> None:
    nights = Nights(today(), today() + timedelta(days=OUT_NIGHTS))
    free = next(room for room in rooms if not claims.taken(session, room, nights))
    wanted = actions.Wanted(room_id=free, kind=FAULT, text="Water comes through the ceiling of the bathroom.")
    request = actions.report(session, wanted, ACTOR)
    out_of_order.take(session, request, Kind.OUT_OF_ORDER, nights, ACTOR)
    actions.step(session, request, State.IN_WORK, ACTOR)


def _plan(session: Session) -> None:
    pavilion = queries.pavilions(session)[0]
    text = "Yearly check of the smoke alarms"
    first = today() + timedelta(days=40)
    plans.add(session, WantedPlan(pavilion_id=pavilion.id, text=text, first=first, every_months=12), ACTOR)
