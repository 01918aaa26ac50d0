"""Every SELECT on what others pay back, as known at an instant; None for now. Sums in cents."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.known import known
from campus.money.rules import Status
from campus.reimbursements.models import (
    Agreement,
    AgreementTerms,
    Expense,
    ReimbursementClaim,
    ReimbursementReceipt,
)
from core.errors import NotFound
from core.i18n import gettext as _

Booked = Expense | ReimbursementClaim | ReimbursementReceipt
Row = TypeVar("Row", Expense, ReimbursementClaim)


@dataclass(frozen=True, slots=True)
class Year:
    """How a year of an agreement stands, in cents."""

    year: int
    agreed: int
    spent: int
    claimed: int
    received: int

    @property
    def claimable(self) -> int:
        """What may still be claimed: spent, within what is agreed, and not claimed yet."""
        return max(0, min(self.spent, self.agreed) - self.claimed)

    @property
    def outstanding(self) -> int:
        """What is claimed and not received."""
        return self.claimed - self.received


@dataclass(frozen=True, slots=True)
class Line:
    """An agreement, its terms, and each of its years, the first one first."""

    agreement: Agreement
    terms: AgreementTerms
    years: tuple[Year, ...]

    def open(self, on: date) -> list[Year]:
        """Years that are over and of which something was spent and not claimed."""
        return [one for one in self.years if one.year < on.year and one.claimable]


def agreement(session: Session, slug: str) -> Agreement:
    """One agreement. Raises `NotFound`."""
    found = session.scalar(sa.select(Agreement).where(Agreement.slug == slug))
    if found is None:
        raise NotFound(_("There is no such agreement."))
    return found


def terms(session: Session, agreement_id: int) -> AgreementTerms:
    """What is agreed now."""
    of = (AgreementTerms.agreement_id == agreement_id, known(AgreementTerms, None))
    return session.scalars(sa.select(AgreementTerms).where(*of)).one()


def lines(session: Session, at: datetime | None = None) -> list[Line]:
    """Every agreement that was known, by name."""
    found = session.execute(
        sa.select(Agreement, AgreementTerms)
        .join(AgreementTerms, AgreementTerms.agreement_id == Agreement.id)
        .where(known(AgreementTerms, at))
        .order_by(sa.func.lower(AgreementTerms.name), Agreement.id)
    )
    return [Line(one, said, tuple(_years(session, said, at))) for one, said in found]


def line(session: Session, slug: str, at: datetime | None = None) -> Line:
    """One agreement. Raises `NotFound`, also where it was not known yet."""
    found = next((one for one in lines(session, at) if one.agreement.slug == slug), None)
    if found is None:
        raise NotFound(_("There is no such agreement."))
    return found


def year(session: Session, agreement_id: int, number: int) -> Year:
    """How a year stands now; nothing is agreed outside the agreement's years."""
    every = _years(session, terms(session, agreement_id), None)
    return next((one for one in every if one.year == number), Year(number, 0, 0, 0, 0))


def expenses(session: Session, agreement_id: int, at: datetime | None = None) -> list[Expense]:
    """What was spent, reversed ones too, the last day first."""
    return _rows(session, Expense, agreement_id, at)


def claims(session: Session, agreement_id: int, at: datetime | None = None) -> list[ReimbursementClaim]:
    """What was claimed, withdrawn ones too, the last day first."""
    return _rows(session, ReimbursementClaim, agreement_id, at)


def receipts(session: Session, claims: Iterable[int], at: datetime | None = None) -> list[ReimbursementReceipt]:
    """What was received of these claims, reversed ones too, the last day first."""
    of = (ReimbursementReceipt.claim.in_(list(claims)), known(ReimbursementReceipt, at))
    rows = sa.select(ReimbursementReceipt).where(*of)
    return list(session.scalars(rows.order_by(ReimbursementReceipt.day.desc(), ReimbursementReceipt.number.desc())))


def received(session: Session, claim: int) -> int:
    """What is received of a claim."""
    return sum(one.cents for one in receipts(session, [claim]) if one.status == Status.BOOKED)


def _rows(session: Session, table: type[Row], agreement_id: int, at: datetime | None) -> list[Row]:
    rows = sa.select(table).where(table.agreement_id == agreement_id, known(table, at))
    return list(session.scalars(rows.order_by(table.day.desc(), table.number.desc())))


def _years(session: Session, said: AgreementTerms, at: datetime | None) -> Iterable[Year]:
    """Those agreed, and any other of which something is booked."""
    spent: Counter[int] = Counter()
    claimed: Counter[int] = Counter()
    received: Counter[int] = Counter()
    for expense in expenses(session, said.agreement_id, at):
        spent[expense.day.year] += _counts(expense)
    made = {one.number: one for one in claims(session, said.agreement_id, at)}
    for claim in made.values():
        claimed[claim.year] += _counts(claim)
    for receipt in receipts(session, made, at):
        received[made[receipt.claim].year] += _counts(receipt)
    agreed = range(said.first_year, said.last_year + 1)
    for number in sorted({*agreed, *spent, *claimed}):
        sum_ = said.cents if number in agreed else 0
        yield Year(number, sum_, spent[number], claimed[number], received[number])


def _counts(row: Booked) -> int:
    return row.cents if row.status == Status.BOOKED else 0
