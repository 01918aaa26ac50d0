"""At an audit's end: components whose key moved join the ticket of their old name. The decision is in `moves.py`."""

from collections import defaultdict
from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from accessibility.engine.finding import Outcome
from accessibility.ledger.tickets.closing import Closing
from accessibility.ledger.tickets.history import Author, write
from accessibility.ledger.tickets.models import Component, Occurrence, Ticket
from accessibility.ledger.tickets.moves import Sighting, moves


def join_moved(session: Session, closing: Closing, author: Author) -> None:
    """Give moved components the ticket of the old one, whose occurrences at the same places end as moved."""
    appeared = _components(session, _appeared(closing))
    vanished = _components(session, _vanished(closing))
    rules = {(c.check, c.rule) for c in appeared} & {(c.check, c.rule) for c in vanished}
    if not rules:
        return
    known = {component.id: component for component in appeared + vanished}
    found = moves(_sightings(session, appeared, rules), _sightings(session, vanished, rules))
    for new_id, old_id in found.items():
        _join(session, closing, author, known[new_id], known[old_id])


def _join(session: Session, closing: Closing, author: Author, new: Component, old: Component) -> None:
    new.ticket_id = old.ticket_id
    successor = aliased(Occurrence)
    same_place = sa.select(successor.id).where(
        successor.component_id == new.id,
        successor.last == closing.number,
        successor.page_id == Occurrence.page_id,
        successor.role == Occurrence.role,
        successor.viewport == Occurrence.viewport,
        successor.state == Occurrence.state,
    )
    session.execute(
        sa.update(Occurrence)
        .where(Occurrence.component_id == old.id, Occurrence.ended.is_(None), same_place.exists())
        .values(ended=closing.number, moved=True)
        .execution_options(synchronize_session=False)
    )
    ticket = session.get_one(Ticket, old.ticket_id)
    write(session, ticket, author, "component", before={"component": old.key}, after={"component": new.key})


def _components(session: Session, condition: sa.ColumnElement[bool]) -> list[Component]:
    return list(session.scalars(sa.select(Component).where(condition).order_by(Component.id)))


def _appeared(closing: Closing) -> sa.ColumnElement[bool]:
    """Seen in this audit for the first time, failed."""
    failed = sa.select(Occurrence.id).where(
        Occurrence.component_id == Component.id,
        Occurrence.last == closing.number,
        Occurrence.outcome == Outcome.FAILED.value,
    )
    return sa.and_(
        Component.platform_id == closing.platform_id,
        Component.first == closing.number,
        Component.ticket_id.is_(None),
        failed.exists(),
    )


def _vanished(closing: Closing) -> sa.ColumnElement[bool]:
    """With a ticket, and clean at every open place in this audit for the first time."""
    clean = (
        sa.select(Occurrence.component_id)
        .where(Occurrence.platform_id == closing.platform_id, Occurrence.ended.is_(None))
        .group_by(Occurrence.component_id)
        .having(sa.func.min(Occurrence.clean) == closing.number, sa.func.count(Occurrence.clean) == sa.func.count())
    )
    return sa.and_(
        Component.platform_id == closing.platform_id, Component.ticket_id.is_not(None), Component.id.in_(clean)
    )


def _sightings(session: Session, components: list[Component], rules: Collection[tuple[str, str]]) -> list[Sighting]:
    """The components of these (check, rule) with their open places."""
    wanted = [component for component in components if (component.check, component.rule) in rules]
    places: dict[int, set[tuple[int, str]]] = defaultdict(set)
    for component in wanted:
        open_places = sa.select(Occurrence.page_id, Occurrence.selector).where(
            Occurrence.component_id == component.id, Occurrence.ended.is_(None)
        )
        places[component.id].update((page, selector) for page, selector in session.execute(open_places))
    return [
        Sighting(
            component.id,
            component.check,
            component.rule,
            frozenset(places[component.id]),
            component.finding["html"],
            component.finding["name"],
        )
        for component in wanted
    ]
