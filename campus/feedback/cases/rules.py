"""The states of a case, and what a guest may write. Pure."""

from datetime import date
from enum import StrEnum

from campus.feedback.invitations.rules import checked_address
from core.errors import Conflict, InvalidInput
from core.i18n import gettext as _

MOST_TEXT = 4000
MOST_CONTACT = 200
NETWORK_TRIES = 20  # cases from one network within core.people.rules.WINDOW; the guests of a campus may share one


class State(StrEnum):
    """Where a case stands."""

    NEW = "new"
    UNDER_WAY = "under way"
    ANSWERED = "answered"
    CLOSED = "closed"  # without an answer, for a reason that is noted


class Said(StrEnum):
    """What staff wrote: for each other, to the guest, or why a case was closed or reopened."""

    NOTE = "note"
    ANSWER = "answer"
    REASON = "reason"


OPEN = (State.NEW, State.UNDER_WAY)
ENDED = (State.ANSWERED, State.CLOSED)
STEPS: dict[State, frozenset[State]] = {
    State.NEW: frozenset({State.UNDER_WAY, State.ANSWERED, State.CLOSED}),
    State.UNDER_WAY: frozenset({State.ANSWERED, State.CLOSED}),
    State.ANSWERED: frozenset({State.UNDER_WAY}),
    State.CLOSED: frozenset({State.UNDER_WAY}),
}
"""From a state to those that may follow it."""


def check_step(state: State, to: State, reason: str) -> None:
    """Closing and reopening need a reason. Raises `Conflict` or `InvalidInput`."""
    if to not in STEPS[state]:
        raise Conflict(_("This step is not possible from the state it is in. Reload to see what it is now."))
    if (to is State.CLOSED or state in ENDED) and not reason.strip():
        raise InvalidInput(_("Say why."), place="reason")


def checked_contact(given: str) -> str:
    """An address or a telephone number, on one line. Raises `InvalidInput`."""
    contact = " ".join(given.split())
    if not 1 <= len(contact) <= MOST_CONTACT or not contact.isprintable():
        raise InvalidInput(_("must be 1 to %(most)s characters on one line", most=MOST_CONTACT), place="contact")
    return contact


def mail_of(contact: str) -> str:
    """The e-mail address in a contact that is nothing else; empty when it is none."""
    try:
        return checked_address(contact)
    except InvalidInput:
        return ""


def is_overdue(state: str, due: date, on: date) -> bool:
    """Whether its day has passed and nobody has answered."""
    return due < on and state in OPEN
