"""What is told of: noted in the transaction in which it happens, with a message for every recipient.

The facts of an occasion are those of its moment: `audit` (number), `roles` whose login broke, `planned` and `audited`
rows, `floor`, `tickets` as a list of number, title and due date, the first `LISTED` of `count`.
"""

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy.orm import Session

from accessibility.engine.platform import PlatformSettings
from accessibility.ledger.alerts import outbox, queries
from accessibility.ledger.alerts.models import Occasion, OverdueNotice
from accessibility.ledger.alerts.rules import Kind
from accessibility.ledger.audits.models import RECHECK, Audit
from accessibility.ledger.audits.rules import Held
from accessibility.ledger.insert import insert_into
from accessibility.ledger.platforms.models import Platform
from accessibility.ledger.tickets.models import Ticket
from core import clock, mail

LISTED = 10


def note(session: Session, key: str, kind: Kind, platform_id: int, facts: dict[str, Any]) -> Occasion | None:
    """An occasion and its messages; None when the key is known already."""
    values = {"key": key, "kind": kind.value, "platform_id": platform_id, "at": clock.now(), "facts": facts}
    once = insert_into(session, Occasion).values(**values).on_conflict_do_nothing().returning(Occasion.id)
    added = session.execute(once).scalar_one_or_none()
    if added is None:
        return None
    occasion = session.get_one(Occasion, added)
    platform = session.get_one(Platform, platform_id)
    if mail.is_set_up():
        for person, pace in queries.readers(session, platform, occasion.kind):
            outbox.tell_person(session, occasion, person.id, pace)
    for webhook in queries.webhooks(session, platform_id):
        if occasion.kind in webhook.kinds:
            outbox.tell_webhook(session, occasion, webhook.id)
    return occasion


def audit_failed(session: Session, audit: Audit) -> None:
    """A night that came to nothing. Why stands in the audit only: an error's text may hold what no mail should.

    Whoever asked for a re-check sees for themselves what came of it.
    """
    if audit.kind == RECHECK:
        return
    note(session, f"{Kind.NIGHT_FAILED}: audit {audit.id}", Kind.NIGHT_FAILED, audit.platform_id, _of(audit))


def audit_ended(session: Session, audit: Audit) -> None:
    """What a night that ended gives cause to tell; a re-check has no coverage that could be too low."""
    facts = _of(audit)
    if audit.held == Held.LOGIN:
        roles = {"roles": list(audit.held_roles)}
        note(session, f"{Kind.LOGIN_BROKE}: audit {audit.id}", Kind.LOGIN_BROKE, audit.platform_id, facts | roles)
    if not audit.floor_met and audit.kind != RECHECK:
        floor = audit.settings.get("coverage_floor", PlatformSettings.model_fields["coverage_floor"].default)
        covered = {"planned": audit.planned, "audited": audit.audited, "floor": float(floor)}
        note(session, f"{Kind.COVERAGE_LOW}: audit {audit.id}", Kind.COVERAGE_LOW, audit.platform_id, facts | covered)
    critical = queries.new_critical(session, audit.platform_id, audit.number)
    if critical:
        listed = facts | _listed(critical)
        note(session, f"{Kind.CRITICAL_NEW}: audit {audit.id}", Kind.CRITICAL_NEW, audit.platform_id, listed)


def tickets_overdue(session: Session, today: date) -> int:
    """Tell once of every due date that has passed: one occasion a platform, however many tickets. How many tickets."""
    found = queries.newly_overdue(session, today)
    for platform_id, group in groupby(found, key=lambda ticket: ticket.platform_id):
        tickets = list(group)
        session.add_all(OverdueNotice(ticket_id=ticket.id, due=ticket.due) for ticket in tickets)
        key = f"{Kind.OVERDUE}: platform {platform_id}, ticket {tickets[0].id} due {tickets[0].due}"
        note(session, key, Kind.OVERDUE, platform_id, _listed(tickets))
    return len(found)


def _of(audit: Audit) -> dict[str, Any]:
    return {"audit": audit.number}


def _listed(tickets: Sequence[Ticket]) -> dict[str, Any]:
    shown = [
        {
            "number": ticket.number,
            "rule": ticket.rule,
            "title": ticket.title,
            "due": ticket.due.isoformat() if ticket.due else None,
        }
        for ticket in tickets[:LISTED]
    ]
    return {"tickets": shown, "count": len(tickets)}
