"""The table of gates: verdicts on releases, asked of the server. They are no nights: the ledger ignores them."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, Json


class Gate(Base):
    """One gate over one platform.

    `state`: queued, running, done, failed. `settings` are the platform's as they were, without secrets; `asked` is what
    was asked for (`rules.Asked` as JSON). `baseline_number` is that of the baseline it is judged against, if any.
    `verdict` is one of the engine's three when it has ended: a gate that failed to run is inconclusive. `result` is the
    engine's verdict with what decided it, `seen` the `Baseline` that approving it would make, None where too little was
    seen. While it runs its work is in the worker's memory: a lost worker's gate begins again.
    """

    __tablename__ = "gate"
    __table_args__ = (
        sa.Index("ix_gate_state", "state", "queued_at"),
        sa.Index("ix_gate_platform", "platform_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    platform_id: Mapped[int] = mapped_column(sa.ForeignKey("platform.id"))
    state: Mapped[str] = mapped_column(sa.String(12), default="queued")
    requested_by: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    settings: Mapped[dict[str, Any]]
    asked: Mapped[dict[str, Any]]
    baseline_number: Mapped[int | None]
    engines: Mapped[dict[str, Any]]
    queued_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    lease_owner: Mapped[str] = mapped_column(sa.String(120), default="")
    lease_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)  # workers that took it
    error: Mapped[str] = mapped_column(sa.Text, default="")
    verdict: Mapped[str] = mapped_column(sa.String(12), default="")
    result: Mapped[Any | None] = mapped_column(Json)
    seen: Mapped[Any | None] = mapped_column(Json)
