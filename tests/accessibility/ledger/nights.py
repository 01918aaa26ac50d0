"""Scripted nights: what each page answers is written down, and the audit goes through the real work list and end."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from accessibility.engine.checks.rule import Profile
from accessibility.engine.finding import Finding, Impact, Outcome, RuleResult
from accessibility.engine.page import (
    ANONYMOUS,
    STATE_PAGE,
    Declined,
    PageFacts,
    PlannedRow,
    Reason,
    RowKey,
    RowResult,
    RowState,
)
from accessibility.ledger.audits import actions
from accessibility.ledger.audits.close import close_audit
from accessibility.ledger.audits.models import Audit, PageInterval
from accessibility.ledger.audits.worklist import DatabaseWorkList
from accessibility.ledger.platforms.models import Platform
from accessibility.ledger.tickets.models import Component, Occurrence, Ticket, TicketEvent
from core import clock
from core.database import Database
from core.people.models import Person

HOME, COURSE = "https://example.org/", "https://example.org/course/1"
FIRST_NIGHT = datetime(2026, 11, 1, 1, 0, tzinfo=UTC)
GROWING = (PageInterval, Occurrence, Component, Ticket, TicketEvent)


@dataclass(frozen=True)
class Visit:
    """One row of a night and what becomes of it."""

    url: str
    findings: tuple[Finding, ...] = ()
    state: RowState = RowState.AUDITED
    reason: Reason | None = None
    detail: str = ""
    role: str = ANONYMOUS
    viewport: str = "desktop"
    states: tuple[str, ...] = (STATE_PAGE,)
    template: str = "t"
    checks: tuple[str, ...] = ("axe",)

    @property
    def key(self) -> RowKey:
        """The row."""
        return RowKey(self.url, self.role, self.viewport)

    @property
    def result(self) -> RowResult:
        """What the engine would hand over."""
        looked_at = self.state in (RowState.AUDITED, RowState.PARTLY)
        passed = [RuleResult(check, "passes", Impact.SERIOUS, Outcome.PASSED) for check in self.checks]
        others = [RuleResult(f.check, f.rule, f.impact, f.outcome) for f in self.findings]
        return RowResult(
            state=self.state,
            reason=self.reason,
            detail=self.detail,
            facts=PageFacts(self.url, 200, "Sample page", template=self.template) if looked_at else None,
            findings=self.findings,
            rules=tuple(passed + others) if looked_at else (),
            states=self.states if looked_at else (),
        )


def audited(url: str, *findings: Finding, **more: Any) -> Visit:
    """A page that was audited in full, with these findings and no others."""
    return Visit(url, findings, **more)


def partly(url: str, *findings: Finding, **more: Any) -> Visit:
    """A page of which a frame was not audited."""
    return Visit(url, findings, RowState.PARTLY, Reason.FRAME_NOT_AUDITED, states=(), **more)


def not_audited(url: str, reason: Reason = Reason.SERVER_ERROR, **more: Any) -> Visit:
    """A page that could not be audited."""
    return Visit(url, (), RowState.NOT_AUDITED, reason, **more)


def excluded(url: str, reason: Reason = Reason.NOT_FOUND, **more: Any) -> Visit:
    """An address that turned out not to be a page of the plan."""
    return Visit(url, (), RowState.EXCLUDED, reason, **more)


def problem(component: str = "a", **more: Any) -> Finding:
    """A failure at one element."""
    values: dict[str, Any] = {
        "check": "axe",
        "rule": "image-alt",
        "criteria": ("1.1.1",),
        "outcome": Outcome.FAILED,
        "impact": Impact.SERIOUS,
        "message": f"Problem {component}",
        "help_url": "https://example.org/help",
        "component": component,
        "selector": f"#{component}",
        "html": f"<img id={component}>",
    }
    return Finding(**(values | more))


def question(component: str = "q", **more: Any) -> Finding:
    """Something that needs review."""
    return problem(component, outcome=Outcome.NEEDS_REVIEW, **more)


@dataclass
class Nights:
    """One platform and its nights, a day apart."""

    database: Database
    evidence: Path
    monkeypatch: pytest.MonkeyPatch
    settings: dict[str, Any] = field(default_factory=lambda: {"coverage_floor": 0.5})
    platform_id: int = 0
    time: datetime = FIRST_NIGHT

    def __post_init__(self) -> None:
        self.monkeypatch.setattr(clock, "now", lambda: self.time)
        with self.database.write() as session:
            count = session.scalar(sa.select(sa.func.count()).select_from(Platform)) or 0
            platform = Platform(
                slug=f"sample-{count}",
                name=f"Sample platform {count}",
                settings={},
                created_at=self.time,
                scheduled_since=self.time,
            )
            session.add(platform)
            session.flush()
            self.platform_id = platform.id

    def begin(self, profile: Profile = Profile.STANDARD) -> Audit:
        """Ask for an audit and take it."""
        engines = {"axe-core": "4.14.1"}
        with self.database.write() as session:
            actions.request_audit(session, self.platform_id, "schedule", None, self.settings, engines, profile=profile)
            audit = actions.take_audit(session, "worker", self.time + timedelta(minutes=1))
            assert audit is not None
            return audit

    def worklist(self, audit: Audit) -> DatabaseWorkList:
        """The work list of a night that began."""
        return DatabaseWorkList(self.database, audit.id, self.evidence)

    def plan(self, worklist: DatabaseWorkList, *visits: Visit, declined: Sequence[Declined] = ()) -> None:
        """Plan these visits as the first wave."""
        rows = [PlannedRow(visit.key, 0, position, "start") for position, visit in enumerate(visits)]
        worklist.plan(0, rows, declined)

    def run(
        self,
        *visits: Visit,
        of_platform: Sequence[tuple[Visit, Finding]] = (),
        declined: Sequence[Declined] = (),
        profile: Profile = Profile.STANDARD,
    ) -> Audit:
        """A whole night, from its request to its end."""
        self.time += timedelta(days=1)
        return self.finish(self.begin(profile), *visits, of_platform=of_platform, declined=declined)

    def finish(
        self,
        audit: Audit,
        *visits: Visit,
        of_platform: Sequence[tuple[Visit, Finding]] = (),
        declined: Sequence[Declined] = (),
    ) -> Audit:
        """The rest of a night that began."""
        worklist = self.worklist(audit)
        self.plan(worklist, *visits, declined=declined)
        self.time += timedelta(hours=1)
        for visit in visits:
            worklist.finish(visit.key, visit.result)
        worklist.add_findings([(visit.key, finding) for visit, finding in of_platform])
        with self.database.write() as session:
            return close_audit(session, audit.id)

    def tickets(self) -> list[Ticket]:
        """The platform's tickets in order of their number."""
        with self.database.read() as session:
            mine = sa.select(Ticket).where(Ticket.platform_id == self.platform_id).order_by(Ticket.number)
            return list(session.scalars(mine))

    @property
    def ticket(self) -> Ticket:
        """The only ticket."""
        (ticket,) = self.tickets()
        return ticket

    def states(self) -> list[str]:
        """States of the tickets."""
        return [ticket.state for ticket in self.tickets()]

    def occurrences(self) -> list[Occurrence]:
        """The platform's occurrences in order of their making."""
        with self.database.read() as session:
            mine = sa.select(Occurrence).where(Occurrence.platform_id == self.platform_id).order_by(Occurrence.id)
            return list(session.scalars(mine))

    def sizes(self) -> dict[str, int]:
        """How many rows each table has that must not grow with nights."""
        with self.database.read() as session:
            return {
                table.__tablename__: session.scalar(sa.select(sa.func.count()).select_from(table)) or 0
                for table in GROWING
            }

    def person(self, name: str = "lead", *roles: str) -> Person:
        """Somebody who may work with tickets."""
        with self.database.write() as session:
            somebody = Person(
                email=f"{name}@example.org",
                name=f"Sample {name}",
                password_hash="",
                roles=list(roles or ("accessibility",)),
                grants=[],
                created_at=self.time,
            )
            session.add(somebody)
            return somebody
