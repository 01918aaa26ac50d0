"""How invitations of guests are called on pages."""

from api.accessibility_words import Shown
from campus.feedback.invitations.queries import Line
from campus.feedback.invitations.rules import State
from core.i18n import format_date, format_number, lazy, ngettext
from core.i18n import gettext as _

STATES = {
    State.EMPTY: Shown("warn", lazy("Without addresses")),
    State.PLANNED: Shown("info", lazy("Planned")),
    State.SENDING: Shown("info", lazy("Being sent")),
    State.OPEN: Shown("good", lazy("Sent, open for answers")),
    State.STOPPED: Shown("warn", lazy("Stopped")),
    State.CLOSED: Shown("info", lazy("Closed for answers")),
}


def said(line: Line) -> str:
    """The first sentence of the page of a batch: what happens next."""
    one = line.batch
    match line.state:
        case State.EMPTY:
            return _("Add the guests who are to be invited.")
        case State.PLANNED:
            return ngettext(
                "%(n)s guest is invited from %(day)s on.",
                "%(n)s guests are invited from %(day)s on.",
                line.waiting,
                day=format_date(one.send_from),
            )
        case State.SENDING:
            return ngettext("%(n)s guest waits for the mail.", "%(n)s guests wait for the mail.", line.waiting)
        case State.STOPPED | State.OPEN:
            return _("Guests who have their mail may answer until %(day)s.", day=format_date(one.closes))
        case State.CLOSED:
            return answers(line)


def answers(line: Line) -> str:
    """How many answered, as far as that may be told."""
    one = line.batch
    if one.closed_on is None:
        return _("How many answered is told when the invitations are closed.")
    if one.answered is None:
        return _("How many answered is not told: it would be about fewer than 5 guests.")
    return _(
        "%(answered)s of %(invited)s guests answered.",
        answered=format_number(one.answered),
        invited=format_number(one.invited),
    )
