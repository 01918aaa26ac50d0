"""Every SELECT on places."""

from collections import defaultdict
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.known import known
from campus.nights import LATEST, Nights
from campus.places.models import Pavilion, Room, RoomPeriod, RoomType
from campus.places.rules import first_night_outside
from core.errors import InvalidInput, NotFound
from core.i18n import format_date
from core.i18n import gettext as _


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
