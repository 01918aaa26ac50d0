"""Every run of a job by clock: the unique (job, planned time) row is the claim, so that no two workers run it twice."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from core import clock
from core.database import Base, Json

CLAIMED = "claimed"  # taken, and waiting for its turn (an audit in the queue)
RUNNING = "running"
DONE = "done"
FAILED = "failed"
SKIPPED = "skipped"
STATES = (CLAIMED, RUNNING, DONE, FAILED, SKIPPED)
UNFINISHED = (CLAIMED, RUNNING)


class JobRun(Base):
    """A planned run. `error` also says why a run was skipped; `late` that its planned time had passed unseen."""

    __tablename__ = "job_run"
    __table_args__ = (
        sa.UniqueConstraint("job", "planned_at"),
        sa.Index("ix_job_run_planned", "planned_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    job: Mapped[str] = mapped_column(sa.String(100))  # "nightly audit: ecampus"
    planned_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    worker: Mapped[str] = mapped_column(sa.String(120), default="")
    state: Mapped[str] = mapped_column(sa.String(10), default="claimed")
    late: Mapped[bool] = mapped_column(default=False)
    result: Mapped[Any | None] = mapped_column(Json)
    error: Mapped[str] = mapped_column(sa.Text, default="")

    @property
    def seconds(self) -> float | None:
        """How long it ran, in seconds; None before its end."""
        if self.started_at is None or self.ended_at is None:
            return None
        return (self.ended_at - self.started_at).total_seconds()


def claim(session: Session, job: str, planned_at: datetime, worker: str, *, late: bool = False) -> JobRun | None:
    """Claim a planned run by inserting its row; None when somebody else has it.

    On PostgreSQL this waits for the end of another transaction that is claiming the same run.
    """
    run = JobRun(job=job, planned_at=planned_at, worker=worker, state=CLAIMED, late=late)
    try:
        with session.begin_nested():
            session.add(run)
    except IntegrityError:
        return None
    return run


def start(session: Session, run_id: int, worker: str) -> None:
    """The run begins now, in this worker; a run that is resumed keeps the time of its first beginning."""
    started = sa.func.coalesce(JobRun.started_at, clock.now())
    _move(session, run_id, worker=worker, state=RUNNING, started_at=started)


def finish(session: Session, run_id: int, result: Any = None) -> None:
    """The run ended well; `result` is plain JSON for the history."""
    _move(session, run_id, state=DONE, ended_at=clock.now(), result=result)


def fail(session: Session, run_id: int, error: str) -> None:
    """The run ended with an error."""
    _move(session, run_id, state=FAILED, ended_at=clock.now(), error=error)


def skip(session: Session, run_id: int, reason: str) -> None:
    """The planned time passes without a run."""
    _move(session, run_id, state=SKIPPED, ended_at=clock.now(), error=reason)


def _move(session: Session, run_id: int, **values: Any) -> None:
    """An ended run stays as it is: what a slow worker says afterwards is too late."""
    session.execute(sa.update(JobRun).where(JobRun.id == run_id, JobRun.state.in_(UNFINISHED)).values(**values))


def unfinished(session: Session, job: str = "") -> list[JobRun]:
    """Runs that were claimed and have not ended, of one job or of all, the oldest first."""
    query = sa.select(JobRun).where(JobRun.state.in_(UNFINISHED)).order_by(JobRun.id)
    return list(session.scalars(query.where(JobRun.job == job) if job else query))


def is_claimed(session: Session, job: str, planned_at: datetime) -> bool:
    """Whether somebody has taken this planned time, for a look before the write that decides."""
    return session.scalar(sa.select(JobRun.id).where(JobRun.job == job, JobRun.planned_at == planned_at)) is not None


def history(
    session: Session,
    among: Collection[str] | None,
    *,
    job: str = "",
    state: str = "",
    page: int = 1,
    per_page: int = 50,
) -> tuple[list[JobRun], int]:
    """One page (from 1) of the runs, the latest planned first, and how many there are in all.

    `among` are the jobs that may be told of; None for every job.
    """
    query = sa.select(JobRun)
    if among is not None:
        query = query.where(JobRun.job.in_(among))
    if job:
        query = query.where(JobRun.job == job)
    if state:
        query = query.where(JobRun.state == state)
    total = session.scalar(sa.select(sa.func.count()).select_from(query.subquery())) or 0
    ordered = query.order_by(JobRun.planned_at.desc(), JobRun.id.desc())
    return list(session.scalars(ordered.limit(per_page).offset((page - 1) * per_page))), total


def names(session: Session, among: Collection[str] | None) -> list[str]:
    """The names of all jobs that ever ran, of those that may be told of, sorted, for a filter."""
    query = sa.select(JobRun.job).distinct().order_by(JobRun.job)
    return list(session.scalars(query if among is None else query.where(JobRun.job.in_(among))))


def last_ended(session: Session) -> dict[str, JobRun]:
    """Job → its run that ended last."""
    last = sa.select(sa.func.max(JobRun.id)).where(JobRun.state.not_in(UNFINISHED)).group_by(JobRun.job)
    return {run.job: run for run in session.scalars(sa.select(JobRun).where(JobRun.id.in_(last)).order_by(JobRun.job))}


def last_successes(session: Session) -> list[tuple[str, datetime]]:
    """Every job that ever ended well, and when it last did."""
    query = sa.select(JobRun.job, sa.func.max(JobRun.ended_at)).where(JobRun.state == DONE)
    return [(job, at) for job, at in session.execute(query.group_by(JobRun.job).order_by(JobRun.job)) if at]


def counts(session: Session, since: datetime | None = None) -> list[tuple[str, str, int]]:
    """Job, end state, how many runs ended so; since an instant, or ever."""
    ended = sa.and_(JobRun.state.not_in(UNFINISHED), JobRun.ended_at >= since if since else sa.true())
    query = sa.select(JobRun.job, JobRun.state, sa.func.count()).where(ended).group_by(JobRun.job, JobRun.state)
    return [(row[0], row[1], row[2]) for row in session.execute(query.order_by(JobRun.job, JobRun.state))]
