"""Tables of the months whose books are closed, and of what was changed in them afterwards."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from core.append_only import APPEND_ONLY
from core.database import Base


class ClosedMonth(Base):
    """A month whose books are closed; `month` is its first day, `figures` what was printed then, by `rules.FIGURES`."""

    __tablename__ = "closed_month"

    month: Mapped[date] = mapped_column(primary_key=True)
    closed_at: Mapped[datetime]
    closed_by: Mapped[str] = mapped_column(sa.String(80))
    figures: Mapped[dict[str, Any]] = mapped_column(server_default="{}")


class Adjustment(Base):
    """A change of a closed month. `changes` holds what it adds to the month's figures; nothing where none changes.

    `subject` and `number` name the claim, the block or the version of a count that was written.
    """

    __tablename__ = "adjustment"
    __table_args__ = ({"info": APPEND_ONLY},)

    id: Mapped[int] = mapped_column(primary_key=True)
    month: Mapped[date] = mapped_column(sa.ForeignKey("closed_month.month"), index=True)
    subject: Mapped[str] = mapped_column(sa.String(20))
    number: Mapped[int]
    changes: Mapped[dict[str, Any]]
    why: Mapped[str] = mapped_column(sa.String(500))
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str] = mapped_column(sa.String(80))
