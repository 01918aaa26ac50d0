"""What claims and blocks take of places: what forbids to change a room, and what an event comes to."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.known import known
from campus.nights import Nights
from campus.occupancy.models import Block, BlockNight, Claim, RoomNight
from campus.occupancy.rules import Kind, Status
from core.i18n import today


def claims_of(session: Session, room_id: int, nights: Nights) -> list[Claim]:
    """The claims of a room that meet the nights and count somewhere: all that were not cancelled."""
    meets = sa.and_(Claim.room_id == room_id, Claim.first < nights.until, Claim.until > nights.first)
    query = sa.select(Claim).where(known(Claim, None), meets, Claim.status != Status.CANCELLED.value)
    return list(session.scalars(query.order_by(Claim.first)))


def last_promised_night(session: Session, types: set[int]) -> date | None:
    """The last night in which a group may still hold rooms of these types."""
    return session.scalar(
        sa.select(sa.func.max(BlockNight.night))
        .join(Block, Block.id == BlockNight.block_id)
        .where(
            known(Block, None),
            Block.status == Status.BOOKED.value,
            Block.cut_off > today(),
            BlockNight.type_id.in_(types),
        )
    )


def blocks_of(session: Session, event_id: int) -> list[Block]:
    """The blocks that hold rooms for an event, as known now."""
    query = sa.select(Block).where(Block.event_id == event_id, known(Block, None), Block.status == Status.BOOKED.value)
    return list(session.scalars(query.order_by(Block.number)))


def nights_sold_for(session: Session, event_id: int) -> int:
    """Room-nights of the stays that belong to an event, as known now."""
    query = sa.select(sa.func.count()).select_from(RoomNight).join(Claim, Claim.id == RoomNight.claim_id)
    return session.scalar(query.where(Claim.event_id == event_id, Claim.kind == Kind.STAY.value)) or 0
