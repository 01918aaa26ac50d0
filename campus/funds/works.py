"""What the works receive and pay through a fund: a source of theirs that is kept in one counts in it. Read only."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.funds.rules import Amount, Kind, Status
from campus.known import known
from campus.money.models import Commitment, FundingSource, Payment, SourceReceipt
from campus.renovation.models import WorksPackage

OPEN = "open"  # of a commitment: there is more to be paid
SOURCE: tuple[Any, ...] = (FundingSource.fund_id, FundingSource.slug)
COMMITMENT: tuple[Any, ...] = (
    *(Commitment.number, Commitment.day.label("promised_on"), Commitment.status, Commitment.supplier),
    WorksPackage.name.label("package"),
)


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
        sa.select(SourceReceipt.day, SourceReceipt.cents, SourceReceipt.what, *SOURCE, FundingSource.name)
        .join(FundingSource, FundingSource.id == SourceReceipt.source_id)
        .where(FundingSource.fund_id.is_not(None), known(SourceReceipt, at))
        .where(SourceReceipt.status == Status.BOOKED)
        .order_by(SourceReceipt.day, SourceReceipt.id)
    )
    for row in session.execute(query):
        yield WorksAmount(row.fund_id, Amount(Kind.RECEIPT, row.day, row.cents), row.name, row.what, row.slug)


def _payments(session: Session, at: datetime | None) -> Iterator[WorksAmount]:
    query = (
        sa.select(Payment.day, Payment.cents, Payment.invoice, *SOURCE, *COMMITMENT)
        .join(Commitment, Commitment.number == Payment.commitment)
        .join(FundingSource, FundingSource.id == Commitment.source_id)
        .join(WorksPackage, WorksPackage.id == Commitment.package_id)
        .where(FundingSource.fund_id.is_not(None), known(Payment, at), known(Commitment, at))
        .where(Payment.status == Status.BOOKED)
        .order_by(Payment.day, Payment.id)
    )
    for row in session.execute(query):
        told = (f"{row.supplier}, {row.package}", row.invoice, row.slug, row.number)
        yield WorksAmount(row.fund_id, Amount(Kind.PAYMENT, row.day, row.cents), *told)
        if row.status == OPEN:
            less = Amount(Kind.COMMITMENT, max(row.day, row.promised_on), -row.cents)
            yield WorksAmount(row.fund_id, less, *told)


def _commitments(session: Session, at: datetime | None) -> Iterator[WorksAmount]:
    query = (
        sa.select(Commitment.cents, Commitment.what, *SOURCE, *COMMITMENT)
        .join(FundingSource, FundingSource.id == Commitment.source_id)
        .join(WorksPackage, WorksPackage.id == Commitment.package_id)
        .where(FundingSource.fund_id.is_not(None), known(Commitment, at), Commitment.status == OPEN)
        .order_by(Commitment.day, Commitment.id)
    )
    for row in session.execute(query):
        told = (f"{row.supplier}, {row.package}", row.what, row.slug, row.number)
        yield WorksAmount(row.fund_id, Amount(Kind.COMMITMENT, row.promised_on, row.cents), *told)
