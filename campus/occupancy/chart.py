"""What the room chart shows: rooms × nights with their claims as bars, and what groups hold before rooms are chosen."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.known import known
from campus.nights import LATEST, Nights
from campus.occupancy import availability, queries
from campus.occupancy.models import Block, Claim
from campus.occupancy.rules import Kind, Status
from campus.places.models import Party, Pavilion, Room, RoomPeriod, RoomType


class State(StrEnum):
    """What a stretch of a room's nights is."""

    FREE = "free"
    TAKEN = "taken"
    NO_ROOM = "no room"  # not built yet, or no guest room any more


@dataclass(frozen=True, slots=True)
class Stretch:
    """Consecutive nights of a room in one state; `nights` lie within the chart, those of the claim may go beyond."""

    state: State
    nights: Nights
    claim: Claim | None = None
    faulty: frozenset[date] = frozenset()  # nights on which the room is out of service


@dataclass(frozen=True, slots=True)
class ChartRow:
    """A room with its nights, from the first to the last of the chart. `faults` take no night."""

    room_id: int
    number: str
    pavilion: str
    pavilion_slug: str
    types: tuple[str, ...]
    features: tuple[str, ...]
    stretches: tuple[Stretch, ...]
    faults: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """Rooms of a type that a group holds over some nights and has not chosen yet."""

    type: str
    block: int
    block_name: str
    rooms: int
    nights: Nights


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartFilter:
    """Which rooms are wanted; all where nothing is given."""

    pavilion_id: int | None = None
    type_id: int | None = None
    room_id: int | None = None


def chart(session: Session, nights: Nights, wanted: ChartFilter) -> list[ChartRow]:
    """The rooms that are one in any of the nights, by pavilion and number."""
    periods: dict[Room, list[tuple[RoomPeriod, str]]] = defaultdict(list)
    pavilions: dict[int, Pavilion] = {}
    for room, pavilion, period, type_name in session.execute(_rooms(nights, wanted)):
        periods[room].append((period, type_name))
        pavilions[room.id] = pavilion
    claims = _claims(session, nights, wanted)
    ordered = sorted(periods, key=lambda room: (pavilions[room.id].name, queries.natural(room.number)))
    return [_row(room, pavilions[room.id], periods[room], claims.get(room.id, []), nights) for room in ordered]


def held(session: Session, nights: Nights, type_id: int | None = None) -> list[Held]:
    """What groups hold, by room type and group: a stretch for each run of nights with the same number of rooms."""
    rooms: dict[tuple[int, int], list[tuple[date, int]]] = defaultdict(list)
    for (block, kind, night), number in sorted(availability.held_rooms(session, nights).items()):
        if type_id is None or kind == type_id:
            rooms[kind, block].append((night, number))
    if not rooms:
        return []
    types = {one.id: one.name for one in session.scalars(sa.select(RoomType))}
    names = {one.number: one.name for one in session.scalars(sa.select(Block).where(known(Block, None)))}
    found = [
        Held(types[kind], block, names[block], number, run)
        for (kind, block), by_night in rooms.items()
        for number, run in _runs(by_night)
    ]
    return sorted(found, key=lambda one: (one.type, one.block_name, one.block, one.nights.first))


def parties_of(session: Session, rows: Iterable[ChartRow]) -> dict[int, str]:
    """The names of those whose stays are shown."""
    ids = {one.claim.party_id for row in rows for one in row.stretches if one.claim and one.claim.party_id}
    found = session.execute(sa.select(Party.id, Party.name).where(Party.id.in_(ids)))
    return {row.id: row.name for row in found}


def _rooms(nights: Nights, wanted: ChartFilter) -> sa.Select[Room, Pavilion, RoomPeriod, str]:
    meets = sa.and_(
        RoomPeriod.first < nights.until, sa.or_(RoomPeriod.until.is_(None), RoomPeriod.until > nights.first)
    )
    query = (
        sa.select(Room, Pavilion, RoomPeriod, RoomType.name)
        .join(Pavilion, Pavilion.id == Room.pavilion_id)
        .join(RoomPeriod, RoomPeriod.room_id == Room.id)
        .join(RoomType, RoomType.id == RoomPeriod.type_id)
        .where(known(RoomPeriod, None), meets)
        .order_by(RoomPeriod.first)
    )
    if wanted.type_id is not None:
        query = query.where(RoomPeriod.type_id == wanted.type_id)
    return query.where(*_of_rooms(wanted))


def _of_rooms(wanted: ChartFilter) -> list[sa.ColumnElement[bool]]:
    conditions: list[sa.ColumnElement[bool]] = []
    if wanted.pavilion_id is not None:
        conditions.append(Room.pavilion_id == wanted.pavilion_id)
    if wanted.room_id is not None:
        conditions.append(Room.id == wanted.room_id)
    return conditions


def _claims(session: Session, nights: Nights, wanted: ChartFilter) -> dict[int, list[Claim]]:
    query = (
        sa.select(Claim)
        .join(Room, Room.id == Claim.room_id)
        .where(
            known(Claim, None),
            Claim.status == Status.BOOKED.value,
            Claim.first < nights.until,
            Claim.until > nights.first,
            *_of_rooms(wanted),
        )
        .order_by(Claim.first)
    )
    found: dict[int, list[Claim]] = defaultdict(list)
    for claim in session.scalars(query):
        found[claim.room_id].append(claim)
    return found


def _row(
    room: Room, pavilion: Pavilion, periods: Sequence[tuple[RoomPeriod, str]], claims: Sequence[Claim], nights: Nights
) -> ChartRow:
    faults = tuple(one for one in claims if one.kind == Kind.OUT_OF_SERVICE)
    faulty = frozenset(night for one in faults for night in Nights(one.first, one.until).clipped(nights))
    is_room = frozenset(
        night for one, _name in periods for night in Nights(one.first, one.until or LATEST).clipped(nights)
    )
    holders = {
        night: claim
        for claim in claims
        if claim.kind != Kind.OUT_OF_SERVICE
        for night in Nights(claim.first, claim.until).clipped(nights)
    }
    return ChartRow(
        room_id=room.id,
        number=room.number,
        pavilion=pavilion.name,
        pavilion_slug=pavilion.slug,
        types=tuple(dict.fromkeys(name for _period, name in periods)),
        features=tuple(dict.fromkeys(one for period, _name in periods for one in period.features)),
        stretches=tuple(_stretches(nights, holders, is_room, faulty)),
        faults=faults,
    )


def _stretches(
    nights: Nights, holders: dict[date, Claim], is_room: frozenset[date], faulty: frozenset[date]
) -> Iterable[Stretch]:
    def what(night: date) -> tuple[State, Claim | None]:
        if night in holders:
            return State.TAKEN, holders[night]
        return (State.FREE if night in is_room else State.NO_ROOM), None

    for (state, claim), group in groupby(nights, what):
        run = list(group)
        span = Nights(run[0], date.fromordinal(run[-1].toordinal() + 1))
        yield Stretch(state, span, claim, faulty.intersection(run))


def _runs(by_night: Sequence[tuple[date, int]]) -> Iterable[tuple[int, Nights]]:
    """Consecutive nights with the same number."""
    for (_start, number), group in groupby(
        enumerate(by_night), key=lambda one: (one[1][0].toordinal() - one[0], one[1][1])
    ):
        run = [night for _place, (night, _rooms) in group]
        yield number, Nights(run[0], date.fromordinal(run[-1].toordinal() + 1))
