"""Capacity of any period by any cut, as known at any instant: one way to count, whoever asks.

Every figure comes from ranges clipped to the period, so parts of a period add up to the whole, and a report of the past
reads the versions that were believed then. Days become whole numbers early: both databases subtract those quickly.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.capacity.bridge import Bridge
from campus.known import known
from campus.night_sql import DaysBetween, Earliest, Latest
from campus.nights import EARLIEST, LATEST, Nights
from campus.occupancy.models import Block, BlockNight, Claim
from campus.occupancy.rules import CLOSED, Kind, Status
from campus.places.models import Room, RoomPeriod

Key = tuple[int, int | None]  # number of the part, and of the cut's thing; None for what belongs to none
Term = tuple[Key, Bridge]


class Cut(StrEnum):
    """What a report is parted by."""

    WHOLE = "whole"
    PAVILION = "pavilion"
    ROOM_TYPE = "room type"
    SEGMENT = "segment"
    PARTY = "party"


@dataclass(frozen=True, slots=True)
class Only:
    """What a report is narrowed to: the ids of a pavilion, a room type, a segment, a party; None for all.

    A segment and a party have stays and blocks but no rooms: a report of one has only the terms sold and held.
    """

    pavilion: int | None = None
    room_type: int | None = None
    segment: int | None = None
    party: int | None = None

    @property
    def of_demand(self) -> bool:
        """Whether there is no inventory to tell of."""
        return self.segment is not None or self.party is not None


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question; `span` reaches from the first part's beginning to the last one's end."""

    parts: Sequence[Nights]
    cut: Cut
    only: Only
    at: datetime | None
    on: date

    @property
    def span(self) -> Nights:
        return Nights(min(part.first for part in self.parts), max(part.until for part in self.parts))


ALL = Only()


def capacity(
    session: Session,
    parts: Sequence[Nights],
    cut: Cut = Cut.WHOLE,
    only: Only = ALL,
    *,
    at: datetime | None = None,
    on: date,
) -> Mapping[Key, Bridge]:
    """A bridge for each part of the period and each thing of the cut, where anything is to be told.

    `at` is the instant whose knowledge counts (None for now), `on` its date: blocks past their cut-off hold nothing.
    Rooms have no segment and no party, and held rooms no pavilion yet: such terms stand under None, so that the
    things of every cut add up to the whole.
    """
    asked = _Asked(parts, cut, only, at, on)
    terms: dict[Key, Bridge] = defaultdict(Bridge)
    for key, bridge in (*_inventory(session, asked), *_claimed(session, asked), *_held(session, asked)):
        terms[key] += bridge
    return terms


def total(terms: Mapping[Key, Bridge]) -> Bridge:
    """The sum of all terms."""
    return sum(terms.values(), Bridge())


def _inventory(session: Session, asked: _Asked) -> Iterator[Term]:
    if asked.only.of_demand:
        return
    parts = _parts(asked.parts)
    first, until = _day(RoomPeriod.first), _day(sa.func.coalesce(RoomPeriod.until, LATEST))
    thing = _of_room(asked.cut)
    rooms = (
        sa.select(thing.label("thing"), RoomPeriod.beds, first.label("first"), until.label("until"))
        .join(Room, Room.id == RoomPeriod.room_id)
        .where(known(RoomPeriod, asked.at), *_only_rooms(asked.only))
        .subquery()
    )
    nights = _shared_nights(rooms, parts)
    found = session.execute(
        sa.select(parts.c.part, rooms.c.thing, sa.func.sum(nights), sa.func.sum(nights * rooms.c.beds))
        .join(parts, sa.and_(rooms.c.first < parts.c.until, rooms.c.until > parts.c.first))
        .group_by(parts.c.part, rooms.c.thing)
    )
    for part, key, number, beds in found:
        yield (part, key), Bridge(inventory=int(number), bed_nights=int(beds))


def _claimed(session: Session, asked: _Asked) -> Iterator[Term]:
    """Nights by kind. A claim counts for the types and only for the nights that its room had then."""
    parts, met = _parts(asked.parts), _met(asked)
    nights = _shared_nights(met, parts)
    sums = [sa.func.sum(nights * value) for value in (1, met.c.beds, met.c.guests, met.c.rate_cents)]
    found = session.execute(
        sa.select(parts.c.part, met.c.thing, met.c.kind, met.c.status, *sums)
        .join(parts, sa.and_(met.c.first < parts.c.until, met.c.until > parts.c.first))
        .group_by(parts.c.part, met.c.thing, met.c.kind, met.c.status)
    )
    for row in found:
        yield (row[0], row[1]), _term(Kind(row[2]), Status(row[3]), *map(int, row[4:]))


def _met(asked: _Asked) -> sa.CTE:
    """The claims that meet the span, each clipped to the time in which its room is of one type.

    Materialised, so that the table of claims is gone through once and not once a part.
    """
    only, span = asked.only, asked.span
    is_stay = Claim.kind == Kind.STAY.value
    wanted = [
        Claim.first < span.until,
        Claim.until > span.first,
        known(Claim, asked.at),
        Claim.status != Status.CANCELLED.value,
        Claim.kind != Kind.OUT_OF_SERVICE.value,
        *_only_rooms(only),
    ]
    if only.of_demand:
        wanted += [is_stay, *_only_demand(only, Claim)]
    first, until = Latest(Claim.first, RoomPeriod.first), Earliest(Claim.until, _end(RoomPeriod))
    claimed = sa.and_(RoomPeriod.room_id == Claim.room_id, RoomPeriod.first < Claim.until)
    return (
        sa.select(
            sa.case((is_stay, _of_stay(asked.cut)), else_=_of_room(asked.cut)).label("thing"),
            *(Claim.kind, Claim.status, Claim.guests, Claim.rate_cents, RoomPeriod.beds),
            *(_day(first).label("first"), _day(until).label("until")),
        )
        .select_from(Claim)
        .join(RoomPeriod, sa.and_(claimed, _end(RoomPeriod) > Claim.first, known(RoomPeriod, asked.at)))
        .join(Room, Room.id == Claim.room_id)
        .where(*wanted)
        .cte("met")
        .prefix_with("MATERIALIZED")
    )


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


def _held(session: Session, asked: _Asked) -> Iterator[Term]:
    """Contracted and not picked up, night by night, of blocks whose cut-off is still to come."""
    only, things = asked.only, {Cut.ROOM_TYPE: "type_id", Cut.SEGMENT: "segment_id", Cut.PARTY: "party_id"}
    if only.pavilion is not None:
        return  # a block's rooms have no pavilion until they are picked
    parts, blocks = _parts(asked.parts), _holding(asked)
    picked = _picked(blocks, asked.at)
    rest = blocks.c.rooms - sa.func.coalesce(picked.c.rooms, 0)
    thing = blocks.c[things[asked.cut]] if asked.cut in things else sa.null()
    same = [picked.c[name] == blocks.c[name] for name in ("number", "type_id", "night")]
    night = _day(blocks.c.night)
    found = session.execute(
        sa.select(parts.c.part, sa.type_coerce(thing, sa.Integer).label("thing"), sa.func.sum(rest))
        .select_from(blocks)
        .join(parts, sa.and_(night >= parts.c.first, night < parts.c.until))
        .outerjoin(picked, sa.and_(*same))
        .where(rest > 0)
        .group_by(parts.c.part, sa.text("thing"))
    )
    for part, key, rooms in found:
        yield (part, key), Bridge(held=int(rooms))


def _holding(asked: _Asked) -> sa.CTE:
    """What the blocks contract that hold anything, by block, room type and night."""
    wanted = [
        known(Block, asked.at),
        Block.status == Status.BOOKED.value,
        Block.cut_off > asked.on,
        BlockNight.night >= asked.span.first,
        BlockNight.night < asked.span.until,
        *_only_demand(asked.only, Block),
    ]
    if asked.only.room_type is not None:
        wanted.append(BlockNight.type_id == asked.only.room_type)
    columns = (Block.number, Block.segment_id, Block.party_id, BlockNight.type_id, BlockNight.night, BlockNight.rooms)
    return sa.select(*columns).join(BlockNight, BlockNight.block_id == Block.id).where(*wanted).cte("holding")


def _picked(blocks: sa.CTE, at: datetime | None) -> sa.Subquery:
    """Rooms picked up from these blocks, by block, type and night."""
    night = blocks.c.night
    of_night = sa.and_(Claim.block == blocks.c.number, Claim.first <= night, Claim.until > night)
    of_type = sa.and_(RoomPeriod.room_id == Claim.room_id, RoomPeriod.type_id == blocks.c.type_id)
    then = sa.and_(RoomPeriod.first <= night, _end(RoomPeriod) > night, known(RoomPeriod, at))
    return (
        sa.select(blocks.c.number, blocks.c.type_id, night, sa.func.count().label("rooms"))
        .join(Claim, sa.and_(of_night, known(Claim, at)))
        .join(RoomPeriod, sa.and_(of_type, then))
        .where(Claim.status == Status.BOOKED.value, Claim.kind == Kind.STAY.value)
        .group_by(blocks.c.number, blocks.c.type_id, night)
        .subquery()
    )


def _of_room(cut: Cut) -> sa.ColumnElement[Any]:
    things = {Cut.PAVILION: Room.pavilion_id.expression, Cut.ROOM_TYPE: RoomPeriod.type_id.expression}
    return things.get(cut, sa.type_coerce(sa.null(), sa.Integer))


def _of_stay(cut: Cut) -> sa.ColumnElement[Any]:
    things = {Cut.SEGMENT: Claim.segment_id.expression, Cut.PARTY: Claim.party_id.expression}
    return things.get(cut, _of_room(cut))


def _only_rooms(only: Only) -> list[sa.ColumnElement[bool]]:
    wanted = [(Room.pavilion_id, only.pavilion), (RoomPeriod.type_id, only.room_type)]
    return [column == value for column, value in wanted if value is not None]


def _only_demand(only: Only, table: type[Claim | Block]) -> list[sa.ColumnElement[bool]]:
    wanted = [(table.segment_id, only.segment), (table.party_id, only.party)]
    return [column == value for column, value in wanted if value is not None]


def _parts(parts: Sequence[Nights]) -> sa.CTE:
    columns = (sa.column(name, sa.Integer) for name in ("part", "first", "until"))
    rows = [(number, (part.first - EARLIEST).days, (part.until - EARLIEST).days) for number, part in enumerate(parts)]
    return sa.values(*columns, name="parts").data(rows).cte("parts")


def _shared_nights(ranges: sa.FromClause, parts: sa.CTE) -> sa.ColumnElement[int]:
    until, first = Earliest(ranges.c.until, parts.c.until), Latest(ranges.c.first, parts.c.first)
    return sa.type_coerce(until, sa.Integer) - sa.type_coerce(first, sa.Integer)


def _day(day: sa.ColumnElement[date] | Any) -> sa.ColumnElement[int]:
    """A date as a whole number."""
    return DaysBetween(sa.literal(EARLIEST), day)


def _end(period: type[RoomPeriod]) -> sa.ColumnElement[date]:
    return sa.func.coalesce(period.until, LATEST)
