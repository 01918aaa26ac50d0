"""Make what is to be told, each once; and choose whether it comes by mail."""

from datetime import date

from sqlalchemy.orm import Session

from campus.renovation.reminders import queries
from campus.renovation.reminders.models import WorksReminder, WorksReminderChoice
from core import clock, trail


def make(session: Session, on: date) -> list[WorksReminder]:
    """Make the reminders of a day that were not made before, and return them."""
    made = [
        WorksReminder(
            milestone_id=one.reminder.key,
            kind=one.reminder.kind.value,
            about=one.reminder.about,
            days=one.reminder.days,
            person_id=one.owner_id,
            made_at=clock.now(),
        )
        for one in queries.unmade(session, queries.standing(session, on))
    ]
    session.add_all(made)
    session.flush()
    return made


def choose(session: Session, person_id: int, actor: str, *, by_mail: bool) -> None:
    """Be reminded by mail, or only by the page of the day."""
    before = queries.by_mail(session, person_id)
    if before == by_mail:
        return
    session.merge(WorksReminderChoice(person_id=person_id, by_mail=by_mail))
    session.flush()
    told = ({"by_mail": before}, {"by_mail": by_mail})
    trail.record(session, actor, "alert.reminders", "person", person_id, before=told[0], after=told[1])
