"""What the works receive and pay through a source that is kept in a fund counts in the fund."""

from datetime import date

from sqlalchemy.orm import Session

from campus.funds import actions, report
from campus.funds.actions import WantedEntry
from campus.funds.models import Fund
from campus.funds.report import Asked
from campus.funds.rules import Kind, Roll, Statement
from campus.known import Recorded
from campus.money.models import Commitment, FundingSource, Payment, SourceReceipt
from core import clock
from core.database import Base, Database
from tests.campus.books import TEST, open_campus
from tests.campus.sample_works import add_package

YEAR = Asked(date(2024, 1, 1), date(2024, 12, 31))


def recorded(session: Session, table: type[Base], **values: object) -> None:
    assert issubclass(table, Recorded)
    session.add(table(recorded_at=clock.now(), recorded_by=TEST, **values))
    session.flush()


def works_paid_from(session: Session, fund_id: int | None) -> None:
    """300 received, an open contract of 200 of which 50 are paid, a closed one of 100 of which 80 are paid."""
    package = add_package(session, open_campus(session)).id
    source = FundingSource(slug="sample-government", name="Sample government", fund_id=fund_id)
    session.add(source)
    session.flush()
    booked = {"source_id": source.id, "status": "booked"}
    recorded(session, SourceReceipt, number=1, day=date(2024, 2, 1), cents=300, **booked)
    recorded(session, SourceReceipt, number=2, day=date(2024, 2, 1), cents=999, **booked | {"status": "reversed"})
    contract = {"package_id": package, "source_id": source.id, "cost_type": "works", "supplier": "Sample builders"}
    recorded(session, Commitment, number=1, status="open", day=date(2024, 3, 1), cents=200, **contract)
    recorded(session, Commitment, number=2, status="closed", day=date(2024, 3, 1), cents=100, **contract)
    for number, commitment, cents, status in ((1, 1, 50, "booked"), (2, 2, 80, "booked"), (3, 1, 7, "reversed")):
        invoice = {"invoice": f"S{number}", "invoice_key": f"sample builders s{number}"}
        recorded(
            session,
            Payment,
            **{"number": number, "commitment": commitment, "status": status, "cents": cents},
            **{"day": date(2024, 4, number)} | invoice,
        )


def opened(session: Session) -> Fund:
    fund = actions.add_fund(session, "Sample fund", TEST)
    entry = WantedEntry(kind=Kind.OPENING, day=date(2023, 12, 31), cents=1000, what="Balance")
    actions.add_entry(session, fund, entry, TEST)
    return fund


def stands(session: Session, asked: Asked = YEAR) -> Statement:
    (line,) = report.lines(session, asked)
    return line.statement


def test_receipts_payments_and_open_commitments_of_the_works_are_the_funds(database: Database) -> None:
    with database.write() as session:
        works_paid_from(session, opened(session).id)
        found = stands(session)
        assert found.actual == Roll(1000, 300, 130)
        assert (found.commitments, found.free) == (150, 1020)


def test_a_payment_takes_its_amount_off_the_commitment_on_its_day(database: Database) -> None:
    with database.write() as session:
        works_paid_from(session, opened(session).id)
        march = stands(session, Asked(date(2024, 1, 1), date(2024, 3, 31)))
        assert (march.actual.payments, march.commitments, march.free) == (0, 200, 1100)


def test_a_source_that_is_kept_in_no_fund_is_in_none(database: Database) -> None:
    with database.write() as session:
        opened(session)
        works_paid_from(session, None)
        assert stands(session).actual == Roll(1000, 0, 0)
