"""Writes down what is changed in a closed month.

Whoever writes a claim, a block or a count calls this with both versions, within the transaction of the change. Without
a reason the change is refused, and with it all of the transaction.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.counts.models import DailyCount
from campus.known import Recorded
from campus.months.models import Adjustment, ClosedMonth
from campus.months.rules import change, month_of, of_claim
from campus.nights import Nights
from campus.occupancy.models import Block, BlockNight, Claim
from campus.occupancy.rules import Status
from core.errors import InvalidInput
from core.i18n import format_month
from core.i18n import gettext as _


def note_claim(session: Session, before: Claim | None, after: Claim) -> None:
    """A version of a claim takes the place of another one, or of none."""
    nights = [Nights(one.first, one.until) for one in (before, after) if one is not None]
    for month in _closed(session, nights):
        _note(session, month, "claim", after.number, change(of_claim(before, month), of_claim(after, month)), after)


def note_block(session: Session, after: Block) -> None:
    """A version of a block was stored with its nights."""
    earlier = sa.select(Block).where(Block.number == after.number, Block.id < after.id).order_by(Block.id.desc())
    before, now = _contracted(session, session.scalar(earlier.limit(1))), _contracted(session, after)
    nights = [Nights(night, night + timedelta(days=1)) for night in {*before, *now}]
    for month in _closed(session, nights):
        changes = change(_of_month(before, month), _of_month(now, month))
        _note(session, month, "block", after.number, changes, after)


def note_count(session: Session, before: DailyCount | None, after: DailyCount) -> None:
    """A pavilion's count takes the place of another one, or of none."""
    for month in _closed(session, [Nights(after.night, after.night + timedelta(days=1))]):
        _note(session, month, "count", after.id, change(_of_count(before), _of_count(after)), after)


def _closed(session: Session, nights: Iterable[Nights]) -> list[date]:
    """The closed months that any of the nights touch."""
    spans = list(nights)
    if not spans:
        return []
    first, until = min(one.first for one in spans), max(one.until for one in spans)
    within = sa.and_(ClosedMonth.month >= month_of(first), ClosedMonth.month < until)
    months = session.scalars(sa.select(ClosedMonth.month).where(within).order_by(ClosedMonth.month))
    return [month for month in months if any(month_of(one.first) <= month < one.until for one in spans)]


def _note(session: Session, month: date, subject: str, number: int, changes: dict[str, int], version: Recorded) -> None:
    if not version.reason.strip():
        raise InvalidInput(
            _("%(month)s is closed: changing it needs its reason", month=format_month(month)), place="reason"
        )
    session.add(
        Adjustment(
            month=month,
            subject=subject,
            number=number,
            changes=changes,
            why=version.reason,
            recorded_at=version.recorded_at,
            recorded_by=version.recorded_by,
        )
    )


def _contracted(session: Session, block: Block | None) -> dict[date, int]:
    """Night → rooms that a version of a block contracts; nothing once it is cancelled."""
    if block is None or block.status != Status.BOOKED:
        return {}
    rooms: Counter[date] = Counter()
    for night in session.scalars(sa.select(BlockNight).where(BlockNight.block_id == block.id)):
        rooms[night.night] += night.rooms
    return dict(rooms)


def _of_month(rooms: Mapping[date, int], month: date) -> dict[str, int]:
    return {"contracted": sum(number for night, number in rooms.items() if month_of(night) == month)}


def _of_count(count: DailyCount | None) -> dict[str, int]:
    return {"counted": count.rooms, "guests_counted": count.guests} if count else {}
