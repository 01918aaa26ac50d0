"""Every day: planned maintenance becomes requests, and what guests left of themselves is deleted after a while."""

from datetime import timedelta

from campus.requests import plans, retention
from core import clock
from core.database import Database
from core.i18n import today
from core.settings import settings


def make_planned_requests(database: Database) -> dict[str, int]:
    """Make the requests that are due, each once; how many, and how many rooms something else had."""
    with database.write() as session:
        return plans.make_due(session, today())


def forget_guests_of_requests(database: Database) -> dict[str, int]:
    """Delete contacts and photos `CAMPUS_GUEST_REPORT_DAYS` after the request's end; of how many requests."""
    with database.write() as session:
        return {"forgotten": retention.forget(session, clock.now() - timedelta(days=settings().guest_report_days))}
