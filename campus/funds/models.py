"""Tables of the funds: what came in, what went out, and what documents print of them. All amounts in cents."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from campus.known import Recorded, one_current
from core.database import Base


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

    An opening balance stands at the end of its day. What is `planned` has not happened: it is expected by its day. What
    works receive and pay through a fund is in their own tables (`campus/money`) and not entered here again. `load_id`
    is the facts file that the figure came with; a version that a person wrote later keeps it.
    """

    __tablename__ = "fund_entry"
    __table_args__ = (
        one_current("fund_entry", "number"),
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
    load_id: Mapped[int | None] = mapped_column(sa.ForeignKey("facts_load.id"))


class FactsLoad(Base):
    """A facts file that was loaded. `changes["lines"]` holds `[what, before, after, unit]`."""

    __tablename__ = "facts_load"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(sa.String(80))
    file_name: Mapped[str] = mapped_column(sa.String(200))
    sha256: Mapped[str] = mapped_column(sa.String(64))
    changes: Mapped[dict[str, Any]]


class PrintedFigure(Recorded, Base):
    """One version of what a document prints of an item in one place, as a facts file tells it.

    `section` is the table of the facts file, `position` the order of the figures of an item. A `part` is one of the
    amounts that the item adds up to. The closing balance of a fund names the fund and its day.
    """

    __tablename__ = "printed_figure"

    id: Mapped[int] = mapped_column(primary_key=True)
    load_id: Mapped[int] = mapped_column(sa.ForeignKey("facts_load.id"), index=True)
    section: Mapped[str] = mapped_column(sa.String(40))
    position: Mapped[int]
    item: Mapped[str] = mapped_column(sa.String(200))
    part: Mapped[str] = mapped_column(sa.String(80), default="")
    printed_in: Mapped[str] = mapped_column(sa.String(200))
    cents: Mapped[int] = mapped_column(sa.BigInteger)
    fund_id: Mapped[int | None] = mapped_column(sa.ForeignKey("fund.id"))
    day: Mapped[date | None]
