"""What a list shows of a ticket at a glance: what is wrong, where, and how to recognise it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from accessibility.engine import wcag
from accessibility.ledger.audits.nights import Places, places
from accessibility.ledger.tickets.models import Component, Ticket
from accessibility.ledger.tickets.queries import components_of
from api.finding_words import Said, said
from core.i18n import gettext as _

NOWHERE = Places()


@dataclass(frozen=True, slots=True)
class Card:
    """A ticket's words. `element` tells apart tickets of the same rule; `picture` is a hash or empty."""

    title: Said
    detail: Said
    element: str
    criteria: tuple[str, ...]
    picture: str
    places: Places


def cards(session: Session, tickets: Sequence[Ticket]) -> dict[int, Card]:
    """Ticket's id to its card, with two statements for all of them."""
    ids = [ticket.id for ticket in tickets]
    found = places(session, tickets) if tickets else {}
    components = components_of(session, ids)
    return {ticket.id: card(ticket, components.get(ticket.id, []), found.get(ticket.id, NOWHERE)) for ticket in tickets}


def card(ticket: Ticket, components: Sequence[Component], where: Places = NOWHERE) -> Card:
    """The card of one ticket; the newest of its components comes last."""
    finding: dict[str, Any] = components[-1].finding if components else {}
    title, _rest = said(ticket.rule, ticket.title)
    _title, detail = said(ticket.rule, str(finding.get("message", ticket.title)))
    picture = next((one.evidence for one in reversed(components) if one.evidence), "")
    criteria = tuple(wcag.title(number) for number in ticket.criteria)
    return Card(title, detail, element(finding), criteria, picture, where)


def element(finding: dict[str, Any]) -> str:
    """How a person recognises the element: by its name, else by its selector."""
    name = str(finding.get("name") or "").strip()
    return _("“%(name)s”", name=name[:80]) if name else str(finding.get("selector") or "")[:120]
