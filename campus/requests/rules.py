"""What service requests are, what may become of them, and when planned work is due. Pure."""

import calendar
from collections.abc import Sequence
from datetime import date
from enum import IntEnum, StrEnum

from core.errors import Conflict, InvalidInput
from core.i18n import gettext as _

MOST_TEXT = 2000
MOST_CONTACT = 200
MOST_MONTHS = 120
MOST_DATES = 60
MOST_AHEAD = 365
MOST_OUT = 60

ROOM_TRIES = 5  # reports by the code of one room within core.people.rules.WINDOW
NETWORK_TRIES = 30  # and from one network, which all the guests of the campus may share


class RequestKind(StrEnum):
    """What is asked for."""

    FAULT = "fault"
    CLEANING = "cleaning"
    ACCESSIBILITY = "accessibility"


class State(StrEnum):
    """How far it is."""

    NEW = "new"
    ACCEPTED = "accepted"
    IN_WORK = "in work"
    DONE = "done"
    REOPENED = "reopened"
    REFUSED = "refused"
    DUPLICATE = "duplicate"


class Priority(IntEnum):
    """How pressing it is; the smaller, the sooner."""

    HIGH = 1
    NORMAL = 2
    LOW = 3


OPEN = (State.NEW, State.REOPENED, State.ACCEPTED, State.IN_WORK)
ENDED = (State.DONE, State.REFUSED, State.DUPLICATE)
_ENDS = frozenset(ENDED)
STEPS: dict[State, frozenset[State]] = {
    State.NEW: _ENDS | {State.ACCEPTED, State.IN_WORK},
    State.REOPENED: _ENDS | {State.ACCEPTED, State.IN_WORK},
    State.ACCEPTED: _ENDS | {State.IN_WORK},
    State.IN_WORK: _ENDS | {State.ACCEPTED},
    State.DONE: frozenset({State.REOPENED}),
    State.REFUSED: frozenset({State.REOPENED}),
    State.DUPLICATE: frozenset({State.REOPENED}),
}
"""From a state to those that may follow it."""


def check_step(state: State, to: State, reason: str, duplicate_of: int | None) -> None:
    """A refusal and a repeat need a reason, a duplicate its original. Raises `Conflict` or `InvalidInput`."""
    if to not in STEPS[state]:
        raise Conflict(_("This step is not possible from the state it is in. Reload to see what it is now."))
    if to in (State.REFUSED, State.REOPENED) and not reason.strip():
        raise InvalidInput(_("Say why."), place="reason")
    if to is State.DUPLICATE and duplicate_of is None:
        raise InvalidInput(_("Give the number of the request that says the same."), place="duplicate_of")


def checked_text(given: str, place: str = "text", most: int = MOST_TEXT) -> str:
    """1 to `most` characters. Raises `InvalidInput`."""
    text = given.strip()
    if not 1 <= len(text) <= most:
        raise InvalidInput(_("must be 1 to %(most)s characters", most=most), place=place)
    return text


def checked_contact(given: str) -> str:
    """A name, a telephone number, an address: up to 200 characters on one line, or nothing. Raises `InvalidInput`."""
    contact = " ".join(given.split())
    if len(contact) > MOST_CONTACT or not contact.isprintable():
        raise InvalidInput(_("must be at most %(most)s characters on one line", most=MOST_CONTACT), place="contact")
    return contact


def usual_priority(kind: RequestKind) -> Priority:
    """Who cannot use a room because of a barrier is helped first."""
    return Priority.HIGH if kind is RequestKind.ACCESSIBILITY else Priority.NORMAL


def is_overdue(state: str, due: date | None, today: date) -> bool:
    """Whether its day has passed and it is not ended."""
    return due is not None and due < today and state not in ENDED


def due_days(
    first: date | None, every_months: int | None, dates: Sequence[str], since: date, through: date
) -> list[date]:
    """The days from `since` to `through`, both included, on which planned work is due.

    A month without that day has it on its last one; the next month has it on its own day again.
    """
    found = {day for day in map(date.fromisoformat, dates) if since <= day <= through}
    if first and every_months:
        months = max(0, (since.year - first.year) * 12 + since.month - first.month)
        count = months // every_months
        while (day := _months_later(first, count * every_months)) <= through:
            if day >= since:
                found.add(day)
            count += 1
    elif first and since <= first <= through:
        found.add(first)
    return sorted(found)


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
