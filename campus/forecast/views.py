"""Makes views of the snapshots: what one Monday's books say, and nothing later."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.forecast.methods import View
from campus.forecast.models import OnTheBooks

LONGEST_LEAD = 53
MONDAY = date(2001, 1, 1)  # week 0


def week_of(night: date) -> int:
    """Number of a night's week; weeks begin on Mondays."""
    return (night - MONDAY).days // 7


def first_of(week: int) -> date:
    """The Monday of a week."""
    return MONDAY + timedelta(days=7 * week)


@dataclass(frozen=True, slots=True)
class WeeklyBooks:
    """One segment's room-nights by week, as they stood on the evening before the Monday of each week `taken`."""

    by_taken: Mapping[int, Mapping[int, float]]

    def view(self, origin: int) -> View:
        """What was known at an origin. Only snapshots up to it are read."""
        finals: dict[int, float] = {}
        before: dict[int, dict[int, float]] = defaultdict(dict)
        for taken in sorted(week for week in self.by_taken if week <= origin):
            books = self.by_taken[taken]
            finals[taken - 1] = books.get(taken - 1, 0.0)  # the week that ended that evening
            for week in range(taken, min(taken + LONGEST_LEAD, origin)):
                before[week - taken][week] = books.get(week, 0.0)
        booked = {week: nights for week, nights in self.by_taken.get(origin, {}).items() if week >= origin}
        return View(origin, finals, booked, before)

    def origins(self, last: int, number: int) -> Sequence[int]:
        """The newest origins with a snapshot of their own, up to `last`."""
        return sorted(week for week in self.by_taken if week <= last)[-number:]


def weekly_books(session: Session, until: date) -> dict[int, WeeklyBooks]:
    """Segment → its books by week, from the snapshots of Sundays before `until`.

    A snapshot holds the week that ended with it, and what stood in the books of the weeks after.
    """
    found = session.execute(
        sa.select(OnTheBooks.taken_on, OnTheBooks.night, OnTheBooks.segment_id, OnTheBooks.sold).where(
            OnTheBooks.taken_on < until, OnTheBooks.taken_on.in_(_sundays(session, until)), OnTheBooks.sold > 0
        )
    )
    books: dict[int, dict[int, dict[int, float]]] = defaultdict(lambda: defaultdict(lambda: defaultdict(float)))
    taken_weeks = set()
    for taken_on, night, segment, sold in found:
        taken = week_of(taken_on + timedelta(days=1))
        taken_weeks.add(taken)
        books[segment][taken][week_of(night)] += sold
    return {
        segment: WeeklyBooks({taken: dict(by_taken.get(taken, {})) for taken in taken_weeks})
        for segment, by_taken in books.items()
    }


def _sundays(session: Session, until: date) -> list[date]:
    first = session.scalar(sa.select(sa.func.min(OnTheBooks.taken_on)))
    if first is None:
        return []
    sunday = first + timedelta(days=6 - first.weekday())
    return [sunday + timedelta(days=7 * number) for number in range(max(0, (until - sunday).days + 6) // 7)]
