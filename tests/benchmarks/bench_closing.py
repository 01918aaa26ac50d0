"""How long an audit takes to close with problems at 100,000 places: new, as the night before, and repaired."""

import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from accessibility.engine.finding import Finding, Impact, Outcome, RuleResult
from accessibility.engine.page import ANONYMOUS, RowState
from accessibility.ledger.audits import actions, stored
from accessibility.ledger.audits.close import close_audit
from accessibility.ledger.audits.models import AuditedState, AuditFinding, AuditRow, Page
from accessibility.ledger.platforms.models import Platform
from accessibility.ledger.tickets.models import Occurrence
from core import clock
from core.database import Database
from jobs.migrations.models import metadata
from tests import postgres
from tests.benchmarks.figure import Figure

PAGES, VIEWPORTS, ON_A_ROW, COMPONENTS, RULES = 10_000, ("desktop", "mobile"), 5, 500, 40
NIGHTS = {"new": True, "as the night before": True, "clean once": False, "clean twice": False}
PASSED = [RuleResult("axe", f"rule-{n}", Impact.SERIOUS, Outcome.PASSED) for n in range(RULES)]
EXAMPLE = Finding(
    "axe",
    "image-alt",
    ("1.1.1",),
    Outcome.FAILED,
    Impact.SERIOUS,
    "Sample problem",
    "",
    "c",
    "main img",
    html="<i>" * 99,
)


def run() -> Iterator[Figure]:
    """Four nights on SQLite and on PostgreSQL."""
    with tempfile.TemporaryDirectory() as folder:
        yield from _figures("SQLite", f"sqlite:///{Path(folder, 'ledger.sqlite')}")
    with postgres.running_server() as server:
        server.run("CREATE DATABASE ledger")
        yield from _figures("PostgreSQL", server.url("ledger"))


def _figures(kind: str, url: str) -> Iterator[Figure]:
    database = Database(url)
    metadata.create_all(database.engine)
    with database.write() as session:
        platform_id = _platform(session)
    for night, broken in NIGHTS.items():
        with database.write() as session:
            audit_id = _audited(session, platform_id, broken=broken)
        start = time.perf_counter()
        with database.write() as session:
            audit = close_audit(session, audit_id)
            occurrences = session.scalar(sa.select(sa.func.count()).select_from(Occurrence))
        seconds = time.perf_counter() - start
        yield Figure(
            f"{night}, {kind}", seconds, "s", f"{occurrences:,} places, {audit.new} new, {audit.verified} verified"
        )
    database.close()


def _platform(session: Session) -> int:
    now = clock.now()
    platform = Platform(slug="sample", name="Sample platform", settings={}, created_at=now, scheduled_since=now)
    session.add(platform)
    session.flush()
    urls = [f"https://example.org/course/{n}" for n in range(PAGES)]
    session.execute(sa.insert(Page), [{"platform_id": platform.id, "url": url} for url in urls])
    return platform.id


def _audited(session: Session, platform_id: int, *, broken: bool) -> int:
    """An audit whose every row is done and waits to be closed."""
    actions.request_audit(session, platform_id, "schedule", None, {}, {})
    audit = actions.take_audit(session, "worker", clock.now() + timedelta(hours=1))
    assert audit is not None
    pages = list(session.scalars(sa.select(Page.id).order_by(Page.id)))
    places = [(page, viewport) for page in pages for viewport in VIEWPORTS]
    rows = [_row(audit.id, page, viewport, position) for position, (page, viewport) in enumerate(places)]
    session.execute(sa.insert(AuditRow), rows)
    row_ids = list(session.scalars(sa.select(AuditRow.id).order_by(AuditRow.position)))
    session.execute(sa.insert(AuditedState), [{"row_id": row_id, "state": "page"} for row_id in row_ids])
    if broken:
        findings = [_finding(audit.id, row_id, n) for row_id in row_ids for n in range(ON_A_ROW)]
        session.execute(sa.insert(AuditFinding), findings)
    return audit.id


def _row(audit_id: int, page_id: int, viewport: str, position: int) -> dict[str, Any]:
    return {
        "audit_id": audit_id,
        "page_id": page_id,
        "role": ANONYMOUS,
        "viewport": viewport,
        "depth": 0,
        "position": position,
        "source": "start",
        "state": RowState.AUDITED.value,
        "template": f"t{position % 12}",
        "rules": stored.rules_to_json(PASSED),
        "done_at": clock.now(),
    }


def _finding(audit_id: int, row_id: int, number: int) -> dict[str, Any]:
    component = f"{(row_id * 7 + number) % COMPONENTS:064x}"
    return {
        "audit_id": audit_id,
        "row_id": row_id,
        "component": component,
        "state": "page",
        "outcome": "failed",
        "impact_rank": 1,
        "selector": "main img",
        "finding": stored.finding_to_json(replace(EXAMPLE, component=component)),
    }
