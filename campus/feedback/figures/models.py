"""Tables of published figures. Every reader sees these alone; answers themselves are read when a quarter closes."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base


class ClosedQuarter(Base):
    """A quarter whose figures are published: no answer is added to it any more."""

    __tablename__ = "closed_quarter"

    quarter: Mapped[str] = mapped_column(sa.String(7), primary_key=True)  # 2026-Q3
    closed_at: Mapped[datetime]
    closed_by: Mapped[str] = mapped_column(sa.String(80))


class PublishedCell(Base):
    """One measure of one group of guests in one closed quarter; never changed.

    `dimension` is one of `rules.DIMENSIONS`, `thing` the slug or code in it, empty for all guests. `measure` is the
    question's key, for a choice with `:` and the option's. `value` is a share of 1, or the score of −100 to 100; `mean`
    and `deviation` those of the answers on their scale, null where it has none. A suppressed cell has no figure at
    all, not even its n. `wordings` are hashes of the texts that the question had in that quarter.
    """

    __tablename__ = "published_cell"
    __table_args__ = (sa.UniqueConstraint("quarter", "dimension", "thing", "measure"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    quarter: Mapped[str] = mapped_column(sa.ForeignKey("closed_quarter.quarter"))
    dimension: Mapped[str] = mapped_column(sa.String(20))
    thing: Mapped[str] = mapped_column(sa.String(64))
    measure: Mapped[str] = mapped_column(sa.String(130), index=True)
    area: Mapped[str] = mapped_column(sa.String(64))
    kind: Mapped[str] = mapped_column(sa.String(20))
    suppressed: Mapped[bool]
    n: Mapped[int | None]
    value: Mapped[float | None]
    low: Mapped[float | None]
    high: Mapped[float | None]
    method: Mapped[str] = mapped_column(sa.String(20))
    mean: Mapped[float | None]
    deviation: Mapped[float | None]
    wordings: Mapped[list[str]]


class Benchmark(Base):
    """A figure of others to compare with, entered by staff with its source; on the scale of the measure's `value`."""

    __tablename__ = "benchmark"

    id: Mapped[int] = mapped_column(primary_key=True)
    measure: Mapped[str] = mapped_column(sa.String(130), index=True)
    name: Mapped[str] = mapped_column(sa.String(120))
    value: Mapped[float]
    source: Mapped[str] = mapped_column(sa.String(500))
    first: Mapped[date]
    until: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
