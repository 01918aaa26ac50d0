"""Tables of the funds: what came in, what went out, and what documents print of them."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from campus.known import Recorded
from core.database import Base

CURRENT = sa.text("superseded_at IS NULL")


class Fund(Base):
    """Money that is set aside for a purpose and kept apart, such as the Campus Improvement Fund."""

    __tablename__ = "fund"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(sa.String(64), unique=True)
    name: Mapped[str] = mapped_column(sa.String(120))
    position: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class FundEntry(Recorded, Base):
    """One version of an amount in a fund's books. `number` is the same in all versions; `kind` and `status` of rules.

    An opening balance stands at the end of its day. What is `planned` has not happened: it counts in forecasts alone.
    What works receive and pay through a fund is in their own tables (`campus/money`) and not entered here again.
    """

    __tablename__ = "fund_entry"
    __table_args__ = (
        sa.Index("uq_fund_entry_current", "number", unique=True, sqlite_where=CURRENT, postgresql_where=CURRENT),
        sa.Index("ix_fund_entry_day", "fund_id", "day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
    fund_id: Mapped[int] = mapped_column(sa.ForeignKey("fund.id"))
    kind: Mapped[str] = mapped_column(sa.String(20))
    status: Mapped[str] = mapped_column(sa.String(20))
    planned: Mapped[bool] = mapped_column(default=False)
    day: Mapped[date]
    cents: Mapped[int] = mapped_column(sa.BigInteger)
    what: Mapped[str] = mapped_column(sa.String(200))


class FactsLoad(Base):
    """A facts file that was loaded."""

    __tablename__ = "facts_load"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(sa.String(80))
    file_name: Mapped[str] = mapped_column(sa.String(200))
    sha256: Mapped[str] = mapped_column(sa.String(64))


class PrintedFigure(Base):
    """What a document prints of an item in one place, as a facts file tells it."""

    __tablename__ = "printed_figure"

    id: Mapped[int] = mapped_column(primary_key=True)
    load_id: Mapped[int] = mapped_column(sa.ForeignKey("facts_load.id"), index=True)
    position: Mapped[int]
    item: Mapped[str] = mapped_column(sa.String(200))
    printed_in: Mapped[str] = mapped_column(sa.String(200))
    cents: Mapped[int] = mapped_column(sa.BigInteger)
