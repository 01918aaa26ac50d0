"""What a list shows of a ticket at a glance: what is wrong, where, and how to recognise it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from accessibility.engine import wcag
from accessibility.ledger.audits.nights import Places, places
from accessibility.ledger.tickets.models import Component, Ticket
from api.accessibility_words import headline

NOWHERE = Places()


@dataclass(frozen=True, slots=True)
class Card:
    """A ticket's words. `element` tells apart tickets of the same rule; `picture` is a hash or empty."""

    title: str
    detail: str
    element: str
    criteria: tuple[str, ...]
    picture: str
    places: Places


def card(ticket: Ticket, where: Places = NOWHERE) -> Card:
    """The card of one ticket, whose components are loaded."""
    newest = newest_component(ticket)
    finding: dict[str, Any] = newest.finding if newest else {}
    title, _rest = headline(ticket.title)
    _title, detail = headline(str(finding.get("message", ticket.title)))
    picture = next((one.evidence for one in reversed(ticket.components) if one.evidence), "")
    criteria = tuple(wcag.title(number) for number in ticket.criteria)
    return Card(title, detail, element(finding), criteria, picture, where)


def cards(session: Session, tickets: Sequence[Ticket]) -> dict[int, Card]:
    """Ticket's id to its card, with one statement for the places of all."""
    found = places(session, tickets) if tickets else {}
    return {ticket.id: card(ticket, found.get(ticket.id, NOWHERE)) for ticket in tickets}


def newest_component(ticket: Ticket) -> Component | None:
    """The component that carries the newest example."""
    return max(ticket.components, key=lambda one: (one.first, one.id), default=None)


def element(finding: dict[str, Any]) -> str:
    """How a person recognises the element: by its name, else by its selector."""
    name = str(finding.get("name") or "").strip()
    return f"“{name[:80]}”" if name else str(finding.get("selector") or "")[:120]
