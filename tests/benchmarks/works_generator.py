"""Renovates large books: works on many pavilions with years of reports, the claims that close rooms, and the money."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import count

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.closures import actions as closures
from campus.closures import reading
from campus.closures.actions import WantedRule
from campus.funds.models import Fund, FundEntry
from campus.money.models import Allocation, Commitment, FundingSource, Payment, Pledge, SourceReceipt
from campus.money.rules import COST_TYPES
from campus.places.models import Pavilion
from campus.renovation import actions as works
from campus.renovation.actions import WantedMilestone, WantedPackage
from campus.renovation.models import MilestoneReport, WorksPackage
from campus.renovation.network import Dependency, Key, Span, Wanted
from core import clock
from core.database import Database
from core.i18n import today

BY = "command"
PACKAGES, WITH_RULE = 10, 4
STEPS = 12  # milestones of a package
REPORTS = 60  # of each milestone, a month apart
FUNDS, ENTRIES = 4, 480  # entries of each fund: ten years of four a month
COMMITMENTS, PAYMENTS = 40, 8  # of each package; of each commitment
CLOSED_FOR = 120  # nights


def fill_works(database: Database) -> dict[str, Key]:
    """Write works into books that `room_night_generator.fill` has filled; package → its milestone of construction."""
    with database.write() as session:
        pavilions = list(session.scalars(sa.select(Pavilion.id).order_by(Pavilion.id).limit(PACKAGES)))
        packages = {number: _package(session, number, pavilion) for number, pavilion in enumerate(pavilions)}
        _money(session, [package for package, _key in packages.values()])
        return {package.slug: key for package, key in packages.values()}


def slip(session: Session, key: Key, days: int) -> None:
    """Report of a milestone that it finishes so many days after the day that was planned."""
    first, last = _construction()
    works.report(session, key, today(), Wanted(Span(first, last + timedelta(days=days)), begun=False), BY, "Sample")


def _construction() -> tuple[date, date]:
    first = today() + timedelta(days=40)
    return first, first + timedelta(days=CLOSED_FOR)


def _package(session: Session, number: int, pavilion: int) -> tuple[WorksPackage, Key]:
    """Steps one after the other, the last but one of them construction, after which the first packages close rooms."""
    package = works.add_package(session, WantedPackage(name=f"Sample works {number}", pavilion_id=pavilion), BY)
    first, last = _construction()
    keys: list[Key] = []
    for step in range(STEPS):
        start = first + timedelta(days=(step - STEPS + 2) * CLOSED_FOR)
        wanted = Wanted(Span(start, start + (last - first)), begun=start <= today(), ended=step < STEPS - 4)
        made = works.add_milestone(session, package, WantedMilestone(name=f"Step {step + 1}"), wanted, BY)
        keys.append(made.milestone_id)
        if step:
            works.link(session, Dependency(keys[-2], keys[-1]), BY)
    works.approve_baseline(session, package, BY, "Sample plan")
    _reports(session, keys)
    building = keys[STEPS - 2]
    if number < WITH_RULE:
        closures.set_rule(session, package, WantedRule(building, 0, building, 7), BY)
        proposal = reading.proposal_of(session, package)
        if proposal is None:
            raise RuntimeError("works with a rule have a proposal")
        closures.confirm(session, package, proposal.digest, {}, BY, "Sample plan")
    return package, building


def _reports(session: Session, keys: list[Key]) -> None:
    """Before the reports that count there were others, which said the same or a little else each month."""
    counting = session.scalars(sa.select(MilestoneReport).where(MilestoneReport.milestone_id.in_(keys)))
    rows = []
    for one in list(counting):
        for month in range(1, REPORTS + 1):
            on = today() - timedelta(days=30 * month)
            late = timedelta(days=month % 5)
            row = {"milestone_id": one.milestone_id, "reported_on": on, "start": one.start, "finish": one.finish + late}
            at = datetime.combine(on, time(9), UTC)
            rows.append(row | {"begun": False, "ended": False, "why": "", "recorded_at": at, "recorded_by": BY})
    session.execute(sa.insert(MilestoneReport), rows)


def _money(session: Session, packages: list[WorksPackage]) -> None:
    """Funds with their books, each paying for works through a source of its own."""
    recorded = {"recorded_at": clock.now(), "recorded_by": BY, "reason": ""}
    numbers, opened = count(1), today() - timedelta(days=3650)
    sources = []
    for position in range(FUNDS):
        fund = Fund(slug=f"sample-{position}", name=f"Sample fund {position}", position=position)
        session.add(fund)
        session.flush()
        source = FundingSource(slug=f"sample-{position}", name=f"Sample source {position}", fund_id=fund.id)
        session.add(source)
        session.flush()
        sources.append(source)
        session.add(Pledge(source_id=source.id, day=opened, cents=10**12, **recorded))
        session.add(
            SourceReceipt(
                number=position + 1, source_id=source.id, status="booked", day=opened, cents=10**11, **recorded
            )
        )
        entry = {"fund_id": fund.id, "status": "booked", "planned": False, "what": "Sample", "load_id": None} | recorded
        rows = [entry | {"number": next(numbers), "kind": "opening", "day": opened, "cents": 10**9}]
        for month in range(ENTRIES):
            day, kind = opened + timedelta(days=1 + 7 * month), "receipt" if month % 2 else "payment"
            rows.append(entry | {"number": next(numbers), "kind": kind, "day": day, "cents": 1000_00})
        session.execute(sa.insert(FundEntry), rows)
    promised, paid = count(1), count(1)
    for number, package in enumerate(packages):
        source = sources[number % FUNDS]
        for cost_type in COST_TYPES:
            part = {"source_id": source.id, "package_id": package.id, "cost_type": cost_type}
            session.add(Allocation(cents=10**9, **part, **recorded))
            for _one in range(COMMITMENTS // len(COST_TYPES)):
                of = {"status": "open", "day": opened, "supplier": "Sample supplier"} | part | recorded
                session.add(Commitment(number=next(promised), cents=100_000_00, **of))
    session.flush()
    for commitment in range(1, next(promised)):
        for month in range(PAYMENTS):
            invoice, day = f"{commitment}-{month}", opened + timedelta(days=30 * month)
            of = {"commitment": commitment, "status": "booked", "day": day, "invoice": invoice} | recorded
            session.add(Payment(number=next(paid), cents=10_000_00, invoice_key=f"sample|{invoice}", **of))
    session.flush()
