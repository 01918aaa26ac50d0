"""How every change of a shared component is written: its history, that of the tickets concerned, and the trail."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from accessibility.ledger.shared.models import SharedEvent
from accessibility.ledger.tickets import history
from accessibility.ledger.tickets.history import Author
from core import clock, trail

OF_TICKETS = frozenset({"opened", "joined", "separated", "rejoined"})
"""Kinds that are told in the history of each ticket concerned, too."""


def write(
    session: Session,
    shared_id: int,
    author: Author,
    kind: str,
    text: str = "",
    *,
    tickets: Sequence[int] = (),
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    """One line of the component's history and of the trail; `tickets` are the numbers of the children concerned."""
    after = (after or {}) | ({"tickets": list(tickets)} if tickets else {}) or None
    session.add(
        SharedEvent(
            shared_id=shared_id,
            at=clock.now(),
            person_id=author.person_id,
            audit_id=author.audit_id,
            kind=kind,
            text=text,
            before=before,
            after=after,
        )
    )
    trail.record(session, author.actor, f"shared.{kind}", "shared_component", shared_id, before=before, after=after)
    if kind in OF_TICKETS:
        for ticket_id in tickets:
            history.note(session, ticket_id, author, "shared", text, after={"shared": shared_id, "how": kind})
