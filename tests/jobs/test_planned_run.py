"""One planned run, with several workers after it, on both databases."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy.orm import Session

from accessibility.ledger.audits.models import Audit
from accessibility.ledger.platforms import actions, queries
from core import clock, job_runs
from core.database import Database
from core.job_runs import JobRun
from jobs.nightly import queue_audit
from jobs.planned_run import run_planned
from jobs.schedule import Job
from tests.jobs.platforms import NIGHTLY, SLUG, request, runs, save

NIGHT = datetime(2026, 5, 4, 23, 0, tzinfo=UTC)
JOB = Job(NIGHTLY, "0 1 * * *", queue=partial(queue_audit, SLUG))


@pytest.fixture(autouse=True)
def _shortly_after_the_planned_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NIGHT + timedelta(seconds=2))


@contextmanager
def workers(database: Database, number: int) -> Iterator[list[Database]]:
    """As many processes' worth of connections."""
    several = [Database(database.engine.url.render_as_string(hide_password=False)) for _ in range(number)]
    yield several
    for one in several:
        one.close()


def audits(database: Database) -> list[Audit]:
    with database.read() as session:
        return list(session.query(Audit).order_by(Audit.id))


def test_several_workers_run_one_night_once(database: Database) -> None:
    save(database)
    with workers(database, 6) as several, ThreadPoolExecutor(6) as pool:
        together = threading.Barrier(6)

        def fire(number: int) -> bool:
            together.wait()
            return run_planned(several[number], JOB, NIGHT, f"here:{number}:x")

        assert sum(pool.map(fire, range(6))) == 1
    (run,) = runs(database)
    (audit,) = audits(database)
    assert (audit.job_run_id, audit.trigger, audit.state) == (run.id, "schedule", "queued")
    assert (run.state, run.late) == ("claimed", False)


def test_a_missed_night_is_run_late_once(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    save(database)
    monkeypatch.setattr(clock, "now", lambda: NIGHT + timedelta(hours=7))
    assert [run_planned(database, JOB, NIGHT, "here:1:x") for _ in range(2)] == [True, False]
    assert [run.late for run in runs(database)] == [True]
    assert len(audits(database)) == 1


def test_a_night_is_skipped_while_the_run_before_it_goes_on(database: Database) -> None:
    save(database)
    run_planned(database, JOB, NIGHT - timedelta(days=1), "here:1:x")
    run_planned(database, JOB, NIGHT, "there:2:y")
    first, second = runs(database)
    assert (first.state, second.state) == ("claimed", "skipped")
    assert "had not ended" in second.error
    assert len(audits(database)) == 1


def test_a_night_is_skipped_while_an_audit_by_hand_goes_on(database: Database) -> None:
    save(database)
    request(database)
    run_planned(database, JOB, NIGHT, "here:1:x")
    (run,) = runs(database)
    assert run.state == "skipped"
    assert "already waiting or running" in run.error


def test_a_platform_that_was_switched_off_meanwhile_is_not_audited(database: Database) -> None:
    save(database)
    with database.write() as session:
        actions.deactivate(session, queries.get(session, SLUG), "command")
    run_planned(database, JOB, NIGHT, "here:1:x")
    (run,) = runs(database)
    assert (run.state, run.error) == ("skipped", "the platform is switched off")


def test_the_audit_keeps_the_settings_of_its_night_without_any_secret(database: Database) -> None:
    login = {"kind": "form", "address": "/login", "fields": {"user": "hidden-value"}, "sentinel": "#me"}
    save(database, roles=[{"name": "student", "login": login}], owner="owner@example.org")
    run_planned(database, JOB, NIGHT, "here:1:x")
    (audit,) = audits(database)
    assert audit.settings["roles"][0]["login"]["fields"] == {"user": ""}
    assert audit.settings["owner"] == ""
    assert audit.engines["axe-core"]


def test_a_night_that_cannot_be_queued_is_a_failed_run(database: Database) -> None:
    def broken(_session: Session, _run: JobRun) -> None:
        raise ZeroDivisionError("sample")

    assert run_planned(database, Job("broken", "0 1 * * *", queue=broken), NIGHT, "here:1:x")
    assert not run_planned(database, Job("broken", "0 1 * * *", queue=broken), NIGHT, "here:1:x")
    assert [(run.state, run.error) for run in runs(database)] == [("failed", "ZeroDivisionError: sample")]


def test_work_leaves_its_result_and_its_duration(database: Database) -> None:
    def count(_database: Database) -> dict[str, int]:
        return {"deleted": 3}

    assert run_planned(database, Job("counting", "0 1 * * *", work=count), NIGHT, "here:1:x")
    (run,) = runs(database)
    assert (run.state, run.result, run.seconds) == ("done", {"deleted": 3}, 0.0)


def test_work_that_fails_is_in_the_history_with_its_error(database: Database) -> None:
    def fail(_database: Database) -> Any:
        raise OSError("disk full")

    assert run_planned(database, Job("failing", "0 1 * * *", work=fail), NIGHT, "here:1:x")
    (run,) = runs(database)
    assert (run.state, run.error, run.result) == ("failed", "OSError: disk full", None)


def test_the_work_is_done_outside_any_transaction(database: Database) -> None:
    """Another process writes while the work goes on: on SQLite that would wait for an open transaction."""
    done = []

    def work(_database: Database) -> None:
        with workers(database, 1) as (other,), other.write() as session:
            run = job_runs.claim(session, "elsewhere", NIGHT, "there:2:y")
            done.append(run is not None)

    run_planned(database, Job("working", "0 1 * * *", work=work), NIGHT, "here:1:x")
    assert done == [True]
