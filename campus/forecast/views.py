"""Makes views of the snapshots: what one evening's books say, and nothing later."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.forecast.methods import Numbers, View
from campus.forecast.models import OnTheBooks, Snapshot
from campus.forecast.replay import AHEAD
from campus.night_sql import DaysBetween

LEADS = AHEAD // 7  # whole weeks that a snapshot holds
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True, eq=False)
class WeeklyBooks:
    """One segment's room-nights by week, as they stood on the evenings of one weekday, the newest last.

    A row is an evening, NaN where there is no snapshot of it: first the week that ended with it, then the weeks that
    begin 0, 1, … weeks after it. Weeks are seven nights and begin with the night after such an evening.
    """

    sold: Numbers
    held: Numbers

    def view(self, evening: int) -> View:
        """What was known on an evening, given by its row. Only rows up to it are read."""
        sold, held = self.sold[: evening + 1], self.held[: evening + 1]
        return View(
            finals=sold[1:, 0],
            sold=sold[-1, 1:],
            held=held[-1, 1:],
            sold_before=sold[:-1, 1:],
            held_before=held[:-1, 1:],
        )

    @property
    def finals(self) -> Numbers:
        """What came, of every week that was over by the last evening: for comparison alone, no method sees it."""
        return self.sold[1:, 0]


@dataclass(frozen=True, slots=True)
class Books:
    """The books of every segment, from the snapshots of `newest` and of the same weekday before it."""

    newest: date
    segments: Mapping[int, WeeklyBooks]


def weekly_books(session: Session, today: date) -> Books | None:
    """From snapshots of days before `today` alone; None where there is none."""
    first, newest = session.execute(
        sa.select(sa.func.min(Snapshot.taken_on), sa.func.max(Snapshot.taken_on)).where(Snapshot.taken_on < today)
    ).one()
    if newest is None:
        return None
    weeks = (newest - first).days // 7
    evenings = [newest - WEEK * back for back in range(weeks, -1, -1)]
    row = {evening: number for number, evening in enumerate(evenings)}
    blank = np.full((len(evenings), LEADS + 1), np.nan)
    for evening in session.scalars(sa.select(Snapshot.taken_on).where(Snapshot.taken_on.in_(evenings))):
        blank[row[evening]] = 0.0
    segments: dict[int, WeeklyBooks] = {}
    for evening, segment, week, sold, held in session.execute(_by_week(evenings)):
        books = segments.setdefault(segment, WeeklyBooks(blank.copy(), blank.copy()))
        books.sold[row[evening], week], books.held[row[evening], week] = sold, held
    return Books(newest, segments)


def _by_week(evenings: Sequence[date]) -> sa.Select[date, int, int, int, int]:
    """Evening, segment, week (0 ends with the evening), room-nights sold and held."""
    days = DaysBetween(OnTheBooks.taken_on, OnTheBooks.night)
    week = ((days + 6) // 7).label("week")
    return (
        sa.select(
            OnTheBooks.taken_on, OnTheBooks.segment_id, week, sa.func.sum(OnTheBooks.sold), sa.func.sum(OnTheBooks.held)
        )
        .where(OnTheBooks.taken_on.in_(evenings), days > -7, days < 7 * LEADS + 1)
        .group_by(OnTheBooks.taken_on, OnTheBooks.segment_id, sa.text("week"))
    )
