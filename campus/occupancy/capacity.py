"""Capacity of any period by any cut, as known at any instant: one way to count, whoever asks.

Every figure comes from ranges clipped to the period, so parts of a period add up to the whole, and a report of the past
reads the versions that were believed then.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.known import known
from campus.night_sql import DaysBetween, Earliest, Latest
from campus.nights import Nights
from campus.occupancy.bridge import Bridge
from campus.occupancy.models import Block, BlockNight, Claim
from campus.occupancy.rules import CLOSED, Kind, Status
from campus.places.models import Room, RoomPeriod

Key = tuple[int, int | None]  # number of the part, and of the cut's thing; None for what belongs to none


class Cut(StrEnum):
    """What a report is parted by."""

    WHOLE = "whole"
    PAVILION = "pavilion"
    ROOM_TYPE = "room type"
    SEGMENT = "segment"
    PARTY = "party"


def capacity(
    session: Session, parts: Sequence[Nights], cut: Cut = Cut.WHOLE, *, at: datetime | None = None, on: date
) -> Mapping[Key, Bridge]:
    """A bridge for each part of the period and each thing of the cut, where anything is to be told.

    `at` is the instant whose knowledge counts (None for now), `on` its date: blocks past their cut-off hold nothing.
    Rooms have no segment and no party, and held rooms no pavilion yet: such terms stand under None, so that the
    things of every cut add up to the whole.
    """
    table = _parts(parts)
    terms: dict[Key, Bridge] = defaultdict(Bridge)
    for key, bridge in (
        *_inventory(session, table, cut, at),
        *_claimed(session, table, cut, at),
        *_held(session, table, cut, at, on),
    ):
        terms[key] += bridge
    return terms


def total(terms: Mapping[Key, Bridge]) -> Bridge:
    """The sum of all terms."""
    return sum(terms.values(), Bridge())


def _parts(parts: Sequence[Nights]) -> sa.CTE:
    columns = sa.column("part", sa.Integer), sa.column("first", sa.Date), sa.column("until", sa.Date)
    rows = [(number, part.first, part.until) for number, part in enumerate(parts)]
    return sa.values(*columns, name="parts").data(rows).cte("parts")


def _room_cut(cut: Cut) -> sa.ColumnElement[Any]:
    match cut:
        case Cut.PAVILION:
            return Room.pavilion_id.expression
        case Cut.ROOM_TYPE:
            return RoomPeriod.type_id.expression
        case _:
            return sa.null()


def _stay_cut(cut: Cut) -> sa.ColumnElement[Any]:
    match cut:
        case Cut.SEGMENT:
            return Claim.segment_id.expression
        case Cut.PARTY:
            return Claim.party_id.expression
        case _:
            return _room_cut(cut)


def _inventory(session: Session, parts: sa.CTE, cut: Cut, at: datetime | None) -> list[tuple[Key, Bridge]]:
    until = sa.func.coalesce(RoomPeriod.until, parts.c.until)
    nights = DaysBetween(Latest(RoomPeriod.first, parts.c.first), Earliest(until, parts.c.until))
    thing = _room_cut(cut)
    found = session.execute(
        sa.select(parts.c.part, thing.label("thing"), sa.func.sum(nights), sa.func.sum(nights * RoomPeriod.beds))
        .select_from(RoomPeriod)
        .join(Room, Room.id == RoomPeriod.room_id)
        .join(parts, sa.and_(RoomPeriod.first < parts.c.until, until > parts.c.first))
        .where(known(RoomPeriod, at))
        .group_by(parts.c.part, sa.text("thing"))
    )
    return [((part, key), Bridge(inventory=int(n), bed_nights=int(beds))) for part, key, n, beds in found]


def _claimed(session: Session, parts: sa.CTE, cut: Cut, at: datetime | None) -> list[tuple[Key, Bridge]]:
    """Nights by kind: a claim's range, clipped to the part and to the time in which its room is of one type."""
    period_until = sa.func.coalesce(RoomPeriod.until, parts.c.until)
    first = Latest(Claim.first, parts.c.first, RoomPeriod.first)
    nights = DaysBetween(first, Earliest(Claim.until, parts.c.until, period_until))
    thing = sa.case((Claim.kind == Kind.STAY.value, _stay_cut(cut)), else_=_room_cut(cut))
    found = session.execute(
        sa.select(
            parts.c.part,
            thing.label("thing"),
            Claim.kind,
            Claim.status,
            sa.func.sum(nights),
            sa.func.sum(nights * RoomPeriod.beds),
            sa.func.sum(nights * Claim.guests),
            sa.func.sum(nights * Claim.rate_cents),
        )
        .select_from(Claim)
        .join(parts, sa.and_(Claim.first < parts.c.until, Claim.until > parts.c.first))
        .join(
            RoomPeriod,
            sa.and_(
                RoomPeriod.room_id == Claim.room_id,
                known(RoomPeriod, at),
                RoomPeriod.first < Earliest(Claim.until, parts.c.until),
                period_until > Latest(Claim.first, parts.c.first),
            ),
        )
        .join(Room, Room.id == Claim.room_id)
        .where(known(Claim, at), Claim.status != Status.CANCELLED.value, Claim.kind != Kind.OUT_OF_SERVICE.value)
        .group_by(parts.c.part, sa.text("thing"), Claim.kind, Claim.status)
    )
    return [((row[0], row[1]), _term(Kind(row[2]), Status(row[3]), *map(int, row[4:]))) for row in found]


def _term(kind: Kind, status: Status, nights: int, beds: int, guests: int, cents: int) -> Bridge:
    if kind is Kind.STAY:
        if status is Status.NO_SHOW:
            return Bridge(revenue_cents=cents)
        return Bridge(sold=nights, guest_nights=guests, revenue_cents=cents)
    if kind in CLOSED:
        return Bridge(extended_closed=nights, beds_closed=beds)
    if kind is Kind.OUT_OF_ORDER:
        return Bridge(out_of_order=nights)
    return Bridge(house_use=nights)


def _held(session: Session, parts: sa.CTE, cut: Cut, at: datetime | None, on: date) -> list[tuple[Key, Bridge]]:
    """Contracted and not picked up, night by night, of blocks whose cut-off is still to come."""
    things: dict[Cut, Any] = {
        Cut.ROOM_TYPE: BlockNight.type_id,
        Cut.SEGMENT: Block.segment_id,
        Cut.PARTY: Block.party_id,
    }
    picked = _picked(at).subquery()
    rest = BlockNight.rooms - sa.func.coalesce(picked.c.rooms, 0)
    thing = things.get(cut, sa.null())
    found = session.execute(
        sa.select(parts.c.part, sa.type_coerce(thing, sa.Integer).label("thing"), sa.func.sum(rest))
        .select_from(BlockNight)
        .join(Block, Block.id == BlockNight.block_id)
        .join(parts, sa.and_(BlockNight.night >= parts.c.first, BlockNight.night < parts.c.until))
        .outerjoin(
            picked,
            sa.and_(
                picked.c.block == Block.number,
                picked.c.type_id == BlockNight.type_id,
                picked.c.night == BlockNight.night,
            ),
        )
        .where(known(Block, at), Block.status == Status.BOOKED.value, Block.cut_off > on, rest > 0)
        .group_by(parts.c.part, sa.text("thing"))
    )
    return [((part, key), Bridge(held=int(rooms))) for part, key, rooms in found]


def _picked(at: datetime | None) -> sa.Select[Any]:
    """Rooms picked up, by block, type and night."""
    block_night = sa.select(BlockNight.night, Block.number, BlockNight.type_id).join(
        Block, Block.id == BlockNight.block_id
    )
    wanted = block_night.where(known(Block, at)).subquery()
    return (
        sa.select(Claim.block, wanted.c.type_id, wanted.c.night, sa.func.count().label("rooms"))
        .select_from(wanted)
        .join(
            Claim, sa.and_(Claim.block == wanted.c.number, Claim.first <= wanted.c.night, Claim.until > wanted.c.night)
        )
        .join(
            RoomPeriod,
            sa.and_(
                RoomPeriod.room_id == Claim.room_id,
                known(RoomPeriod, at),
                RoomPeriod.type_id == wanted.c.type_id,
                RoomPeriod.first <= wanted.c.night,
                sa.or_(RoomPeriod.until.is_(None), RoomPeriod.until > wanted.c.night),
            ),
        )
        .where(known(Claim, at), Claim.status == Status.BOOKED.value, Claim.kind == Kind.STAY.value)
        .group_by(Claim.block, wanted.c.type_id, wanted.c.night)
    )
