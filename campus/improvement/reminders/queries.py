"""Every SELECT on reminders of improvement actions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.improvement import queries
from campus.improvement.models import ActionVersion
from campus.improvement.reminders.models import ImprovementReminder
from campus.improvement.rules import Need

Key = tuple[int, str, date]


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody is to be told of an action."""

    version: ActionVersion
    need: Need

    @property
    def about(self) -> date:
        """The day that has come."""
        return self.version.due if self.need is Need.OVERDUE else self.version.check_on

    @property
    def key(self) -> Key:
        """What it is made once for."""
        return self.version.action_id, self.need.value, self.about

    @property
    def address(self) -> str:
        """The page of the action."""
        return f"/feedback/actions/{self.version.action_id}"


def standing(session: Session, on: date) -> list[Told]:
    """All that somebody is to be told of on a day, the most urgent first, whether it was told already or not."""
    found = [Told(line.version, line.need) for line in queries.lines(session, on) if line.need]
    return sorted(found, key=lambda one: (list(Need).index(one.need), one.about))


def unmade(session: Session, told: Iterable[Told]) -> list[Told]:
    """Those that were not made yet. Of a decision nobody is reminded by mail: it follows a check that somebody made."""
    made = _keys(session, sa.true())
    return [one for one in told if one.need is not Need.DECIDE and one.key not in made]


def of_mail(session: Session, uid: str, on: date) -> list[Told]:
    """What a mail tells of, as far as it still stands."""
    wanted = _keys(session, ImprovementReminder.uid == uid)
    return [one for one in standing(session, on) if one.key in wanted]


def _keys(session: Session, where: sa.ColumnElement[bool]) -> set[Key]:
    columns = (ImprovementReminder.action_id, ImprovementReminder.kind, ImprovementReminder.about)
    return {(key, kind, about) for key, kind, about in session.execute(sa.select(*columns).where(where))}
