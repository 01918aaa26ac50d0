"""One planned run: claimed in the database, then done, handed on, or skipped."""

from datetime import datetime

import structlog
from sqlalchemy.orm import Session

from core import clock, job_runs
from core.database import Database
from core.errors import Conflict
from jobs.schedule import Job, is_late

log = structlog.get_logger()


def run_planned(database: Database, job: Job, planned_at: datetime, worker: str) -> bool:
    """Run the job for this planned time unless another worker has claimed it; True when it was ours.

    What goes wrong in the job ends in its history and in the log, and raises nothing.
    """
    with database.read() as session:  # most looks find it claimed: no need to queue for a write
        if job_runs.is_claimed(session, job.name, planned_at):
            return False
    with structlog.contextvars.bound_contextvars(worker=worker, job=job.name):
        try:
            run_id, begun = _claim(database, job, planned_at, worker)
        except Exception as error:
            log.exception("a job could not be queued")
            return _claim_as_failed(database, job, planned_at, worker, error)
        if run_id is not None and begun:
            with structlog.contextvars.bound_contextvars(job_run=run_id):
                _work(database, job, run_id)
        return run_id is not None


def _claim(database: Database, job: Job, planned_at: datetime, worker: str) -> tuple[int | None, bool]:
    """The run's id, if it is ours, and whether its work is to be done here and now."""
    with database.write() as session:
        late = is_late(planned_at, clock.now())
        run = job_runs.claim(session, job.name, planned_at, worker, late=late)
        if run is None:
            return None, False
        if len(job_runs.unfinished(session, job.name)) > 1:
            job_runs.skip(session, run.id, "the run before it had not ended")
        elif job.queue is not None:
            _queue(session, job, run)
        else:
            job_runs.start(session, run.id, worker)
            return run.id, True
        return run.id, False


def _queue(session: Session, job: Job, run: job_runs.JobRun) -> None:
    assert job.queue is not None
    try:
        with session.begin_nested():
            job.queue(session, run)
    except Conflict as conflict:
        job_runs.skip(session, run.id, str(conflict))


def _claim_as_failed(database: Database, job: Job, planned_at: datetime, worker: str, error: Exception) -> bool:
    with database.write() as session:
        run = job_runs.claim(session, job.name, planned_at, worker, late=is_late(planned_at, clock.now()))
        if run is not None:
            job_runs.fail(session, run.id, describe(error))
        return run is not None


def _work(database: Database, job: Job, run_id: int) -> None:
    assert job.work is not None
    log.info("a job begins")
    try:
        result = job.work(database)
    except Exception as error:
        log.exception("a job failed")
        with database.write() as session:
            job_runs.fail(session, run_id, describe(error))
    else:
        with database.write() as session:
            job_runs.finish(session, run_id, result)
        log.info("a job ended", result=result)


def describe(error: BaseException) -> str:
    """An error as one line of the history."""
    return f"{type(error).__name__}: {error}"[:2000]
