"""What is told of an action, in the language of the moment: on the page of the day, on the board and in mails."""

from campus.improvement.reminders.queries import Told
from campus.improvement.rules import Need
from core.i18n import format_date
from core.i18n import gettext as _


def said(told: Told) -> str:
    """Why somebody is told."""
    day = format_date(told.about, "long")
    match told.need:
        case Need.OVERDUE:
            return _("It should have been done by %(day)s.", day=day)
        case Need.CHECK:
            return _("Its planned check is due since %(day)s.", day=day)
        case Need.DECIDE:
            return _("Its effect was checked: decide what comes of it.")
