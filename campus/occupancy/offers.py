"""Which rooms can be had: free over all the nights, as wished for, and not promised to a group."""

from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.known import known
from campus.nights import Nights
from campus.occupancy import availability, queries
from campus.occupancy.models import Claim, RoomNight
from campus.occupancy.rules import Kind, Status
from campus.places.models import Pavilion, Room, RoomPeriod, RoomType


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the room should be. `block` is the group for which it is, as what that holds is meant for it."""

    nights: Nights
    pavilion_id: int | None = None
    type_id: int | None = None
    features: Collection[str] = ()
    beds: int = 0
    block: int | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """A room that is free. `faulty`: it is out of service in some of the nights, and can be sold if it must."""

    room: Room
    pavilion: Pavilion
    type: RoomType
    beds: int
    features: tuple[str, ...]
    faulty: bool


def free_rooms(
    session: Session, wish: Wish, *, besides: Claim | None = None, promised_too: bool = False
) -> tuple[list[Offer], list[str]]:
    """The rooms by pavilion and number, those without a fault first; and the types left out, as groups hold the last.

    `besides` is a claim to be moved: its own nights count as free, and a room of its type is always possible.
    `promised_too` for what may take such rooms too, such as a fault. Rooms that change their type within the nights
    are left out.
    """
    faulty = _faulty(session, wish.nights)
    offers = [
        Offer(room, pavilion, kind, period.beds, tuple(period.features), room.id in faulty)
        for room, pavilion, period, kind in session.execute(_fitting(wish, besides))
        if set(wish.features) <= set(period.features)
    ]
    own = set(session.scalars(_types_of(besides))) if besides else set()
    types = {one.type.id: one.type.name for one in offers}
    promised = set() if promised_too else _promised(session, wish, types.keys() - own)
    kept = [one for one in offers if one.type.id not in promised]
    return sorted(kept, key=_order), sorted(types[one] for one in promised)


def _fitting(wish: Wish, besides: Claim | None) -> sa.Select[Room, Pavilion, RoomPeriod, RoomType]:
    """Rooms of one type over all the nights that no claim takes in any of them."""
    nights = wish.nights
    taken = sa.select(RoomNight.room_id).where(RoomNight.night >= nights.first, RoomNight.night < nights.until)
    if besides is not None:
        taken = taken.where(RoomNight.claim_id != besides.id)
    covers = sa.or_(RoomPeriod.until.is_(None), RoomPeriod.until >= nights.until)
    query = (
        sa.select(Room, Pavilion, RoomPeriod, RoomType)
        .join(Pavilion, Pavilion.id == Room.pavilion_id)
        .join(RoomPeriod, RoomPeriod.room_id == Room.id)
        .join(RoomType, RoomType.id == RoomPeriod.type_id)
        .where(known(RoomPeriod, None), RoomPeriod.first <= nights.first, covers, RoomPeriod.beds >= wish.beds)
        .where(Room.id.not_in(taken))
    )
    if besides is not None:
        query = query.where(Room.id != besides.room_id)
    if wish.pavilion_id is not None:
        query = query.where(Room.pavilion_id == wish.pavilion_id)
    if wish.type_id is not None:
        query = query.where(RoomPeriod.type_id == wish.type_id)
    return query


def _types_of(claim: Claim) -> sa.Select[int]:
    """The types that its room has in its nights."""
    unended = sa.or_(RoomPeriod.until.is_(None), RoomPeriod.until > claim.first)
    return sa.select(RoomPeriod.type_id).where(
        known(RoomPeriod, None), RoomPeriod.room_id == claim.room_id, RoomPeriod.first < claim.until, unended
    )


def _promised(session: Session, wish: Wish, types: Collection[int]) -> set[int]:
    """The types of which groups hold the last rooms in any of the nights; not what is held for the wish's own group."""
    free = availability.free_rooms(session, types, wish.nights)
    held = availability.held_rooms(session, wish.nights) if wish.block is not None else {}
    return {
        type_id
        for (type_id, night), rooms in free.items()
        if rooms < 1 and (wish.block is None or not held.get((wish.block, type_id, night)))
    }


def _faulty(session: Session, nights: Nights) -> set[int]:
    """Rooms that are out of service in any of the nights."""
    query = sa.select(Claim.room_id).where(
        known(Claim, None),
        Claim.kind == Kind.OUT_OF_SERVICE.value,
        Claim.status == Status.BOOKED.value,
        Claim.first < nights.until,
        Claim.until > nights.first,
    )
    return set(session.scalars(query))


def _order(offer: Offer) -> tuple[bool, str, tuple[int, str]]:
    return offer.faulty, offer.pavilion.name, queries.natural(offer.room.number)
