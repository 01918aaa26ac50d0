"""Money of works in the small campus of the tests: two sources, budgets, contracts, an agreement with a year open."""

from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.money import budgets, commitments, sources
from campus.money.commitments import Terms, WantedCommitment, WantedPayment
from campus.money.sources import WantedAllocation
from campus.reimbursements import actions as reimbursements
from campus.reimbursements.actions import Wanted
from campus.renovation.models import WorksPackage
from core.i18n import today
from tests.campus.books import TEST, Campus
from tests.campus.sample_works import add_works


def add_money(session: Session, campus: Campus) -> None:
    """Something in every state: reversed, closed, cancelled, raised; the second package has no money at all."""
    package = session.scalar(sa.select(WorksPackage).order_by(WorksPackage.id).limit(1))
    if package is None:  # the works are a theme of their own
        add_works(session, campus)
        return add_money(session, campus)
    add_funded(session, package)
    return add_agreement(session)


def add_funded(session: Session, package: WorksPackage) -> None:
    """Sources, budgets, commitments and payments of a package."""
    day = today() - timedelta(days=200)
    government = sources.add_source(session, "Sample government", None, 8000_00, day, TEST)
    sources.add_source(session, "Sample centre", None, 500_00, day, TEST)
    sources.receive(session, government, 6000_00, day, "Sample instalment", TEST)
    wrong = sources.receive(session, government, 60_00, day, "", TEST)
    sources.reverse_receipt(session, wrong.number, TEST, "Entered twice")
    for kind, cents in (("design", 1500_00), ("works", 5000_00), ("control", 500_00)):
        wanted = WantedAllocation(package_id=package.id, cost_type=kind, cents=cents)
        sources.allocate(session, government, wanted, TEST)
    year = today().year
    first = {("design", year): 1000_00, ("works", year): 3000_00, ("works", year + 1): 2000_00}
    budgets.approve(session, package, first, TEST, "Approved by the sample board")
    more = first | {("control", year): 500_00, ("contingency", year + 1): 500_00}
    budgets.approve(session, package, more, TEST, "With project control")
    budgets.expect(session, package, "works", 5400_00, day, TEST, "Sample windows cost more")
    _commitments(session, package, government.id)


def _commitments(session: Session, package: WorksPackage, source_id: int) -> None:
    day = today() - timedelta(days=100)
    made = []
    for supplier, kind, cents in (
        ("Sample architects", "design", 900_00),
        ("Sample builder", "works", 4000_00),
        ("Sample painter", "works", 300_00),
    ):
        wanted = WantedCommitment(
            package_id=package.id, source_id=source_id, cost_type=kind, day=day, supplier=supplier
        )
        made.append(commitments.commit(session, wanted, Terms(cents=cents, contract="S-1", what="Sample works"), TEST))
    architects, builder, painter = (one.number for one in made)
    for commitment, invoice, cents in ((architects, "A 1", 850_00), (builder, "B-1", 700_00), (builder, "B-2", 80_00)):
        wanted_payment = WantedPayment(commitment=commitment, invoice=invoice, day=day, cents=cents)
        last = commitments.pay(session, wanted_payment, TEST)
    commitments.reverse(session, last.number, TEST, "Wrong amount")
    commitments.close(session, architects, TEST, "All is delivered")
    commitments.change(session, builder, Terms(cents=4200_00, what="Sample works"), TEST, "More windows")
    commitments.cancel(session, painter, TEST, "Not needed")


def add_agreement(session: Session) -> None:
    """The first year is paid back, of the second something is open, the third is under way."""
    year = today().year
    wanted = Wanted(name="Sample repairs", payer="Sample city", first_year=year - 2, last_year=year + 1, cents=180_00)
    agreement = reimbursements.agree(session, wanted, TEST)
    for back, cents in ((2, 200_00), (1, 150_00), (1, 10_00)):
        day = today().replace(year=year - back, month=3, day=1)
        last = reimbursements.spend(session, agreement, day, cents, "Sample roof", "Invoice S-7", TEST)
    reimbursements.reverse_expense(session, agreement, last.number, TEST, "Not ours")
    first = reimbursements.claim(session, agreement, year - 2, today(), 180_00, "", TEST)
    reimbursements.receive(session, agreement, first.number, today(), 180_00, "", TEST)
    second = reimbursements.claim(session, agreement, year - 1, today(), 100_00, "Part", TEST)
    reimbursements.receive(session, agreement, second.number, today(), 60_00, "Part", TEST)
    again = reimbursements.claim(session, agreement, year - 1, today(), 20_00, "", TEST)
    reimbursements.withdraw(session, agreement, again.number, TEST, "Too early")
