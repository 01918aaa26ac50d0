"""Small books of money for the tests: a source, a package that it pays for, and each step in one line."""

from datetime import date

from sqlalchemy.orm import Session

from campus.money import commitments, sources
from campus.money.commitments import Terms, WantedCommitment, WantedPayment
from campus.money.models import Commitment, FundingSource, Payment
from campus.money.sources import WantedAllocation
from campus.renovation.models import WorksPackage
from core.i18n import today
from tests.campus.books import TEST, open_campus
from tests.campus.sample_works import add_package


def open_books(session: Session, pledged: int = 1000_00, allocated: int = 600_00) -> tuple[WorksPackage, FundingSource]:
    """A package, and a source that has pledged and set something aside for its works contracts."""
    package = add_package(session, open_campus(session, 2))
    source = sources.add_source(session, "Sample government", None, pledged, today(), TEST)
    allocate(session, source, package, allocated)
    return package, source


def allocate(session: Session, source: FundingSource, package: WorksPackage, cents: int, kind: str = "works") -> None:
    """Set cents aside, in place of what was."""
    wanted = WantedAllocation(package_id=package.id, cost_type=kind, cents=cents)
    sources.allocate(session, source, wanted, TEST, "again")


def commit(
    session: Session,
    package: WorksPackage,
    source: FundingSource,
    cents: int,
    supplier: str = "Sample builder",
    kind: str = "works",
) -> Commitment:
    """A contract of today."""
    wanted = WantedCommitment(
        package_id=package.id, source_id=source.id, cost_type=kind, day=today(), supplier=supplier
    )
    return commitments.commit(session, wanted, Terms(cents=cents), TEST)


def pay(session: Session, commitment: int, invoice: str, cents: int, day: date | None = None) -> Payment:
    """A payment, of today where no day is given."""
    wanted = WantedPayment(commitment=commitment, invoice=invoice, day=day or today(), cents=cents)
    return commitments.pay(session, wanted, TEST)
