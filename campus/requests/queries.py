"""Every SELECT on service requests, their photos and contacts."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.known import known
from campus.places.models import Pavilion, Room, RoomPeriod
from campus.requests.models import GuestContact, RoomKey, ServiceComment, ServicePhoto, ServiceRequest
from campus.requests.rules import ENDED, OPEN, RequestKind, State
from core.errors import InvalidInput, NotFound
from core.i18n import gettext as _
from core.people import queries as people
from core.people.models import Person
from core.people.rules import CAMPUS_WRITE
from core.secrets import key_hash

GUEST = "guest"  # who reports by the code of a room
_open = ServiceRequest.state.in_([one.value for one in OPEN])


class Sort(StrEnum):
    """By what a list is ordered."""

    DUE = "due"
    PRIORITY = "priority"
    REPORTED = "reported"
    ROOM = "room"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which requests are wanted; None and "" let everything through. `group` is open, ended or all."""

    group: str = "open"
    state: State | None = None
    kind: RequestKind | None = None
    pavilion: str = ""
    assignee_id: int | None = None
    unassigned: bool = False
    overdue_on: date | None = None
    room_id: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A request with the room that it is about, and who works on it."""

    request: ServiceRequest
    pavilion: Pavilion
    room: str
    assignee: str | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many requests wait: all of them, those past their day, those that nobody has."""

    open: int
    overdue: int
    unassigned: int


def request(session: Session, number: int) -> ServiceRequest:
    """The request of this number. Raises `NotFound`."""
    found = session.get(ServiceRequest, number)
    if found is None:
        raise NotFound(_("There is no such request."))
    return found


def line(session: Session, number: int) -> Line:
    """The request of this number with its room. Raises `NotFound`."""
    found = session.execute(_lines().where(ServiceRequest.id == number)).one_or_none()
    if found is None:
        raise NotFound(_("There is no such request."))
    return _line(found)


def requests(
    session: Session,
    wanted: Filter,
    sort: Sort = Sort.DUE,
    *,
    descending: bool = False,
    offset: int = 0,
    limit: int = 50,
) -> tuple[list[Line], int]:
    """A part of the requests that the filter lets through, and how many there are."""
    query = _lines().where(*_conditions(wanted))
    total = session.scalar(sa.select(sa.func.count()).select_from(query.order_by(None).subquery())) or 0
    columns: dict[Sort, tuple[Any, ...]] = {
        Sort.DUE: (sa.func.coalesce(ServiceRequest.due, date.max), ServiceRequest.priority),
        Sort.PRIORITY: (ServiceRequest.priority, sa.func.coalesce(ServiceRequest.due, date.max)),
        Sort.REPORTED: (ServiceRequest.reported_at,),
        Sort.ROOM: (Pavilion.name, Room.number),
    }
    order = [column.desc() if descending else column.asc() for column in columns[sort]]
    found = session.execute(query.order_by(*order, ServiceRequest.id).offset(offset).limit(limit))
    return [_line(row) for row in found], total


def waiting(session: Session, today: date) -> Waiting:
    """How many requests wait for somebody."""
    late = sa.func.coalesce(sa.func.sum(sa.case((ServiceRequest.due < today, 1), else_=0)), 0)
    nobody = sa.func.coalesce(sa.func.sum(sa.case((ServiceRequest.assignee_id.is_(None), 1), else_=0)), 0)
    row = session.execute(sa.select(sa.func.count(), late, nobody).where(_open)).one()
    return Waiting(int(row[0]), int(row[1]), int(row[2]))


def pressing(session: Session, today: date) -> list[Line]:
    """The requests that nobody has looked at yet, and those past their day; the one due longest first."""
    presses = sa.or_(ServiceRequest.state == State.NEW.value, sa.and_(_open, ServiceRequest.due < today))
    order = (sa.func.coalesce(ServiceRequest.due, date.max), ServiceRequest.priority, ServiceRequest.id)
    return [_line(row) for row in session.execute(_lines().where(presses).order_by(*order))]


def comments(session: Session, number: int) -> list[ServiceComment]:
    """What was said of a request, the oldest first."""
    query = sa.select(ServiceComment).where(ServiceComment.request_id == number)
    return list(session.scalars(query.order_by(ServiceComment.id)))


def duplicates(session: Session, number: int) -> list[int]:
    """The requests that say the same as this one."""
    return list(session.scalars(sa.select(ServiceRequest.id).where(ServiceRequest.duplicate_of == number)))


def photo(session: Session, number: int) -> ServicePhoto | None:
    """The photo of a request, while it is kept."""
    return session.get(ServicePhoto, number)


def contact(session: Session, number: int) -> str:
    """How the guest wishes to be reached; empty when they left nothing, or when it was deleted. For keepers only."""
    found = session.get(GuestContact, number)
    return found.contact if found else ""


def of_guest(session: Session, secret: str) -> Line:
    """The request that a guest's secret link opens. Raises `NotFound`."""
    found = session.execute(_lines().where(ServiceRequest.key_hash == key_hash(secret))).one_or_none()
    if found is None:
        raise NotFound(_("There is no report at this address."))
    return _line(found)


def guest_reports_since(session: Session, instant: datetime) -> int:
    """How many reports guests sent since then."""
    mine = sa.and_(ServiceRequest.reported_by == GUEST, ServiceRequest.reported_at >= instant)
    return session.scalar(sa.select(sa.func.count()).where(mine)) or 0


def photos_in_use(session: Session) -> set[str]:
    """The hashes of all photos that a request refers to."""
    return set(session.scalars(sa.select(ServicePhoto.digest).distinct()))


def old_remains(session: Session, ended_before: datetime) -> list[int]:
    """The requests whose end is so long ago that contact and photo must go, where there is one."""
    over = sa.and_(ServiceRequest.state.in_([one.value for one in ENDED]), ServiceRequest.ended_at < ended_before)
    left = sa.or_(
        sa.exists().where(GuestContact.request_id == ServiceRequest.id),
        sa.exists().where(ServicePhoto.request_id == ServiceRequest.id),
    )
    return list(session.scalars(sa.select(ServiceRequest.id).where(over, left).order_by(ServiceRequest.id)))


def rooms(session: Session, on: date, pavilion_id: int | None = None) -> list[tuple[Room, Pavilion]]:
    """The rooms that are rooms on that day, by pavilion and number."""
    ends = sa.or_(RoomPeriod.until.is_(None), RoomPeriod.until > on)
    is_room = sa.exists().where(RoomPeriod.room_id == Room.id, RoomPeriod.first <= on, ends, known(RoomPeriod, None))
    query = sa.select(Room, Pavilion).join(Pavilion, Pavilion.id == Room.pavilion_id).where(is_room)
    if pavilion_id is not None:
        query = query.where(Room.pavilion_id == pavilion_id)
    return [(row[0], row[1]) for row in session.execute(query.order_by(Pavilion.name, Room.number))]


def room_named(session: Session, pavilion: str, number: str) -> int:
    """The room of this number in the pavilion of this short name. Raises `InvalidInput`."""
    query = sa.select(Room.id).join(Pavilion, Pavilion.id == Room.pavilion_id)
    found = session.scalar(query.where(Pavilion.slug == pavilion, Room.number == number))
    if found is None:
        raise InvalidInput(_("There is no such room."), place="room")
    return found


def check_room(session: Session, room_id: int) -> None:
    """Raises `InvalidInput` for a room that is not there."""
    if session.get(Room, room_id) is None:
        raise InvalidInput(_("There is no such room."), place="room")


def check_pavilion(session: Session, pavilion_id: int) -> None:
    """Raises `InvalidInput` for a pavilion that is not there."""
    if session.get(Pavilion, pavilion_id) is None:
        raise InvalidInput(_("There is no such pavilion."), place="place")


def place_of(session: Session, room_id: int) -> tuple[str, str]:
    """Short name of the pavilion, and the room's number. Raises `NotFound`."""
    query = sa.select(Pavilion.slug, Room.number).join(Pavilion, Pavilion.id == Room.pavilion_id)
    found = session.execute(query.where(Room.id == room_id)).one_or_none()
    if found is None:
        raise NotFound(_("There is no such room."))
    return found[0], found[1]


def pavilions(session: Session) -> list[Pavilion]:
    """The pavilions that have rooms, by name."""
    has_rooms = sa.exists().where(Room.pavilion_id == Pavilion.id)
    return list(session.scalars(sa.select(Pavilion).where(has_rooms).order_by(Pavilion.name)))


def room_keys(session: Session, room_ids: list[int]) -> dict[int, str]:
    """Room → the key of its code, where it has one."""
    found = session.scalars(sa.select(RoomKey).where(RoomKey.room_id.in_(room_ids)))
    return {one.room_id: one.key for one in found}


def workers(session: Session) -> list[Person]:
    """Everybody active who may work on requests, by name."""
    return people.people_with(session, CAMPUS_WRITE)


def _line(row: Any) -> Line:
    return Line(row[0], row[1], row[2], row[3])


def _lines() -> sa.Select[Any, Any, Any, Any]:
    return (
        sa.select(ServiceRequest, Pavilion, Room.number, Person.name)
        .join(Room, Room.id == ServiceRequest.room_id)
        .join(Pavilion, Pavilion.id == Room.pavilion_id)
        .outerjoin(Person, Person.id == ServiceRequest.assignee_id)
    )


def _conditions(wanted: Filter) -> list[sa.ColumnElement[bool]]:
    conditions: list[sa.ColumnElement[bool]] = []
    if wanted.state:
        conditions.append(ServiceRequest.state == wanted.state.value)
    elif wanted.group in ("open", "ended"):
        conditions.append(_open if wanted.group == "open" else sa.not_(_open))
    if wanted.kind:
        conditions.append(ServiceRequest.kind == wanted.kind.value)
    if wanted.pavilion:
        conditions.append(Pavilion.slug == wanted.pavilion)
    if wanted.unassigned:
        conditions.append(ServiceRequest.assignee_id.is_(None))
    elif wanted.assignee_id is not None:
        conditions.append(ServiceRequest.assignee_id == wanted.assignee_id)
    if wanted.overdue_on:
        conditions += [_open, ServiceRequest.due < wanted.overdue_on]
    if wanted.room_id is not None:
        conditions.append(ServiceRequest.room_id == wanted.room_id)
    return conditions
