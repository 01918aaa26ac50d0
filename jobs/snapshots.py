"""Every day, just after midnight at the campus: what was on the books in the evening, and what follows from it.

What is missing is made up for: books are read and forecasts computed while nobody waits, then written in short
transactions, a part of the days at a time.
"""

from collections.abc import Callable
from datetime import date

import structlog

from campus.forecast import keep, make, replay, snapshots
from core.database import Database
from core.i18n import today

log = structlog.get_logger()


def take_snapshots(database: Database) -> dict[str, int]:
    """Note the evening's books, and those of every evening that was missed; how many. Without claims, none."""
    return {"snapshots": take_since(database, None, lambda done, of: log.info("snapshots", done=done, of=of))}


def take_since(database: Database, first: date | None, told: Callable[[int, int], object]) -> int:
    """As above, from a day on; `told` hears after each part how many days are done, of how many."""
    until = today()
    with database.read() as session:
        days = snapshots.missing_days(session, until, first)
    made = 0
    for part in snapshots.in_parts(days):
        with database.read() as session:
            rows = replay.on_the_books(session, part)
        with database.write() as session:
            made += snapshots.store(session, part, rows, until)
        told(days.index(part[-1]) + 1, len(days))
    return made


def make_forecast(database: Database) -> dict[str, int]:
    """Make the day's forecast and keep it; first the snapshots, where they are not there yet. Without any, nothing."""
    taken = take_snapshots(database)
    return taken | {"forecasts": forecast_of(database, today())}


def forecast_of(database: Database, day: date) -> int:
    """Make and keep the forecast of a day, from the snapshots of the days before it; how many: 1, or 0 without any."""
    with database.read() as session:
        known = make.known_before(session, day)
    content = make.forecast(known)
    if content["books_of"] is None:
        return 0
    with database.write() as session:
        keep.keep(session, day, content)
    return 1
