"""The list of tickets."""

from datetime import timedelta

import pytest

from accessibility.engine.finding import Impact
from accessibility.ledger.tickets import actions, history
from accessibility.ledger.tickets.rules import TicketState
from accessibility.ledger.tickets.ticket_list import TicketFilter, TicketSort, rules_of_tickets, ticket_list
from core.people.access import EVERY
from tests.accessibility.ledger.nights import COURSE, HOME, Nights, audited, problem

A = problem("a", impact=Impact.MINOR, message="Grey text", rule="color-contrast")
B = problem("b", impact=Impact.CRITICAL, message="No 100% label", rule="label")
C = problem("c", impact=Impact.SERIOUS, message="Image without text")


@pytest.fixture
def three(nights: Nights) -> Nights:
    """Tickets 1 (minor), 2 (critical), 3 (serious, on two pages)."""
    nights.run(audited(HOME, A, B, C), audited(COURSE, C))
    return nights


def numbers(
    nights: Nights,
    wanted: TicketFilter | None = None,
    sort: TicketSort = TicketSort.NUMBER,
    *,
    descending: bool = False,
) -> list[int]:
    """Numbers of the tickets listed."""
    with nights.database.read() as session:
        page = ticket_list(session, wanted or TicketFilter(), sort, descending=descending)
        return [line.ticket.number for line in page.lines]


@pytest.mark.parametrize(
    ("sort", "upwards"),
    [
        (TicketSort.NUMBER, [1, 2, 3]),
        (TicketSort.IMPACT, [2, 3, 1]),
        (TicketSort.DUE, [2, 3, 1]),
        (TicketSort.PAGES, [1, 2, 3]),
        (TicketSort.UPDATED, [1, 2, 3]),
    ],
)
def test_it_is_sorted_both_ways(three: Nights, sort: TicketSort, upwards: list[int]) -> None:
    assert numbers(three, sort=sort) == upwards
    assert numbers(three, sort=sort, descending=True) == upwards[::-1]


def test_tickets_without_a_due_date_come_last_both_ways(three: Nights) -> None:
    with three.database.write() as session:
        actions.set_due(session, three.tickets()[1].id, history.person(three.person()), None)
    assert numbers(three, sort=TicketSort.DUE) == [3, 1, 2]
    assert numbers(three, sort=TicketSort.DUE, descending=True) == [1, 3, 2]


def test_a_page_of_it_knows_how_many_there_are_in_all(three: Nights) -> None:
    with three.database.read() as session:
        page = ticket_list(session, TicketFilter(), TicketSort.NUMBER, offset=2, limit=2)
    assert ([line.ticket.number for line in page.lines], page.total) == ([3], 3)
    assert page.lines[0].platform.id == three.platform_id


def test_it_is_filtered_by_what_a_ticket_is(three: Nights) -> None:
    assert numbers(three, TicketFilter(impact=Impact.CRITICAL)) == [2]
    assert numbers(three, TicketFilter(rule="label")) == [2]
    assert numbers(three, TicketFilter(platform_id=three.platform_id, opened_in=1)) == [1, 2, 3]
    assert numbers(three, TicketFilter(platform_id=999)) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [("grey", [1]), ("LABEL", [2]), ("100%", [2]), ("%", [2]), ("_", []), ("3", [3]), ("#2", [2]), ("\0", [1, 2, 3])],
)
def test_it_is_searched_by_title_rule_and_number(three: Nights, text: str, found: list[int]) -> None:
    assert numbers(three, TicketFilter(text=text)) == found


def test_it_is_filtered_by_who_has_it(three: Nights) -> None:
    lead = three.person()
    with three.database.write() as session:
        actions.assign(session, three.tickets()[0].id, history.person(lead), lead.id)
    assert numbers(three, TicketFilter(assignee_id=lead.id)) == [1]
    assert numbers(three, TicketFilter(unassigned=True)) == [2, 3]


def test_it_is_filtered_by_state_and_group_of_states(three: Nights) -> None:
    with three.database.write() as session:
        actions.work(session, three.tickets()[0].id, history.person(three.person()), TicketState.FIXED)
    for _ in range(2):
        three.run(audited(HOME, A, C), audited(COURSE, C))
    assert numbers(three, TicketFilter(state=TicketState.REOPENED)) == [1]
    assert numbers(three, TicketFilter(group="waiting")) == [1, 3]
    assert numbers(three, TicketFilter(group="ended")) == numbers(three, TicketFilter(ended_in=3)) == [2]
    assert numbers(three, TicketFilter(gone_in=2)) == [2]
    assert numbers(three, TicketFilter(reopened_in=2)) == [1]


def test_overdue_are_unfinished_tickets_whose_day_has_passed(three: Nights) -> None:
    def day(after: int) -> TicketFilter:
        return TicketFilter(overdue_on=three.time.date() + timedelta(days=after))

    assert (numbers(three, day(7)), numbers(three, day(8)), numbers(three, day(31))) == ([], [2], [2, 3])


def test_the_rules_to_choose_from_are_those_there_are(three: Nights) -> None:
    with three.database.read() as session:
        assert rules_of_tickets(session, EVERY) == ["color-contrast", "image-alt", "label"]
