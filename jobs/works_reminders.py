"""Every day: owners are reminded of milestones that are due, late or not reported on; one mail a person and day."""

from sqlalchemy.orm import Session

from accessibility.ledger.alerts.wording import Line, Notice, one_line
from campus.renovation.reminders import actions, queries, words
from campus.renovation.reminders.queries import Told
from campus.renovation.reminders.rules import Kind
from core.database import Database
from core.i18n import gettext as _
from core.i18n import ngettext, today
from core.people import access
from core.people.models import Person
from core.people.rules import CAMPUS_READ
from jobs.reminder_mails import new_message, put_mails


def remind(database: Database) -> dict[str, int]:
    """Make the reminders of the day that were not made before, and put the mails into the outbox; how many of each."""
    with database.write() as session:
        made = actions.make(session, today())
        return {"reminders": len(made), "mails": put_mails(session, made, may_be_told, new_message)}


def notices(session: Session, uid: str) -> list[Notice]:
    """What a mail of reminders says, by kind; nothing where none of them stands any more."""
    told = queries.of_mail(session, uid, today())
    return [_notice(kind, some) for kind in Kind if (some := [one for one in told if one.reminder.kind is kind])]


def may_be_told(person: Person) -> bool:
    """Whether somebody may still read of works."""
    return person.active and access.of_person(person).may(CAMPUS_READ)


def _notice(kind: Kind, some: list[Told]) -> Notice:
    lines = tuple(Line(one_line(f"{words.title(one)}: {words.said(one)}"), one.address) for one in some)
    return Notice(_todo(kind, len(some)), _why(kind), _("Open the works"), "/works", lines)


def _todo(kind: Kind, milestones: int) -> str:
    match kind:
        case Kind.OVERDUE:
            return ngettext(
                "Report on a milestone that should have ended",
                "Report on %(n)s milestones that should have ended",
                milestones,
            )
        case Kind.DUE:
            return ngettext(
                "Look after a milestone that is due soon", "Look after %(n)s milestones that are due soon", milestones
            )
        case Kind.SILENT:
            return ngettext(
                "Report on a milestone of which nothing was heard",
                "Report on %(n)s milestones of which nothing was heard",
                milestones,
            )


def _why(kind: Kind) -> str:
    match kind:
        case Kind.OVERDUE:
            return _("The forecast has passed: what waits for it is planned by dates that cannot be right.")
        case Kind.DUE:
            return _("If the date does not hold, a report now shows what it pushes.")
        case Kind.SILENT:
            return _("A report that nothing has changed is one too.")
