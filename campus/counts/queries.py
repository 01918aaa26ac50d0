"""Every SELECT on daily counts."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.capacity.queries import Cut, capacity
from campus.counts.models import DailyCount
from campus.counts.rules import Seen, Standing, standing
from campus.known import known
from campus.nights import Nights
from campus.occupancy.models import Claim, RoomNight
from campus.occupancy.rules import Kind
from campus.places.models import Pavilion, Room, RoomPeriod

Place = tuple[int, date]  # pavilion and night


@dataclass(frozen=True, slots=True)
class CountLine:
    """A pavilion in a night. `rooms` are there at all, `count` is None before anybody counted."""

    pavilion: Pavilion
    night: date
    rooms: int
    claimed: Seen
    count: DailyCount | None
    standing: Standing

    @property
    def difference(self) -> int:
        """Rooms counted less rooms claimed; 0 before anybody counted."""
        return self.count.rooms - self.claimed.rooms if self.count else 0


NOBODY = Seen(0, 0)


def lines(session: Session, nights: Nights, *, at: datetime | None = None) -> list[CountLine]:
    """Every pavilion that has rooms, in every night, by night and name; as known at an instant, None for now."""
    pavilions = list(session.scalars(sa.select(Pavilion).order_by(Pavilion.name, Pavilion.id)))
    if at is None:
        there, claims = rooms_there(session, nights), claimed(session, nights)
    else:
        there, claims = _then(session, nights, at)
    counts = current(session, nights, at=at)
    return [
        _line(pavilion, night, rooms, claims.get(place, NOBODY), counts.get(place))
        for night in nights
        for pavilion in pavilions
        for place in [(pavilion.id, night)]
        if (rooms := there.get(place, 0))
    ]


def _line(pavilion: Pavilion, night: date, rooms: int, claims: Seen, count: DailyCount | None) -> CountLine:
    counted = Seen(count.rooms, count.guests) if count else None
    explained = count.explained if count else None
    return CountLine(pavilion, night, rooms, claims, count, standing(counted, claims, explained))


def night_of(night: date) -> Nights:
    """One night as a period."""
    return Nights(night, night + timedelta(days=1))


def first_night(session: Session) -> date | None:
    """The first night that anybody counted."""
    return session.scalar(sa.select(sa.func.min(DailyCount.night)))


def current(session: Session, nights: Nights, *, at: datetime | None = None) -> dict[Place, DailyCount]:
    """The counts of these nights, as known at an instant."""
    within = sa.and_(DailyCount.night >= nights.first, DailyCount.night < nights.until)
    found = session.scalars(sa.select(DailyCount).where(within, known(DailyCount, at)))
    return {(count.pavilion_id, count.night): count for count in found}


def versions(session: Session, pavilion_id: int, night: date) -> list[DailyCount]:
    """Everything that was ever counted there, the newest first."""
    mine = sa.and_(DailyCount.pavilion_id == pavilion_id, DailyCount.night == night)
    return list(session.scalars(sa.select(DailyCount).where(mine).order_by(DailyCount.id.desc())))


def history(session: Session, night: date) -> list[DailyCount]:
    """Every version of every count of a night, the newest first."""
    return list(session.scalars(sa.select(DailyCount).where(DailyCount.night == night).order_by(DailyCount.id.desc())))


def _then(session: Session, nights: Nights, at: datetime) -> tuple[dict[Place, int], dict[Place, Seen]]:
    """Rooms there and rooms claimed, as capacity counts them from the versions that were believed at an instant."""
    found = capacity(session, [night_of(night) for night in nights], Cut.PAVILION, at=at, on=nights.first)
    every = list(nights)
    bridges = {(pavilion, every[part]): one for (part, pavilion), one in found.items() if pavilion is not None}
    there = {place: one.inventory for place, one in bridges.items()}
    return there, {place: Seen(one.sold, one.guest_nights) for place, one in bridges.items()}


def claimed(session: Session, nights: Nights) -> dict[Place, Seen]:
    """Rooms and guests of the stays that take a room."""
    found = session.execute(
        sa.select(Room.pavilion_id, RoomNight.night, sa.func.count(), sa.func.sum(Claim.guests))
        .select_from(RoomNight)
        .join(Claim, Claim.id == RoomNight.claim_id)
        .join(Room, Room.id == RoomNight.room_id)
        .where(RoomNight.night >= nights.first, RoomNight.night < nights.until, Claim.kind == Kind.STAY.value)
        .group_by(Room.pavilion_id, RoomNight.night)
    )
    return {(pavilion, night): Seen(rooms, int(guests)) for pavilion, night, rooms, guests in found}


def rooms_there(session: Session, nights: Nights) -> dict[Place, int]:
    """How many rooms each pavilion has in each night, open or closed."""
    found = session.execute(
        sa.select(Room.pavilion_id, RoomPeriod.first, RoomPeriod.until, sa.func.count())
        .join(Room, Room.id == RoomPeriod.room_id)
        .where(known(RoomPeriod, None), RoomPeriod.first < nights.until)
        .group_by(Room.pavilion_id, RoomPeriod.first, RoomPeriod.until)
    )
    there: dict[Place, int] = defaultdict(int)
    for pavilion, first, until, rooms in found:
        for night in Nights(first, until or nights.until).clipped(nights):
            there[pavilion, night] += rooms
    return there
