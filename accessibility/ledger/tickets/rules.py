"""The life of a ticket, pure: which states there are, who may move it where, and what an audit makes of it.

`docs/tickets.md` tells the same in prose.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from accessibility.engine.finding import Impact
from core.errors import Conflict, InvalidInput, NotAllowed
from core.i18n import gettext as _

COMMENT_LENGTH = 5000
LONGEST_EXCEPTION = timedelta(days=731)  # two years, one of them a leap year
LATEST_DUE = timedelta(days=5 * 366)


class TicketState(StrEnum):
    """States of a ticket. Only an audit sets `VERIFIED` and `PAGE_REMOVED`."""

    OPEN = "open"
    IN_PROGRESS = "in progress"
    FIXED = "fixed"  # claimed by a person, not yet proven
    VERIFIED = "verified"
    REOPENED = "reopened"
    ACCEPTED_RISK = "accepted risk"
    FALSE_POSITIVE = "false positive"
    PAGE_REMOVED = "page removed"


WAITING = frozenset({TicketState.OPEN, TicketState.IN_PROGRESS, TicketState.FIXED, TicketState.REOPENED})
EXCEPTIONS = frozenset({TicketState.ACCEPTED_RISK, TicketState.FALSE_POSITIVE})
ENDED = frozenset({TicketState.VERIFIED, TicketState.PAGE_REMOVED})
GROUPS: dict[str, frozenset[TicketState]] = {"waiting": WAITING, "excepted": EXCEPTIONS, "ended": ENDED}

WORK: dict[TicketState, frozenset[TicketState]] = {
    TicketState.OPEN: frozenset({TicketState.IN_PROGRESS, TicketState.FIXED}),
    TicketState.REOPENED: frozenset({TicketState.IN_PROGRESS, TicketState.FIXED}),
    TicketState.IN_PROGRESS: frozenset({TicketState.OPEN, TicketState.FIXED}),
    TicketState.FIXED: frozenset({TicketState.IN_PROGRESS}),
}
"""Where a person may move a ticket by working on it; exceptions have steps of their own."""


class Step(StrEnum):
    """What a person can do to a ticket."""

    ASSIGN = "assign"
    DUE = "due"
    WORK = "work"
    COMMENT = "comment"
    EXCEPT = "except"
    WITHDRAW = "withdraw"
    UNDO = "undo"
    REVIEW = "review"
    SHARE = "share"  # separate it from the tickets of other platforms, or join it again


KEEPERS = frozenset({"accessibility", "admin"})  # may take every step
OF_ASSIGNEE = frozenset({Step.WORK, Step.COMMENT, Step.UNDO})


def may(roles: Collection[str], step: Step, *, assigned: bool) -> bool:
    """Whether somebody with these roles, assigned to the ticket or not, may take the step."""
    return not KEEPERS.isdisjoint(roles) or (assigned and step in OF_ASSIGNEE)


def require(roles: Collection[str], step: Step, *, assigned: bool = False) -> None:
    """`NotAllowed` unless `may`."""
    if not may(roles, step, assigned=assigned):
        raise NotAllowed(_("Only accessibility leads may do this, and for work and comments the person assigned."))


def check_work(state: TicketState, to: TicketState) -> None:
    """`Conflict` unless a person may move a ticket from `state` to `to`."""
    if to not in WORK.get(state, frozenset()):
        if to in ENDED:
            raise Conflict(_("Only an audit can prove a repair. Claim it fixed; two clean audits will verify it."))
        raise Conflict(_("A ticket that is “%(state)s” cannot become “%(to)s”.", state=state.value, to=to.value))


def check_exception(state: TicketState, kind: TicketState, reason: str, until: date, today: date) -> None:
    """An exception needs an unfinished ticket, a reason and an expiry date in the next two years."""
    if kind not in EXCEPTIONS:
        raise InvalidInput(_("Choose “accepted risk” or “false positive”."), place="kind")
    if state not in WAITING:
        raise Conflict(_("Only an unfinished ticket can be excepted."))
    if not reason.strip():
        raise InvalidInput(_("Say why the problem is not repaired for now."), place="reason")
    if not today < until <= today + LONGEST_EXCEPTION:
        raise InvalidInput(_("Give a date after today, at most two years ahead."), place="until")


def expired(until: date | None, today: date) -> bool:
    """Whether an exception is over: its last day was before `today`."""
    return until is None or until < today


def state_after_exception(before: str) -> TicketState:
    """Where a ticket goes when its exception ends: back to where it was, if that is still a state to wait in."""
    return TicketState(before) if before in WAITING else TicketState.REOPENED


def check_text(text: str, *, place: str) -> str:
    """A person's text without outer space; bounded, and not empty."""
    text = text.replace("\0", "").strip()
    if not text:
        raise InvalidInput(_("Write something."), place=place)
    if len(text) > COMMENT_LENGTH:
        raise InvalidInput(_("At most %(n)s characters.", n=COMMENT_LENGTH), place=place)
    return text


def check_due(due: date | None, today: date) -> None:
    """A due date is today or later, within five years; None means without one."""
    if due is not None and not today <= due <= today + LATEST_DUE:
        raise InvalidInput(_("Give today or a later date, at most five years ahead."), place="due")


def due_date(impact: Impact, found: date, days: Mapping[Impact, int]) -> date:
    """When a problem found on that day is to be repaired; `days` says how many days each impact leaves."""
    return found + timedelta(days=days[impact])


@dataclass(frozen=True, slots=True)
class Evidence:
    """What an audit says of all places of a ticket's components."""

    seen: bool  # failed somewhere in this audit
    open_places: int  # not proven clean, not gone
    proven_places: int = 0  # proven clean since the ticket lives
    gone_places: int = 0  # whose page is gone, since the ticket lives


def state_after_audit(state: TicketState, evidence: Evidence, *, claimed_before_audit: bool) -> TicketState | None:
    """The ticket's new state, or None when it stays. `claimed_before_audit`: the claim is older than the audit's start.

    Exceptions stay as they are until they expire.
    """
    if state in EXCEPTIONS:
        return None
    if evidence.seen:
        comes_back = state in ENDED or (state is TicketState.FIXED and claimed_before_audit)
        return TicketState.REOPENED if comes_back else None
    if state in ENDED or evidence.open_places:
        return None
    if evidence.proven_places:
        return TicketState.VERIFIED
    return TicketState.PAGE_REMOVED if evidence.gone_places else None
