"""Exceptions: for a reason, until a date, and then the ticket comes back."""

from datetime import date, timedelta

import pytest

from accessibility.ledger.tickets import actions, history
from accessibility.ledger.tickets.exceptions import end_expired_exceptions
from accessibility.ledger.tickets.history import Author
from accessibility.ledger.tickets.queries import excepted_keys
from accessibility.ledger.tickets.rules import TicketState
from core.errors import Conflict, InvalidInput
from tests.accessibility.ledger.nights import HOME, Nights, audited, problem

RISK, FALSE = TicketState.ACCEPTED_RISK, TicketState.FALSE_POSITIVE


@pytest.fixture
def lead(nights: Nights) -> Author:
    """An accessibility lead, on a platform with one open ticket."""
    nights.run(audited(HOME, problem()))
    return history.person(nights.person())


def days(nights: Nights, number: int) -> date:
    """So many days from now."""
    return nights.time.date() + timedelta(days=number)


def except_it(
    nights: Nights, lead: Author, kind: TicketState = RISK, until: int = 3, reason: str = "Rebuilt in May"
) -> None:
    """Except the ticket."""
    with nights.database.write() as session:
        actions.make_exception(session, nights.ticket.id, lead, kind, reason, days(nights, until))


def test_an_exception_comes_back_to_the_state_before_it_after_its_last_day(nights: Nights, lead: Author) -> None:
    with nights.database.write() as session:
        actions.work(session, nights.ticket.id, lead, TicketState.IN_PROGRESS)
    except_it(nights, lead)
    assert nights.states() == ["accepted risk"]
    with nights.database.write() as session:
        assert end_expired_exceptions(session, days(nights, 3)) == []
        assert len(end_expired_exceptions(session, days(nights, 4))) == 1
    assert (nights.states(), nights.ticket.exception_reason, nights.ticket.exception_until) == (
        ["in progress"],
        "",
        None,
    )


def test_an_audit_ends_exceptions_too(nights: Nights, lead: Author) -> None:
    except_it(nights, lead, until=1)
    nights.run(audited(HOME, problem()))
    assert nights.states() == ["accepted risk"]
    nights.run(audited(HOME, problem()))
    assert nights.states() == ["open"]


def test_an_excepted_problem_stays_excepted_while_it_is_seen_and_when_it_is_not(nights: Nights, lead: Author) -> None:
    except_it(nights, lead, FALSE, until=90)
    nights.run(audited(HOME, problem()))
    for _ in range(3):
        nights.run(audited(HOME))
    nights.run(audited(HOME, problem()))
    assert nights.states() == ["false positive"]


def test_a_problem_that_was_repaired_meanwhile_is_verified_after_its_exception(nights: Nights, lead: Author) -> None:
    except_it(nights, lead, until=3)
    for _ in range(2):
        nights.run(audited(HOME))
    nights.time += timedelta(days=5)
    nights.run(audited(HOME))
    assert nights.states() == ["verified"]


@pytest.mark.parametrize("until", [0, -1, 800])
def test_the_date_must_lie_ahead_by_at_most_two_years(nights: Nights, lead: Author, until: int) -> None:
    with pytest.raises(InvalidInput) as wrong:
        except_it(nights, lead, until=until)
    assert wrong.value.place == "until"


def test_a_reason_is_needed(nights: Nights, lead: Author) -> None:
    with pytest.raises(InvalidInput) as wrong:
        except_it(nights, lead, reason=" ")
    assert wrong.value.place == "reason"


def test_only_the_two_kinds_of_exception_are_taken(nights: Nights, lead: Author) -> None:
    with pytest.raises(InvalidInput):
        except_it(nights, lead, TicketState.VERIFIED)


def test_a_ticket_that_ended_cannot_be_excepted(nights: Nights, lead: Author) -> None:
    for _ in range(2):
        nights.run(audited(HOME))
    with pytest.raises(Conflict):
        except_it(nights, lead)


def test_an_exception_is_withdrawn_and_that_can_be_undone(nights: Nights, lead: Author) -> None:
    except_it(nights, lead)
    until = nights.ticket.exception_until
    with nights.database.write() as session:
        actions.withdraw_exception(session, nights.ticket.id, lead)
    assert nights.states() == ["open"]
    with nights.database.write() as session:
        with pytest.raises(Conflict):
            actions.withdraw_exception(session, nights.ticket.id, lead)
        actions.undo(session, nights.ticket.id, lead)
    assert (nights.ticket.state, nights.ticket.exception_until) == ("accepted risk", until)


def test_a_gate_is_told_what_is_excepted(nights: Nights, lead: Author) -> None:
    nights.run(audited(HOME, problem("a"), problem("b")))
    except_it_first = nights.tickets()[0]
    with nights.database.write() as session:
        actions.make_exception(session, except_it_first.id, lead, FALSE, "not so", days(nights, 9))
    with nights.database.read() as session:
        assert excepted_keys(session, nights.platform_id) == {"a"}
