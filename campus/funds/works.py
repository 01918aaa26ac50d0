"""What the works receive and pay through a fund: a source of theirs that is kept in one counts in it. Read only."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.funds.rules import Amount, Kind, Status
from campus.known import known
from campus.money.models import Commitment, FundingSource, Payment, SourceReceipt
from campus.renovation.models import WorksPackage

OPEN = "open"  # of a commitment: there is more to be paid


@dataclass(frozen=True, slots=True)
class WorksAmount:
    """An amount of the works in a fund: `what` for, and `of` the source, or of whom is paid for which works.

    `commitment` is the number of what was promised, None for a receipt of the `source`.
    """

    fund_id: int
    amount: Amount
    of: str
    what: str
    source: str
    commitment: int | None = None


def amounts(session: Session, at: datetime | None = None) -> list[WorksAmount]:
    """Receipts, payments and open commitments, as known at an instant.

    A payment takes its amount off its commitment: it stands as a commitment below 0 on the day it was paid.
    """
    return [*_receipts(session, at), *_payments(session, at), *_commitments(session, at)]


def _receipts(session: Session, at: datetime | None) -> Iterator[WorksAmount]:
    query = (
        sa.select(SourceReceipt, FundingSource)
        .join(FundingSource, FundingSource.id == SourceReceipt.source_id)
        .where(FundingSource.fund_id.is_not(None), known(SourceReceipt, at))
        .where(SourceReceipt.status == Status.BOOKED)
        .order_by(SourceReceipt.day, SourceReceipt.id)
    )
    for receipt, source in session.execute(query):
        amount = Amount(Kind.RECEIPT, receipt.day, receipt.cents)
        yield WorksAmount(_fund(source), amount, source.name, receipt.what, source.slug)


def _payments(session: Session, at: datetime | None) -> Iterator[WorksAmount]:
    query = (
        sa.select(Payment, Commitment, FundingSource, WorksPackage.name)
        .join(Commitment, Commitment.number == Payment.commitment)
        .join(FundingSource, FundingSource.id == Commitment.source_id)
        .join(WorksPackage, WorksPackage.id == Commitment.package_id)
        .where(FundingSource.fund_id.is_not(None), known(Payment, at), known(Commitment, at))
        .where(Payment.status == Status.BOOKED)
        .order_by(Payment.day, Payment.id)
    )
    for payment, commitment, source, package in session.execute(query):
        told = (f"{commitment.supplier}, {package}", payment.invoice, source.slug, commitment.number)
        yield WorksAmount(_fund(source), Amount(Kind.PAYMENT, payment.day, payment.cents), *told)
        if commitment.status == OPEN:
            less = Amount(Kind.COMMITMENT, max(payment.day, commitment.day), -payment.cents)
            yield WorksAmount(_fund(source), less, *told)


def _commitments(session: Session, at: datetime | None) -> Iterator[WorksAmount]:
    query = (
        sa.select(Commitment, FundingSource, WorksPackage.name)
        .join(FundingSource, FundingSource.id == Commitment.source_id)
        .join(WorksPackage, WorksPackage.id == Commitment.package_id)
        .where(FundingSource.fund_id.is_not(None), known(Commitment, at), Commitment.status == OPEN)
        .order_by(Commitment.day, Commitment.id)
    )
    for commitment, source, package in session.execute(query):
        told = (f"{commitment.supplier}, {package}", commitment.what, source.slug, commitment.number)
        yield WorksAmount(_fund(source), Amount(Kind.COMMITMENT, commitment.day, commitment.cents), *told)


def _fund(source: FundingSource) -> int:
    assert source.fund_id is not None  # as the queries ask
    return source.fund_id
