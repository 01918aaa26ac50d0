"""Counts of the small campus: most agree, one differs, one is explained, one is corrected; a month that is closed."""

from datetime import date, timedelta

from sqlalchemy.orm import Session

from campus.counts import actions, queries
from campus.counts.rules import Seen
from campus.months.actions import close_month
from campus.months.rules import before, nights_of
from campus.nights import Nights
from core.i18n import today
from tests.campus.books import TEST, Campus


def closed_month() -> date:
    """The first day of the month that is closed: the last but one."""
    return before(before(today()))


def add_counts(session: Session, campus: Campus) -> None:
    """From the closed month until two nights ago; of the third last night a pavilion is missing."""
    yesterday = today() - timedelta(days=1)
    claimed: dict[date, dict[int, Seen]] = {}
    for line in queries.lines(session, Nights(closed_month(), yesterday)):
        claimed.setdefault(line.night, {})[line.pavilion.id] = line.claimed
    claimed[yesterday - timedelta(days=2)].pop(campus.pavilions[1])
    for night, seen in claimed.items():
        actions.enter(session, night, seen, TEST)
    first = closed_month()
    one = campus.pavilions[0]
    actions.enter(session, first, {one: Seen(2, 3)}, TEST, reason="A corridor was left out.")
    actions.explain(session, one, first, "Two guests arrived a day early.", TEST)
    close_month(session, first, TEST)
    actions.enter(session, first, {one: Seen(2, 2)}, TEST, reason="Counted twice.")
    actions.enter(session, yesterday - timedelta(days=1), {one: Seen(0, 0)}, TEST, reason="Nobody was there.")


def open_month() -> date:
    """The month after the closed one: all is counted, so it can be closed when the days allow it."""
    return nights_of(closed_month()).until
