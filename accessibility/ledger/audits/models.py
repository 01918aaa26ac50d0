"""Tables of audits: the audit itself, its work rows while it runs, and the intervals that remain of them.

While an audit runs, `audit_row`, `audit_finding` and `audit_declined` hold its work. When it ends, they are folded
into intervals (`page_interval`, and `occurrence` in the tickets folder) and deleted: the database grows with change,
not with nights.
"""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, Json


class Audit(Base):
    """One run over one platform.

    `state`: queued, running, done, failed, cancelled. `number` counts a platform's audits from 1 in the order of their
    making; intervals are expressed in it. `floor_met` says whether the coverage reached the platform's floor. The
    counts (new, gone, reopened, verified, review) are those of the night as it ended.
    """

    __tablename__ = "audit"
    __table_args__ = (
        sa.UniqueConstraint("platform_id", "number"),
        sa.Index("ix_audit_platform_state", "platform_id", "state"),
        sa.Index(  # at most one unfinished audit per platform
            "uq_audit_unfinished",
            "platform_id",
            unique=True,
            sqlite_where=sa.text("state IN ('queued', 'running')"),
            postgresql_where=sa.text("state IN ('queued', 'running')"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    platform_id: Mapped[int] = mapped_column(sa.ForeignKey("platform.id"))
    number: Mapped[int]
    state: Mapped[str] = mapped_column(sa.String(12), default="queued")
    trigger: Mapped[str] = mapped_column(sa.String(20))  # "schedule" or "by hand"
    requested_by: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    job_run_id: Mapped[int | None] = mapped_column(sa.ForeignKey("job_run.id"))
    settings: Mapped[dict[str, Any]]  # the platform's settings as they were, no secrets
    engines: Mapped[dict[str, Any]]  # name -> version, e.g. {"axe-core": "4.14.1", "campus": "0.1.0"}
    queued_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    waves: Mapped[int] = mapped_column(default=0)
    lease_owner: Mapped[str] = mapped_column(sa.String(120), default="")
    lease_until: Mapped[datetime | None]
    taken_at: Mapped[datetime | None]  # when the present or last worker took it
    attempts: Mapped[int] = mapped_column(default=0)  # workers in a row that took it and finished no row
    error: Mapped[str] = mapped_column(sa.Text, default="")
    # results, set when it ends
    planned: Mapped[int] = mapped_column(default=0)
    audited: Mapped[int] = mapped_column(default=0)
    not_covered: Mapped[dict[str, Any]] = mapped_column(default=dict)  # reason -> rows
    not_planned: Mapped[dict[str, Any]] = mapped_column(default=dict)  # reason -> rows or addresses
    floor_met: Mapped[bool] = mapped_column(default=False)
    score: Mapped[float | None]
    score_version: Mapped[int | None]
    worst_tenth: Mapped[float | None]
    clean_share: Mapped[float | None]
    failed: Mapped[int] = mapped_column(default=0)  # components with an open failure
    new: Mapped[int] = mapped_column(default=0)
    new_critical: Mapped[int] = mapped_column(default=0)
    gone: Mapped[int] = mapped_column(default=0)  # problems no longer seen, proven once or more
    reopened: Mapped[int] = mapped_column(default=0)
    verified: Mapped[int] = mapped_column(default=0)
    review: Mapped[int] = mapped_column(default=0)


class Page(Base):
    """An address of a platform, as normalised by the crawl."""

    __tablename__ = "page"
    __table_args__ = (sa.UniqueConstraint("platform_id", "url"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    platform_id: Mapped[int] = mapped_column(sa.ForeignKey("platform.id"))
    url: Mapped[str] = mapped_column(sa.Text)
    title: Mapped[str] = mapped_column(sa.Text, default="")


class PageInterval(Base):
    """A row (page, role, viewport) had this state and reason from audit number `first` to number `last`."""

    __tablename__ = "page_interval"
    __table_args__ = (
        sa.Index("ix_page_interval_row", "page_id", "role", "viewport", "last"),
        sa.Index("ix_page_interval_platform_last", "platform_id", "last", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    platform_id: Mapped[int] = mapped_column(sa.ForeignKey("platform.id"))
    page_id: Mapped[int] = mapped_column(sa.ForeignKey("page.id"))
    role: Mapped[str] = mapped_column(sa.String(40))
    viewport: Mapped[str] = mapped_column(sa.String(30))
    state: Mapped[str] = mapped_column(sa.String(16))
    reason: Mapped[str] = mapped_column(sa.String(40), default="")
    detail: Mapped[str] = mapped_column(sa.Text, default="")
    first: Mapped[int]
    last: Mapped[int]


class AuditRow(Base):
    """A row of a running audit's work list."""

    __tablename__ = "audit_row"
    __table_args__ = (
        sa.UniqueConstraint("audit_id", "page_id", "role", "viewport"),
        sa.Index("ix_audit_row_state", "audit_id", "state", "position"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    audit_id: Mapped[int] = mapped_column(sa.ForeignKey("audit.id", ondelete="CASCADE"))
    page_id: Mapped[int] = mapped_column(sa.ForeignKey("page.id"))
    role: Mapped[str] = mapped_column(sa.String(40))
    viewport: Mapped[str] = mapped_column(sa.String(30))
    depth: Mapped[int]
    position: Mapped[int]
    source: Mapped[str] = mapped_column(sa.String(12))
    state: Mapped[str] = mapped_column(sa.String(16))
    reason: Mapped[str] = mapped_column(sa.String(40), default="")
    detail: Mapped[str] = mapped_column(sa.Text, default="")
    facts: Mapped[Any | None] = mapped_column(Json)  # PageFacts
    rules: Mapped[Any | None] = mapped_column(Json)  # list of [check, rule, impact, outcome]
    states: Mapped[Any | None] = mapped_column(Json)  # list of state names audited in full
    done_at: Mapped[datetime | None]


class AuditFinding(Base):
    """A finding of a running audit. `row_id` is null-free; `platform_check` marks those of the last step."""

    __tablename__ = "audit_finding"

    id: Mapped[int] = mapped_column(primary_key=True)
    audit_id: Mapped[int] = mapped_column(sa.ForeignKey("audit.id", ondelete="CASCADE"), index=True)
    row_id: Mapped[int] = mapped_column(sa.ForeignKey("audit_row.id", ondelete="CASCADE"), index=True)
    component: Mapped[str] = mapped_column(sa.String(64))
    state: Mapped[str] = mapped_column(sa.String(60))
    outcome: Mapped[str] = mapped_column(sa.String(16))
    platform_check: Mapped[bool] = mapped_column(default=False)
    finding: Mapped[dict[str, Any]]  # Finding as JSON


class AuditDeclined(Base):
    """An address seen in a running audit that is not in its plan."""

    __tablename__ = "audit_declined"
    __table_args__ = (sa.UniqueConstraint("audit_id", "role", "url"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    audit_id: Mapped[int] = mapped_column(sa.ForeignKey("audit.id", ondelete="CASCADE"))
    role: Mapped[str] = mapped_column(sa.String(40))
    url: Mapped[str] = mapped_column(sa.Text)
    reason: Mapped[str] = mapped_column(sa.String(40))
