"""Folds an audit's findings into components: one row a problem, with its newest example."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from accessibility.engine.finding import Impact, Outcome
from accessibility.engine.shared_key import shared_key
from accessibility.ledger.audits.models import AuditFinding, AuditRow
from accessibility.ledger.insert import insert_into
from accessibility.ledger.platforms.models import Platform
from accessibility.ledger.tickets.closing import Closing, looked_at
from accessibility.ledger.tickets.models import Component

CHUNK = 200
IMPACTS = list(Impact)  # by rank


def fold_components(session: Session, closing: Closing) -> None:
    """Every component seen gets this audit's first example, of a failure if there is one, and its worst impact."""
    failed = AuditFinding.outcome == Outcome.FAILED.value
    order = (sa.case((failed, 0), else_=1), AuditRow.position, AuditFinding.id)
    ranked = (
        sa.select(
            AuditFinding.id,
            AuditRow.position,
            sa.func.row_number().over(partition_by=AuditFinding.component, order_by=order).label("place"),
            sa.func.max(AuditFinding.evidence).over(partition_by=AuditFinding.component).label("evidence"),
            sa.func.coalesce(
                sa.func.min(sa.case((failed, AuditFinding.impact_rank))).over(partition_by=AuditFinding.component),
                sa.func.min(AuditFinding.impact_rank).over(partition_by=AuditFinding.component),
            ).label("impact_rank"),
        )
        .join(AuditRow, AuditRow.id == AuditFinding.row_id)
        .where(AuditFinding.audit_id == closing.audit_id, looked_at())
        .subquery()
    )
    examples = (
        sa.select(
            AuditFinding.component,
            AuditFinding.platform_check,
            AuditFinding.finding,
            ranked.c.evidence,
            ranked.c.impact_rank,
        )
        .join(ranked, ranked.c.id == AuditFinding.id)
        .where(ranked.c.place == 1)
        .order_by(ranked.c.position, AuditFinding.id)  # by the plan, in whatever order pages were finished
    )
    platform = session.scalars(sa.select(Platform.name).where(Platform.id == closing.platform_id)).one()
    for chunk in session.execute(examples).partitions(CHUNK):
        _store_components(session, closing, platform, list(chunk))


def _store_components(
    session: Session, closing: Closing, platform: str, examples: list[sa.Row[tuple[object, ...]]]
) -> None:
    insert = insert_into(session, Component)
    new = insert.excluded
    columns = ("shared_key", "check", "rule", "criteria", "impact", "finding", "platform_check")
    statement = insert.on_conflict_do_update(
        index_elements=["platform_id", "key"],
        set_={name: new[name] for name in columns}
        | {"evidence": sa.case((Component.evidence == "", new["evidence"]), else_=Component.evidence)},
        where=sa.or_(
            Component.finding != new["finding"],
            Component.shared_key != new["shared_key"],
            Component.impact != new["impact"],
            sa.and_(Component.evidence == "", new["evidence"] != ""),
        ),
    )
    session.execute(
        statement,
        [
            {
                "platform_id": closing.platform_id,
                "key": example.component,
                "shared_key": shared_key(example.component, example.finding.get("described", ""), platform),
                "check": example.finding["check"],
                "rule": example.finding["rule"],
                "criteria": example.finding["criteria"],
                "impact": IMPACTS[example.impact_rank].value,
                "finding": example.finding,
                "platform_check": example.platform_check,
                "evidence": example.evidence,
                "first": closing.number,
            }
            for example in examples
        ],
    )
