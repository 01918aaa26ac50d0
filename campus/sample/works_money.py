"""The money of Americas 2 in the sample, and the City's agreement on extraordinary maintenance.

Published in the Programme and Budget proposals for 2024-25 are what the host government and the centre's own fund give
and what is planned for 2024-25, which come with the facts file (`works_funds`), and what the City pays back each year.
Suppliers, contracts, payments, single expenses and all that lies after 2025 are invented, and say so. The sources are
not tied to a fund, whose printed roll-forward holds their money already.
"""

from datetime import date, datetime, time

from sqlalchemy.orm import Session

from campus.money import budgets, commitments, queries, sources
from campus.money.commitments import Terms, WantedCommitment, WantedPayment
from campus.money.models import Commitment, FundingSource
from campus.money.sources import WantedAllocation
from campus.reimbursements import actions as reimbursements
from campus.reimbursements.actions import Wanted
from campus.renovation import queries as works
from campus.renovation.models import WorksPackage
from core.i18n import today, zone

EURO = 100
OWN = 500_000 * EURO
PARTED = {  # the published 2,500,000 of 2024-25, parted by year by us
    ("design", 2024): 150_000 * EURO,
    ("design", 2025): 150_000 * EURO,
    ("works", 2025): 2_000_000 * EURO,
    ("control", 2024): 50_000 * EURO,
    ("control", 2025): 150_000 * EURO,
}
BEFORE = {("design", 2023): 200_000 * EURO}  # 8,500,000 less the 8,300,000 that were reserved at the end of 2023
INVENTED = {
    ("works", 2026): 3_300_000 * EURO,
    ("works", 2027): 2_000_000 * EURO,
    ("contingency", 2027): 500_000 * EURO,
}
YEARLY, FIRST_YEAR, LAST_YEAR = 180_000 * EURO, 2022, 2026
SPENT = {2022: 195_000, 2023: 181_500, 2024: 164_000, 2025: 172_300, 2026: 88_000}  # euros, invented
NOTE = "Sample data: invented"


def write_money(session: Session, actor: str) -> None:
    """Write what would be known by now. The works of the sample and what is published of them must be there."""
    package = works.package(session, "americas-2")
    government, own = _sources(session, package, actor)
    _budgets(session, package, actor)
    _spend(session, package, government, own, actor)
    _agreement(session, actor)


def _sources(session: Session, package: WorksPackage, actor: str) -> tuple[FundingSource, FundingSource]:
    """Both have paid all that they pledged; of the centre's own part that is invented."""
    government, own = (queries.source(session, slug) for slug in ("host-government", "own-contribution-of-the-centre"))
    queries.receipts(session, government.id)[0].recorded_at = _noon(date(2023, 12, 31))
    receipt = sources.receive(session, own, OWN, date(2023, 1, 31), "The day is invented", actor)
    receipt.recorded_at = _noon(receipt.day)
    for source, kind, euros in (
        (government, "works", 7_300_000),
        (government, "control", 200_000),
        (government, "contingency", 500_000),
        (own, "design", 500_000),
    ):
        wanted = WantedAllocation(package_id=package.id, cost_type=kind, cents=euros * EURO)
        sources.allocate(session, source, wanted, actor, NOTE)
    return government, own


def _budgets(session: Session, package: WorksPackage, actor: str) -> None:
    """The first one is the published plan."""
    (first,) = queries.budgets(session, package.id)
    first.approved_at = _noon(date(2023, 11, 30))
    whole = BEFORE | PARTED | INVENTED
    second = budgets.approve(session, package, whole, actor, f"{NOTE} from 2026 on, up to what is pledged")
    second.approved_at = _noon(date(2025, 2, 3))
    budgets.expect(session, package, "works", 7_450_000 * EURO, date(2025, 9, 30), actor, NOTE)


def _spend(session: Session, package: WorksPackage, government: FundingSource, own: FundingSource, actor: str) -> None:
    """Contracts and their invoices, as far as they would be there by now."""
    for source, kind, supplier, euros, signed, invoices in (
        (own, "design", "Sample architects", 480_000, date(2023, 2, 10), _every(date(2023, 6, 15), 6, 80_000, 6)),
        (government, "control", "Sample surveyors", 180_000, date(2024, 3, 4), _every(date(2024, 9, 10), 6, 30_000, 6)),
        (
            government,
            "works",
            "Sample builder",
            5_200_000,
            date(2025, 1, 20),
            _every(date(2025, 4, 25), 2, 350_000, 14),
        ),
        (
            government,
            "works",
            "Sample window maker",
            900_000,
            date(2025, 6, 2),
            _every(date(2025, 11, 14), 4, 200_000, 4),
        ),
    ):
        if signed > today():
            continue
        made = _commit(session, package, source, kind, supplier, euros, signed, actor)
        for number, (day, cents) in enumerate(invoices, 1):
            if day <= today():
                wanted = WantedPayment(commitment=made.number, invoice=f"{day.year}-{number:02}", day=day, cents=cents)
                commitments.pay(session, wanted, actor).recorded_at = _noon(day)


def _commit(
    session: Session,
    package: WorksPackage,
    source: FundingSource,
    kind: str,
    supplier: str,
    euros: int,
    signed: date,
    actor: str,
) -> Commitment:
    wanted = WantedCommitment(package_id=package.id, source_id=source.id, cost_type=kind, day=signed, supplier=supplier)
    made = commitments.commit(session, wanted, Terms(cents=euros * EURO, what=NOTE), actor)
    made.recorded_at = _noon(signed)
    return made


def _agreement(session: Session, actor: str) -> None:
    """The City's agreement; every year up to the last one is claimed and received, of that one a part is claimed."""
    wanted = Wanted(
        name="Extraordinary maintenance",
        payer="City of Turin",
        first_year=FIRST_YEAR,
        last_year=LAST_YEAR,
        cents=YEARLY,
    )
    agreement = reimbursements.agree(session, wanted, actor)
    for year, euros in SPENT.items():
        for month, share in ((4, 60), (10, 40)):
            day = date(year, month, 12)
            if day <= today():
                cents = euros * EURO * share // 100
                reimbursements.spend(session, agreement, day, cents, "Sample repair of a roof", f"S-{day:%y%m}", actor)
        claimed = date(year + 1, 2, 10)
        if claimed <= today():
            cents = min(YEARLY, euros * EURO)
            late = year + 1 == today().year
            made = reimbursements.claim(session, agreement, year, claimed, cents // 2 if late else cents, NOTE, actor)
            paid = date(year + 1, 6, 20)
            if paid <= today() and not late:
                reimbursements.receive(session, agreement, made.number, paid, cents, NOTE, actor)


def _every(first: date, months: int, euros: int, times: int) -> list[tuple[date, int]]:
    """Invoices of the same amount every so many months."""
    steps = (first.year * 12 + first.month - 1 + months * number for number in range(times))
    return [(date(step // 12, step % 12 + 1, first.day), euros * EURO) for step in steps]


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), zone())
