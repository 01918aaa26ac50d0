"""Signs of life of the workers: one row a worker, renewed while its event loop turns, gone when it ends in good order.

A row that is not renewed is a worker that was killed, hangs, or has lost the database. Nothing waits for it: audits and
gates have leases of their own. The rows are for people and for monitoring.
"""

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from core import clock
from core.database import Base, Json
from core.settings import settings

FORGET_AFTER = timedelta(days=1)


class WorkerHeartbeat(Base):
    """A worker process. `facts` is what only it knows of its machine, `planned` job → next planned time (ISO 8601)."""

    __tablename__ = "worker_heartbeat"

    worker: Mapped[str] = mapped_column(sa.String(120), primary_key=True)
    host: Mapped[str] = mapped_column(sa.String(255))
    version: Mapped[str] = mapped_column(sa.String(40))
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    facts: Mapped[dict[str, Any]]
    planned: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)

    def is_alive(self, now: datetime) -> bool:
        """Whether it was heard of within the limit."""
        return now - self.seen_at <= limit()


def limit() -> timedelta:
    """A worker that is silent longer is not alive: the time after which it has lost its audits as well."""
    return timedelta(seconds=settings().lease_seconds)


def beat(session: Session, heartbeat: WorkerHeartbeat, planned: dict[str, datetime]) -> None:
    """The worker lives, and these are the next planned times of its jobs. Its first beat makes its row."""
    heartbeat.seen_at = clock.now()
    heartbeat.planned = {name: at.isoformat() for name, at in sorted(planned.items())}
    session.merge(heartbeat)


def end(session: Session, worker: str) -> None:
    """The worker ends in good order."""
    session.execute(sa.delete(WorkerHeartbeat).where(WorkerHeartbeat.worker == worker))


def forget_lost(session: Session) -> None:
    """Drop the rows of workers that have been silent for a day."""
    session.execute(sa.delete(WorkerHeartbeat).where(WorkerHeartbeat.seen_at < clock.now() - FORGET_AFTER))


def workers(session: Session) -> list[WorkerHeartbeat]:
    """Every worker that lives or was lost lately, the one heard of last first."""
    query = sa.select(WorkerHeartbeat).order_by(WorkerHeartbeat.seen_at.desc(), WorkerHeartbeat.worker)
    return list(session.scalars(query))
