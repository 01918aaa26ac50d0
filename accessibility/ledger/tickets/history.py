"""How every change of a ticket is written: the ticket itself, its history and the trail, in one transaction.

Kinds of history: "opened", "state", "assignee", "due", "impact", "exception", "component" (one more key of the same
problem), "shared" (joined to the same problem on other platforms, or separated from it), "comment", "undo".
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from accessibility.ledger.platforms.models import Platform
from accessibility.ledger.tickets.models import Ticket, TicketEvent
from core import clock, trail
from core.errors import NotFound
from core.people import access
from core.people.models import Person


@dataclass(frozen=True, slots=True)
class Author:
    """Who changes a ticket. `actor` is the trail's name: "person:3", "token:7", "audit:12", "clock".

    A person has `roles` on every platform, and by a platform's name those held there alone.
    """

    actor: str
    person_id: int | None = None
    audit_id: int | None = None
    roles: Collection[str] = ()
    roles_there: Mapping[str, Collection[str]] = field(default_factory=dict)

    def roles_on(self, platform: Platform, missing: str) -> frozenset[str]:
        """The roles that count on this platform. Who has none must not learn of it: `NotFound` with these words."""
        found = frozenset(self.roles).union(self.roles_there.get(platform.slug, ()))
        if not found:
            raise NotFound(missing)
        return found


CLOCK = Author("clock")


def person(somebody: Person, actor: str = "") -> Author:
    """A person, or a token of theirs when `actor` names it."""
    there = {grant.platform_slug: access.roles_on(somebody, grant.platform_slug) for grant in somebody.grants}
    name = actor or f"person:{somebody.id}"
    return Author(name, person_id=somebody.id, roles=tuple(somebody.roles), roles_there=there)


def audit(audit_id: int) -> Author:
    """An audit at its end."""
    return Author(f"audit:{audit_id}", audit_id=audit_id)


def change(
    session: Session,
    ticket: Ticket,
    author: Author,
    kind: str,
    text: str = "",
    *,
    beside: dict[str, Any] | None = None,
    **values: Any,
) -> None:
    """Set the columns in `values` and write down what they were; what is so already is not written.

    `beside` is told with what changed: where the step came from.
    """
    changed = {name: value for name, value in values.items() if getattr(ticket, name) != value}
    if not changed:
        return
    before = {name: _json(getattr(ticket, name)) for name in changed}
    for name, value in changed.items():
        setattr(ticket, name, value)
    after = {name: _json(value) for name, value in changed.items()} | (beside or {})
    write(session, ticket, author, kind, text, before, after)


def write(
    session: Session,
    ticket: Ticket,
    author: Author,
    kind: str,
    text: str = "",
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    """One line of the ticket's history, and of the trail."""
    ticket.updated_at = clock.now()
    note(session, ticket.id, author, kind, text, before, after)


def note(
    session: Session,
    ticket_id: int,
    author: Author,
    kind: str,
    text: str = "",
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    """The same for what happens around a ticket and makes no new version of it."""
    session.add(
        TicketEvent(
            ticket_id=ticket_id,
            at=clock.now(),
            person_id=author.person_id,
            audit_id=author.audit_id,
            kind=kind,
            text=text,
            before=before,
            after=after,
        )
    )
    trail.record(session, author.actor, f"ticket.{kind}", "ticket", ticket_id, before=before, after=after)


def _json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value


def from_json(name: str, value: Any) -> Any:
    """A column's value as it was, from what the history holds."""
    if value is None:
        return None
    column = Ticket.__table__.c[name].type.python_type
    if column is date:
        return date.fromisoformat(value)
    return datetime.fromisoformat(value) if column is datetime else value
