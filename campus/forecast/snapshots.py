"""Notes every evening what is on the books. A day that was missed is made up for exactly: the books keep every version.

A snapshot of a day holds the nights from a week before it, so that what became of a night is in it too, until `AHEAD`
days after.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.forecast.models import OnTheBooks, Snapshot
from campus.forecast.replay import Row
from campus.nights import Nights
from campus.occupancy.models import Claim
from core import clock
from core.i18n import zone

MOST_AT_ONCE = 60  # days: more would not fit into little memory, nor into a short transaction


def missing_days(session: Session, until: date, first: date | None = None) -> list[date]:
    """The days without a snapshot, from `first`, or the day after the last one, to before `until`.

    `until` is the first day that is not over yet. Without any snapshot they begin with the first claim's day.
    """
    begin = first or _day_after_last(session)
    if begin is None or begin >= until:
        return []
    there = set(session.scalars(sa.select(Snapshot.taken_on).where(Snapshot.taken_on >= begin)))
    return [day for day in Nights(begin, until) if day not in there]


def in_parts(days: Sequence[date]) -> list[Sequence[date]]:
    """The days in parts that are read and written at once."""
    return [days[start : start + MOST_AT_ONCE] for start in range(0, len(days), MOST_AT_ONCE)]


def store(session: Session, days: Sequence[date], rows: Sequence[Row], until: date) -> int:
    """Write the snapshots of `days`; how many. One that somebody else made meanwhile stays as it is."""
    there = set(session.scalars(sa.select(Snapshot.taken_on).where(Snapshot.taken_on.in_(days))))
    yesterday = until - timedelta(days=1)
    made = [Snapshot(taken_on=day, made_at=clock.now(), replayed=day != yesterday) for day in days if day not in there]
    session.add_all(made)
    session.flush()
    new = [row for row in rows if row["taken_on"] not in there]
    if new:
        session.execute(sa.insert(OnTheBooks), new)
    return len(made)


def _day_after_last(session: Session) -> date | None:
    """The day to go on with: after the last snapshot, or the first day on which anything was known."""
    last: date | None = session.scalar(sa.select(sa.func.max(Snapshot.taken_on)))
    if last is not None:
        return last + timedelta(days=1)
    recorded: datetime | None = session.scalar(sa.select(sa.func.min(Claim.recorded_at)))
    return recorded.astimezone(zone()).date() if recorded else None
