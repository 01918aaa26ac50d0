"""Tables of what was on the books on each day, of the forecasts made from it, and of targets."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from campus.known import Recorded, one_current
from core.database import Base

LONGEST_SOURCE = 200


class Snapshot(Base):
    """A day on whose evening the books were noted. `replayed` where it was made later, from what was known then."""

    __tablename__ = "snapshot"

    taken_on: Mapped[date] = mapped_column(primary_key=True)
    made_at: Mapped[datetime]
    replayed: Mapped[bool] = mapped_column(default=False)


class OnTheBooks(Base):
    """Rooms sold and held for a night and segment, as they stood on a day. No row where both are 0."""

    __tablename__ = "on_the_books"
    __table_args__ = (sa.Index("ix_on_the_books_night", "night", "taken_on"),)

    taken_on: Mapped[date] = mapped_column(
        sa.ForeignKey("snapshot.taken_on", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    night: Mapped[date] = mapped_column(primary_key=True)
    segment_id: Mapped[int] = mapped_column(sa.ForeignKey("segment.id"), primary_key=True)
    sold: Mapped[int]
    held: Mapped[int]


class Forecast(Base):
    """A forecast made for a day, from the books of the evening before. `made_at` is later where it was made up for.

    `content`, about 45 kB: `books_of` and `begins` (the evening, and the first night of week 0); `segments`, each with
    the number of its `segment`, and `all`: `tests` (`backtest.SpanTest`) and `weeks`, a list a column: the `method`,
    and room-nights forecast (`nights`, `low`, `high`), `sold` and `held` in the books, and of `last_year`; `years`:
    year → `year_end.YearEnd`; `since`: "segment-first lead" → the day since which its method is used.
    """

    __tablename__ = "forecast"

    made_on: Mapped[date] = mapped_column(primary_key=True)
    made_at: Mapped[datetime]
    content: Mapped[dict[str, Any]]


class Target(Recorded, Base):
    """One version of a year's target, and where it comes from."""

    __tablename__ = "target"
    __table_args__ = (one_current("target", "year"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int]
    room_nights: Mapped[int]
    source: Mapped[str] = mapped_column(sa.String(LONGEST_SOURCE), default="")
