"""Places as they are on a day, for lists: pavilions with their rooms, rooms with what takes them, spaces, events."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.known import Recorded, known
from campus.occupancy.models import Claim, RoomNight
from campus.occupancy.rules import CLOSED
from campus.places.models import Event, Party, Pavilion, Room, RoomPeriod, RoomType, Segment, Space, SpaceUse
from core.errors import NotFound
from core.i18n import gettext as _

EVENT_SORTS: dict[str, Any] = {
    "name": sa.func.lower(Event.name),
    "first": Event.first,
    "on_site": Event.on_site,
    "online": Event.online,
}


@dataclass(frozen=True, slots=True)
class PavilionLine:
    """A pavilion on a day: how many guest rooms it has, how many of them are closed, beds, and other spaces."""

    pavilion: Pavilion
    rooms: int
    closed: int
    beds: int
    spaces: int


@dataclass(frozen=True, slots=True)
class RoomLine:
    """A room on a day. Without a `period` it is none; `claim` is what takes its night, None for a free one."""

    room: Room
    pavilion: Pavilion
    period: RoomPeriod | None
    type: RoomType | None
    claim: Claim | None

    @property
    def is_closed(self) -> bool:
        """Whether a closure takes it."""
        return self.claim is not None and self.claim.kind in CLOSED


@dataclass(frozen=True, slots=True)
class SpaceLine:
    """A meeting room or office on a day, and who occupies it then."""

    space: Space
    pavilion: Pavilion
    use: SpaceUse | None
    party: Party | None


@dataclass(frozen=True, slots=True)
class RoomFilter:
    """Of which pavilion and type; `there` leaves out what is no room on the day."""

    pavilion: str = ""
    type: str = ""
    there: bool = False


@dataclass(frozen=True, slots=True)
class SpaceFilter:
    """Of which pavilion, kind and occupant; `free` leaves those alone that nobody occupies on the day."""

    pavilion: str = ""
    kind: str = ""
    party: str = ""
    free: bool = False


@dataclass(frozen=True, slots=True)
class EventFilter:
    """`when` is "upcoming" (until the last day), "past" or anything else for all; `text` is a part of the name."""

    when: str = ""
    segment: str = ""
    party: str = ""
    text: str = ""


EventRow = tuple[Event, Segment, Party]


def pavilions_on(session: Session, day: date) -> list[PavilionLine]:
    """All pavilions, 2 before 10."""
    closed = sa.case((Claim.kind.in_([one.value for one in CLOSED]), 1), else_=0)
    rooms = {
        pavilion: (count, shut, beds)
        for pavilion, count, shut, beds in session.execute(
            sa.select(Room.pavilion_id, sa.func.count(), sa.func.sum(closed), sa.func.sum(RoomPeriod.beds))
            .join(RoomPeriod, sa.and_(RoomPeriod.room_id == Room.id, _on(RoomPeriod, day)))
            .outerjoin(RoomNight, sa.and_(RoomNight.room_id == Room.id, RoomNight.night == day))
            .outerjoin(Claim, Claim.id == RoomNight.claim_id)
            .group_by(Room.pavilion_id)
        )
    }
    counted = sa.select(Space.pavilion_id, sa.func.count()).where(_there(Space, day)).group_by(Space.pavilion_id)
    spaces = {pavilion: count for pavilion, count in session.execute(counted)}  # noqa: C416 - rows are no pairs for mypy
    every = sorted(session.scalars(sa.select(Pavilion)), key=lambda one: _natural(one.name))
    return [PavilionLine(one, *rooms.get(one.id, (0, 0, 0)), spaces.get(one.id, 0)) for one in every]


def rooms_on(
    session: Session, day: date, wanted: RoomFilter, *, offset: int = 0, limit: int = 50
) -> tuple[list[RoomLine], int]:
    """Rooms by pavilion and number, and how many there are on all pages."""
    query = _rooms(day).order_by(Pavilion.name, Room.number, Room.id)
    if wanted.pavilion:
        query = query.where(Pavilion.slug == wanted.pavilion)
    if wanted.type:
        query = query.where(RoomType.slug == wanted.type)
    if wanted.there:
        query = query.where(RoomPeriod.id.is_not(None))
    rows, total = _part(session, query, offset, limit)
    return [RoomLine(*row) for row in rows], total


def room_on(session: Session, day: date, room_id: int) -> RoomLine:
    """One room. Raises `NotFound`."""
    row = session.execute(_rooms(day).where(Room.id == room_id)).one_or_none()
    if row is None:
        raise NotFound(_("There is no such room."))
    return RoomLine(*row)


def _rooms(day: date) -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(Room, Pavilion, RoomPeriod, RoomType, Claim)
        .join(Pavilion, Pavilion.id == Room.pavilion_id)
        .outerjoin(RoomPeriod, sa.and_(RoomPeriod.room_id == Room.id, _on(RoomPeriod, day)))
        .outerjoin(RoomType, RoomType.id == RoomPeriod.type_id)
        .outerjoin(RoomNight, sa.and_(RoomNight.room_id == Room.id, RoomNight.night == day))
        .outerjoin(Claim, Claim.id == RoomNight.claim_id)
    )


def spaces_on(
    session: Session, day: date, wanted: SpaceFilter, *, offset: int = 0, limit: int = 50
) -> tuple[list[SpaceLine], int]:
    """Meeting rooms and offices by pavilion and name, and how many there are on all pages."""
    query = _spaces(day).order_by(Pavilion.name, Space.name, Space.id)
    if wanted.pavilion:
        query = query.where(Pavilion.slug == wanted.pavilion)
    if wanted.kind:
        query = query.where(Space.kind == wanted.kind)
    if wanted.party:
        query = query.where(Party.slug == wanted.party)
    if wanted.free:
        query = query.where(SpaceUse.id.is_(None), _there(Space, day))
    rows, total = _part(session, query, offset, limit)
    return [SpaceLine(*row) for row in rows], total


def space_on(session: Session, day: date, space_id: int) -> SpaceLine:
    """One meeting room or office. Raises `NotFound`."""
    row = session.execute(_spaces(day).where(Space.id == space_id)).one_or_none()
    if row is None:
        raise NotFound(_("There is no such space."))
    return SpaceLine(*row)


def _spaces(day: date) -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(Space, Pavilion, SpaceUse, Party)
        .join(Pavilion, Pavilion.id == Space.pavilion_id)
        .outerjoin(SpaceUse, sa.and_(SpaceUse.space_id == Space.id, _on(SpaceUse, day)))
        .outerjoin(Party, Party.id == SpaceUse.party_id)
    )


def events_of(
    session: Session, day: date, wanted: EventFilter, *, sort: str = "first", offset: int = 0, limit: int = 50
) -> tuple[list[EventRow], int]:
    """Events with segment and party, and how many there are in all. `sort` is of `EVENT_SORTS`, with - downwards."""
    query = (
        sa.select(Event, Segment, Party)
        .join(Segment, Segment.id == Event.segment_id)
        .join(Party, Party.id == Event.party_id)
    )
    if wanted.when == "upcoming":
        query = query.where(Event.until > day)
    if wanted.when == "past":
        query = query.where(Event.until <= day)
    if wanted.segment:
        query = query.where(Segment.slug == wanted.segment)
    if wanted.party:
        query = query.where(Party.slug == wanted.party)
    if wanted.text:
        query = query.where(Event.name.icontains(wanted.text, autoescape=True))
    column = EVENT_SORTS.get(sort.removeprefix("-"), Event.first)
    order = column.desc() if sort.startswith("-") else column.asc()
    rows, total = _part(session, query.order_by(order, Event.id), offset, limit)
    return [(row[0], row[1], row[2]) for row in rows], total


def _part(session: Session, query: sa.Select[*tuple[Any, ...]], offset: int, limit: int) -> tuple[list[Any], int]:
    total = session.scalar(sa.select(sa.func.count()).select_from(query.order_by(None).subquery())) or 0
    return list(session.execute(query.offset(offset).limit(limit))), total


def _on(table: type[RoomPeriod | SpaceUse], day: date) -> sa.ColumnElement[bool]:
    """The version that is believed now of what is so on the day."""
    assert issubclass(table, Recorded)
    return sa.and_(known(table, None), _there(table, day))


def _there(table: type[RoomPeriod | SpaceUse | Space], day: date) -> sa.ColumnElement[bool]:
    return sa.and_(table.first <= day, sa.or_(table.until.is_(None), table.until > day))


def _natural(name: str) -> list[tuple[int, str]]:
    """A key by which “Pavilion 2” comes before “Pavilion 10”."""
    return [(int(part) if part.isdigit() else 0, part.lower()) for part in re.split(r"([0-9]+)", name)]
