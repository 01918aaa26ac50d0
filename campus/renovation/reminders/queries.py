"""Every SELECT on reminders."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.renovation import queries
from campus.renovation.models import WorksPackage
from campus.renovation.queries import Plan
from campus.renovation.reminders import rules
from campus.renovation.reminders.models import WorksReminder, WorksReminderChoice
from campus.renovation.reminders.rules import Reminder
from core.settings import settings


@dataclass(frozen=True, slots=True)
class Told:
    """A reminder with the names that it is told with, and whom it is for; None where nobody owns the milestone."""

    reminder: Reminder
    milestone: str
    package: WorksPackage
    owner_id: int | None

    @property
    def address(self) -> str:
        """The page of the milestone's reports."""
        return f"/works/packages/{self.package.slug}/milestones/{self.reminder.key}/reports"


def standing(session: Session, on: date, plan: Plan | None = None) -> list[Told]:
    """All that somebody is to be reminded of on a day, whether it was told already or not."""
    plan, packages = plan or queries.plan(session), {one.id: one for one in queries.packages(session)}
    finishes = {key: one.span.finish for key, one in plan.placed.items() if not plan.wanted[key].ended}
    reported = {key: one.reported_on for key, one in queries.last_reports(session).items()}
    given = settings()
    found = rules.reminders(finishes, reported, on, given.works_reminders, given.works_report_days)
    told = []
    for one in found:
        version, package = plan.milestones[one.key], packages[plan.package_of[one.key]]
        told.append(Told(one, version.name, package, version.owner_id or package.owner_id))
    return told


def unmade(session: Session, told: Iterable[Told]) -> list[Told]:
    """Those that were not made yet."""
    made = set(_keys(session, sa.true()))
    return [one for one in told if one.reminder not in made]


def of_mail(session: Session, uid: str, on: date) -> list[Told]:
    """What a mail tells of, as far as it still stands."""
    wanted = set(_keys(session, WorksReminder.uid == uid))
    return [one for one in standing(session, on) if one.reminder in wanted]


def by_mail(session: Session, person_id: int) -> bool:
    """Whether a person is reminded by mail."""
    choice = session.get(WorksReminderChoice, person_id)
    return choice is None or choice.by_mail


def _keys(session: Session, where: sa.ColumnElement[bool]) -> list[Reminder]:
    columns = (WorksReminder.milestone_id, WorksReminder.kind, WorksReminder.about, WorksReminder.days)
    found = session.execute(sa.select(*columns).where(where))
    return [Reminder(key, rules.Kind(kind), about, days) for key, kind, about, days in found]
