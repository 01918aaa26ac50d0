"""Every change of service requests. The trail says who did what; what people wrote stands beside it, and can be erased.

Whoever changes a request names the version that they saw: `current` refuses when somebody was faster.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from campus.requests import out_of_order, queries, rules
from campus.requests.models import GuestContact, ServiceComment, ServicePhoto, ServiceRequest
from campus.requests.photos import Photo
from campus.requests.rules import ENDED, Priority, RequestKind, State
from core import clock, trail
from core.errors import Conflict, InvalidInput
from core.i18n import gettext as _
from core.i18n import today
from core.secrets import new_key
from core.settings import settings

SUBJECT = "service_request"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A request to be made. Without `due` and `priority` they are those usual for the kind."""

    room_id: int
    kind: RequestKind
    text: str
    due: date | None = None
    priority: Priority | None = None
    photo: Photo | None = None
    plan_id: int | None = None
    planned_for: date | None = None


def report(session: Session, wanted: Wanted, actor: str) -> ServiceRequest:
    """Make a request. Raises `InvalidInput` for what cannot be."""
    queries.check_room(session, wanted.room_id)
    request = ServiceRequest(
        room_id=wanted.room_id,
        kind=wanted.kind.value,
        state=State.NEW.value,
        priority=(wanted.priority or rules.usual_priority(wanted.kind)).value,
        text=rules.checked_text(wanted.text),
        reported_by=actor,
        reported_at=clock.now(),
        due=wanted.due or usual_due(wanted.kind, today()),
        plan_id=wanted.plan_id,
        planned_for=wanted.planned_for,
    )
    session.add(request)
    session.flush()
    if wanted.photo:
        session.add(ServicePhoto(request_id=request.id, **{n: getattr(wanted.photo, n) for n in Photo.__slots__}))
    told = {"kind": request.kind, "room_id": request.room_id, "priority": request.priority, "due": request.due}
    trail.record(session, actor, "request.make", SUBJECT, request.id, after=told | {"photo": bool(wanted.photo)})
    return request


def report_as_guest(session: Session, wanted: Wanted, contact: str) -> tuple[ServiceRequest, str]:
    """Make a request for a guest; with it the secret of the guest's own page, which is stored nowhere."""
    contact = rules.checked_contact(contact)
    request = report(session, wanted, queries.GUEST)
    secret, request.key_hash = new_key()
    if contact:
        session.add(GuestContact(request_id=request.id, contact=contact))
    session.flush()
    return request, secret


def current(session: Session, number: int, version: int) -> ServiceRequest:
    """The request, which must still be in the version that somebody saw. Raises `Conflict` or `NotFound`."""
    request = queries.request(session, number)
    if request.version != version:
        raise Conflict(_("Somebody changed it meanwhile. Look at what it is now, then do it again."))
    return request


def step(
    session: Session,
    request: ServiceRequest,
    to: State,
    actor: str,
    *,
    reason: str = "",
    duplicate_of: int | None = None,
) -> None:
    """Move a request on. Where it ends, the room is given back in the same transaction.

    Raises `Conflict` where the state does not allow it, `InvalidInput` for a missing reason or original.
    """
    rules.check_step(State(request.state), to, reason, duplicate_of)
    if to is State.DUPLICATE:
        _check_original(session, request, duplicate_of)
    if reason.strip():
        comment(session, request, reason, actor, place="reason")
    original = duplicate_of if to is State.DUPLICATE else None
    _change(session, request, actor, state=to.value, duplicate_of=original)
    request.ended_at = clock.now() if to in ENDED else None
    if to in ENDED:
        out_of_order.give_back(session, request, actor)
    session.flush()


def assign(session: Session, request: ServiceRequest, person_id: int | None, actor: str) -> None:
    """Give the request to somebody who may work on it, or to nobody. Raises `InvalidInput`."""
    if person_id is not None and person_id not in {one.id for one in queries.workers(session)}:
        raise InvalidInput(_("must be somebody who keeps the campus's books"), place="assignee")
    _change(session, request, actor, assignee_id=person_id)


def schedule(session: Session, request: ServiceRequest, due: date | None, priority: Priority, actor: str) -> None:
    """Say by which day it is to be done, and how pressing it is."""
    _change(session, request, actor, due=due, priority=priority.value)


def comment(session: Session, request: ServiceRequest, text: str, actor: str, *, place: str = "text") -> ServiceComment:
    """Say something about a request. Raises `InvalidInput`."""
    said = ServiceComment(
        request_id=request.id, at=clock.now(), actor=actor, text=rules.checked_text(text, place=place)
    )
    session.add(said)
    session.flush()
    trail.record(session, actor, "request.comment", SUBJECT, request.id, after={"comment": said.id})
    return said


def erase(session: Session, request: ServiceRequest, actor: str) -> None:
    """Delete a guest's contact and the photo for good. The file goes with the next sweep of the folder."""
    for table in (GuestContact, ServicePhoto):
        found = session.get(table, request.id)
        if found is not None:
            session.delete(found)
    trail.record(session, actor, "request.erase", SUBJECT, request.id)
    session.flush()


def usual_due(kind: RequestKind, today: date) -> date:
    """The day by which it should be done, by the settings for its kind."""
    days = {
        RequestKind.FAULT: settings().request_days_fault,
        RequestKind.CLEANING: settings().request_days_cleaning,
        RequestKind.ACCESSIBILITY: settings().request_days_accessibility,
    }
    return today + timedelta(days=days[kind])


def _check_original(session: Session, request: ServiceRequest, number: int | None) -> None:
    original = session.get(ServiceRequest, number)
    if original is None or original.id == request.id or original.state == State.DUPLICATE:
        raise InvalidInput(_("Give the number of another request that is no duplicate itself."), place="duplicate_of")


def _change(session: Session, request: ServiceRequest, actor: str, **values: object) -> None:
    trail.change(session, actor, "request.change", SUBJECT, request.id, request, values)
