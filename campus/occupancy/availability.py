"""How many rooms of a type are still free on each night, as known now: what can be promised.

It counts the rows of `room_night`, so it is quick in the middle of a booking; `campus/capacity/` counts ranges, for
reports. A test holds both to the same answer.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.known import known
from campus.nights import Nights
from campus.occupancy.models import Block, BlockNight, Claim, RoomNight
from campus.occupancy.rules import Kind, Status, TypeNight
from campus.places.models import RoomPeriod
from core.i18n import today


def free_rooms(session: Session, types: Iterable[int], nights: Nights) -> dict[TypeNight, int]:
    """Rooms of each type that are neither taken nor held, for every night; negative where too much was promised."""
    wanted = sorted(set(types))
    rooms = _rooms(session, wanted, nights)
    taken = _taken(session, wanted, nights)
    held: dict[TypeNight, int] = defaultdict(int)
    for (_block, type_id, night), rest in held_rooms(session, nights).items():
        held[type_id, night] += rest
    return {
        key: rooms.get(key, 0) - taken.get(key, 0) - held.get(key, 0)
        for type_id in wanted
        for key in _of(type_id, nights)
    }


def held_rooms(session: Session, nights: Nights) -> dict[tuple[int, int, date], int]:
    """(block, room type, night) → rooms contracted, not picked up and not released; only where there are any."""
    promised = promised_rooms(session, nights)
    picked = picked_rooms(session, nights, {block for block, _type_id, _night in promised}) if promised else {}
    rest = {key: rooms - picked.get(key, 0) for key, rooms in promised.items()}
    return {key: rooms for key, rooms in rest.items() if rooms > 0}


def promised_rooms(session: Session, nights: Nights) -> dict[tuple[int, int, date], int]:
    """(block, room type, night) → rooms contracted by blocks that are not released yet."""
    contracted = sa.select(Block.number, BlockNight.type_id, BlockNight.night, BlockNight.rooms).where(
        BlockNight.block_id == Block.id,
        known(Block, None),
        Block.status == Status.BOOKED.value,
        Block.cut_off > today(),
        BlockNight.night >= nights.first,
        BlockNight.night < nights.until,
    )
    return {(number, type_id, night): rooms for number, type_id, night, rooms in session.execute(contracted)}


def picked_rooms(
    session: Session, nights: Nights | None, blocks: Collection[int] | None = None
) -> Mapping[tuple[int, int, date], int]:
    """(block, room type, night) → rooms picked up; of all nights, of all blocks, or of some."""
    query = (
        sa.select(Claim.block, RoomPeriod.type_id, RoomNight.night, sa.func.count())
        .select_from(RoomNight)
        .join(Claim, Claim.id == RoomNight.claim_id)
        .join(RoomPeriod, _is_of_type())
        .where(
            Claim.block.in_(blocks) if blocks is not None else Claim.block.is_not(None),
            Claim.kind == Kind.STAY.value,
        )
        .group_by(Claim.block, RoomPeriod.type_id, RoomNight.night)
    )
    if nights is not None:
        query = query.where(RoomNight.night >= nights.first, RoomNight.night < nights.until)
    return {(int(block or 0), type_id, night): rooms for block, type_id, night, rooms in session.execute(query)}


def _rooms(session: Session, types: list[int], nights: Nights) -> dict[TypeNight, int]:
    found = session.execute(
        sa.select(RoomPeriod.type_id, RoomPeriod.first, RoomPeriod.until, sa.func.count())
        .where(
            known(RoomPeriod, None),
            RoomPeriod.type_id.in_(types),
            RoomPeriod.first < nights.until,
            sa.or_(RoomPeriod.until.is_(None), RoomPeriod.until > nights.first),
        )
        .group_by(RoomPeriod.type_id, RoomPeriod.first, RoomPeriod.until)
    )
    rooms: dict[TypeNight, int] = defaultdict(int)
    for type_id, first, until, count in found:
        for night in Nights(first, until or nights.until).clipped(nights):
            rooms[type_id, night] += count
    return rooms


def _taken(session: Session, types: list[int], nights: Nights) -> dict[TypeNight, int]:
    found = session.execute(
        sa.select(RoomPeriod.type_id, RoomNight.night, sa.func.count())
        .select_from(RoomNight)
        .join(RoomPeriod, _is_of_type())
        .where(RoomPeriod.type_id.in_(types), RoomNight.night >= nights.first, RoomNight.night < nights.until)
        .group_by(RoomPeriod.type_id, RoomNight.night)
    )
    return {(type_id, night): rooms for type_id, night, rooms in found}


def _is_of_type() -> sa.ColumnElement[bool]:
    """The period of the room in which the night lies."""
    return sa.and_(
        RoomPeriod.room_id == RoomNight.room_id,
        known(RoomPeriod, None),
        RoomPeriod.first <= RoomNight.night,
        sa.or_(RoomPeriod.until.is_(None), RoomPeriod.until > RoomNight.night),
    )


def _of(type_id: int, nights: Nights) -> Iterable[TypeNight]:
    return ((type_id, night) for night in nights)
