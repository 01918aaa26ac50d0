"""How often in a row an audit has cost its worker: one that always does must not be tried for ever."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from accessibility.ledger.audits.models import Audit, AuditRow
from core import clock

MOST = 3


def begin(session: Session, audit: Audit) -> None:
    """Count the worker that has just taken the audit. Those before it count only if they finished no row since."""
    audit.attempts = 1 if _finished_a_row(session, audit) else audit.attempts + 1
    audit.taken_at = clock.now()
    session.flush()


def _finished_a_row(session: Session, audit: Audit) -> bool:
    if audit.taken_at is None:
        return False
    rows = sa.select(AuditRow.id).where(AuditRow.audit_id == audit.id, AuditRow.done_at >= audit.taken_at)
    return bool(session.scalar(sa.select(rows.exists())))


def forgive(session: Session, audit: Audit) -> None:
    """The worker was stopped on purpose: that was no fault of the audit."""
    audit.attempts = max(0, audit.attempts - 1)
    session.flush()


def exhausted(audit: Audit) -> bool:
    """True when the workers before the present one were lost so often that this one must not begin."""
    return audit.attempts > MOST
