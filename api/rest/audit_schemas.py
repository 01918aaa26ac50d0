"""Audits as JSON."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel
from sqlalchemy.orm import Session

from accessibility.engine.checks.rule import Profile
from accessibility.engine.page import RowState
from accessibility.engine.platform import PlatformSettings
from accessibility.ledger.audits import queries
from accessibility.ledger.audits.actions import UNFINISHED
from accessibility.ledger.audits.models import RECHECK, Audit
from api.rest.given import Given


class CoverageOut(BaseModel):
    """Rows (page, role and viewport) of the plan. `share` and `floor` are shares, 0 to 1.

    `not_covered` counts the planned rows by reason; `not_planned` what was seen but is no part of the plan.
    """

    planned: int
    audited: int
    share: float
    floor: float
    floor_met: bool
    not_covered: dict[str, int]
    not_planned: dict[str, int]


class ScoreOut(BaseModel):
    """0 to 100, by the formula of this version; the mean of its worst tenth; the share of pages without a failure."""

    value: float
    version: int
    worst_tenth: float
    clean_share: float


class CountsOut(BaseModel):
    """Problems as the audit left them (`failed`, `review`), and tickets that it moved (the others)."""

    failed: int
    review: int
    new: int
    new_critical: int
    gone: int
    reopened: int
    verified: int
    removed: int


class ProgressOut(BaseModel):
    """How far an audit is that waits or runs. `planned` grows while new pages are found; `share` is 0 to 1."""

    done: int
    planned: int
    share: float
    url: str


class AuditAsked(Given):
    """Which checks the audit is to run: standard, those of every night, or deep, all of them."""

    profile: Profile = Profile.STANDARD


class AuditOut(BaseModel):
    """An audit. `state`: queued, running, done, failed or cancelled. `trigger`: schedule, or by hand.

    `kind`: a night goes over the whole platform, a re-check over a few rows of it, without score or coverage.
    `profile`: standard runs the checks of every night, deep runs all.

    Results are those of an audit that is done. `held` says why it changed no ticket, empty when it did its work; there
    is no score then, nor under the coverage floor. `progress` is there while it waits or runs.
    """

    platform: str
    number: int
    kind: Literal["night", "re-check"]
    profile: Profile
    state: str
    trigger: str
    requested_by: int | None
    queued_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    error: str
    engines: dict[str, str]
    coverage: CoverageOut
    held: str
    held_roles: list[str]
    score: ScoreOut | None
    counts: CountsOut
    progress: ProgressOut | None


class RowCount(BaseModel):
    """How many rows had this state and reason."""

    state: RowState
    reason: str
    rows: int


class AuditDetail(AuditOut):
    """An audit with its rows counted, also while it runs."""

    rows: list[RowCount]


class RowOut(BaseModel):
    """A page in one role and viewport; why it was not (fully) audited. `since`: the audit from which on it is so."""

    url: str
    title: str
    role: str
    viewport: str
    state: RowState
    reason: str
    detail: str
    since: int


def audit_out(session: Session, audit: Audit, platform: str) -> AuditOut:
    """The audit, with its progress if it waits or runs."""
    done = audit.planned and audit.audited / audit.planned
    return AuditOut(
        platform=platform,
        number=audit.number,
        kind="re-check" if audit.kind == RECHECK else "night",
        profile=Profile(audit.profile),
        state=audit.state,
        trigger=audit.trigger,
        requested_by=audit.requested_by,
        queued_at=audit.queued_at,
        started_at=audit.started_at,
        ended_at=audit.ended_at,
        error=audit.error,
        engines={name: str(version) for name, version in audit.engines.items()},
        coverage=CoverageOut(
            planned=audit.planned,
            audited=audit.audited,
            share=done,
            floor=_floor(audit),
            floor_met=audit.floor_met,
            not_covered=audit.not_covered,
            not_planned=audit.not_planned,
        ),
        held=audit.held,
        held_roles=audit.held_roles,
        score=_score(audit),
        counts=CountsOut.model_validate(audit, from_attributes=True),
        progress=_progress(session, audit),
    )


def audit_detail(session: Session, audit: Audit, platform: str) -> AuditDetail:
    """The audit with its rows counted."""
    counts = queries.coverage_counts(session, audit)
    rows = [RowCount(state=one.state, reason=one.reason, rows=one.rows) for one in counts]
    return AuditDetail(**audit_out(session, audit, platform).model_dump(), rows=rows)


def _floor(audit: Audit) -> float:
    return float(audit.settings.get("coverage_floor", PlatformSettings.model_fields["coverage_floor"].default))


def _score(audit: Audit) -> ScoreOut | None:
    if audit.score is None or audit.score_version is None:
        return None
    return ScoreOut(
        value=audit.score,
        version=audit.score_version,
        worst_tenth=audit.worst_tenth or 0.0,
        clean_share=audit.clean_share or 0.0,
    )


def _progress(session: Session, audit: Audit) -> ProgressOut | None:
    if audit.state not in UNFINISHED:
        return None
    found = queries.progress(session, audit.id)
    return ProgressOut(done=found.done, planned=found.planned, share=found.share, url=found.url)
