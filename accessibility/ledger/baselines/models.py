"""The table of approved baselines. History is kept: approving again adds a row, and nothing changes or deletes one."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from core.append_only import APPEND_ONLY
from core.database import Base


class ApprovedBaseline(Base):
    """What a lead approved for a platform; the highest `number` counts. `content` is the engine's `Baseline` as JSON.

    `source` says what it was made of: "audit" or "gate", and `source_number` the audit's number or the gate's id. `new`
    and `gone` count components against the baseline before it.
    """

    __tablename__ = "approved_baseline"
    __table_args__ = (sa.UniqueConstraint("platform_id", "number"), {"info": APPEND_ONLY})

    id: Mapped[int] = mapped_column(primary_key=True)
    platform_id: Mapped[int] = mapped_column(sa.ForeignKey("platform.id"))
    number: Mapped[int]
    approved_by: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    approved_at: Mapped[datetime]
    note: Mapped[str] = mapped_column(sa.Text, default="")
    source: Mapped[str] = mapped_column(sa.String(10))
    source_number: Mapped[int]
    components: Mapped[int]
    new: Mapped[int]
    gone: Mapped[int]
    content: Mapped[dict[str, Any]]
