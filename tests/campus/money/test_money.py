"""Nothing is set aside, promised or paid beyond what there is, and nothing is paid twice."""

import threading
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from campus.known import end_of
from campus.money import budgets, commitments, queries, sources
from campus.money.commitments import Terms
from campus.money.models import Payment
from campus.money.rules import Status
from campus.money.sources import WantedAllocation
from core import clock
from core.database import Database
from core.errors import Conflict, InvalidInput
from core.i18n import today
from tests.campus.books import TEST, on
from tests.campus.money.books_of_money import allocate, commit, open_books, pay


def test_allocations_never_exceed_what_is_pledged(database: Database) -> None:
    with database.write() as session:
        package, source = open_books(session)
        with pytest.raises(InvalidInput, match=r"is €0\.01 more than this source has pledged: it has pledged €1,0"):
            sources.allocate(
                session, source, WantedAllocation(package_id=package.id, cost_type="design", cents=400_01), TEST
            )
        allocate(session, source, package, 400_00, "design")
        with pytest.raises(InvalidInput, match=r"leaves €50\.00 of the allocations without a pledge"):
            sources.pledge(session, source, 950_00, today(), TEST, "Less money")
        sources.pledge(session, source, 1100_00, today(), TEST, "More money")
        assert [one.cents for one in queries.pledges(session, source.id)] == [1100_00, 1000_00]


def test_an_allocation_is_never_less_than_is_committed_and_a_change_says_why(database: Database) -> None:
    with database.write() as session:
        package, source = open_books(session)
        commit(session, package, source, 500_00)
        wanted = WantedAllocation(package_id=package.id, cost_type="works", cents=550_00)
        with pytest.raises(InvalidInput, match="is needed"):
            sources.allocate(session, source, wanted, TEST)
        with pytest.raises(InvalidInput, match=r"less than the €500\.00 that is committed"):
            allocate(session, source, package, 499_99)
        allocate(session, source, package, 500_00)


def test_commitments_stay_within_their_allocation_and_above_what_is_paid(database: Database) -> None:
    with database.write() as session:
        package, source = open_books(session)
        one = commit(session, package, source, 500_00)
        with pytest.raises(InvalidInput, match=r"is €100\.00 more than is left"):
            commit(session, package, source, 200_00)
        with pytest.raises(InvalidInput, match="more than is left"):
            commit(session, package, source, 1, kind="design")
        pay(session, one.number, "1", 300_00)
        with pytest.raises(InvalidInput, match=r"less than the €300\.00 that is paid"):
            commitments.change(session, one.number, Terms(cents=299_99), TEST, "less")
        with pytest.raises(InvalidInput, match=r"is €0\.01 more"):
            commitments.change(session, one.number, Terms(cents=600_01), TEST, "more")
        commitments.change(session, one.number, Terms(cents=600_00), TEST, "more")
        with pytest.raises(Conflict, match="close it instead"):
            commitments.cancel(session, one.number, TEST, "over")
        closed = commitments.close(session, one.number, TEST, "done")
        assert (closed.cents, closed.status) == (300_00, "closed")
        assert queries.committed(session, source.id, package.id, "works") == 300_00
        with pytest.raises(Conflict, match="closed"):
            pay(session, one.number, "2", 1)


def test_a_payment_over_its_commitment_is_refused_naming_by_how_much(database: Database) -> None:
    with database.write() as session:
        package, source = open_books(session)
        one = commit(session, package, source, 500_00)
        pay(session, one.number, "1", 300_00)
        with pytest.raises(InvalidInput, match=r"is €0\.01 more than is left of this commitment of €500\.00"):
            pay(session, one.number, "2", 200_01)
        pay(session, one.number, "2", 200_00)


def test_no_invoice_of_a_supplier_is_paid_twice_however_it_is_written(database: Database) -> None:
    with database.write() as session:
        package, source = open_books(session)
        one = commit(session, package, source, 100_00)
        other = commit(session, package, source, 100_00, supplier="SAMPLE  Builder.")
        stranger = commit(session, package, source, 100_00, supplier="Sample painter")
        first = pay(session, one.number, "INV-001", 10_00)
        for again in ("inv 001", "INV–001", "Inv.001", "ІNV-001", "ΙΝV-٠٠١", "ＩＮＶ００１", "I\u0301NV\u200b-001"):
            with pytest.raises(InvalidInput, match=rf"paid already: payment {first.number} of €10\.00 on"):
                pay(session, other.number, again, 10_00)
        pay(session, stranger.number, "INV-001", 10_00)
        with pytest.raises(InvalidInput, match="letter or digit"):
            pay(session, one.number, "--", 1)


def test_the_database_itself_refuses_a_second_payment_of_an_invoice(database: Database) -> None:
    with database.write() as session:
        package, source = open_books(session)
        first = pay(session, commit(session, package, source, 100_00).number, "1", 10_00)
        values = {name: getattr(first, name) for name in ("commitment", "status", "day", "cents", "invoice")}
        twin = Payment(
            **values, number=99, invoice_key=first.invoice_key, recorded_at=clock.now(), recorded_by=TEST, reason=""
        )
        session.add(twin)
        with pytest.raises(IntegrityError):
            session.flush()
        session.rollback()


def test_of_forty_who_pay_an_invoice_at_once_exactly_one_does(database: Database) -> None:
    with database.write() as session:
        package, source = open_books(session)
        number = commit(session, package, source, 600_00).number
    start, answers = threading.Barrier(40), []

    def want() -> None:
        start.wait()
        try:
            with database.write() as session:
                pay(session, number, "INV-1", 10_00)
            answers.append("paid")
        except InvalidInput as error:
            answers.append(error.place)

    threads = [threading.Thread(target=want) for _ in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == ["invoice"] * 39 + ["paid"]
    with database.read() as session:
        assert queries.paid(session, number) == 10_00


def test_a_reversed_payment_stays_in_the_books_and_can_be_paid_anew(database: Database) -> None:
    with database.write() as session:
        package, source = open_books(session)
        one = commit(session, package, source, 100_00)
        with on("2026-01-10"):
            first = pay(session, one.number, "1", 100_00)
        with on("2026-02-10"):
            commitments.reverse(session, first.number, TEST, "Wrong supplier")
        assert queries.paid(session, one.number) == 0
        with pytest.raises(Conflict, match="reversed already"):
            commitments.reverse(session, first.number, TEST, "again")
        pay(session, one.number, "1", 90_00)
        before = queries.payments(session, end_of(today().replace(year=2026, month=1, day=31)))
        assert [(row.cents, row.status) for row in before] == [(100_00, Status.BOOKED)]


def test_reversing_a_payment_of_a_closed_commitment_gives_its_money_back(database: Database) -> None:
    with database.write() as session:
        package, source = open_books(session)
        one = commit(session, package, source, 100_00)
        first = pay(session, one.number, "1", 70_00)
        commitments.close(session, one.number, TEST, "done")
        commitments.reverse(session, first.number, TEST, "not delivered")
        assert queries.committed(session, source.id, package.id, "works") == 0


@pytest.mark.parametrize("cents", [-1, 0, 10**18])
def test_amounts_that_cannot_be_are_refused_and_nothing_is_written(database: Database, cents: int) -> None:
    with database.write() as session:
        package, source = open_books(session)
        number = commit(session, package, source, 100_00).number
        for wrong in (
            lambda: sources.receive(session, source, cents, today(), "", TEST),
            lambda: pay(session, number, "1", cents),
            lambda: commit(session, package, source, cents),
        ):
            with pytest.raises(InvalidInput, match="amount"):
                wrong()
        sums = queries.standing(session)[source.id]
        assert (sums.received, sums.committed, sums.paid) == (0, 100_00, 0)


def test_what_has_not_happened_is_not_booked(database: Database) -> None:
    tomorrow = today() + timedelta(days=1)
    with database.write() as session:
        package, source = open_books(session)
        number = commit(session, package, source, 100_00).number
        with pytest.raises(InvalidInput, match="future"):
            pay(session, number, "1", 1, tomorrow)
        with pytest.raises(InvalidInput, match="future"):
            sources.receive(session, source, 1, tomorrow, "", TEST)


def test_no_kind_of_costs_comes_to_less_than_was_paid_by_the_day_of_the_report(database: Database) -> None:
    with database.write() as session:
        package, source = open_books(session)
        pay(session, commit(session, package, source, 500_00).number, "INV-1", 300_00)
        with pytest.raises(InvalidInput, match=r"less than the €300\.00 that is paid"):
            budgets.expect(session, package, "works", 299_99, today(), TEST)
        budgets.expect(session, package, "works", 299_99, today() - timedelta(days=1), TEST)
        budgets.expect(session, package, "works", 300_00, today(), TEST)
        budgets.expect(session, package, "design", 0, today(), TEST)
        assert len(queries.expected(session, package.id)) == 3


def test_a_budget_is_a_version_with_who_approved_it_and_why(database: Database) -> None:
    with database.write() as session:
        package, _source = open_books(session)
        with pytest.raises(InvalidInput, match="is needed"):
            budgets.approve(session, package, {("works", 2026): 1}, TEST, " ")
        with pytest.raises(InvalidInput, match="is not one of"):
            budgets.approve(session, package, {("other", 2026): 1}, TEST, "why")
        with on("2026-01-10"):
            budgets.approve(session, package, {("works", 2026): 100_00}, TEST, "First")
        budgets.approve(session, package, {("works", 2026): 120_00}, TEST, "More")
        found = queries.budgets(session, package.id)
        assert [(one.number, one.approved_by, one.why) for one in found] == [(1, TEST, "First"), (2, TEST, "More")]
        known = queries.budgets(session, package.id, end_of(today().replace(year=2026, month=1, day=31)))
        assert [one.number for one in known] == [1]
        assert session.scalar(sa.text("SELECT count(*) FROM works_budget_line")) == 2
