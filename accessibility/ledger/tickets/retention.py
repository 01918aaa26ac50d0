"""How long pictures of problems are kept: a person can be seen on one, so they do not stay for ever."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from accessibility.ledger.audits.models import Audit, AuditFinding
from accessibility.ledger.tickets.models import Component, Occurrence


def forget_pictures(session: Session, ended_before: datetime) -> int:
    """Take the picture from every component whose last occurrence ended before the instant; how many."""
    ending = sa.and_(Audit.platform_id == Occurrence.platform_id, Audit.number == Occurrence.ended)
    recent = (
        sa.select(Occurrence.id)
        .outerjoin(Audit, ending)
        .where(
            Occurrence.component_id == Component.id,
            sa.or_(Occurrence.ended.is_(None), Audit.ended_at >= ended_before),
        )
    )
    old = sa.update(Component).where(Component.evidence != "", ~recent.exists())
    changed = old.values(evidence="").returning(Component.id).execution_options(synchronize_session=False)
    return len(session.execute(changed).all())


def pictures_in_use(session: Session) -> set[str]:
    """The hashes of all pictures that a component or a running audit refers to."""
    used: set[str] = set()
    for column in (Component.evidence, AuditFinding.evidence):
        used.update(session.scalars(sa.select(column).where(column != "").distinct()))
    return used
