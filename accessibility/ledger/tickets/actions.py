"""The steps people take on a ticket. What may be done is decided in `rules.py`; each step is written to the history.

Every function takes `version`, the ticket's version the person saw, and raises `Conflict` when it is another one by
now; None does not ask. `NotAllowed` and `InvalidInput` come from the rules.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from accessibility.ledger.platforms import queries as platforms
from accessibility.ledger.tickets import rules
from accessibility.ledger.tickets.exceptions import end_exception
from accessibility.ledger.tickets.history import Author, change, from_json, write
from accessibility.ledger.tickets.models import Ticket, TicketEvent
from accessibility.ledger.tickets.rules import EXCEPTIONS, Step, TicketState
from core import clock
from core.errors import CampusError, Conflict, InvalidInput, NotFound
from core.i18n import gettext as _
from core.i18n import today

UNDOABLE = ("state", "assignee", "due", "exception")


def assign(
    session: Session, ticket_id: int, author: Author, assignee_id: int | None, *, version: int | None = None
) -> Ticket:
    """Give the ticket to a person, or to nobody."""
    ticket = _take(session, ticket_id, author, Step.ASSIGN, version)
    if assignee_id is not None and not platforms.may_work_there(session, assignee_id, ticket.platform_id):
        raise InvalidInput(_("There is no such person."), place="assignee")
    change(session, ticket, author, "assignee", assignee_id=assignee_id)
    return _saved(session, ticket)


def set_due(
    session: Session, ticket_id: int, author: Author, due: date | None, *, version: int | None = None
) -> Ticket:
    """Say until when it is to be repaired; None takes the date away."""
    ticket = _take(session, ticket_id, author, Step.DUE, version)
    rules.check_due(due, today())
    change(session, ticket, author, "due", due=due)
    return _saved(session, ticket)


def work(
    session: Session, ticket_id: int, author: Author, to: TicketState, text: str = "", *, version: int | None = None
) -> Ticket:
    """Start work, claim the problem fixed, or step back. `text` is a note for the history."""
    ticket = _take(session, ticket_id, author, Step.WORK, version)
    rules.check_work(TicketState(ticket.state), to)
    note = rules.check_text(text, place="text") if text.strip() else ""
    claimed_at = clock.now() if to is TicketState.FIXED else None
    change(session, ticket, author, "state", note, state=to.value, claimed_at=claimed_at)
    return _saved(session, ticket)


def comment(session: Session, ticket_id: int, author: Author, text: str, *, version: int | None = None) -> Ticket:
    """Add a comment. It is text: whoever shows it escapes it."""
    ticket = _take(session, ticket_id, author, Step.COMMENT, version)
    write(session, ticket, author, "comment", rules.check_text(text, place="text"))
    return _saved(session, ticket)


def make_exception(
    session: Session,
    ticket_id: int,
    author: Author,
    kind: TicketState,
    reason: str,
    until: date,
    *,
    version: int | None = None,
) -> Ticket:
    """Accept the risk, or call it a false positive, for a reason and until a date; then the ticket comes back."""
    ticket = _take(session, ticket_id, author, Step.EXCEPT, version)
    rules.check_exception(TicketState(ticket.state), kind, reason, until, today())
    change(
        session,
        ticket,
        author,
        "exception",
        state=kind.value,
        state_before_exception=ticket.state,
        exception_reason=rules.check_text(reason, place="reason"),
        exception_until=until,
    )
    return _saved(session, ticket)


def withdraw_exception(session: Session, ticket_id: int, author: Author, *, version: int | None = None) -> Ticket:
    """End an exception before its date."""
    ticket = _take(session, ticket_id, author, Step.WITHDRAW, version)
    if ticket.state not in EXCEPTIONS:
        raise Conflict(_("This ticket has no exception."))
    end_exception(session, ticket, author)
    return _saved(session, ticket)


def undo(session: Session, ticket_id: int, author: Author, *, version: int | None = None) -> Ticket:
    """Take back the last step, if a person took it and nothing has changed the ticket since.

    Those assigned may take back their own steps only. The history keeps both the step and its undoing.
    """
    ticket = _take(session, ticket_id, author, Step.UNDO, version)
    last = last_step(session, ticket_id)
    if last is None or last.person_id is None or last.kind not in UNDOABLE or last.before is None:
        raise Conflict(_("There is no step of a person to take back."))
    own = last.person_id == author.person_id
    rules.require(_roles(session, ticket, author), Step.UNDO, assigned=own)
    before = {name: from_json(name, value) for name, value in last.before.items()}
    change(session, ticket, author, "undo", **before)
    return _saved(session, ticket)


def last_step(session: Session, ticket_id: int) -> TicketEvent | None:
    """The newest line of the history that changed the ticket."""
    steps = sa.select(TicketEvent).where(
        TicketEvent.ticket_id == ticket_id, TicketEvent.kind.not_in(("comment", "shared"))
    )
    return session.scalars(steps.order_by(TicketEvent.id.desc()).limit(1)).first()


BulkStep = Callable[[Session, int, Author], Ticket]
"""One of the functions above with its values filled in: `partial(assign, assignee_id=3)`."""


@dataclass(frozen=True, slots=True)
class BulkLine:
    """What became of one ticket; `error` is "" when all steps were taken."""

    ticket_id: int
    error: str = ""


def change_many(
    session: Session, ticket_ids: Sequence[int], author: Author, steps: Sequence[BulkStep]
) -> list[BulkLine]:
    """Take the same steps on each ticket: all of them or, with the reason in its line, none of them."""
    in_one_order = sorted(
        set(ticket_ids)
    )  # two people changing the same tickets wait for each other, never in a circle
    lines = {ticket_id: _change_one(session, ticket_id, author, steps) for ticket_id in in_one_order}
    return [lines[ticket_id] for ticket_id in dict.fromkeys(ticket_ids)]


def _change_one(session: Session, ticket_id: int, author: Author, steps: Sequence[BulkStep]) -> BulkLine:
    try:
        with session.begin_nested():
            for step in steps:
                step(session, ticket_id, author)
    except CampusError as error:
        return BulkLine(ticket_id, str(error))
    return BulkLine(ticket_id)


def _take(session: Session, ticket_id: int, author: Author, step: Step, version: int | None) -> Ticket:
    """The ticket, locked until the transaction's end, if this step is the author's to take."""
    ticket = session.get(Ticket, ticket_id, with_for_update=True, populate_existing=True)
    if ticket is None:
        raise NotFound(_("There is no such ticket."))
    assigned = author.person_id is not None and ticket.assignee_id == author.person_id
    rules.require(_roles(session, ticket, author), step, assigned=assigned)
    if version is not None and ticket.version != version:
        raise Conflict(_("Somebody changed this ticket meanwhile. Look at it again before you go on."))
    return ticket


def _roles(session: Session, ticket: Ticket, author: Author) -> Collection[str]:
    return author.roles_on(platforms.by_id(session, ticket.platform_id), _("There is no such ticket."))


def _saved(session: Session, ticket: Ticket) -> Ticket:
    session.flush()
    return ticket
