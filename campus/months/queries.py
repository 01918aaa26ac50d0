"""Every SELECT on closed months and their adjustments."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.capacity.bridge import Bridge
from campus.capacity.queries import capacity
from campus.counts.models import DailyCount
from campus.known import known
from campus.months.models import Adjustment, ClosedMonth
from campus.months.rules import FIGURES, change, month_of, nights_of, together
from campus.nights import Nights
from campus.occupancy.models import Block, BlockNight
from campus.occupancy.rules import Status
from core.errors import NotFound
from core.i18n import gettext as _
from core.i18n import today

OF_BRIDGE = ("sold", "guest_nights", "extended_closed", "out_of_order", "house_use")


@dataclass(frozen=True, slots=True)
class Statement:
    """A closed month: the figures printed at its closing, what adjustments add, and the figures now.

    `unexplained` is what the three leave open; it is empty unless rooms themselves were changed for the month.
    """

    month: ClosedMonth
    adjustments: Sequence[Adjustment]
    adjusted: dict[str, int]
    present: dict[str, int]

    @property
    def unexplained(self) -> dict[str, int]:
        """Figure → what is there beyond closing and adjustments."""
        return change(together([self.month.figures, self.adjusted]), self.present)


def closed(session: Session, nights: Nights) -> dict[date, ClosedMonth]:
    """The closed ones of the months that these nights touch, by their first day."""
    query = sa.select(ClosedMonth).where(ClosedMonth.month >= month_of(nights.first), ClosedMonth.month < nights.until)
    return {one.month: one for one in session.scalars(query)}


def last_closed(session: Session) -> date | None:
    """The first day of the latest month that is closed."""
    return session.scalar(sa.select(sa.func.max(ClosedMonth.month)))


def figures(session: Session, months: Sequence[date]) -> list[dict[str, int]]:
    """The figures of each month as they are now, by `FIGURES`."""
    if not months:
        return []
    periods = [nights_of(month) for month in months]
    whole = Nights(min(one.first for one in periods), max(one.until for one in periods))
    bridges = capacity(session, periods, on=today())
    by_month = {month: Counter[str]() for month in months}
    for number, month in enumerate(months):
        bridge = bridges.get((number, None), Bridge())
        by_month[month].update({name: getattr(bridge, name) for name in OF_BRIDGE})
    for night, more in (*_contracted(session, whole), *_counted(session, whole)):
        if month_of(night) in by_month:
            by_month[month_of(night)].update(more)
    return [{name: by_month[month][name] for name in FIGURES} for month in months]


def adjustments(session: Session, month: date) -> list[Adjustment]:
    """What was changed in a month after it was closed, the newest first."""
    return list(session.scalars(sa.select(Adjustment).where(Adjustment.month == month).order_by(Adjustment.id.desc())))


def statement(session: Session, month: date) -> Statement:
    """A closed month with its adjustments. Raises `NotFound` for one that is open."""
    found = session.get(ClosedMonth, month)
    if found is None:
        raise NotFound(_("This month is not closed."))
    changes = adjustments(session, month)
    (present,) = figures(session, [month])
    return Statement(found, changes, together([one.changes for one in changes]), present)


def statements(session: Session, *, offset: int = 0, limit: int = 1000) -> tuple[list[Statement], int]:
    """Closed months, the latest first, and how many there are."""
    query = sa.select(ClosedMonth).order_by(ClosedMonth.month.desc())
    total = session.scalar(sa.select(sa.func.count()).select_from(ClosedMonth)) or 0
    months = list(session.scalars(query.offset(offset).limit(limit)))
    by_month: dict[date, list[Adjustment]] = {one.month: [] for one in months}
    for one in session.scalars(sa.select(Adjustment).where(Adjustment.month.in_(by_month)).order_by(Adjustment.id)):
        by_month[one.month].append(one)
    present = figures(session, list(by_month))
    return [
        Statement(one, by_month[one.month], together([change.changes for change in by_month[one.month]]), now)
        for one, now in zip(months, present, strict=True)
    ], total


def _contracted(session: Session, nights: Nights) -> list[tuple[date, dict[str, int]]]:
    found = session.execute(
        sa.select(BlockNight.night, sa.func.sum(BlockNight.rooms))
        .join(Block, Block.id == BlockNight.block_id)
        .where(known(Block, None), Block.status == Status.BOOKED.value)
        .where(BlockNight.night >= nights.first, BlockNight.night < nights.until)
        .group_by(BlockNight.night)
    )
    return [(night, {"contracted": int(rooms)}) for night, rooms in found]


def _counted(session: Session, nights: Nights) -> list[tuple[date, dict[str, int]]]:
    found = session.execute(
        sa.select(DailyCount.night, sa.func.sum(DailyCount.rooms), sa.func.sum(DailyCount.guests))
        .where(known(DailyCount, None), DailyCount.night >= nights.first, DailyCount.night < nights.until)
        .group_by(DailyCount.night)
    )
    return [(night, {"counted": int(rooms), "guests_counted": int(guests)}) for night, rooms, guests in found]
