"""Make what is to be told, each once."""

from datetime import date

from sqlalchemy.orm import Session

from campus.improvement.reminders import queries
from campus.improvement.reminders.models import ImprovementReminder
from core import clock


def make(session: Session, on: date) -> list[ImprovementReminder]:
    """Make the reminders of a day that were not made before, and return them."""
    made = [
        ImprovementReminder(
            action_id=one.version.action_id,
            kind=one.need.value,
            about=one.about,
            person_id=one.version.owner_id,
            made_at=clock.now(),
        )
        for one in queries.unmade(session, queries.standing(session, on))
    ]
    session.add_all(made)
    session.flush()
    return made
