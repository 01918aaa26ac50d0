"""The claims and the history of the jobs that run by clock."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from core import job_runs
from core.database import Database
from core.job_runs import JobRun

NIGHT = datetime(2026, 5, 4, 23, 0, tzinfo=UTC)


def claim(database: Database, job: str = "sample", planned_at: datetime = NIGHT, *, late: bool = False) -> int:
    with database.write() as session:
        run = job_runs.claim(session, job, planned_at, "here:1:a", late=late)
        assert run is not None
        return run.id


def get(database: Database, run_id: int) -> JobRun:
    with database.read() as session:
        return session.get_one(JobRun, run_id)


@pytest.fixture
def databases(database: Database) -> Iterator[list[Database]]:
    """Eight processes' worth of connections to one database."""
    several = [Database(database.engine.url.render_as_string(hide_password=False)) for _ in range(8)]
    yield several
    for one in several:
        one.close()


def test_of_many_workers_exactly_one_gets_a_planned_run(databases: list[Database]) -> None:
    def compete(number: int) -> bool:
        with databases[number].write() as session:
            return job_runs.claim(session, "sample", NIGHT, f"here:{number}:x") is not None

    with ThreadPoolExecutor(len(databases)) as pool:
        assert sum(pool.map(compete, range(len(databases)))) == 1


def test_a_lost_claim_leaves_the_transaction_usable(database: Database) -> None:
    claim(database)
    with database.write() as session:
        assert job_runs.claim(session, "sample", NIGHT, "there:2:b") is None
        assert job_runs.claim(session, "other", NIGHT, "there:2:b") is not None
    with database.read() as session:
        assert job_runs.names(session, None) == ["other", "sample"]


def test_a_claim_that_is_rolled_back_can_be_taken_again(database: Database) -> None:
    def claim_and_break() -> None:
        with database.write() as session:
            job_runs.claim(session, "sample", NIGHT, "here:1:a")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        claim_and_break()
    claim(database)


def test_a_run_keeps_its_duration_and_result(database: Database) -> None:
    run_id = claim(database, late=True)
    with database.write() as session:
        job_runs.start(session, run_id, "there:2:b")
    with database.write() as session:
        job_runs.finish(session, run_id, {"deleted": 3})
    run = get(database, run_id)
    assert (run.state, run.worker, run.result, run.late) == ("done", "there:2:b", {"deleted": 3}, True)
    assert run.seconds is not None
    assert run.seconds >= 0


def test_a_resumed_run_keeps_its_first_beginning(database: Database) -> None:
    run_id = claim(database)
    with database.write() as session:
        job_runs.start(session, run_id, "here:1:a")
    first = get(database, run_id).started_at
    with database.write() as session:
        job_runs.start(session, run_id, "there:2:b")
    assert get(database, run_id).started_at == first


def test_what_a_slow_worker_says_after_the_end_changes_nothing(database: Database) -> None:
    run_id = claim(database)
    with database.write() as session:
        job_runs.fail(session, run_id, "the worker was lost")
        job_runs.finish(session, run_id, {"deleted": 3})
        job_runs.start(session, run_id, "here:1:a")
    run = get(database, run_id)
    assert (run.state, run.error, run.result, run.seconds) == ("failed", "the worker was lost", None, None)


def test_unfinished_runs_are_those_claimed_or_running(database: Database) -> None:
    ids = [claim(database, planned_at=NIGHT + timedelta(days=day)) for day in range(4)]
    with database.write() as session:
        job_runs.start(session, ids[1], "here:1:a")
        job_runs.finish(session, ids[2])
        job_runs.skip(session, ids[3], "the run before it is still going")
    with database.read() as session:
        assert [run.id for run in job_runs.unfinished(session, "sample")] == ids[:2]
        assert job_runs.unfinished(session, "other") == []
        assert job_runs.is_claimed(session, "sample", NIGHT)
        assert not job_runs.is_claimed(session, "sample", NIGHT - timedelta(days=1))


def test_the_history_is_paged_and_filtered_with_the_latest_first(database: Database) -> None:
    ids = [claim(database, planned_at=NIGHT + timedelta(days=day)) for day in range(5)]
    other = claim(database, "other", NIGHT - timedelta(days=1))
    with database.write() as session:
        job_runs.fail(session, ids[2], "no browser")
    with database.read() as session:
        runs, total = job_runs.history(session, None, per_page=2, page=2)
        assert ([run.id for run in runs], total) == ([ids[2], ids[1]], 6)
        assert [run.id for run in job_runs.history(session, None, job="other")[0]] == [other]
        assert [run.id for run in job_runs.history(session, None, state="failed")[0]] == [ids[2]]
