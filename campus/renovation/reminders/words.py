"""What a reminder says, in the language of the moment: on the page of the day and in mails."""

from campus.renovation.reminders.queries import Told
from campus.renovation.reminders.rules import Kind
from core.i18n import format_date
from core.i18n import gettext as _


def title(told: Told) -> str:
    """The milestone and its works."""
    return f"{told.milestone} · {told.package.name}"


def said(told: Told) -> str:
    """Why somebody is reminded."""
    day = format_date(told.reminder.about, "long")
    match told.reminder.kind:
        case Kind.OVERDUE:
            return _("It should have ended on %(day)s, and no report says that it has.", day=day)
        case Kind.DUE:
            return _("It is due on %(day)s.", day=day)
        case Kind.SILENT:
            return _("It was last reported on for %(day)s, and it has not ended.", day=day)
