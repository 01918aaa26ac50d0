"""Exceptions: a problem that is not repaired for now, for a reason, until a date."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from accessibility.ledger.tickets import rules
from accessibility.ledger.tickets.history import CLOCK, Author, change
from accessibility.ledger.tickets.models import Ticket
from accessibility.ledger.tickets.rules import EXCEPTIONS


def end_exception(session: Session, ticket: Ticket, author: Author) -> None:
    """Back to the state before it."""
    change(
        session,
        ticket,
        author,
        "exception",
        state=rules.state_after_exception(ticket.state_before_exception).value,
        state_before_exception="",
        exception_reason="",
        exception_until=None,
    )


def end_expired_exceptions(session: Session, today: date, *, platform_id: int | None = None) -> list[Ticket]:
    """End every exception whose last day is over; the tickets that came back."""
    excepted = (
        sa.select(Ticket)
        .where(Ticket.state.in_([state.value for state in EXCEPTIONS]))
        .order_by(Ticket.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if platform_id is not None:
        excepted = excepted.where(Ticket.platform_id == platform_id)
    over = [ticket for ticket in session.scalars(excepted) if rules.expired(ticket.exception_until, today)]
    for ticket in over:
        end_exception(session, ticket, CLOCK)
    session.flush()
    return over
