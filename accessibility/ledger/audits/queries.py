"""What is shown of audits: one with its coverage, its progress while it runs, and a platform's nights over time."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from accessibility.engine.page import RowState
from accessibility.ledger.audits.actions import UNFINISHED
from accessibility.ledger.audits.closed_nights import closed_nights
from accessibility.ledger.audits.models import NIGHT, RECHECK, Audit, AuditRow, Page, PageInterval
from core.errors import NotFound
from core.i18n import gettext as _

PAGE_SIZE = 50
NIGHTS = 365


@dataclass(frozen=True, slots=True)
class CoverageCount:
    """How many rows of an audit had this state and reason ("" for none)."""

    state: RowState
    reason: str
    rows: int


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """A page in one role and viewport. `since` is the number of the audit from which on it has been so."""

    url: str
    title: str
    role: str
    viewport: str
    state: RowState
    reason: str
    detail: str
    since: int


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a running audit is: rows done, rows planned so far, and the address finished last."""

    done: int
    planned: int
    url: str

    @property
    def share(self) -> float:
        """0 to 1."""
        return self.done / self.planned if self.planned else 0.0


@dataclass(frozen=True, slots=True)
class NightPoint:
    """One audit in a series. `score` and `worst_tenth` are None where none was given; `coverage` is a share, 0 to 1."""

    audit_id: int
    number: int
    ended_at: datetime
    score: float | None
    failed: int
    coverage: float
    worst_tenth: float | None
    review: int


def audit_by_id(session: Session, audit_id: int) -> Audit:
    """One audit. `NotFound` when there is none."""
    audit = session.get(Audit, audit_id)
    if audit is None:
        raise NotFound(_("There is no such audit."))
    return audit


def audit_by_number(session: Session, platform_id: int, number: int) -> Audit:
    """One audit of a platform. `NotFound` when there is none."""
    audit = session.scalar(sa.select(Audit).where(Audit.platform_id == platform_id, Audit.number == number))
    if audit is None:
        raise NotFound(_("There is no such audit."))
    return audit


def audits_of(
    session: Session, platform_id: int, *, offset: int = 0, limit: int = PAGE_SIZE
) -> tuple[list[Audit], int]:
    """A platform's audits, newest first, and how many there are in all. Re-checks are no audits of the platform."""
    mine = sa.select(Audit).where(Audit.platform_id == platform_id, Audit.kind == NIGHT)
    total = session.scalar(sa.select(sa.func.count()).select_from(mine.subquery())) or 0
    return list(session.scalars(mine.order_by(Audit.number.desc()).offset(offset).limit(limit))), total


def coverage_counts(session: Session, audit: Audit) -> list[CoverageCount]:
    """Rows by state and reason, of a running audit as of now. Failed and cancelled audits have none."""
    rows = _rows(audit)
    table = rows.selected_columns
    found = session.execute(
        rows.with_only_columns(table.state, table.reason, sa.func.count().label("rows"))
        .group_by(table.state, table.reason)
        .order_by(table.state, table.reason)
    )
    return [CoverageCount(RowState(row.state), row.reason, row.rows) for row in found]


def coverage_rows(
    session: Session,
    audit: Audit,
    *,
    state: RowState | None = None,
    reason: str = "",
    role: str = "",
    viewport: str = "",
    offset: int = 0,
    limit: int = PAGE_SIZE,
) -> tuple[list[CoverageRow], int]:
    """Rows with these values, by address, and how many there are in all; "" and None want all."""
    rows = _rows(audit)
    table = rows.selected_columns
    wanted = {"state": state.value if state else "", "reason": reason, "role": role, "viewport": viewport}
    rows = rows.where(*(table[name] == value for name, value in wanted.items() if value))
    total = session.scalar(rows.with_only_columns(sa.func.count())) or 0
    page = rows.order_by(Page.url, table.role, table.viewport, Page.id).offset(offset).limit(limit)
    return [_coverage_row(row) for row in session.execute(page)], total


def _coverage_row(row: Any) -> CoverageRow:
    return CoverageRow(
        row.url, row.title, row.role, row.viewport, RowState(row.state), row.reason, row.detail, row.since
    )


def _rows(audit: Audit) -> sa.Select[*tuple[Any, ...]]:
    """An audit's rows: its work rows while it runs, the intervals it lies in afterwards."""
    table: type[AuditRow] | type[PageInterval]
    if audit.state in UNFINISHED or audit.kind == RECHECK:
        table = AuditRow
        since: sa.ColumnElement[int] = sa.literal(audit.number)
        condition = AuditRow.audit_id == audit.id
    else:
        table = PageInterval
        since = PageInterval.first.expression
        lies_in = sa.and_(PageInterval.first <= audit.number, PageInterval.last >= audit.number)
        done = sa.true() if audit.state == "done" else sa.false()
        condition = sa.and_(PageInterval.platform_id == audit.platform_id, lies_in, done)
    columns = (table.role, table.viewport, table.state, table.reason, table.detail)
    rows = sa.select(Page.url, Page.title, *columns, since.label("since"))
    return rows.join_from(table, Page, Page.id == table.page_id).where(condition)


def progress(session: Session, audit_id: int) -> Progress:
    """How far an audit is that runs."""
    mine = AuditRow.audit_id == audit_id
    pending = sa.func.sum(sa.case((AuditRow.state == RowState.PENDING.value, 1), else_=0))
    planned, left = session.execute(sa.select(sa.func.count(), pending).where(mine)).one()
    last = (
        sa.select(Page.url)
        .join(AuditRow, AuditRow.page_id == Page.id)
        .where(mine, AuditRow.done_at.is_not(None))
        .order_by(AuditRow.done_at.desc(), AuditRow.id.desc())
        .limit(1)
    )
    return Progress(planned - int(left or 0), planned, session.scalar(last) or "")


def series(session: Session, platform_id: int, nights: int = NIGHTS) -> list[NightPoint]:
    """The platform's last closed nights, oldest first, for a chart and its table."""
    columns = (Audit.id, Audit.number, Audit.ended_at, Audit.score, Audit.failed, Audit.worst_tenth, Audit.review)
    found = session.execute(
        sa.select(*columns, Audit.planned, Audit.audited)
        .where(closed_nights(platform_id))
        .order_by(Audit.number.desc())
        .limit(nights)
    ).all()
    return [_night_point(row) for row in reversed(found)]


def _night_point(row: Any) -> NightPoint:
    coverage = row.audited / row.planned if row.planned else 0.0
    return NightPoint(row.id, row.number, row.ended_at, row.score, row.failed, coverage, row.worst_tenth, row.review)
