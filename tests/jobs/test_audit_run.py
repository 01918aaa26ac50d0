"""One audit in a worker: taken, run with a real browser, given back, taken over, failed."""

import asyncio
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from accessibility.ledger.audits import actions as audits
from accessibility.ledger.audits.models import Audit, AuditRow, Page
from accessibility.ledger.tickets.models import Ticket
from core import clock, job_runs
from core.database import Database
from core.job_runs import JobRun
from jobs.audit_run import perform, take
from jobs.lost_runs import close_lost_runs
from jobs.worker_id import new_worker_id
from tests.jobs.platforms import audit, request, save
from tests.sites import settings as site_settings
from tests.sites import small_site

ME = "here:1:a"
GONE = new_worker_id().rsplit(":", 2)[0] + ":999999999:00000000"


@pytest.fixture
def site() -> Iterator[str]:
    with small_site() as base:
        yield base


def queued(database: Database, **settings: Any) -> int:
    """An audit that a job's run has queued."""
    save(database, **settings)
    audit_id = request(database, settings.get("slug", "sample"))
    with database.write() as session:
        run = job_runs.claim(session, "nightly audit: sample", clock.now(), ME)
        assert run is not None
        session.get_one(Audit, audit_id).job_run_id = run.id
    return audit_id


def held_by(database: Database, audit_id: int, owner: str, *, for_seconds: float = 30) -> None:
    with database.write() as session:
        held = session.get_one(Audit, audit_id)
        held.state, held.lease_owner = "running", owner
        held.lease_until = clock.now() + timedelta(seconds=for_seconds)


def run_of(database: Database) -> JobRun:
    with database.read() as session:
        return session.scalars(sa.select(JobRun)).one()


def count(database: Database, table: Any) -> int:
    with database.read() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(table)) or 0


def run(database: Database, audit_id: int, *, stop_when: Callable[[], bool] = lambda: False) -> None:
    """Perform it here, asked to stop as soon as `stop_when` says so."""

    async def performing() -> None:
        stop = asyncio.Event()
        task = asyncio.create_task(perform(database, audit_id, ME, stop))
        while not task.done():
            await asyncio.wait([task], timeout=0.05)
            if not stop.is_set() and await asyncio.to_thread(stop_when):
                stop.set()
        await task

    asyncio.run(performing())


def test_a_waiting_audit_is_taken_once_and_its_run_begins(database: Database) -> None:
    audit_id = queued(database)
    assert [take(database, ME), take(database, "there:2:b")] == [audit_id, None]
    taken = audit(database, audit_id)
    assert (taken.state, taken.lease_owner, taken.attempts) == ("running", ME, 1)
    assert (run_of(database).state, run_of(database).worker) == ("running", ME)


def test_an_audit_whose_lease_has_ended_is_taken_over(database: Database) -> None:
    audit_id = queued(database)
    held_by(database, audit_id, "there:2:b")
    assert take(database, ME) is None
    held_by(database, audit_id, "there:2:b", for_seconds=-1)
    assert take(database, ME) == audit_id


def test_an_audit_whose_worker_is_gone_from_this_machine_is_taken_over_at_once(database: Database) -> None:
    audit_id = queued(database)
    held_by(database, audit_id, GONE)
    assert take(database, ME) == audit_id


def test_an_audit_that_costs_three_workers_in_a_row_is_failed_not_tried_for_ever(database: Database) -> None:
    audit_id = queued(database)
    for _ in range(3):
        assert take(database, ME) == audit_id
        held_by(database, audit_id, GONE)
    assert take(database, ME) is None
    failed = audit(database, audit_id)
    assert (failed.state, run_of(database).state) == ("failed", "failed")
    assert "3 workers in a row" in failed.error
    assert run_of(database).error == failed.error


def test_workers_that_finished_a_page_before_they_were_lost_do_not_count(database: Database) -> None:
    audit_id = queued(database)
    for number in range(5):
        assert take(database, ME) == audit_id
        with database.write() as session:
            finish_a_row(session, audit_id, number)
        held_by(database, audit_id, GONE)
    assert audit(database, audit_id).attempts == 1


def finish_a_row(session: Any, audit_id: int, number: int) -> None:
    page = Page(platform_id=session.get_one(Audit, audit_id).platform_id, url=f"http://127.0.0.1:9/{number}")
    session.add(page)
    session.flush()
    row = AuditRow(
        audit_id=audit_id,
        page_id=page.id,
        role="anonymous",
        viewport="desktop",
        depth=0,
        position=number,
        source="start",
        state="audited",
        done_at=clock.now(),
    )
    session.add(row)


def test_an_audit_comes_to_its_end_with_its_run_and_its_tickets(sqlite_database: Database, site: str) -> None:
    database = sqlite_database
    audit_id = queued(database, **site_settings(site))
    assert take(database, ME) == audit_id
    run(database, audit_id)
    done = audit(database, audit_id)
    assert (done.state, done.error, done.lease_owner) == ("done", "", "")
    assert done.not_covered == {"server error": 2}
    ended = run_of(database)
    assert (ended.state, ended.result["new"]) == ("done", done.new)
    assert done.new == count(database, Ticket) == 4
    assert count(database, AuditRow) == 0


def test_a_stopped_audit_is_given_back_as_it_stands_and_goes_on(sqlite_database: Database, site: str) -> None:
    database = sqlite_database
    audit_id = queued(database, **site_settings(site), parallel=1)
    take(database, ME)

    def some_are_done() -> bool:
        with database.read() as session:
            return bool(session.scalar(sa.select(AuditRow.id).where(AuditRow.done_at.is_not(None)).limit(1)))

    run(database, audit_id, stop_when=some_are_done)
    given_back = audit(database, audit_id)
    assert (given_back.state, given_back.lease_owner, given_back.attempts) == ("running", "", 0)
    with database.read() as session:
        states = set(session.scalars(sa.select(AuditRow.state)))
    assert "pending" in states
    assert "audited" in states
    assert run_of(database).state == "running"
    assert take(database, "there:2:b") == audit_id


def test_without_a_browser_the_audit_fails_and_says_so(
    sqlite_database: Database, site: str, configure: Callable[..., None]
) -> None:
    configure(browser="/nowhere/chromium")
    audit_id = queued(sqlite_database, **site_settings(site))
    take(sqlite_database, ME)
    run(sqlite_database, audit_id)
    failed = audit(sqlite_database, audit_id)
    assert (failed.state, run_of(sqlite_database).state) == ("failed", "failed")
    assert "/nowhere/chromium" in failed.error
    assert count(sqlite_database, Ticket) == 0


def test_without_the_key_of_its_credentials_the_audit_fails_and_says_so(
    sqlite_database: Database, site: str, configure: Callable[..., None]
) -> None:
    audit_id = queued(sqlite_database, **site_settings(site))
    configure(secret_key="0123456789abcdef0123456789abcdef0123456789A=")
    take(sqlite_database, ME)
    run(sqlite_database, audit_id)
    assert "CAMPUS_SECRET_KEY" in audit(sqlite_database, audit_id).error


def test_a_worker_that_lost_its_lease_stops_and_writes_nothing_more(
    sqlite_database: Database, site: str, configure: Callable[..., None]
) -> None:
    configure(lease_seconds=1)
    database = sqlite_database
    audit_id = queued(database, **site_settings(site), parallel=1)
    take(database, ME)
    written: list[int] = []  # rows that were finished when the lease was taken away

    def take_it_away() -> bool:
        with database.write() as session:
            rows = session.scalar(sa.select(sa.func.count()).where(AuditRow.done_at.is_not(None))) or 0
            if rows and not written:
                session.get_one(Audit, audit_id).lease_owner = "there:2:b"
                written.append(rows)
        return False

    run(database, audit_id, stop_when=take_it_away)
    taken_away = audit(database, audit_id)
    assert (taken_away.state, taken_away.lease_owner) == ("running", "there:2:b")
    with database.read() as session:
        finished = session.scalar(sa.select(sa.func.count()).where(AuditRow.done_at.is_not(None)))
    assert [finished] == written
    assert run_of(database).state == "running"


def test_a_cancelled_audit_ends_its_run_in_the_history(sqlite_database: Database) -> None:
    audit_id = queued(sqlite_database)
    close_lost_runs(sqlite_database)
    assert run_of(sqlite_database).state == "claimed"
    with sqlite_database.write() as session:
        audits.fail(session, audit_id, "sample")
    close_lost_runs(sqlite_database)
    assert (run_of(sqlite_database).state, run_of(sqlite_database).error) == ("failed", "the audit was ended: sample")
