"""Every SELECT on calendars, and what stands in each of them."""

from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from campus.blocks import queries as block_queries
from campus.calendars.ical import Entry
from campus.calendars.models import CalendarFeed
from campus.known import known
from campus.nights import Nights
from campus.occupancy.models import Block, Claim
from campus.occupancy.queries import current_block
from campus.occupancy.rules import Kind, Status
from campus.places.models import Pavilion, Room
from core.errors import NotFound
from core.i18n import gettext as _
from core.i18n import lazy, today
from core.secrets import key_hash

BEFORE_DAYS, AHEAD_DAYS = 31, 400  # what a pavilion's calendar shows, from today
KINDS = {
    Kind.STAY: lazy("occupied"),
    Kind.HOUSE_USE: lazy("house use"),
    Kind.OUT_OF_ORDER: lazy("out of order"),
    Kind.OUT_OF_SERVICE: lazy("out of service"),
    Kind.SEASONAL_CLOSURE: lazy("seasonal closure"),
    Kind.EXTENDED_CLOSURE: lazy("extended closure"),
}


def feeds(session: Session) -> list[CalendarFeed]:
    """Every address that was made, the newest first."""
    return list(session.scalars(sa.select(CalendarFeed).order_by(CalendarFeed.id.desc())))


def feed(session: Session, feed_id: int) -> CalendarFeed:
    """One address. Raises `NotFound`."""
    found = session.get(CalendarFeed, feed_id)
    if found is None:
        raise NotFound(_("There is no such calendar."))
    return found


def feed_of_key(session: Session, key: str) -> CalendarFeed:
    """The address of this key. Raises `NotFound` for one that was never made and for one that has ended alike."""
    wanted = sa.select(CalendarFeed).where(CalendarFeed.key_hash == key_hash(key), CalendarFeed.revoked_at.is_(None))
    found = session.scalar(wanted)
    if found is None:
        raise NotFound(_("There is no such calendar."))
    return found


def title(session: Session, wanted: CalendarFeed) -> str:
    """What the calendar is of: the name of its pavilion or block."""
    if wanted.pavilion_id is not None:
        return session.scalars(sa.select(Pavilion.name).where(Pavilion.id == wanted.pavilion_id)).one()
    return current_block(session, wanted.block or 0).name


def entries(session: Session, wanted: CalendarFeed) -> list[Entry]:
    """What stands in a calendar. Rooms, nights and the names of blocks; never who stays, and no note of a claim."""
    if wanted.pavilion_id is not None:
        shown = Nights(today() - timedelta(days=BEFORE_DAYS), today() + timedelta(days=AHEAD_DAYS))
        meets = sa.and_(Claim.first < shown.until, Claim.until > shown.first)
        return _claims(session, Room.pavilion_id == wanted.pavilion_id, meets)
    number = wanted.block or 0
    return _block(session, number) + _claims(session, Claim.block == number)


def _claims(session: Session, *conditions: sa.ColumnElement[bool]) -> list[Entry]:
    version = aliased(Claim)
    versions = sa.select(sa.func.count()).where(version.number == Claim.number).scalar_subquery()
    found = session.execute(
        sa.select(Claim, Pavilion.name, Room.number, versions)
        .join(Room, Room.id == Claim.room_id)
        .join(Pavilion, Pavilion.id == Room.pavilion_id)
        .where(known(Claim, None), Claim.status == Status.BOOKED.value, *conditions)
        .order_by(Claim.first, Pavilion.name, Room.number, Claim.number)
    )
    return [
        Entry(
            name=f"claim-{claim.number}",
            nights=Nights(claim.first, claim.until),
            text=_("%(pavilion)s %(room)s: %(kind)s", pavilion=pavilion, room=room, kind=str(KINDS[Kind(claim.kind)])),
            revised=claim.recorded_at,
            sequence=count - 1,
        )
        for claim, pavilion, room, count in found
    ]


def _block(session: Session, number: int) -> list[Entry]:
    """The block's own nights, and the day of its cut-off; nothing of one that was cancelled."""
    line = block_queries.line(session, number)
    block = line.block
    if block.status != Status.BOOKED:
        return []
    count = session.scalar(sa.select(sa.func.count()).where(Block.number == number)) or 1
    cut_off = Nights(block.cut_off, block.cut_off + timedelta(days=1))
    shown = (
        (f"block-{number}", line.nights, block.name),
        (f"block-{number}-cut-off", cut_off, _("Cut-off: %(name)s", name=block.name)),
    )
    return [Entry(name, nights, text, block.recorded_at, count - 1) for name, nights, text in shown]
