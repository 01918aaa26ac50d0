"""Which lines of a worker's log belong together: those of one run, audit or gate carry its number."""

import asyncio

import pytest
import structlog
from structlog.contextvars import merge_contextvars
from structlog.testing import capture_logs

from core import clock
from core.database import Database
from jobs import audit_run, gate_run
from jobs.planned_run import run_planned
from jobs.schedule import Job
from tests.jobs.platforms import runs

log = structlog.get_logger()


def test_what_a_job_logs_carries_its_name_its_run_and_its_worker(sqlite_database: Database) -> None:
    def work(_database: Database) -> None:
        log.info("in the middle")

    with capture_logs([merge_contextvars]) as lines:
        run_planned(sqlite_database, Job("sample job", "0 1 * * *", work=work), clock.now(), "host:1:x")
        log.info("afterwards")
    (run,) = runs(sqlite_database)
    assert [line["event"] for line in lines] == ["a job begins", "in the middle", "a job ended", "afterwards"]
    told = [(line.get("job"), line.get("job_run"), line.get("worker")) for line in lines]
    assert told == [("sample job", run.id, "host:1:x")] * 3 + [(None, None, None)]


def test_a_job_that_fails_leads_back_to_its_run(sqlite_database: Database) -> None:
    def work(_database: Database) -> None:
        raise RuntimeError("sample")

    with capture_logs([merge_contextvars]) as lines:
        run_planned(sqlite_database, Job("sample job", "0 1 * * *", work=work), clock.now(), "host:1:x")
    assert [(line["event"], line["job_run"]) for line in lines][-1] == ("a job failed", runs(sqlite_database)[0].id)


@pytest.mark.parametrize(("module", "name"), [(audit_run, "audit"), (gate_run, "gate")])
def test_what_an_audit_or_gate_logs_carries_its_number(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch, module: object, name: str
) -> None:
    async def work(*_given: object) -> None:
        log.info("in the middle")
        await asyncio.to_thread(log.info, "in a thread")

    monkeypatch.setattr(module, "_perform", work)

    async def both() -> None:
        await asyncio.gather(
            *(module.perform(sqlite_database, number, "x", asyncio.Event()) for number in (7, 8))  # type: ignore[attr-defined]
        )

    with capture_logs([merge_contextvars]) as lines:
        asyncio.run(both())
    assert sorted((line["event"], line[name]) for line in lines) == [
        ("in a thread", 7),
        ("in a thread", 8),
        ("in the middle", 7),
        ("in the middle", 8),
    ]
