"""Snapshots within a session of the test, where the nightly job would open sessions of its own."""

from datetime import date

from sqlalchemy.orm import Session

from campus.forecast.replay import on_the_books
from campus.forecast.snapshots import in_parts, missing_days, store


def take_missing(session: Session, until: date, first: date | None = None) -> list[date]:
    """Make the snapshots of all days that are over and have none; which days."""
    days = missing_days(session, until, first)
    for part in in_parts(days):
        store(session, part, on_the_books(session, part), until)
    return days
