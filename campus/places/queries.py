"""Every SELECT on places."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.known import known
from campus.nights import LATEST, Nights
from campus.places.models import Event, Party, Pavilion, Room, RoomPeriod, RoomType, Segment, Space, SpaceUse
from campus.places.rules import first_night_outside
from core.database import Base
from core.errors import InvalidInput, NotFound
from core.i18n import format_date
from core.i18n import gettext as _
from core.trail import TrailEntry

Named = TypeVar("Named", Pavilion, RoomType, Party, Segment, Event)


def periods(session: Session, room_id: int) -> list[RoomPeriod]:
    """When a room is a room, and of which type, as known now; by date."""
    query = sa.select(RoomPeriod).where(RoomPeriod.room_id == room_id, known(RoomPeriod, None))
    return list(session.scalars(query.order_by(RoomPeriod.first)))


def check_is_room(session: Session, room_id: int, nights: Nights) -> None:
    """Raises `InvalidInput` naming the first of the nights in which the room is none."""
    there = (Nights(period.first, period.until or LATEST) for period in periods(session, room_id))
    first = first_night_outside(there, nights)
    if first is None:
        return
    raise InvalidInput(
        _("room %(room)s is no room on %(night)s", room=room_name(session, room_id), night=format_date(first)),
        place="room",
    )


def room_name(session: Session, room_id: int) -> str:
    """Pavilion and number. Raises `NotFound`."""
    found = session.execute(
        sa.select(Pavilion.name, Room.number).join(Pavilion, Pavilion.id == Room.pavilion_id).where(Room.id == room_id)
    ).one_or_none()
    if found is None:
        raise NotFound(_("There is no such room."))
    return f"{found.name} {found.number}"


def type_name(session: Session, type_id: int) -> str:
    """Name of a room type. Raises `NotFound`."""
    found = session.get(RoomType, type_id)
    if found is None:
        raise NotFound(_("There is no such room type."))
    return found.name


def type_on(session: Session, room_id: int, night: date) -> int | None:
    """The room's type in a night; None when it is no room then."""
    ends = sa.or_(RoomPeriod.until.is_(None), RoomPeriod.until > night)
    covers = sa.and_(RoomPeriod.room_id == room_id, RoomPeriod.first <= night, ends)
    return session.scalar(sa.select(RoomPeriod.type_id).where(covers, known(RoomPeriod, None)))


def types_by_room(session: Session) -> dict[int, list[tuple[int, Nights]]]:
    """Room → its types with their nights, as known now."""
    types: dict[int, list[tuple[int, Nights]]] = defaultdict(list)
    for period in session.scalars(sa.select(RoomPeriod).where(known(RoomPeriod, None))):
        types[period.room_id].append((period.type_id, Nights(period.first, period.until or LATEST)))
    return types


def pavilion(session: Session, slug: str) -> Pavilion:
    """The pavilion of this short name. Raises `NotFound`."""
    found = session.scalar(sa.select(Pavilion).where(Pavilion.slug == slug))
    if found is None:
        raise NotFound(_("There is no such pavilion."))
    return found


def by_slug(session: Session, table: type[Named], slug: str) -> Named:
    """The pavilion, type, party, segment or event of this short name. Raises `NotFound`."""
    found = session.scalar(sa.select(table).where(table.slug == slug))
    if found is None:
        raise NotFound(_("There is nothing called “%(slug)s” here.", slug=slug[:64]))
    return found


def every(session: Session, table: type[Named]) -> list[Named]:
    """All of a kind by name; segments in their own order, parties by kind first."""
    orders: dict[type[Base], list[Any]] = {Segment: [Segment.position], Party: [Party.kind]}
    return list(session.scalars(sa.select(table).order_by(*orders.get(table, []), table.name, table.id)))


def slugs(session: Session, table: type[Named]) -> set[str]:
    """All short names that are taken."""
    return set(session.scalars(sa.select(table.slug)))


def room(session: Session, room_id: int) -> Room:
    """A room. Raises `NotFound`."""
    found = session.get(Room, room_id)
    if found is None:
        raise NotFound(_("There is no such room."))
    return found


def space(session: Session, space_id: int) -> Space:
    """A meeting room or office. Raises `NotFound`."""
    found = session.get(Space, space_id)
    if found is None:
        raise NotFound(_("There is no such space."))
    return found


def changes_of(session: Session, subject: str, subject_id: int) -> int:
    """How often a room or a space was changed, from 1 on: the version that a change names. Each is in the trail."""
    mine = sa.and_(TrailEntry.subject == subject, TrailEntry.subject_id == str(subject_id))
    return 1 + (session.scalar(sa.select(sa.func.count()).where(mine)) or 0)


def rooms_of(session: Session, pavilion_id: int, numbers: Sequence[str]) -> list[Room]:
    """The pavilion's rooms with these numbers, whether they are rooms now or not."""
    query = sa.select(Room).where(Room.pavilion_id == pavilion_id, Room.number.in_(numbers))
    return list(session.scalars(query.order_by(Room.number)))


def period_versions(session: Session, room_id: int) -> list[RoomPeriod]:
    """Everything that was ever believed of a room, the latest first."""
    query = sa.select(RoomPeriod).where(RoomPeriod.room_id == room_id)
    return list(session.scalars(query.order_by(RoomPeriod.recorded_at.desc(), RoomPeriod.first, RoomPeriod.id)))


def uses(session: Session, space_id: int) -> list[SpaceUse]:
    """Who occupies a space and when, as known now; by date."""
    query = sa.select(SpaceUse).where(SpaceUse.space_id == space_id, known(SpaceUse, None))
    return list(session.scalars(query.order_by(SpaceUse.first)))


def use_versions(session: Session, space_id: int) -> list[SpaceUse]:
    """Everything that was ever believed of a space's occupants, the latest first."""
    query = sa.select(SpaceUse).where(SpaceUse.space_id == space_id)
    return list(session.scalars(query.order_by(SpaceUse.recorded_at.desc(), SpaceUse.first, SpaceUse.id)))


def users_of(session: Session, row: Base) -> list[str]:
    """The tables whose rows point at this row: what is used cannot be taken away."""
    (mine,) = sa.inspect(type(row)).primary_key
    tables = sorted(Base.metadata.tables.values(), key=lambda one: one.name)
    return [
        table.name
        for table in tables
        for key in table.foreign_keys
        if key.column is mine and session.scalar(sa.select(sa.exists().where(key.parent == getattr(row, mine.name))))
    ]
