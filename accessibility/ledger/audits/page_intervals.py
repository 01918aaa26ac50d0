"""Folds an audit's rows into intervals: a row that fared as last night only moves the end of its interval."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from accessibility.ledger.audits.models import AuditRow, PageInterval
from accessibility.ledger.tickets.closing import Closing


def fold_pages(session: Session, closing: Closing) -> None:
    """Two statements, whatever the number of rows."""
    goes_on = sa.select(AuditRow.id).where(
        AuditRow.audit_id == closing.audit_id,
        AuditRow.page_id == PageInterval.page_id,
        AuditRow.role == PageInterval.role,
        AuditRow.viewport == PageInterval.viewport,
        AuditRow.state == PageInterval.state,
        AuditRow.reason == PageInterval.reason,
        AuditRow.detail == PageInterval.detail,
    )
    session.execute(
        sa.update(PageInterval)
        .where(
            PageInterval.platform_id == closing.platform_id,
            PageInterval.last == closing.previous,
            goes_on.exists(),
        )
        .values(last=closing.number)
        .execution_options(synchronize_session=False)
    )
    has_interval = sa.select(PageInterval.id).where(
        PageInterval.page_id == AuditRow.page_id,
        PageInterval.role == AuditRow.role,
        PageInterval.viewport == AuditRow.viewport,
        PageInterval.last == closing.number,
    )
    new = sa.select(
        sa.literal(closing.platform_id),
        AuditRow.page_id,
        AuditRow.role,
        AuditRow.viewport,
        AuditRow.state,
        AuditRow.reason,
        AuditRow.detail,
        sa.literal(closing.number),
        sa.literal(closing.number),
    ).where(AuditRow.audit_id == closing.audit_id, ~has_interval.exists())
    columns = ["platform_id", "page_id", "role", "viewport", "state", "reason", "detail", "first", "last"]
    session.execute(sa.insert(PageInterval).from_select(columns, new))
