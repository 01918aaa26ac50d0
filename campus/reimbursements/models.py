"""Tables of what others pay back: agreements, what was spent, claimed and received under them. All amounts in cents.

`number` is the same in all versions of one thing; `status` is a word of `campus.money.rules.Status`.
"""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from campus.known import Recorded, one_current
from core.database import Base


class Agreement(Base):
    """Somebody's promise to pay back what was spent for a purpose, up to a sum each year."""

    __tablename__ = "reimbursement_agreement"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(sa.String(64), unique=True)


class AgreementTerms(Recorded, Base):
    """One version of what was agreed: the years, the first and last included, and the most for each of them."""

    __tablename__ = "reimbursement_terms"
    __table_args__ = (one_current("reimbursement_terms", "agreement_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    agreement_id: Mapped[int] = mapped_column(sa.ForeignKey("reimbursement_agreement.id"))
    name: Mapped[str] = mapped_column(sa.String(120))
    payer: Mapped[str] = mapped_column(sa.String(120))
    first_year: Mapped[int]
    last_year: Mapped[int]
    cents: Mapped[int] = mapped_column(sa.BigInteger)


class Expense(Recorded, Base):
    """One version of what was spent under an agreement. `proof` refers to what proves it, such as an invoice."""

    __tablename__ = "reimbursement_expense"
    __table_args__ = (one_current("reimbursement_expense", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
    agreement_id: Mapped[int] = mapped_column(sa.ForeignKey("reimbursement_agreement.id"), index=True)
    status: Mapped[str] = mapped_column(sa.String(20))
    day: Mapped[date]
    cents: Mapped[int] = mapped_column(sa.BigInteger)
    what: Mapped[str] = mapped_column(sa.String(200))
    proof: Mapped[str] = mapped_column(sa.String(120))


class ReimbursementClaim(Recorded, Base):
    """One version of what was claimed on a day for the expenses of a year."""

    __tablename__ = "reimbursement_claim"
    __table_args__ = (one_current("reimbursement_claim", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
    agreement_id: Mapped[int] = mapped_column(sa.ForeignKey("reimbursement_agreement.id"), index=True)
    status: Mapped[str] = mapped_column(sa.String(20))
    year: Mapped[int]
    day: Mapped[date]
    cents: Mapped[int] = mapped_column(sa.BigInteger)
    what: Mapped[str] = mapped_column(sa.String(200), default="")


class ReimbursementReceipt(Recorded, Base):
    """One version of what was received of a claim."""

    __tablename__ = "reimbursement_receipt"
    __table_args__ = (one_current("reimbursement_receipt", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
    claim: Mapped[int] = mapped_column(index=True)  # number of the claim
    status: Mapped[str] = mapped_column(sa.String(20))
    day: Mapped[date]
    cents: Mapped[int] = mapped_column(sa.BigInteger)
    what: Mapped[str] = mapped_column(sa.String(200), default="")
