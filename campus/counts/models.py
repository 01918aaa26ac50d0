"""Tables of the daily count: what was seen, apart from what is claimed."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from campus.known import Recorded, one_current
from core.database import Base


class DailyCount(Recorded, Base):
    """One version of a pavilion's count of a night. A correction is a new version, with its reason.

    `explained` is the difference, in rooms counted less rooms claimed, that `explanation` speaks of: when the claims
    change later, and with them the difference, it has to be explained anew.
    """

    __tablename__ = "daily_count"
    __table_args__ = (
        one_current("daily_count", "pavilion_id", "night"),
        sa.Index("ix_daily_count_night", "night"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    pavilion_id: Mapped[int] = mapped_column(sa.ForeignKey("pavilion.id"))
    night: Mapped[date]
    rooms: Mapped[int]
    guests: Mapped[int]
    explained: Mapped[int | None]
    explanation: Mapped[str] = mapped_column(sa.String(500), default="")
