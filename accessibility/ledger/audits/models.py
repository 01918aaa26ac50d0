"""Tables of audits: the audit itself, its work rows while it runs, and the intervals that remain of them.

While an audit runs, `audit_row`, `audited_state`, `audit_finding` and `audit_declined` hold its work. When it ends,
they are folded into intervals (`page_interval`, and `occurrence` in the tickets folder) and deleted: the database grows
with change, not with nights.
"""

import hashlib
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from accessibility.engine.checks.rule import Profile
from core.database import Base, Json

NIGHT, RECHECK = "night", "re-check"


def url_digest(url: str) -> str:
    """What stands for an address in unique indexes: addresses come from outside and may be too long for one."""
    return hashlib.sha256(url.encode()).hexdigest()


def _digest_of_row(context: Any) -> str:
    return url_digest(context.get_current_parameters()["url"])


class Audit(Base):
    """One run over one platform.

    `kind`: "night" goes over the whole platform, "re-check" over a few rows of it that a person asked for.
    `profile`: which checks it runs, "standard" or "deep"; re-checks are deep, to prove what only deep checks find.
    `state`: queued, running, done, failed, cancelled. `number` counts a platform's audits from 1 in the order of their
    making; intervals are expressed in it. `floor_met` says whether the coverage reached the platform's floor. `held`
    says why the night changed no ticket ("" when it did its work); see `rules.py`. The counts (new to review) are those
    of the night as it ended.
    """

    __tablename__ = "audit"
    __table_args__ = (
        sa.UniqueConstraint("platform_id", "number"),
        sa.Index("ix_audit_platform_state", "platform_id", "state"),
        sa.Index(  # at most one unfinished night per platform
            "uq_audit_unfinished_night",
            "platform_id",
            unique=True,
            sqlite_where=sa.text("state IN ('queued', 'running') AND kind = 'night'"),
            postgresql_where=sa.text("state IN ('queued', 'running') AND kind = 'night'"),
        ),
        sa.Index(  # and one re-check that waits, which all who ask meanwhile join
            "uq_audit_waiting_recheck",
            "platform_id",
            unique=True,
            sqlite_where=sa.text("state = 'queued' AND kind = 're-check'"),
            postgresql_where=sa.text("state = 'queued' AND kind = 're-check'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    platform_id: Mapped[int] = mapped_column(sa.ForeignKey("platform.id"))
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(sa.String(12), default=NIGHT, server_default=NIGHT)
    state: Mapped[str] = mapped_column(sa.String(12), default="queued")
    trigger: Mapped[str] = mapped_column(sa.String(20))  # "schedule" or "by hand"
    requested_by: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    job_run_id: Mapped[int | None] = mapped_column(sa.ForeignKey("job_run.id"))
    profile: Mapped[str] = mapped_column(sa.String(10), default=Profile.STANDARD, server_default=Profile.STANDARD)
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
    held: Mapped[str] = mapped_column(sa.String(20), default="")
    held_roles: Mapped[list[str]] = mapped_column(default=list)  # the roles whose login broke
    score: Mapped[float | None]  # 0 to 100; none under the floor or on a held night
    score_version: Mapped[int | None]
    worst_tenth: Mapped[float | None]
    clean_share: Mapped[float | None]
    failed: Mapped[int] = mapped_column(default=0)  # components with an open failure
    new: Mapped[int] = mapped_column(default=0)  # tickets opened
    new_critical: Mapped[int] = mapped_column(default=0)
    gone: Mapped[int] = mapped_column(
        default=0
    )  # tickets whose problem was seen nowhere, this night for the first time
    reopened: Mapped[int] = mapped_column(default=0)
    verified: Mapped[int] = mapped_column(default=0)
    removed: Mapped[int] = mapped_column(default=0)  # tickets that ended because their pages are gone
    review: Mapped[int] = mapped_column(default=0)  # components that wait for a person's decision


class Page(Base):
    """An address of a platform, as normalised by the crawl."""

    __tablename__ = "page"
    __table_args__ = (sa.UniqueConstraint("platform_id", "digest"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    platform_id: Mapped[int] = mapped_column(sa.ForeignKey("platform.id"))
    url: Mapped[str] = mapped_column(sa.Text)
    digest: Mapped[str] = mapped_column(sa.String(64), default=_digest_of_row)
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
        sa.UniqueConstraint("audit_id", "position"),
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
    template: Mapped[str] = mapped_column(sa.String(64), default="")  # of the facts, at hand for the score
    facts: Mapped[Any | None] = mapped_column(Json)  # PageFacts
    rules: Mapped[Any | None] = mapped_column(Json)  # list of [check, rule, impact, outcome]
    done_at: Mapped[datetime | None]


class AuditedState(Base):
    """A state of a row's page that was audited in full: only there does absence prove anything."""

    __tablename__ = "audited_state"

    row_id: Mapped[int] = mapped_column(sa.ForeignKey("audit_row.id", ondelete="CASCADE"), primary_key=True)
    state: Mapped[str] = mapped_column(sa.String(60), primary_key=True)


class AuditFinding(Base):
    """A finding of a running audit. `platform_check` marks those of the last step, over all pages."""

    __tablename__ = "audit_finding"
    __table_args__ = (sa.Index("ix_audit_finding_component", "audit_id", "component"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    audit_id: Mapped[int] = mapped_column(sa.ForeignKey("audit.id", ondelete="CASCADE"))
    row_id: Mapped[int] = mapped_column(sa.ForeignKey("audit_row.id", ondelete="CASCADE"), index=True)
    component: Mapped[str] = mapped_column(sa.String(64))
    state: Mapped[str] = mapped_column(sa.String(60))
    outcome: Mapped[str] = mapped_column(sa.String(16))
    impact_rank: Mapped[int]  # 0 critical to 3 minor
    selector: Mapped[str] = mapped_column(sa.Text)  # frames joined by " > iframe > "
    evidence: Mapped[str] = mapped_column(sa.String(64), default="")  # sha256 of a PNG in the evidence folder
    platform_check: Mapped[bool] = mapped_column(default=False)
    finding: Mapped[dict[str, Any]]  # Finding as JSON


class AuditDeclined(Base):
    """An address seen in a running audit that is not in its plan."""

    __tablename__ = "audit_declined"
    __table_args__ = (sa.UniqueConstraint("audit_id", "role", "digest"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    audit_id: Mapped[int] = mapped_column(sa.ForeignKey("audit.id", ondelete="CASCADE"))
    role: Mapped[str] = mapped_column(sa.String(40))
    url: Mapped[str] = mapped_column(sa.Text)
    digest: Mapped[str] = mapped_column(sa.String(64), default=_digest_of_row)
    reason: Mapped[str] = mapped_column(sa.String(40))
