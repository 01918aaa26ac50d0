"""Rooms for a block: which fit, and picking them: each passes from held to sold in the transaction of its claim."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.known import known
from campus.nights import Nights
from campus.occupancy import guests
from campus.occupancy.actions import Wanted, claim_room
from campus.occupancy.models import Block, Claim, RoomNight
from campus.occupancy.queries import current_block
from campus.occupancy.rules import Kind, Status
from campus.places.models import Pavilion, Room, RoomPeriod
from core.errors import Conflict, InvalidInput
from core.i18n import gettext as _


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick:
    """A room for a guest of the block, or several. Names are optional, and kept apart from the books."""

    room_id: int
    nights: Nights
    guests: int = 1
    names: str = ""


@dataclass(frozen=True, slots=True)
class FittingRoom:
    """A room that is empty through all the nights. `slack`: empty nights around them, None where nobody follows."""

    id: int
    name: str
    type_id: int
    beds: int
    features: list[str]
    slack: int | None


def pick(session: Session, number: int, picks: Sequence[Pick], actor: str) -> list[Claim]:
    """Stays of the block's party, segment, event and rate. Raises as `claim_room`; the caller then keeps none of them.

    Nights and types beyond the contract are given where they are free, as they would be to anybody.
    """
    block = current_block(session, number)
    if block.status != Status.BOOKED:
        raise Conflict(_("This block was cancelled."))
    if not picks:
        raise InvalidInput(_("choose at least one"), place="rooms")
    return [_pick(session, block, one, actor) for one in picks]


def _pick(session: Session, block: Block, one: Pick, actor: str) -> Claim:
    wanted = Wanted(
        kind=Kind.STAY,
        room_id=one.room_id,
        nights=one.nights,
        guests=one.guests,
        party_id=block.party_id,
        segment_id=block.segment_id,
        event_id=block.event_id,
        rate_cents=block.rate_cents,
        block=block.number,
    )
    claim = claim_room(session, wanted, actor)
    guests.keep_names(session, claim.booking, one.names, actor)
    return claim


def rooms_that_fit(session: Session, types: Collection[int], nights: Nights) -> list[FittingRoom]:
    """Rooms that are of one of the types and empty through all the nights, the tightest gap first.

    Filling the tightest gap keeps long empty stretches whole for others.
    """
    covers = sa.and_(
        known(RoomPeriod, None),
        RoomPeriod.type_id.in_(types),
        RoomPeriod.first <= nights.first,
        sa.or_(RoomPeriod.until.is_(None), RoomPeriod.until >= nights.until),
    )
    taken = sa.select(RoomNight.room_id).where(RoomNight.night >= nights.first, RoomNight.night < nights.until)
    before = sa.select(sa.func.max(RoomNight.night)).where(RoomNight.room_id == Room.id, RoomNight.night < nights.first)
    after = sa.select(sa.func.min(RoomNight.night)).where(RoomNight.room_id == Room.id, RoomNight.night >= nights.until)
    found = session.execute(
        sa.select(Room.id, Pavilion.name, Room.number, RoomPeriod.type_id, RoomPeriod.beds, RoomPeriod.features)
        .add_columns(before.scalar_subquery(), after.scalar_subquery())
        .join(RoomPeriod, RoomPeriod.room_id == Room.id)
        .join(Pavilion, Pavilion.id == Room.pavilion_id)
        .where(covers, Room.id.not_in(taken))
        .order_by(Pavilion.name, Room.number)
    )
    rooms = [
        FittingRoom(number, f"{pavilion} {name}", type_id, beds, features, _slack(nights, last, following))
        for number, pavilion, name, type_id, beds, features, last, following in found
    ]
    return sorted(rooms, key=lambda room: (room.slack is None, room.slack or 0))


def _slack(nights: Nights, last: date | None, following: date | None) -> int | None:
    if last is None or following is None:
        return None
    return (nights.first - last).days - 1 + (following - nights.until).days
