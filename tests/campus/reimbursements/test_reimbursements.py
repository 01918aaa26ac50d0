"""What others pay back: never claimed beyond what was spent and agreed, never received beyond what was claimed."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from campus.decisions import unclaimed
from campus.known import end_of
from campus.reimbursements import actions, queries
from campus.reimbursements.actions import Wanted
from campus.reimbursements.models import Agreement
from core.database import Database
from core.errors import Conflict, InvalidInput
from core.i18n import today
from tests.campus.books import TEST, on

YEAR = today().year - 1
SPRING = date(YEAR, 3, 1)


def agree(session: Session) -> Agreement:
    wanted = Wanted(name="Sample repairs", payer="Sample city", first_year=YEAR - 1, last_year=YEAR, cents=180_00)
    return actions.agree(session, wanted, TEST)


def spend(session: Session, agreement: Agreement, cents: int) -> int:
    return actions.spend(session, agreement, SPRING, cents, "Sample roof", "S-7", TEST).number


def claim(session: Session, agreement: Agreement, cents: int) -> int:
    return actions.claim(session, agreement, YEAR, today(), cents, "", TEST).number


def test_a_claim_is_within_what_was_spent_and_what_is_agreed(database: Database) -> None:
    with database.write() as session:
        agreement = agree(session)
        spend(session, agreement, 100_00)
        with pytest.raises(InvalidInput, match=r"is €0\.01 more than the €100\.00 spent in that year"):
            claim(session, agreement, 100_01)
        claim(session, agreement, 100_00)
        spend(session, agreement, 100_00)
        with pytest.raises(InvalidInput, match=r"is €20\.00 more than the €180\.00 agreed for that year"):
            claim(session, agreement, 100_00)
        claim(session, agreement, 80_00)
        year = queries.year(session, agreement.id, YEAR)
        assert (year.agreed, year.spent, year.claimed, year.claimable) == (180_00, 200_00, 180_00, 0)


def test_a_receipt_is_within_its_claim(database: Database) -> None:
    with database.write() as session:
        agreement = agree(session)
        spend(session, agreement, 100_00)
        number = claim(session, agreement, 60_00)
        actions.receive(session, agreement, number, today(), 50_00, "", TEST)
        with pytest.raises(InvalidInput, match=r"is €5\.00 more than the €60\.00 that was claimed"):
            actions.receive(session, agreement, number, today(), 15_00, "", TEST)
        with pytest.raises(InvalidInput, match="negative"):
            actions.receive(session, agreement, number, today(), -1, "", TEST)
        assert queries.year(session, agreement.id, YEAR).outstanding == 10_00


def test_what_stands_on_something_holds_it(database: Database) -> None:
    with database.write() as session:
        agreement = agree(session)
        expense = spend(session, agreement, 100_00)
        number = claim(session, agreement, 60_00)
        receipt = actions.receive(session, agreement, number, today(), 50_00, "", TEST)
        with pytest.raises(Conflict, match=r"€50\.00 of it was received"):
            actions.withdraw(session, agreement, number, TEST, "wrong")
        with pytest.raises(Conflict, match=r"€60\.00 of it is claimed"), session.begin_nested():
            actions.reverse_expense(session, agreement, expense, TEST, "wrong")
        actions.reverse_receipt(session, agreement, receipt.number, TEST, "wrong")
        actions.withdraw(session, agreement, number, TEST, "wrong")
        actions.reverse_expense(session, agreement, expense, TEST, "wrong")
        year = queries.year(session, agreement.id, YEAR)
        assert (year.spent, year.claimed, year.received) == (0, 0, 0)


def test_less_is_agreed_only_where_less_was_claimed(database: Database) -> None:
    with database.write() as session:
        agreement = agree(session)
        spend(session, agreement, 100_00)
        claim(session, agreement, 100_00)
        wanted = Wanted(name="Sample", payer="Sample city", first_year=YEAR, last_year=YEAR + 4, cents=90_00)
        with pytest.raises(InvalidInput, match=r"is €10\.00 less than what is claimed"), session.begin_nested():
            actions.change(session, agreement, wanted, TEST, "less")
        assert queries.terms(session, agreement.id).cents == 180_00


def test_expenses_lie_in_the_agreed_years_and_have_proof(database: Database) -> None:
    with database.write() as session:
        agreement = agree(session)
        with pytest.raises(InvalidInput, match="must lie in the agreed years"):
            actions.spend(session, agreement, date(YEAR - 2, 1, 1), 1, "Roof", "S-1", TEST)
        with pytest.raises(InvalidInput, match="is needed"):
            actions.spend(session, agreement, SPRING, 1, "Roof", " ", TEST)


def test_a_year_that_is_over_with_something_to_claim_waits_for_somebody(database: Database) -> None:
    with database.write() as session:
        agreement = agree(session)
        assert unclaimed(session, today()) == []
        spend(session, agreement, 100_00)
        assert [(one.year, one.cents) for one in unclaimed(session, today())] == [(YEAR, 100_00)]
        assert unclaimed(session, date(YEAR, 12, 31)) == []
        claim(session, agreement, 100_00)
        assert unclaimed(session, today()) == []


def test_the_standing_can_be_told_as_it_was_known(database: Database) -> None:
    with database.write() as session:
        with on(f"{YEAR}-06-01"):
            agreement = agree(session)
            spend(session, agreement, 100_00)
        claim(session, agreement, 50_00)
        then = queries.line(session, agreement.slug, end_of(date(YEAR, 6, 30))).years
        assert [(one.spent, one.claimed) for one in then] == [(0, 0), (100_00, 0)]
