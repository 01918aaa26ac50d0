"""Notes every evening what is on the books. A day that was missed is made up for exactly: the books keep every version.

A snapshot of a day holds the nights from a week before it, so that what became of a night is in it too, until `AHEAD`
days after.
"""

from bisect import bisect_left
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any, TypeAlias

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray
from sqlalchemy.orm import Session

from campus.forecast.models import OnTheBooks, Snapshot
from campus.known import end_of
from campus.nights import Nights
from campus.occupancy.models import Block, BlockNight, Claim
from campus.occupancy.rules import Kind, Status
from campus.places.models import Segment
from campus.places.queries import types_by_room
from core import clock
from core.i18n import zone

BEFORE, AHEAD = 7, 400  # days around the day of the snapshot
MOST_AT_ONCE = 120  # days; more would not fit into little memory

Cube: TypeAlias = np.ndarray[Any, np.dtype[np.int32]]  # days × nights × segments


def take_missing(session: Session, until: date, first: date | None = None) -> list[date]:
    """Make the snapshots of all days that are over and have none, from `first` or the last one there on; which days.

    `until` is the first day that is not over yet.
    """
    begin = first or _day_after_last(session)
    if begin is None:
        return []
    there = set(session.scalars(sa.select(Snapshot.taken_on).where(Snapshot.taken_on >= begin)))
    missing = [day for day in Nights(begin, until) if day not in there] if begin < until else []
    for start in range(0, len(missing), MOST_AT_ONCE):
        _take(session, missing[start : start + MOST_AT_ONCE], until)
    return missing


def _day_after_last(session: Session) -> date | None:
    """The day to go on with: after the last snapshot, or the first day on which anything was known."""
    last: date | None = session.scalar(sa.select(sa.func.max(Snapshot.taken_on)))
    if last is not None:
        return last + timedelta(days=1)
    recorded: datetime | None = session.scalar(sa.select(sa.func.min(Claim.recorded_at)))
    return recorded.astimezone(zone()).date() if recorded else None


def _take(session: Session, days: list[date], today: date) -> None:
    nights = Nights(days[0] - timedelta(days=BEFORE), days[-1] + timedelta(days=AHEAD))
    segments = list(session.scalars(sa.select(Segment.id).order_by(Segment.id)))
    index = {segment: position for position, segment in enumerate(segments)}
    sold, held = _sold(session, days, nights, index), _held(session, days, nights, index)
    session.add_all(
        Snapshot(taken_on=day, made_at=clock.now(), replayed=day != today - timedelta(days=1)) for day in days
    )
    session.flush()
    rows: list[dict[str, Any]] = []
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
                    "held": max(0, int(held[position, night, segment])),
                }
            )
    if rows:
        session.execute(sa.insert(OnTheBooks), rows)


def _sold(session: Session, days: list[date], nights: Nights, index: dict[int, int]) -> Cube:
    """Stays that take a room, by the days on which each version was believed."""
    cube = np.zeros((len(days), len(nights), len(index)), np.int32)
    columns = (Claim.recorded_at, Claim.superseded_at, Claim.first, Claim.until, Claim.segment_id)
    meets = sa.and_(Claim.first < nights.until, Claim.until > nights.first, _believed(Claim, days))
    stays = sa.and_(Claim.kind == Kind.STAY.value, Claim.status == Status.BOOKED.value)
    for recorded, superseded, first, until, segment in session.execute(sa.select(*columns).where(meets, stays)):
        when = _days_of(days, recorded, superseded)
        if segment is not None:
            cube[when, _position(nights, first) : _position(nights, until), index[segment]] += 1
    return cube


def _held(session: Session, days: list[date], nights: Nights, index: dict[int, int]) -> Cube:
    """Rooms that blocks contract and have not picked up, until their cut-off; counted a block and type at a time."""
    contracted: dict[tuple[int, int], NDArray[np.int32]] = {}
    segment_of: dict[int, int] = {}
    columns = (Block.number, Block.recorded_at, Block.superseded_at, Block.cut_off, Block.segment_id)
    within = sa.and_(BlockNight.night >= nights.first, BlockNight.night < nights.until, _believed(Block, days))
    found = session.execute(
        sa.select(*columns, BlockNight.type_id, BlockNight.night, BlockNight.rooms)
        .join(BlockNight, BlockNight.block_id == Block.id)
        .where(within, Block.status == Status.BOOKED.value)
    )
    for number, recorded, superseded, cut_off, segment, type_id, night, rooms in found:
        plane = contracted.setdefault((number, type_id), np.zeros((len(days), len(nights)), np.int32))
        when = _days_of(days, recorded, superseded)
        stop = bisect_left(days, cut_off)
        plane[when.start : min(when.stop, stop), _position(nights, night)] += rooms
        segment_of[number] = segment
    cube = np.zeros((len(days), len(nights), len(index)), np.int32)
    picked = _picked(session, days, nights, contracted)
    for (number, type_id), plane in contracted.items():
        taken = picked.get((number, type_id))
        rest = plane if taken is None else plane - taken
        cube[:, :, index[segment_of[number]]] += np.maximum(rest, 0)
    return cube


def _picked(
    session: Session, days: list[date], nights: Nights, wanted: Iterable[tuple[int, int]]
) -> dict[tuple[int, int], NDArray[np.int32]]:
    types = types_by_room(session)
    planes = {key: np.zeros((len(days), len(nights)), np.int32) for key in wanted}
    columns = (Claim.block, Claim.room_id, Claim.recorded_at, Claim.superseded_at, Claim.first, Claim.until)
    meets = sa.and_(Claim.first < nights.until, Claim.until > nights.first, _believed(Claim, days))
    stays = sa.and_(Claim.kind == Kind.STAY.value, Claim.status == Status.BOOKED.value, Claim.block.is_not(None))
    for block, room, recorded, superseded, first, until in session.execute(sa.select(*columns).where(meets, stays)):
        when = _days_of(days, recorded, superseded)
        for type_id, period in types.get(room, ()):
            part = Nights(first, until).clipped(period)
            plane = planes.get((int(block or 0), type_id))
            if len(part) and plane is not None:
                plane[when, _position(nights, part.first) : _position(nights, part.until)] += 1
    return planes


def _believed(table: Any, days: list[date]) -> sa.ColumnElement[bool]:
    unended = sa.or_(table.superseded_at.is_(None), table.superseded_at >= end_of(days[0]))
    return sa.and_(table.recorded_at < end_of(days[-1]), unended)


def _days_of(days: list[date], recorded: datetime, superseded: datetime | None) -> slice:
    """Positions of the days on whose evening a version was believed."""
    ends = [end_of(day) for day in (days[0], days[-1])]
    first = 0 if recorded <= ends[0] else _first_from(days, recorded)
    last = len(days) if superseded is None or superseded > ends[1] else _first_from(days, superseded)
    return slice(first, last)


def _first_from(days: list[date], moment: datetime) -> int:
    """Position of the first day whose evening is not before the moment."""
    day = moment.astimezone(zone()).date()
    return bisect_left(days, day)


def _position(nights: Nights, day: date) -> int:
    return min(max((day - nights.first).days, 0), len(nights))
