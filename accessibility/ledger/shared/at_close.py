"""At an audit's end: tickets of a component that other platforms have too get one parent. Nothing of a ticket changes.

Writers queue on both databases (`core/database.py`), so two platforms that close at the same moment make one parent.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from accessibility.ledger.insert import insert_into
from accessibility.ledger.platforms.models import Platform
from accessibility.ledger.platforms.queries import shares
from accessibility.ledger.shared import history
from accessibility.ledger.shared.models import SharedChild, SharedComponent, SharedKey
from accessibility.ledger.shared.rules import groups
from accessibility.ledger.tickets.closing import Closing
from accessibility.ledger.tickets.history import Author, audit
from accessibility.ledger.tickets.models import Component, Ticket
from accessibility.ledger.tickets.rules import ENDED
from core import clock


def join_shared(session: Session, closing: Closing) -> None:
    """Join the platform's tickets to those of other platforms.

    1. A ticket with a key that is known as shared joins its parent.
    2. Where another platform has an unfinished ticket of the same component, both get a new parent.
    3. Keys that the platform's children have gained become known as shared.
    """
    session.flush()
    if session.scalar(sa.select(Platform.id).where(Platform.id == closing.platform_id, shares())) is None:
        return
    author = audit(closing.audit_id)
    _join_known(session, closing.platform_id, author)
    _join_new(session, closing.platform_id, author)
    _learn_keys(session, closing.platform_id)


def _join_known(session: Session, platform_id: int, author: Author) -> None:
    found = session.execute(
        sa.select(Ticket.id, sa.func.min(SharedKey.shared_id))
        .join(Component, _of_ticket(Component, Ticket))
        .join(SharedKey, SharedKey.key == Component.shared_key)
        .where(Ticket.platform_id == platform_id, _loose(Ticket))
        .group_by(Ticket.id)
    )
    joining: dict[int, list[int]] = defaultdict(list)
    for ticket_id, shared_id in found:
        joining[shared_id].append(ticket_id)
    _add_children(session, author, "joined", joining)


def _join_new(session: Session, platform_id: int, author: Author) -> None:
    mine, theirs = aliased(Component), aliased(Component)
    ticket, other = aliased(Ticket), aliased(Ticket)
    pairs = session.execute(
        sa.select(ticket.id, other.id)
        .join(mine, _of_ticket(mine, ticket))
        .join(theirs, theirs.shared_key == mine.shared_key)
        .join(other, _of_ticket(theirs, other))
        .join(Platform, Platform.id == other.platform_id)
        .where(ticket.platform_id == platform_id, other.platform_id != platform_id)
        .where(_loose(ticket), _loose(other), shares())
    )
    found = groups((one, another) for one, another in pairs)
    oldest = _tickets(session, [group[0] for group in found])
    parents = [_parent(oldest[group[0]]) for group in found]
    session.add_all(parents)
    session.flush()
    _add_children(session, author, "opened", {parent.id: group for parent, group in zip(parents, found, strict=True)})


def _learn_keys(session: Session, platform_id: int) -> None:
    """Every key of a parent's children, so that a platform joins by whichever of them it has."""
    here = (
        sa.select(SharedChild.shared_id)
        .join(Ticket, Ticket.id == SharedChild.ticket_id)
        .where(Ticket.platform_id == platform_id)
    )
    keys = (
        sa.select(Component.shared_key, sa.func.min(SharedChild.shared_id))
        .join(SharedChild, SharedChild.ticket_id == Component.ticket_id)
        .where(SharedChild.separated_at.is_(None), SharedChild.shared_id.in_(here), ~Component.platform_check)
        .group_by(Component.shared_key)
    )
    session.execute(insert_into(session, SharedKey).from_select(["key", "shared_id"], keys).on_conflict_do_nothing())


def _add_children(session: Session, author: Author, kind: str, joining: Mapping[int, Sequence[int]]) -> None:
    rows = [{"ticket_id": ticket, "shared_id": parent} for parent, tickets in joining.items() for ticket in tickets]
    if rows:
        session.execute(sa.insert(SharedChild), rows)
    for shared_id, ticket_ids in joining.items():
        history.write(session, shared_id, author, kind, tickets=ticket_ids)


def _of_ticket(component: type[Component], ticket: type[Ticket]) -> sa.ColumnElement[bool]:
    """What all pages of a platform show together (two pages with one title) is its own, and never shared."""
    return sa.and_(component.ticket_id == ticket.id, ~component.platform_check)


def _loose(ticket: type[Ticket]) -> sa.ColumnElement[bool]:
    """Unfinished and with no parent; a person who separated it is followed."""
    child = sa.select(SharedChild.ticket_id).where(SharedChild.ticket_id == ticket.id)
    return sa.and_(ticket.state.not_in([state.value for state in ENDED]), ~child.exists())


def _tickets(session: Session, ticket_ids: Iterable[int]) -> dict[int, Ticket]:
    return {ticket.id: ticket for ticket in session.scalars(sa.select(Ticket).where(Ticket.id.in_(list(ticket_ids))))}


def _parent(ticket: Ticket) -> SharedComponent:
    now = clock.now()
    return SharedComponent(
        title=ticket.title, rule=ticket.rule, criteria=ticket.criteria, created_at=now, updated_at=now
    )
