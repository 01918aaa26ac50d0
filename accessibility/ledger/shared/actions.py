"""The steps people take on a shared component. One owner repairs it in the model; each platform verifies for itself.

A step of work is carried to the children that it fits, and stands in the history of each. Nothing here ends a ticket:
that is proven by the audits of its own platform. Every function takes `version`, the one the person saw, and raises
`Conflict` when it is another by now; None does not ask.
"""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from accessibility.ledger.platforms.models import Platform
from accessibility.ledger.shared import history
from accessibility.ledger.shared.models import SharedChild, SharedComponent
from accessibility.ledger.shared.queries import is_child_now
from accessibility.ledger.shared.rules import carried_to
from accessibility.ledger.tickets import history as ticket_history
from accessibility.ledger.tickets import rules
from accessibility.ledger.tickets.history import Author
from accessibility.ledger.tickets.models import Ticket
from accessibility.ledger.tickets.rules import Step, TicketState
from core import clock
from core.errors import Conflict, InvalidInput, NotFound
from core.i18n import gettext as _
from core.people.models import Person


def assign(
    session: Session, shared_id: int, author: Author, assignee_id: int | None, *, version: int | None = None
) -> SharedComponent:
    """Give the repair to one person, or to nobody. The children keep those assigned to them."""
    shared = _take(session, shared_id, author, Step.ASSIGN, version)
    if assignee_id is not None:
        somebody = session.get(Person, assignee_id)
        if somebody is None or not somebody.active:
            raise InvalidInput(_("There is no such person."), place="assignee")
    if shared.assignee_id != assignee_id:
        before, shared.assignee_id = shared.assignee_id, assignee_id
        after = {"assignee_id": assignee_id}
        history.write(session, shared.id, author, "assignee", before={"assignee_id": before}, after=after)
    return _saved(session, shared)


def work(
    session: Session, shared_id: int, author: Author, to: TicketState, text: str = "", *, version: int | None = None
) -> list[Ticket]:
    """Start work, claim the repair, or step back, for every child that it fits; `Conflict` when it fits none.

    Gives the tickets that were moved. `text` is a note for their histories: "repaired in the model since 3 May".
    """
    shared = _take(session, shared_id, author, Step.WORK, version)
    note = rules.check_text(text, place="text") if text.strip() else ""
    children = _children(session, shared_id)
    fitting = carried_to({TicketState(child.state) for child in children}, to)
    moved = [child for child in children if child.state in fitting]
    if not moved:
        raise Conflict(_("No platform's ticket can take this step now."))
    claimed_at = clock.now() if to is TicketState.FIXED else None
    for child in moved:
        values = {"state": to.value, "claimed_at": claimed_at}
        ticket_history.change(session, child, author, "state", note, beside={"shared": shared_id}, **values)
    numbers = [child.id for child in moved]
    history.write(session, shared_id, author, "state", note, tickets=numbers, after={"state": to.value})
    _saved(session, shared)
    return moved


def comment(session: Session, shared_id: int, author: Author, text: str) -> SharedComponent:
    """Add a comment. It is text: whoever shows it escapes it."""
    shared = _take(session, shared_id, author, Step.COMMENT, None)
    history.write(session, shared_id, author, "comment", rules.check_text(text, place="text"))
    return _saved(session, shared)


def separate(session: Session, shared_id: int, ticket_id: int, author: Author, reason: str) -> SharedChild:
    """Separate a child from its parent, for a reason: it is another problem after all. No audit joins it again."""
    return _switch(session, shared_id, ticket_id, author, reason, separated=True)


def rejoin(session: Session, shared_id: int, ticket_id: int, author: Author, reason: str) -> SharedChild:
    """Join a child again that was separated."""
    return _switch(session, shared_id, ticket_id, author, reason, separated=False)


def _switch(
    session: Session, shared_id: int, ticket_id: int, author: Author, reason: str, *, separated: bool
) -> SharedChild:
    shared = _take(session, shared_id, author, Step.SHARE, None)
    child = session.get(SharedChild, ticket_id, with_for_update=True, populate_existing=True)
    if child is None or child.shared_id != shared_id:
        raise NotFound(_("This ticket does not belong to the shared component."))
    if (child.separated_at is not None) == separated:
        raise Conflict(_("It is separated already.") if separated else _("It is joined already."))
    reason = rules.check_text(reason, place="reason")
    child.separated_at = clock.now() if separated else None
    kind = "separated" if separated else "rejoined"
    history.write(session, shared_id, author, kind, reason, tickets=[ticket_id], after={"reason": reason})
    _saved(session, shared)
    return child


def _take(session: Session, shared_id: int, author: Author, step: Step, version: int | None) -> SharedComponent:
    """The component, locked until the transaction's end, if this step is the author's to take."""
    shared = session.get(SharedComponent, shared_id, with_for_update=True, populate_existing=True)
    if shared is None:
        raise NotFound(_("There is no such shared component."))
    assigned = author.person_id is not None and shared.assignee_id == author.person_id
    rules.require(author.roles, step, assigned=assigned)
    if version is not None and shared.version != version:
        raise Conflict(_("Somebody changed this meanwhile. Look at it again before you go on."))
    return shared


def _children(session: Session, shared_id: int) -> list[Ticket]:
    """The tickets that belong to it now, locked in one order."""
    return list(
        session.scalars(
            sa.select(Ticket)
            .join(SharedChild, SharedChild.ticket_id == Ticket.id)
            .join(Platform, Platform.id == Ticket.platform_id)
            .where(SharedChild.shared_id == shared_id, is_child_now())
            .order_by(Ticket.id)
            .with_for_update(of=Ticket)
            .execution_options(populate_existing=True)
        )
    )


def _saved(session: Session, shared: SharedComponent) -> SharedComponent:
    shared.updated_at = clock.now()
    session.flush()
    return shared
