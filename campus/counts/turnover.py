"""Who arrives and who leaves: what a count that differs is first held against."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from campus.counts.queries import Place
from campus.counts.rules import Seen
from campus.known import known
from campus.nights import Nights
from campus.occupancy.models import Claim
from campus.occupancy.rules import Kind, Status
from campus.places.models import Room


@dataclass(frozen=True, slots=True)
class ChangingStay:
    """A stay that begins or ends on a day: its claim's number, its room's, its nights and guests."""

    number: int
    room: str
    first: date
    until: date
    guests: int


def arrivals(session: Session, days: Nights) -> dict[Place, Seen]:
    """Rooms and guests that arrive, by pavilion and day; a stay that only changes its room does not."""
    return _by_day(session, Claim.first, days, arriving=True)


def departures(session: Session, days: Nights) -> dict[Place, Seen]:
    """Rooms and guests that leave, by pavilion and day."""
    return _by_day(session, Claim.until, days, arriving=False)


def changing(session: Session, pavilion_id: int, day: date, *, arriving: bool) -> list[ChangingStay]:
    """The stays of a pavilion that begin, or end, on a day; by room."""
    at = Claim.first if arriving else Claim.until
    found = session.execute(
        sa.select(Claim.number, Room.number, Claim.first, Claim.until, Claim.guests)
        .join(Room, Room.id == Claim.room_id)
        .where(_is_stay(arriving), Room.pavilion_id == pavilion_id, at == day)
        .order_by(Room.number)
    )
    return [ChangingStay(*row) for row in found]


def _by_day(session: Session, at: Any, days: Nights, *, arriving: bool) -> dict[Place, Seen]:
    found = session.execute(
        sa.select(Room.pavilion_id, at, sa.func.count(), sa.func.sum(Claim.guests))
        .select_from(Claim)
        .join(Room, Room.id == Claim.room_id)
        .where(_is_stay(arriving), at >= days.first, at < days.until)
        .group_by(Room.pavilion_id, at)
    )
    return {(pavilion, day): Seen(rooms, int(guests)) for pavilion, day, rooms, guests in found}


def _is_stay(arriving: bool) -> sa.ColumnElement[bool]:
    """Stays that are still booked, but for those whose guests only change from one room to another that day."""
    other = aliased(Claim)
    goes_on = other.until == Claim.first if arriving else other.first == Claim.until
    same = sa.and_(other.booking == Claim.booking, known(other, None), other.status == Status.BOOKED.value, goes_on)
    stays = sa.and_(Claim.kind == Kind.STAY.value, Claim.status == Status.BOOKED.value, known(Claim, None))
    return sa.and_(stays, ~sa.exists().where(same))
