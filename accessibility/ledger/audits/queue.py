"""What workers look up: which audits wait for one, and what the next audit should know of the last."""

from collections import defaultdict

import sqlalchemy as sa
from sqlalchemy.orm import Session

from accessibility.engine.page import RowState
from accessibility.ledger.audits.actions import UNFINISHED
from accessibility.ledger.audits.closed_nights import last_number
from accessibility.ledger.audits.models import NIGHT, Audit, Page, PageInterval


def unfinished(session: Session) -> list[Audit]:
    """Audits that wait or run, the oldest first."""
    query = sa.select(Audit).where(Audit.state.in_(UNFINISHED)).order_by(Audit.queued_at, Audit.id)
    return list(session.scalars(query))


def unfinished_of(session: Session, platform_id: int) -> Audit | None:
    """The night of this platform that waits or runs; the database forbids a second one."""
    mine = sa.and_(Audit.platform_id == platform_id, Audit.kind == NIGHT, Audit.state.in_(UNFINISHED))
    return session.scalar(sa.select(Audit).where(mine))


def of_job_run(session: Session, job_run_id: int) -> Audit | None:
    """The audit that this run of a job queued."""
    return session.scalar(sa.select(Audit).where(Audit.job_run_id == job_run_id))


def known_pages(session: Session, platform_id: int) -> dict[str, list[str]]:
    """Role → addresses that were pages of the platform when its last finished night ended, sorted.

    Rows that turned out to be no pages (gone, redirected, doubles) are not among them.
    """
    query = (
        sa.select(PageInterval.role, Page.url)
        .join(Page, Page.id == PageInterval.page_id)
        .where(
            PageInterval.platform_id == platform_id,
            PageInterval.last == last_number(platform_id).scalar_subquery(),
            PageInterval.state != RowState.EXCLUDED.value,
        )
        .distinct()
        .order_by(PageInterval.role, Page.url)
    )
    known = defaultdict(list)
    for role, url in session.execute(query):
        known[role].append(url)
    return dict(known)
