"""kill −9 of the worker in the middle of an audit: it resumes, and ends as if nothing had happened."""

import os
import random
import signal
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import psutil
import pytest
import sqlalchemy as sa

from accessibility.engine.platform_file import read_platform_file
from accessibility.ledger.audits.models import Audit, AuditRow, Page, PageInterval
from accessibility.ledger.tickets.models import Component, Occurrence, Ticket
from core.database import Database
from tests.demo_site import description
from tests.demo_site.serve import running
from tests.jobs.platforms import audit, request, save
from tests.jobs.worker_process import stop, wait_until, worker_process
from tests.sites import settings as site_settings
from tests.sites import small_site

SEED = 20261121
FIGURES = ("planned", "audited", "not_covered", "not_planned", "floor_met", "held", "score", "worst_tenth")
COUNTS = ("clean_share", "failed", "new", "new_critical", "reopened", "verified", "removed", "review")


@pytest.fixture
def small(database_url: str) -> Iterator[dict[str, Any]]:
    with small_site() as base:
        yield site_settings(base)


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[dict[str, Any]]:
    """The demo site. Its login is right at once: a refusal would count the tries of another audit."""
    with running(refusal="never") as site:
        file = tmp_path / "demo.toml"
        file.write_text(description.platform_toml(site.base), encoding="utf-8")
        values = read_platform_file(file, description.LOGIN).model_dump()
        yield values | {"schedule": ""}


def test_an_audit_whose_worker_is_killed_ends_as_undisturbed(
    database: Database, database_url: str, small: dict[str, Any], tmp_path: Path
) -> None:
    check_kills(database, database_url, small, tmp_path / "log", kills=1)


@pytest.mark.long
@pytest.mark.timeout(7200)
def test_ten_killed_audits_of_the_demo_site_end_as_undisturbed(
    database: Database, database_url: str, demo: dict[str, Any], tmp_path: Path
) -> None:
    check_kills(database, database_url, demo, tmp_path / "log", kills=10)


def check_kills(database: Database, url: str, site: dict[str, Any], log: Path, *, kills: int) -> None:
    """One audit undisturbed, then one for each kill, every one on a platform of its own over the same site."""
    moments = random.Random(f"{SEED} {database.engine.name}")  # so that each kind of database has its own
    with ExitStack() as stack:
        worker = stack.enter_context(worker_process(url, log))
        undisturbed = begin(database, site, "undisturbed")
        rows = await_end(database, undisturbed, log)
        expected = picture(database, undisturbed)
        for number in range(kills):
            audit_id = begin(database, site, f"killed-{number}")
            at_row = moments.randrange(rows)
            await_row(database, audit_id, at_row)
            time.sleep(moments.uniform(0, 0.3))
            browsers = psutil.Process(worker.pid).children(recursive=True)
            os.kill(worker.pid, signal.SIGKILL)
            worker.wait()
            assert audit(database, audit_id).state == "running", f"the kill at row {at_row} came too late"
            worker = stack.enter_context(worker_process(url, log))
            await_end(database, audit_id, log)
            changed = differences(expected, picture(database, audit_id))
            assert not changed, "\n".join([f"killed at row {at_row} of {rows}:", *changed])
            assert still_running(browsers) == []
        assert stop(worker) == 0


def still_running(processes: list[psutil.Process]) -> list[psutil.Process]:
    """Those that do not end within seconds. One that only waits for the machine's init to note its end has ended."""
    _gone, left = psutil.wait_procs(processes, timeout=10)
    return [one for one in left if one.is_running() and one.status() != psutil.STATUS_ZOMBIE]


def begin(database: Database, site: dict[str, Any], slug: str) -> int:
    save(database, **site | {"slug": slug})
    return request(database, slug)


def await_end(database: Database, audit_id: int, log: Path) -> int:
    """Wait for the audit's good end; how many rows were seen finished on the way."""
    rows = [0]

    def ended() -> bool:
        rows.append(finished_rows(database, audit_id))
        return audit(database, audit_id).ended_at is not None

    wait_until(ended, 600, "the end of the audit")
    ended_audit = audit(database, audit_id)
    assert ended_audit.state == "done", f"{ended_audit.error}\n{log.read_text()}"
    return max(rows)


def await_row(database: Database, audit_id: int, row: int) -> None:
    wait_until(lambda: finished_rows(database, audit_id) >= row, 300, f"row {row}", every=0.01)


def finished_rows(database: Database, audit_id: int) -> int:
    query = sa.select(sa.func.count()).where(AuditRow.audit_id == audit_id, AuditRow.done_at.is_not(None))
    with database.read() as session:
        return session.scalar(query) or 0


def picture(database: Database, audit_id: int) -> set[tuple[Any, ...]]:
    """All that an audit leaves behind, told without ids and instants, so that two can be compared."""
    with database.read() as session:
        ended = session.get_one(Audit, audit_id)
        mine = ended.platform_id
        pages = {page.id: page.url for page in session.scalars(sa.select(Page).where(Page.platform_id == mine))}
        components = session.scalars(sa.select(Component).where(Component.platform_id == mine)).all()
        keys = {component.id: component.key for component in components}
        intervals = session.scalars(sa.select(PageInterval).where(PageInterval.platform_id == mine)).all()
        occurrences = session.scalars(sa.select(Occurrence).where(Occurrence.platform_id == mine)).all()
        tickets = session.scalars(sa.select(Ticket).where(Ticket.platform_id == mine)).all()
        return {
            *(("figure", name, str(getattr(ended, name))) for name in FIGURES + COUNTS),
            *(("row", pages[i.page_id], i.role, i.viewport, i.state, i.reason, i.detail) for i in intervals),
            *(("component", c.key, c.rule, c.impact, bool(c.evidence)) for c in components),
            *(
                (
                    "place",
                    keys[o.component_id],
                    pages[o.page_id],
                    o.role,
                    o.viewport,
                    o.state,
                    o.outcome,
                    o.count,
                    o.selector,
                )
                for o in occurrences
            ),
            *(
                ("ticket", t.number, t.title, t.impact, t.state, t.pages, t.elements, *(c.key for c in t.components))
                for t in tickets
            ),
        }


def differences(expected: set[tuple[Any, ...]], found: set[tuple[Any, ...]]) -> list[str]:
    missing = [f"missing {item}" for item in sorted(expected - found, key=str)]
    return missing + [f"more {item}" for item in sorted(found - expected, key=str)]
