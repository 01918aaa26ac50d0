"""Every day: owners of improvement actions are told what should have been done and which check is due.

What is told by mail goes into the day's mail of reminders, with those of works where there are any.
"""

from sqlalchemy.orm import Session

from accessibility.ledger.alerts.wording import Line, Notice, one_line
from campus.improvement.reminders import actions, queries, words
from campus.improvement.reminders.queries import Told
from campus.improvement.rules import Need
from core.database import Database
from core.i18n import gettext as _
from core.i18n import ngettext, today
from core.people import access
from core.people.models import Person
from core.people.rules import FEEDBACK_READ
from jobs.reminder_mails import message_of_the_day, put_mails


def remind(database: Database) -> dict[str, int]:
    """Make the reminders of the day that were not made before, and put the mails into the outbox; how many of each."""
    with database.write() as session:
        made = actions.make(session, today())
        return {"reminders": len(made), "mails": put_mails(session, made, may_be_told, message_of_the_day)}


def notices(session: Session, uid: str) -> list[Notice]:
    """What a mail of reminders says of actions, by kind; nothing where none of them stands any more."""
    told = queries.of_mail(session, uid, today())
    return [_notice(need, some) for need in Need if (some := [one for one in told if one.need is need])]


def may_be_told(person: Person) -> bool:
    """Whether somebody may still read of improvement actions."""
    return person.active and access.of_person(person).may(FEEDBACK_READ)


def _notice(need: Need, some: list[Told]) -> Notice:
    lines = tuple(Line(one_line(f"{one.version.name}: {words.said(one)}"), one.address) for one in some)
    return Notice(_todo(need, len(some)), _why(need), _("Open the board"), "/feedback/actions", lines)


def _todo(need: Need, n: int) -> str:
    if need is Need.OVERDUE:
        return ngettext("Do an improvement action that is overdue", "Do %(n)s improvement actions that are overdue", n)
    return ngettext("Check an improvement action", "Check %(n)s improvement actions", n)


def _why(need: Need) -> str:
    if need is Need.OVERDUE:
        return _("The day by which it should be done has passed. If it cannot hold, change the plan and say why.")
    return _("The day of the planned check has come: it says whether guests noticed.")
