"""What was on the books on past evenings, from the versions that were believed then: exact, however late."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any, TypeAlias

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray
from sqlalchemy.orm import Session

from campus.known import Recorded, end_of
from campus.nights import LATEST, Nights
from campus.occupancy.models import Block, BlockNight, Claim
from campus.occupancy.rules import Kind, Status
from campus.places.models import RoomPeriod, Segment
from core.i18n import zone

BEFORE, AHEAD = 7, 400  # days around the evening: the nights that its snapshot holds

Row: TypeAlias = dict[str, Any]
Plane: TypeAlias = NDArray[np.int32]  # evenings × nights
Cube: TypeAlias = np.ndarray[Any, np.dtype[np.int32]]  # evenings × nights × segments
Part: TypeAlias = tuple[slice, int, Nights]  # evenings on which it was believed, room type, nights


def on_the_books(session: Session, days: Sequence[date]) -> list[Row]:
    """The rows of `OnTheBooks` for the evenings of `days`, which are sorted: where anything is sold or held."""
    nights = Nights(days[0] - timedelta(days=BEFORE), days[-1] + timedelta(days=AHEAD))
    segments = list(session.scalars(sa.select(Segment.id).order_by(Segment.id)))
    if not segments:
        return []
    sold, picked = _stays(session, days, nights, segments)
    held = _held(session, days, nights, segments, picked)
    rows: list[Row] = []
    for position, day in enumerate(days):
        first = (day - nights.first).days - BEFORE
        window = slice(first, first + BEFORE + AHEAD)
        for at, segment in np.argwhere((sold[position, window] > 0) | (held[position, window] > 0)):
            night = first + int(at)
            rows.append(
                {
                    "taken_on": day,
                    "night": nights.first + timedelta(days=night),
                    "segment_id": segments[int(segment)],
                    "sold": int(sold[position, night, segment]),
                    "held": int(held[position, night, segment]),
                }
            )
    return rows


def _stays(
    session: Session, days: Sequence[date], nights: Nights, segments: list[int]
) -> tuple[Cube, dict[tuple[int, int], Plane]]:
    """Rooms sold; and those of them that were picked from a block, by block and room type."""
    sold: Cube = np.zeros((len(days), len(nights), len(segments)), np.int32)
    picked: dict[tuple[int, int], Plane] = defaultdict(lambda: np.zeros((len(days), len(nights)), np.int32))
    rooms = _rooms(session, days)
    columns = (Claim.recorded_at, Claim.superseded_at, Claim.first, Claim.until, Claim.room_id)
    stays = sa.and_(Claim.kind == Kind.STAY.value, Claim.status == Status.BOOKED.value)
    meets = sa.and_(Claim.first < nights.until, Claim.until > nights.first, _believed(Claim, days))
    found = session.execute(sa.select(*columns, Claim.segment_id, Claim.block).where(stays, meets))
    for recorded, superseded, first, until, room, segment, block in found:
        column = segments.index(segment or 0)  # a stay has one
        for when, type_id, part in _parts(rooms[room], _evenings(days, recorded, superseded), Nights(first, until)):
            span = slice(_position(nights, part.first), _position(nights, part.until))
            sold[when, span, column] += 1
            if block is not None:
                picked[block, type_id][when, span] += 1
    return sold, picked


def _rooms(session: Session, days: Sequence[date]) -> dict[int, list[Part]]:
    """Room → when it was believed to be of which type, and in which nights."""
    rooms: dict[int, list[Part]] = defaultdict(list)
    for one in session.scalars(sa.select(RoomPeriod).where(_believed(RoomPeriod, days))):
        when = _evenings(days, one.recorded_at, one.superseded_at)
        rooms[one.room_id].append((when, one.type_id, Nights(one.first, one.until or LATEST)))
    return rooms


def _parts(room: list[Part], when: slice, nights: Nights) -> Iterator[Part]:
    """A stay's evenings and nights, as far as the room was believed to be a room then."""
    for believed, type_id, period in room:
        both = slice(max(when.start, believed.start), min(when.stop, believed.stop))
        part = nights.clipped(period)
        if both.start < both.stop and len(part):
            yield both, type_id, part


def _held(
    session: Session,
    days: Sequence[date],
    nights: Nights,
    segments: list[int],
    picked: dict[tuple[int, int], Plane],
) -> Cube:
    """Rooms that blocks contract and have not picked up, until their cut-off; counted a block and type at a time."""
    contracted: dict[tuple[int, int, int], Plane] = defaultdict(lambda: np.zeros((len(days), len(nights)), np.int32))
    columns = (Block.number, Block.recorded_at, Block.superseded_at, Block.cut_off, Block.segment_id)
    within = sa.and_(BlockNight.night >= nights.first, BlockNight.night < nights.until, _believed(Block, days))
    found = session.execute(
        sa.select(*columns, BlockNight.type_id, BlockNight.night, BlockNight.rooms)
        .join(BlockNight, BlockNight.block_id == Block.id)
        .where(within, Block.status == Status.BOOKED.value, Block.cut_off > days[0])
    )
    for number, recorded, superseded, cut_off, segment, type_id, night, rooms in found:
        when = _evenings(days, recorded, superseded)
        until = min(when.stop, bisect_left(days, cut_off))
        contracted[number, type_id, segment][when.start : until, _position(nights, night)] += rooms
    held: Cube = np.zeros((len(days), len(nights), len(segments)), np.int32)
    for (number, type_id, segment), plane in contracted.items():
        taken = picked.get((number, type_id))
        held[:, :, segments.index(segment)] += plane if taken is None else np.maximum(plane - taken, 0)
    return held


def _believed(table: type[Recorded], days: Sequence[date]) -> sa.ColumnElement[bool]:
    """The versions that were believed on any of the evenings."""
    unended = sa.or_(table.superseded_at.is_(None), table.superseded_at >= end_of(days[0]))
    return sa.and_(table.recorded_at <= end_of(days[-1]), unended)


def _evenings(days: Sequence[date], recorded: datetime, superseded: datetime | None) -> slice:
    """Positions of the days on whose evening a version was believed."""
    return slice(_first_from(days, recorded), len(days) if superseded is None else _first_from(days, superseded))


def _first_from(days: Sequence[date], moment: datetime) -> int:
    """Position of the first day whose evening is not before the moment."""
    if moment > end_of(days[-1]):
        return len(days)
    day = moment.astimezone(zone()).date()
    return bisect_left(days, day - timedelta(days=1) if moment == end_of(day - timedelta(days=1)) else day)


def _position(nights: Nights, day: date) -> int:
    return min(max((day - nights.first).days, 0), len(nights))
