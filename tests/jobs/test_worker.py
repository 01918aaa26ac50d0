"""The worker process as a whole: what the clock and the queue give it, and how it ends."""

import asyncio
import signal
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from accessibility.ledger.alerts import outbox
from accessibility.ledger.audits.models import Audit
from accessibility.ledger.platforms import actions, queries
from core import clock, job_runs
from core.database import Database
from jobs.lost_runs import close_lost_runs
from jobs.schedule import EVERY_DAY, Job, scheduled_jobs
from jobs.scheduler import Scheduler
from jobs.worker import work_off
from jobs.worker_id import new_worker_id
from tests.api.people import add_person
from tests.jobs.platforms import NIGHTLY, SLUG, audit, request, runs, save
from tests.jobs.worker_process import stop, wait_until, worker_process
from tests.mail_server import MailServer


def since_yesterday(database: Database) -> None:
    """As if the platform's schedule were older than its last planned time."""
    with database.write() as session:
        queries.get(session, SLUG).scheduled_since = clock.now() - timedelta(days=2)


def test_two_workers_make_up_for_one_missed_night_once(database: Database, database_url: str, tmp_path: Path) -> None:
    save(database, schedule="0 1 * * *")
    since_yesterday(database)
    expected = sorted([NIGHTLY, *(job.name for job in EVERY_DAY if job.due(clock.now()))])  # some run once a month
    with worker_process(database_url, tmp_path / "1") as one, worker_process(database_url, tmp_path / "2") as two:
        wait_until(lambda: len([run for run in runs(database) if run.ended_at]) >= len(expected))
        assert [stop(one), stop(two)] == [0, 0]
    assert sorted(run.job for run in runs(database)) == expected
    with database.read() as session:
        assert session.query(Audit).count() == 1


def test_the_schedule_follows_the_platforms_without_a_restart(sqlite_database: Database) -> None:
    scheduler = Scheduler(sqlite_database, new_worker_id())
    scheduler.start()
    try:
        wait_until(lambda: scheduler.planned().keys() == {job.name for job in EVERY_DAY})
        save(sqlite_database, schedule="30 2 * * *")
        scheduler.refresh()
        first = scheduler.planned()[NIGHTLY]
        save(sqlite_database, schedule="45 2 * * *")
        scheduler.refresh()
        assert scheduler.planned()[NIGHTLY] - first == timedelta(minutes=15)
        with sqlite_database.write() as session:
            actions.deactivate(session, queries.get(session, SLUG), "command")
        scheduler.refresh()
        assert NIGHTLY not in scheduler.planned()
    finally:
        scheduler.stop()


def test_the_clock_fires_a_job_at_its_planned_time(sqlite_database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    save(sqlite_database, schedule="30 2 * * *")
    scheduler = Scheduler(sqlite_database, new_worker_id())
    scheduler.start()
    try:
        wait_until(lambda: NIGHTLY in scheduler.planned())
        planned_at = scheduler.planned()[NIGHTLY]
        monkeypatch.setattr(clock, "now", lambda: planned_at + timedelta(seconds=1))
        scheduler._clock.modify_job(NIGHTLY, next_run_time=datetime.now(UTC))  # for APScheduler the time is come
        wait_until(lambda: any(run.job == NIGHTLY for run in runs(sqlite_database)))
    finally:
        scheduler.stop()
    (run,) = [run for run in runs(sqlite_database) if run.job == NIGHTLY]
    assert (run.planned_at, run.late, run.state) == (planned_at, False, "claimed")


def test_a_worker_sends_what_waits_in_the_outbox(sqlite_database: Database, mails: MailServer) -> None:
    person = add_person(sqlite_database, "admin", name="Sample administrator")
    with sqlite_database.write() as session:
        outbox.put_test(session, "sample", person_id=person.id)
    scheduler = Scheduler(sqlite_database, new_worker_id())
    scheduler.start()
    try:
        wait_until(lambda: len(mails.mails) == 1)
    finally:
        scheduler.stop()
    assert mails.mails[0]["Subject"] == "Nothing to do: a test of the mails of Campus"


def test_the_run_of_a_worker_that_is_gone_is_closed_as_lost(sqlite_database: Database) -> None:
    gone = new_worker_id().rsplit(":", 2)[0] + ":999999999:00000000"
    long_ago = clock.now() - timedelta(hours=7)
    with sqlite_database.write() as session:
        for job, worker, planned in (("a", gone, clock.now()), ("b", "there:1:x", clock.now()), ("c", "x", long_ago)):
            assert job_runs.claim(session, job, planned, worker)
    close_lost_runs(sqlite_database)
    assert {run.job: (run.state, run.error) for run in runs(sqlite_database)} == {
        "a": ("failed", "the worker was lost"),
        "b": ("claimed", ""),
        "c": ("failed", "the worker was lost"),
    }


@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT"])
def test_an_idle_worker_ends_at_once_when_asked(sqlite_database: Database, tmp_path: Path, name: str) -> None:
    log = tmp_path / "log"
    with worker_process(str(sqlite_database.engine.url), log, log_format="json") as process:
        wait_until(lambda: "the worker begins" in log.read_text())
        process.send_signal(getattr(signal, name))
        assert process.wait(60) == 0
    assert "the worker ends" in log.read_text()


def test_a_database_out_of_reach_does_not_end_the_worker(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jobs.worker.LOOK_EVERY_SECONDS", 0.05)
    save(sqlite_database)
    audit_id = request(sqlite_database)
    with sqlite_database.write() as session:
        session.get_one(Audit, audit_id).settings = {}  # so that it fails as soon as it is taken
    with sqlite_database.write() as session:
        session.connection().exec_driver_sql("ALTER TABLE audit RENAME TO audit_away")

    async def working() -> None:
        end = asyncio.Event()
        task = asyncio.create_task(work_off(sqlite_database, new_worker_id(), end))
        await asyncio.sleep(0.3)
        assert not task.done()
        with sqlite_database.write() as session:
            session.connection().exec_driver_sql("ALTER TABLE audit_away RENAME TO audit")
        await asyncio.to_thread(wait_until, lambda: audit(sqlite_database, audit_id).ended_at is not None)
        end.set()
        await task

    asyncio.run(working())
    assert audit(sqlite_database, audit_id).state == "failed"


def test_a_clock_that_is_told_to_end_while_it_takes_over_the_schedule_ends(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading, asked_to_end = threading.Event(), threading.Event()
    read = scheduled_jobs

    def slowly(session: Session) -> list[Job]:
        reading.set()
        assert asked_to_end.wait(10)
        time.sleep(0.2)  # by then the clock is ending
        return read(session)

    monkeypatch.setattr("jobs.scheduler.scheduled_jobs", slowly)
    scheduler = Scheduler(sqlite_database, new_worker_id())
    scheduler.start()
    assert reading.wait(10)
    ending = threading.Thread(target=scheduler.stop, daemon=True)
    ending.start()
    asked_to_end.set()
    ending.join(10)
    assert not ending.is_alive()
