"""How long what guests left is kept: some time after the request's end contact and photo are deleted."""

from datetime import datetime

from sqlalchemy.orm import Session

from campus.requests import actions, queries

CLOCK = "clock"


def forget(session: Session, ended_before: datetime) -> int:
    """Delete contact and photo of every request that ended before the instant; of how many."""
    old = queries.old_remains(session, ended_before)
    for number in old:
        actions.erase(session, queries.request(session, number), CLOCK)
    return len(old)
