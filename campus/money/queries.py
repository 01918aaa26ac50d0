"""Every SELECT on the money of works, as known at an instant; None for now. Sums in cents."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.known import known
from campus.money.models import (
    Allocation,
    Budget,
    BudgetLine,
    Commitment,
    CompletionForecast,
    FundingSource,
    Payment,
    Pledge,
    SourceReceipt,
)
from campus.money.rules import Standing, Status
from core.errors import NotFound
from core.i18n import gettext as _

Key = tuple[int, int, str]  # source, package, cost type


@dataclass(frozen=True, slots=True)
class Sums:
    """What became of money, in cents. `free` is what is pledged and not allocated, `cash` received and not paid."""

    pledged: int = 0
    received: int = 0
    allocated: int = 0
    committed: int = 0
    paid: int = 0

    @property
    def free(self) -> int:
        return self.pledged - self.allocated

    @property
    def cash(self) -> int:
        return self.received - self.paid

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(*(getattr(self, name) + getattr(other, name) for name in Sums.__slots__))


@dataclass(frozen=True, slots=True)
class Part:
    """A source's money for a package's costs of a type, in cents."""

    source_id: int
    package_id: int
    cost_type: str
    allocated: int
    committed: int
    paid: int


@dataclass(frozen=True, slots=True)
class CommitmentLine:
    """A commitment and what is paid of it, in cents."""

    commitment: Commitment
    paid: int

    @property
    def promised(self) -> int:
        """What counts as committed: nothing where it was cancelled."""
        return 0 if self.commitment.status == Standing.CANCELLED else self.commitment.cents

    @property
    def open(self) -> int:
        """What is still to be paid."""
        return self.promised - self.paid


class Sort(StrEnum):
    """What a list of commitments is put in order by."""

    DAY = "day"
    SUPPLIER = "supplier"
    AMOUNT = "amount"


# sources


def sources(session: Session) -> list[FundingSource]:
    """All sources, by name."""
    return list(session.scalars(sa.select(FundingSource).order_by(sa.func.lower(FundingSource.name), FundingSource.id)))


def source(session: Session, slug: str) -> FundingSource:
    """One source. Raises `NotFound`."""
    found = session.scalar(sa.select(FundingSource).where(FundingSource.slug == slug))
    if found is None:
        raise NotFound(_("There is no such funding source."))
    return found


def standing(session: Session, at: datetime | None = None) -> dict[int, Sums]:
    """Source → what became of its money."""
    sums: dict[int, Sums] = defaultdict(Sums)
    for row in session.execute(sa.select(Pledge.source_id, Pledge.cents).where(known(Pledge, at))):
        sums[row.source_id] += Sums(pledged=row.cents)
    for one in _receipts(session, at):
        sums[one.source_id] += Sums(received=one.cents)
    for part in parts(session, at):
        sums[part.source_id] += Sums(allocated=part.allocated, committed=part.committed, paid=part.paid)
    return {one.id: sums[one.id] for one in sources(session)}


def parts(session: Session, at: datetime | None = None) -> list[Part]:
    """Every allocation with what is committed and paid of it, by source, package and cost type."""
    found: dict[Key, Part] = {}
    for row in session.scalars(sa.select(Allocation).where(known(Allocation, at))):
        key = (row.source_id, row.package_id, row.cost_type)
        found[key] = Part(*key, row.cents, 0, 0)
    for line in commitments(session, at):
        one = line.commitment
        key = (one.source_id, one.package_id, one.cost_type)
        part = found.get(key, Part(*key, 0, 0, 0))
        found[key] = replace(part, committed=part.committed + line.promised, paid=part.paid + line.paid)
    return [found[key] for key in sorted(found)]


def pledge(session: Session, source_id: int) -> Pledge | None:
    """What a source has pledged, as known now."""
    return session.scalar(sa.select(Pledge).where(Pledge.source_id == source_id, known(Pledge, None)))


def pledges(session: Session, source_id: int) -> list[Pledge]:
    """Every version of a source's pledge, the newest first."""
    return list(session.scalars(sa.select(Pledge).where(Pledge.source_id == source_id).order_by(Pledge.id.desc())))


def receipts(session: Session, source_id: int, at: datetime | None = None) -> list[SourceReceipt]:
    """What was received of a source, reversed ones too, the last day first."""
    rows = sa.select(SourceReceipt).where(SourceReceipt.source_id == source_id, known(SourceReceipt, at))
    return list(session.scalars(rows.order_by(SourceReceipt.day.desc(), SourceReceipt.number.desc())))


def pledged(session: Session, source_id: int) -> int:
    """What a source has pledged in all."""
    current = pledge(session, source_id)
    return current.cents if current else 0


def allocated(session: Session, source_id: int) -> int:
    """What a source allocates in all."""
    rows = sa.select(sa.func.sum(Allocation.cents)).where(Allocation.source_id == source_id, known(Allocation, None))
    return int(session.scalar(rows) or 0)


def allocation(session: Session, source_id: int, package_id: int, cost_type: str) -> Allocation | None:
    """The current version of an allocation."""
    of = (Allocation.source_id == source_id, Allocation.package_id == package_id, Allocation.cost_type == cost_type)
    return session.scalar(sa.select(Allocation).where(*of, known(Allocation, None)))


def allocation_versions(session: Session, source_id: int) -> list[Allocation]:
    """Every version of what a source allocates, the newest first."""
    rows = sa.select(Allocation).where(Allocation.source_id == source_id)
    return list(session.scalars(rows.order_by(Allocation.id.desc())))


# commitments and payments


def committed(session: Session, source_id: int, package_id: int, cost_type: str) -> int:
    """What is promised of an allocation, cancelled commitments aside."""
    of = (Commitment.source_id == source_id, Commitment.package_id == package_id, Commitment.cost_type == cost_type)
    counts = (known(Commitment, None), Commitment.status != Standing.CANCELLED.value)
    return int(session.scalar(sa.select(sa.func.sum(Commitment.cents)).where(*of, *counts)) or 0)


def paid(session: Session, commitment: int) -> int:
    """What is paid of a commitment."""
    booked = (Payment.commitment == commitment, known(Payment, None), Payment.status == Status.BOOKED.value)
    return int(session.scalar(sa.select(sa.func.sum(Payment.cents)).where(*booked)) or 0)


def paid_by(session: Session, package_id: int, cost_type: str, day: date) -> int:
    """What is paid of a package's costs of a type by the end of a day, in cents."""
    query = (
        sa.select(sa.func.sum(Payment.cents))
        .join(Commitment, sa.and_(Commitment.number == Payment.commitment, known(Commitment, None)))
        .where(known(Payment, None), Payment.status == Status.BOOKED.value, Payment.day <= day)
        .where(Commitment.package_id == package_id, Commitment.cost_type == cost_type)
    )
    return int(session.scalar(query) or 0)


def commitments(
    session: Session,
    at: datetime | None = None,
    *,
    package_id: int | None = None,
    source_id: int | None = None,
    statuses: Iterable[Standing] = tuple(Standing),
    sort: Sort = Sort.DAY,
    descending: bool = False,
) -> list[CommitmentLine]:
    """Commitments that all the filters let through."""
    booked = (known(Payment, at), Payment.status == Status.BOOKED.value, Payment.commitment == Commitment.number)
    of_it = sa.select(sa.func.sum(Payment.cents)).where(*booked).scalar_subquery()
    query = sa.select(Commitment, sa.func.coalesce(of_it, 0)).where(
        known(Commitment, at), Commitment.status.in_([one.value for one in statuses])
    )
    if package_id is not None:
        query = query.where(Commitment.package_id == package_id)
    if source_id is not None:
        query = query.where(Commitment.source_id == source_id)
    by = {Sort.DAY: Commitment.day, Sort.SUPPLIER: sa.func.lower(Commitment.supplier), Sort.AMOUNT: Commitment.cents}
    order = by[sort].desc() if descending else by[sort].asc()
    found = session.execute(query.order_by(order, Commitment.number))
    return [CommitmentLine(commitment, int(sum_)) for commitment, sum_ in found]


def payments(
    session: Session, at: datetime | None = None, *, numbers: Iterable[int] | None = None, reversed_too: bool = False
) -> list[Payment]:
    """Payments of these commitments, or of all, by day."""
    query = sa.select(Payment).where(known(Payment, at)).order_by(Payment.day, Payment.number)
    if numbers is not None:
        query = query.where(Payment.commitment.in_(list(numbers)))
    return list(session.scalars(query if reversed_too else query.where(Payment.status == Status.BOOKED.value)))


def payment_of_invoice(session: Session, key: str) -> Payment | None:
    """The payment that is booked for an invoice."""
    booked = (Payment.invoice_key == key, known(Payment, None), Payment.status == Status.BOOKED.value)
    return session.scalar(sa.select(Payment).where(*booked))


# budgets and what is expected


def budgets(session: Session, package_id: int, at: datetime | None = None) -> list[Budget]:
    """The approved budgets of a package, the first one first."""
    query = sa.select(Budget).where(Budget.package_id == package_id).order_by(Budget.number)
    return list(session.scalars(query if at is None else query.where(Budget.approved_at <= at)))


def budget_lines(session: Session, budgets: Sequence[Budget]) -> dict[int, dict[tuple[str, int], int]]:
    """Budget → cost type and year → cents."""
    lines: dict[int, dict[tuple[str, int], int]] = {one.id: {} for one in budgets}
    for line in session.scalars(sa.select(BudgetLine).where(BudgetLine.budget_id.in_(list(lines)))):
        lines[line.budget_id][line.cost_type, line.year] = line.cents
    return lines


def expected(session: Session, package_id: int, at: datetime | None = None) -> list[CompletionForecast]:
    """What was reported that a package's costs will come to, the newest report first."""
    query = sa.select(CompletionForecast).where(CompletionForecast.package_id == package_id)
    query = query.order_by(CompletionForecast.reported_on.desc(), CompletionForecast.id.desc())
    return list(session.scalars(query if at is None else query.where(CompletionForecast.recorded_at <= at)))


def last_expected(reports: Iterable[CompletionForecast]) -> Mapping[str, CompletionForecast]:
    """Cost type → the report that counts, of reports the newest first."""
    last: dict[str, CompletionForecast] = {}
    for one in reports:
        last.setdefault(one.cost_type, one)
    return last


def _receipts(session: Session, at: datetime | None) -> Iterable[SourceReceipt]:
    booked = SourceReceipt.status == Status.BOOKED.value
    return session.scalars(sa.select(SourceReceipt).where(known(SourceReceipt, at), booked))
