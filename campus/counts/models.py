"""Tables of the daily count: what was seen, apart from what is claimed."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from campus.known import Recorded
from core.database import Base

CURRENT = sa.text("superseded_at IS NULL")


class DailyCount(Recorded, Base):
    """One version of a pavilion's count of a night. A correction is a new version, with its reason.

    `explained` is the difference, in rooms counted less rooms claimed, that `explanation` speaks of: when the claims
    change later, and with them the difference, it has to be explained anew.
    """

    __tablename__ = "daily_count"
    __table_args__ = (
        sa.Index(
            "uq_daily_count_current",
            "pavilion_id",
            "night",
            unique=True,
            sqlite_where=CURRENT,
            postgresql_where=CURRENT,
        ),
        sa.Index("ix_daily_count_night", "night"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    pavilion_id: Mapped[int] = mapped_column(sa.ForeignKey("pavilion.id"))
    night: Mapped[date]
    rooms: Mapped[int]
    guests: Mapped[int]
    explained: Mapped[int | None]
    explanation: Mapped[str] = mapped_column(sa.String(500), default="")
