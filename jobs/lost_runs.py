"""Runs of jobs that nobody will end any more: their worker is gone, or their audit was ended by somebody else."""

from datetime import timedelta

from sqlalchemy.orm import Session

from accessibility.ledger.audits import queue
from accessibility.ledger.audits.models import Audit
from core import clock, job_runs
from core.database import Database
from core.job_runs import JobRun
from jobs.worker_id import is_gone

LONGEST = timedelta(hours=6)  # no work of a job takes so long; audits are not meant


def close_lost_runs(database: Database) -> None:
    """End them in the history, so that the next planned time of their job is not taken for an overlap."""
    with database.read() as session:
        lost = [run.id for run in job_runs.unfinished(session) if _verdict(session, run)]
    if not lost:
        return
    with database.write() as session:
        for run in job_runs.unfinished(session):
            verdict = _verdict(session, run) if run.id in lost else ""
            if verdict:
                job_runs.fail(session, run.id, verdict)


def _verdict(session: Session, run: JobRun) -> str:
    """Why the run is lost; "" while it lives."""
    audit = queue.of_job_run(session, run.id)
    if audit is not None:
        return _ended(audit)
    begun = run.started_at or run.planned_at
    if is_gone(run.worker) or clock.now() - begun > LONGEST:
        return "the worker was lost"
    return ""


def _ended(audit: Audit) -> str:
    return "" if audit.ended_at is None else f"the audit was ended: {audit.error or audit.state}"
