"""What the last night says of every platform: a fixed number of statements, however many platforms and nights."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from accessibility.ledger.audits.actions import UNFINISHED
from accessibility.ledger.audits.models import NIGHT, Audit
from accessibility.ledger.platforms import queries as platforms
from accessibility.ledger.platforms.models import Platform
from accessibility.ledger.tickets.models import Component, Occurrence, Ticket
from accessibility.ledger.tickets.rules import TicketState
from core.people.access import Platforms

COUNTING = ("done", "failed")  # a cancelled audit says nothing of the night
TO_DECIDE = (TicketState.OPEN.value, TicketState.REOPENED.value)


@dataclass(frozen=True, slots=True)
class Unattended:
    """Tickets of a night that nobody has taken on yet."""

    critical: int = 0
    new: int = 0
    reopened: int = 0


@dataclass(frozen=True, slots=True)
class Night:
    """A platform's last ended audit, the score before it, and an audit that waits or runs now."""

    platform: Platform
    audit: Audit | None
    score_before: float | None
    running: Audit | None
    unattended: Unattended


@dataclass(frozen=True, slots=True)
class Places:
    """Where a ticket's problem is now: sorted names."""

    roles: tuple[str, ...] = ()
    viewports: tuple[str, ...] = ()


def nights(session: Session, among: Platforms) -> list[Night]:
    """The last night of every active platform that may be told of, by name."""
    active = platforms.platforms(session, among, active=True)
    ended = {audit.platform_id: (audit, before) for audit, before in _last_ended(session)}
    running = {audit.platform_id: audit for audit in session.scalars(_unfinished())}
    unattended = _unattended(session, [audit for audit, _ in ended.values()])
    found = []
    for platform in active:
        audit, before = ended.get(platform.id, (None, None))
        waiting = unattended.get(platform.id, Unattended())
        found.append(Night(platform, audit, before, running.get(platform.id), waiting))
    return found


def night_tickets(session: Session, found: Sequence[Night], each: int) -> dict[int, list[Ticket]]:
    """Platform's id to the tickets that its night opened or reopened, the worst first, at most `each`."""
    audits = [night.audit for night in found if night.audit is not None]
    place = sa.func.row_number().over(partition_by=Ticket.platform_id, order_by=(Ticket.impact_rank, Ticket.id))
    ranked = sa.select(Ticket.id, place.label("place")).where(_of_nights(audits)).subquery()
    query = (
        sa.select(Ticket)
        .join(ranked, ranked.c.id == Ticket.id)
        .where(ranked.c.place <= each)
        .order_by(Ticket.impact_rank, Ticket.id)
    )
    by_platform: dict[int, list[Ticket]] = defaultdict(list)
    for ticket in session.scalars(query):
        by_platform[ticket.platform_id].append(ticket)
    return dict(by_platform)


def places(session: Session, tickets: Sequence[Ticket]) -> dict[int, Places]:
    """Ticket's id to where its problem is now."""
    query = (
        sa.select(Ticket.id, Occurrence.role, Occurrence.viewport)
        .join(Component, Component.ticket_id == Ticket.id)
        .join(Occurrence, Occurrence.component_id == Component.id)
        .where(Ticket.id.in_([ticket.id for ticket in tickets]), Occurrence.ended.is_(None))
        .distinct()
    )
    roles: dict[int, set[str]] = defaultdict(set)
    viewports: dict[int, set[str]] = defaultdict(set)
    for ticket_id, role, viewport in session.execute(query):
        roles[ticket_id].add(role)
        viewports[ticket_id].add(viewport)
    return {one: Places(tuple(sorted(roles[one])), tuple(sorted(viewports[one]))) for one in roles}


def _last_ended(session: Session) -> Sequence[tuple[Audit, float | None]]:
    last = (
        sa.select(sa.func.max(Audit.id))
        .where(Audit.kind == NIGHT, Audit.state.in_(COUNTING))
        .group_by(Audit.platform_id)
    )
    earlier = aliased(Audit)
    before = (
        sa.select(earlier.score)
        .where(earlier.platform_id == Audit.platform_id, earlier.number < Audit.number, earlier.score.is_not(None))
        .order_by(earlier.number.desc())
        .limit(1)
        .scalar_subquery()
    )
    found = session.execute(sa.select(Audit, before).where(Audit.id.in_(last)))
    return [(audit, score) for audit, score in found]


def _unfinished() -> sa.Select[Audit]:
    return sa.select(Audit).where(Audit.kind == NIGHT, Audit.state.in_(UNFINISHED))


def _unattended(session: Session, audits: Sequence[Audit]) -> dict[int, Unattended]:
    night = sa.case({audit.platform_id: audit.number for audit in audits}, value=Ticket.platform_id, else_=0)
    reopened = sa.and_(Ticket.reopened_in == night, Ticket.opened_in != night) if audits else sa.false()
    one = sa.func.count
    query = (
        sa.select(
            Ticket.platform_id,
            one().filter(~reopened, Ticket.impact_rank == 0),
            one().filter(~reopened),
            one().filter(reopened),
        )
        .where(_of_nights(audits), Ticket.assignee_id.is_(None), Ticket.state.in_(TO_DECIDE))
        .group_by(Ticket.platform_id)
    )
    return {platform_id: Unattended(*counts) for platform_id, *counts in session.execute(query)}


def _of_nights(audits: Sequence[Audit]) -> sa.ColumnElement[bool]:
    """Tickets that one of these audits opened or reopened."""
    return sa.or_(
        sa.false(),
        *(
            sa.and_(
                Ticket.platform_id == audit.platform_id,
                sa.or_(Ticket.opened_in == audit.number, Ticket.reopened_in == audit.number),
            )
            for audit in audits
        ),
    )
