"""What only a person can decide: components that need review are confirmed as failures, or dismissed."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from accessibility.ledger.audits.models import Audit
from accessibility.ledger.platforms import queries as platforms
from accessibility.ledger.tickets import rules
from accessibility.ledger.tickets.history import Author, change
from accessibility.ledger.tickets.models import Component, Ticket
from accessibility.ledger.tickets.opening import open_tickets
from accessibility.ledger.tickets.rules import Step, TicketState
from accessibility.ledger.tickets.standing import standings, store_counts, waits_for_review
from core import clock, trail
from core.errors import Conflict, NotFound
from core.i18n import gettext as _

CONFIRMED, DISMISSED = "confirmed", "dismissed"


def confirm(session: Session, component_id: int, author: Author) -> Ticket:
    """It is a failure: open its ticket, or reopen the one that had ended. From now on it counts wherever it is seen."""
    component = _take(session, component_id, author)
    _decide(session, component, author, CONFIRMED, "")
    number = _last_audit(session, component.platform_id)
    if component.ticket_id is None:
        (ticket,) = open_tickets(session, component.platform_id, [component], author, number)
    else:
        ticket = session.get_one(Ticket, component.ticket_id, with_for_update=True, populate_existing=True)
        again: dict[str, Any] = {"reopened_in": number, "alive_since": number, "ended_in": None, "gone_in": None}
        change(session, ticket, author, "state", state=TicketState.REOPENED.value, **again)
    session.flush()
    store_counts(session, component.platform_id, standings(session, component.platform_id, number, ticket_id=ticket.id))
    session.refresh(ticket)
    return ticket


def dismiss(session: Session, component_id: int, author: Author, reason: str) -> Component:
    """It is no failure, for a reason. Should a check ever call it failed, it opens a ticket all the same."""
    component = _take(session, component_id, author)
    _decide(session, component, author, DISMISSED, rules.check_text(reason, place="reason"))
    return component


def reconsider(session: Session, component_id: int, author: Author) -> Component:
    """Take a dismissal back: the component waits for a decision again."""
    component = _locked(session, component_id, author)
    if component.decision != DISMISSED:
        raise Conflict(_("Only what was dismissed can be reconsidered."))
    _decide(session, component, author, "", "")
    return component


def _take(session: Session, component_id: int, author: Author) -> Component:
    component = _locked(session, component_id, author)
    waiting = sa.select(Component.id).where(Component.id == component_id, waits_for_review())
    if session.scalar(waiting) is None:
        raise Conflict(_("This does not wait for a review: it was decided, fails already, or is no longer there."))
    return component


def _locked(session: Session, component_id: int, author: Author) -> Component:
    missing = _("There is no such problem.")
    component = session.get(Component, component_id, with_for_update=True, populate_existing=True)
    if component is None:
        raise NotFound(missing)
    rules.require(author.roles_on(platforms.by_id(session, component.platform_id), missing), Step.REVIEW)
    return component


def _decide(session: Session, component: Component, author: Author, decision: str, reason: str) -> None:
    before = {"decision": component.decision, "reason": component.decision_reason}
    component.decision, component.decision_reason = decision, reason
    component.decided_by, component.decided_at = author.person_id, clock.now()
    after = {"decision": decision, "reason": reason}
    trail.record(session, author.actor, "component.review", "component", component.id, before=before, after=after)
    session.flush()


def _last_audit(session: Session, platform_id: int) -> int:
    newest = sa.select(sa.func.max(Audit.number)).where(Audit.platform_id == platform_id, Audit.state == "done")
    return session.scalars(newest).one() or 0
