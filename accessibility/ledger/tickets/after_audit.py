"""What an audit's end does to the tickets of its platform. The decisions are in `rules.py`."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from accessibility.engine.finding import Impact, Outcome
from accessibility.ledger.audits.models import AuditRow
from accessibility.ledger.tickets import history, rules
from accessibility.ledger.tickets.closing import Closing, is_place_of
from accessibility.ledger.tickets.exceptions import end_expired_exceptions
from accessibility.ledger.tickets.history import Author, change
from accessibility.ledger.tickets.models import Component, Occurrence, Ticket
from accessibility.ledger.tickets.moved_components import join_moved
from accessibility.ledger.tickets.opening import days_to_repair, open_tickets
from accessibility.ledger.tickets.rules import EXCEPTIONS, WAITING, Evidence, TicketState
from accessibility.ledger.tickets.standing import Ending, Standing, endings, standings, store_counts
from core.i18n import today

NOTHING = Standing()
NO_ENDING = Ending(0, 0)


@dataclass(slots=True)
class TicketCounts:
    """How many tickets a night changed, by kind."""

    new: int = 0
    new_critical: int = 0
    gone: int = 0
    reopened: int = 0
    verified: int = 0
    removed: int = 0


def ticket_steps(session: Session, closing: Closing, started_at: datetime, *, held: bool) -> TicketCounts:
    """Open, follow, verify and reopen. A held night opens tickets for new failures and changes no other ticket."""
    author = history.audit(closing.audit_id)
    join_moved(session, closing, author)
    opened = open_tickets(session, closing.platform_id, _new_failures(session, closing), author, closing.number)
    session.flush()
    counts = TicketCounts(new=len(opened), new_critical=sum(t.impact == Impact.CRITICAL.value for t in opened))
    standing = standings(session, closing.platform_id, closing.number)
    if held:
        store_counts(session, closing.platform_id, {ticket.id: standing[ticket.id] for ticket in opened})
        return counts
    end_expired_exceptions(session, today(), platform_id=closing.platform_id)
    ending = endings(session, closing)
    for ticket in _tickets_to_look_at(session, closing):
        places = standing.get(ticket.id, NOTHING)
        _follow_impact(session, ticket, places, author)
        _follow_absence(ticket, places, closing, counts)
        _move_on(session, ticket, places, ending.get(ticket.id, NO_ENDING), started_at, closing, author, counts)
    session.flush()
    store_counts(session, closing.platform_id, standing | _emptied(session, closing, standing))
    return counts


def _new_failures(session: Session, closing: Closing) -> list[Component]:
    """Components that failed in this audit and have no ticket, in order of their finding."""
    failed = sa.select(Occurrence.component_id).where(
        Occurrence.platform_id == closing.platform_id,
        Occurrence.ended.is_(None),
        Occurrence.last == closing.number,
        Occurrence.outcome == Outcome.FAILED.value,
    )
    return list(
        session.scalars(
            sa.select(Component)
            .where(
                Component.platform_id == closing.platform_id, Component.ticket_id.is_(None), Component.id.in_(failed)
            )
            .order_by(Component.id)
        )
    )


def _tickets_to_look_at(session: Session, closing: Closing) -> list[Ticket]:
    """The unfinished ones, and others whose problem was seen. Locked, so that no person's step is lost."""
    seen = (
        sa.select(Component.ticket_id)
        .join(Occurrence, Occurrence.component_id == Component.id)
        .where(
            Occurrence.platform_id == closing.platform_id,
            Occurrence.ended.is_(None),
            Occurrence.last == closing.number,
            Component.ticket_id.is_not(None),
        )
    )
    waiting = Ticket.state.in_([state.value for state in WAITING])
    wanted = sa.or_(waiting, Ticket.id.in_(seen))
    if closing.recheck:
        wanted = sa.and_(wanted, Ticket.id.in_(_with_a_place_looked_at(closing)))
    return list(
        session.scalars(
            sa.select(Ticket)
            .where(Ticket.platform_id == closing.platform_id, wanted)
            .order_by(Ticket.id)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
    )


def _with_a_place_looked_at(closing: Closing) -> sa.Select[int | None]:
    """Tickets with a place on a row of this audit: a re-check moves no other."""
    places = sa.select(Component.ticket_id).join(Occurrence, Occurrence.component_id == Component.id)
    rows = places.join(AuditRow, is_place_of(AuditRow, Occurrence))
    return rows.where(AuditRow.audit_id == closing.audit_id, Component.ticket_id.is_not(None))


def _follow_impact(session: Session, ticket: Ticket, places: Standing, author: Author) -> None:
    """A problem that got worse is due earlier, never later."""
    if places.worst_rank is None or places.worst_rank >= ticket.impact_rank:
        return
    impact = list(Impact)[places.worst_rank]
    due = rules.due_date(impact, today(), days_to_repair())
    earlier = min(due, ticket.due) if ticket.due else due
    change(session, ticket, author, "impact", impact=impact.value, impact_rank=impact.rank, due=earlier)


def _follow_absence(ticket: Ticket, places: Standing, closing: Closing, counts: TicketCounts) -> None:
    if not places.unseen_everywhere:
        ticket.gone_in = None
    elif ticket.gone_in is None and ticket.state not in EXCEPTIONS:
        ticket.gone_in = closing.number
        counts.gone += 1


def _move_on(
    session: Session,
    ticket: Ticket,
    places: Standing,
    ending: Ending,
    started_at: datetime,
    closing: Closing,
    author: Author,
    counts: TicketCounts,
) -> None:
    evidence = Evidence(places.seen, places.open_places, ending.proven_places, ending.gone_places)
    claimed_before = ticket.claimed_at is not None and ticket.claimed_at < started_at
    before = TicketState(ticket.state)
    after = rules.state_after_audit(before, evidence, claimed_before_audit=claimed_before)
    if after is TicketState.REOPENED:
        values: dict[str, Any] = {"reopened_in": closing.number, "ended_in": None}
        if before in rules.ENDED:
            values |= {"alive_since": closing.number, "due": _new_due(ticket)}
        counts.reopened += 1
    elif after is not None:
        values = {"ended_in": closing.number}
        counts.verified += after is TicketState.VERIFIED
        counts.removed += after is TicketState.PAGE_REMOVED
    else:
        return
    change(session, ticket, author, "state", state=after.value, **values)


def _new_due(ticket: Ticket) -> Any:
    return rules.due_date(Impact(ticket.impact), today(), days_to_repair())


def _emptied(session: Session, closing: Closing, standing: dict[int, Standing]) -> dict[int, Standing]:
    """Tickets that still count pages and have no open occurrence any more."""
    counting = sa.select(Ticket.id).where(Ticket.platform_id == closing.platform_id, Ticket.pages > 0)
    return {ticket_id: NOTHING for ticket_id in session.scalars(counting) if ticket_id not in standing}
