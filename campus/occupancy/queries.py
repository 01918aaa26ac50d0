"""Every SELECT on claims, and the one that finds a block."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.known import known
from campus.nights import Nights
from campus.occupancy.models import Block, Claim, RoomNight
from core.errors import NotFound
from core.i18n import gettext as _


def next_number(session: Session) -> int:
    """The number of the next claim. Writers queue, so nobody else gets the same.

    Every claim has a current version, cancelled ones too, and the index of those knows the largest number at once.
    """
    return (session.scalar(sa.select(sa.func.max(Claim.number)).where(known(Claim, None))) or 0) + 1


def claim(session: Session, number: int) -> Claim:
    """The claim as it is now. Raises `NotFound`."""
    found = session.scalar(sa.select(Claim).where(Claim.number == number, known(Claim, None)))
    if found is None:
        raise NotFound(_("There is no such claim."))
    return found


def current_block(session: Session, number: int) -> Block:
    """The block as it is now. Raises `NotFound`."""
    found = session.scalar(sa.select(Block).where(Block.number == number, known(Block, None)))
    if found is None:
        raise NotFound(_("There is no such block."))
    return found


def versions(session: Session, number: int) -> list[Claim]:
    """Everything that was ever believed of a claim, the oldest first. Raises `NotFound`."""
    of_it = sa.and_(Claim.booking == claim(session, number).booking, Claim.number == number)
    return list(session.scalars(sa.select(Claim).where(of_it).order_by(Claim.id)))


def parts(session: Session, booking: int) -> list[Claim]:
    """The claims of a booking as they are now, by date: several where the guests changed rooms."""
    query = sa.select(Claim).where(Claim.booking == booking, known(Claim, None))
    return list(session.scalars(query.order_by(Claim.first, Claim.number)))


def taken(session: Session, room_id: int, nights: Nights) -> list[tuple[date, Claim]]:
    """The nights of a room that current claims take, with their holders, by night."""
    query = (
        sa.select(RoomNight.night, Claim)
        .join(Claim, Claim.id == RoomNight.claim_id)
        .where(RoomNight.room_id == room_id, RoomNight.night >= nights.first, RoomNight.night < nights.until)
        .order_by(RoomNight.night)
    )
    return [(night, holder) for night, holder in session.execute(query)]


def claims_in(session: Session, nights: Nights, *, at: datetime | None = None) -> list[Claim]:
    """Claims that meet the period, as known at an instant, by room and night."""
    meets = sa.and_(Claim.first < nights.until, Claim.until > nights.first)
    return list(session.scalars(sa.select(Claim).where(known(Claim, at), meets).order_by(Claim.room_id, Claim.first)))


def natural(number: str) -> tuple[int, str]:
    """The order of room numbers: 9 before 10."""
    digits = "".join(one for one in number if one.isdecimal())
    return int(digits or 0), number
