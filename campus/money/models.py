"""Tables of the money of works: where it comes from, what it is promised to, and what is paid. All amounts in cents.

`number` is the same in all versions of one thing; `cost_type` and `status` are words of `rules`.
"""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from campus.known import Recorded, one_current
from core.database import Base

BOOKED = sa.text("superseded_at IS NULL AND status = 'booked'")


class FundingSource(Base):
    """Who pays for works. What is received from it is kept in the fund, where there is one.

    `version` counts every change of what it is called, has pledged and is allocated to.
    """

    __tablename__ = "funding_source"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(sa.String(64), unique=True)
    name: Mapped[str] = mapped_column(sa.String(120))
    fund_id: Mapped[int | None] = mapped_column(sa.ForeignKey("fund.id"))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class Pledge(Recorded, Base):
    """One version of what a source has pledged in all."""

    __tablename__ = "pledge"
    __table_args__ = (one_current("pledge", "source_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(sa.ForeignKey("funding_source.id"))
    day: Mapped[date]
    cents: Mapped[int] = mapped_column(sa.BigInteger)


class SourceReceipt(Recorded, Base):
    """One version of an amount that was received from a source."""

    __tablename__ = "source_receipt"
    __table_args__ = (one_current("source_receipt", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
    source_id: Mapped[int] = mapped_column(sa.ForeignKey("funding_source.id"), index=True)
    status: Mapped[str] = mapped_column(sa.String(20))
    day: Mapped[date]
    cents: Mapped[int] = mapped_column(sa.BigInteger)
    what: Mapped[str] = mapped_column(sa.String(200), default="")


class Allocation(Recorded, Base):
    """One version of how much of a source is set aside for a package's costs of a type."""

    __tablename__ = "allocation"
    __table_args__ = (one_current("allocation", "source_id", "package_id", "cost_type"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(sa.ForeignKey("funding_source.id"))
    package_id: Mapped[int] = mapped_column(sa.ForeignKey("works_package.id"), index=True)
    cost_type: Mapped[str] = mapped_column(sa.String(20))
    cents: Mapped[int] = mapped_column(sa.BigInteger)


class Budget(Base):
    """A budget that somebody approved. It is never changed: another plan of the money is another version."""

    __tablename__ = "works_budget"
    __table_args__ = (sa.UniqueConstraint("package_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    package_id: Mapped[int] = mapped_column(sa.ForeignKey("works_package.id"))
    number: Mapped[int]
    approved_at: Mapped[datetime]
    approved_by: Mapped[str] = mapped_column(sa.String(80))
    why: Mapped[str] = mapped_column(sa.String(500))


class BudgetLine(Base):
    """What a budget plans for costs of a type in a year."""

    __tablename__ = "works_budget_line"

    budget_id: Mapped[int] = mapped_column(sa.ForeignKey("works_budget.id"), primary_key=True)
    cost_type: Mapped[str] = mapped_column(sa.String(20), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    cents: Mapped[int] = mapped_column(sa.BigInteger)


class Commitment(Recorded, Base):
    """One version of a contract or order: money that is promised to somebody, and paid as invoices come.

    What is closed is promised no further than it is paid: its `cents` are what was paid then.
    """

    __tablename__ = "commitment"
    __table_args__ = (one_current("commitment", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
    package_id: Mapped[int] = mapped_column(sa.ForeignKey("works_package.id"), index=True)
    source_id: Mapped[int] = mapped_column(sa.ForeignKey("funding_source.id"), index=True)
    cost_type: Mapped[str] = mapped_column(sa.String(20))
    status: Mapped[str] = mapped_column(sa.String(20))
    day: Mapped[date]
    cents: Mapped[int] = mapped_column(sa.BigInteger)
    supplier: Mapped[str] = mapped_column(sa.String(120))
    contract: Mapped[str] = mapped_column(sa.String(80), default="")
    what: Mapped[str] = mapped_column(sa.String(200), default="")


class Payment(Recorded, Base):
    """One version of a payment of a commitment. `invoice_key` is supplier and invoice, plainly written.

    Of the payments that are booked now, each has an `invoice_key` of its own: nothing is paid twice for one invoice.
    """

    __tablename__ = "payment"
    __table_args__ = (
        one_current("payment", "number"),
        sa.Index("uq_payment_invoice", "invoice_key", unique=True, sqlite_where=BOOKED, postgresql_where=BOOKED),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
    commitment: Mapped[int] = mapped_column(index=True)  # number of the commitment
    status: Mapped[str] = mapped_column(sa.String(20))
    day: Mapped[date]
    cents: Mapped[int] = mapped_column(sa.BigInteger)
    invoice: Mapped[str] = mapped_column(sa.String(80))
    invoice_key: Mapped[str] = mapped_column(sa.String(210))


class CompletionForecast(Base):
    """What somebody reported that a package's costs of a type will come to in all. Reports are appended."""

    __tablename__ = "completion_forecast"
    __table_args__ = (sa.Index("ix_completion_forecast_package", "package_id", "reported_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    package_id: Mapped[int] = mapped_column(sa.ForeignKey("works_package.id"))
    cost_type: Mapped[str] = mapped_column(sa.String(20))
    reported_on: Mapped[date]
    cents: Mapped[int] = mapped_column(sa.BigInteger)
    why: Mapped[str] = mapped_column(sa.String(500), default="")
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str] = mapped_column(sa.String(80))
