"""Every run of a job by clock: the unique (job, planned time) row is the claim, so that no two workers run it twice."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, Json


class JobRun(Base):
    """A planned run. `state`: claimed, running, done, failed, skipped."""

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
