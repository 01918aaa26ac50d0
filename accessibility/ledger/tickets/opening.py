"""Opens tickets for components: at an audit's end, and when a person confirms what needed review."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from accessibility.engine.finding import Impact
from accessibility.ledger.platforms.models import Platform
from accessibility.ledger.tickets import rules
from accessibility.ledger.tickets.history import Author, write
from accessibility.ledger.tickets.models import Component, Ticket
from accessibility.ledger.tickets.rules import TicketState
from core import clock
from core.i18n import today
from core.settings import settings

TITLE_LENGTH = 200


def days_to_repair() -> dict[Impact, int]:
    """How long each impact may last, from the settings."""
    chosen = settings()
    return {
        Impact.CRITICAL: chosen.due_days_critical,
        Impact.SERIOUS: chosen.due_days_serious,
        Impact.MODERATE: chosen.due_days_moderate,
        Impact.MINOR: chosen.due_days_minor,
    }


def open_tickets(
    session: Session, platform_id: int, components: Sequence[Component], author: Author, number: int
) -> list[Ticket]:
    """One ticket a component, opened in audit `number`. Holds the platform's row, so that ticket numbers are unique."""
    if not components:
        return []
    session.scalars(sa.select(Platform.id).where(Platform.id == platform_id).with_for_update()).one()
    last = session.scalar(sa.select(sa.func.max(Ticket.number)).where(Ticket.platform_id == platform_id)) or 0
    tickets = [_ticket(component, number, last + place) for place, component in enumerate(components, start=1)]
    session.add_all(tickets)
    session.flush()
    for ticket, component in zip(tickets, components, strict=True):
        component.ticket_id = ticket.id
        write(session, ticket, author, "opened", after={"state": ticket.state, "component": component.key})
    return tickets


def _ticket(component: Component, audit_number: int, number: int) -> Ticket:
    impact = Impact(component.impact)
    found = today()
    return Ticket(
        platform_id=component.platform_id,
        number=number,
        title=_title(component),
        rule=component.rule,
        criteria=component.criteria,
        impact=impact.value,
        impact_rank=impact.rank,
        state=TicketState.OPEN.value,
        due=rules.due_date(impact, found, days_to_repair()),
        opened_in=audit_number,
        alive_since=audit_number,
        created_at=clock.now(),
        updated_at=clock.now(),
    )


def _title(component: Component) -> str:
    lines = str(component.finding["message"]).strip().splitlines()
    return (lines[0] if lines else component.rule)[:TITLE_LENGTH]
