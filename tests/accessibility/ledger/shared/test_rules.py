"""What children make of their parent, without a database."""

from datetime import date

import pytest

from accessibility.engine.finding import Impact
from accessibility.ledger.shared.rules import Child, SharedState, carried_to, groups, state_of, together
from accessibility.ledger.tickets.rules import TicketState

OPEN, WORK, FIXED = TicketState.OPEN, TicketState.IN_PROGRESS, TicketState.FIXED
VERIFIED, GONE, BACK = TicketState.VERIFIED, TicketState.PAGE_REMOVED, TicketState.REOPENED
RISK, FALSE = TicketState.ACCEPTED_RISK, TicketState.FALSE_POSITIVE


@pytest.mark.parametrize(
    ("children", "state"),
    [
        ([], SharedState.ALONE),
        ([OPEN, OPEN], SharedState.OPEN),
        ([OPEN, VERIFIED], SharedState.OPEN),
        ([OPEN, RISK], SharedState.OPEN),
        ([OPEN, WORK], SharedState.IN_PROGRESS),
        ([OPEN, FIXED], SharedState.IN_PROGRESS),
        ([FIXED, FIXED], SharedState.FIXED),
        ([FIXED, VERIFIED, RISK], SharedState.FIXED),
        ([BACK, FIXED, VERIFIED], SharedState.REOPENED),
        ([VERIFIED, RISK], SharedState.EXCEPTED),
        ([FALSE, FALSE], SharedState.EXCEPTED),
        ([VERIFIED, GONE], SharedState.VERIFIED),
        ([VERIFIED, VERIFIED], SharedState.VERIFIED),
        ([GONE, GONE], SharedState.PAGE_REMOVED),
    ],
)
def test_the_state_follows_from_the_children(children: list[TicketState], state: SharedState) -> None:
    assert state_of(children) is state


def test_nothing_but_the_end_of_every_child_ends_the_parent() -> None:
    for state in set(TicketState) - {VERIFIED, GONE}:
        assert state_of([VERIFIED, GONE, state]) not in (SharedState.VERIFIED, SharedState.PAGE_REMOVED)


def test_the_children_are_told_as_one() -> None:
    whole = together(
        [
            Child(1, OPEN, Impact.MODERATE, pages=3, due=date(2026, 12, 24)),
            Child(2, FIXED, Impact.SERIOUS, pages=2, due=date(2026, 12, 1)),
            Child(2, RISK, Impact.MINOR, pages=1, due=date(2026, 11, 1)),
            Child(3, VERIFIED, Impact.CRITICAL, due=date(2026, 10, 1)),
        ]
    )
    assert (whole.state, whole.impact) == (SharedState.IN_PROGRESS, Impact.SERIOUS)
    assert (whole.platforms, whole.waiting, whole.pages, whole.due) == (3, 2, 6, date(2026, 12, 1))
    assert together([Child(3, VERIFIED, Impact.CRITICAL)]).impact is Impact.CRITICAL
    assert together([]).impact is None


@pytest.mark.parametrize(
    ("children", "to", "states"),
    [
        ({OPEN, BACK, WORK, FIXED, VERIFIED, RISK}, FIXED, {OPEN, BACK, WORK}),
        ({OPEN, FIXED}, WORK, {OPEN}),
        ({FIXED, VERIFIED}, WORK, {FIXED}),
        ({WORK, FIXED}, OPEN, {WORK}),
        ({VERIFIED, RISK}, FIXED, set()),
        ({OPEN, FIXED}, VERIFIED, set()),
        ({OPEN}, RISK, set()),
    ],
)
def test_a_step_is_carried_to_the_children_that_it_fits(
    children: set[TicketState], to: TicketState, states: set[TicketState]
) -> None:
    assert carried_to(children, to) == states


def test_what_is_linked_through_others_is_one_group() -> None:
    assert groups([(5, 1), (2, 9), (1, 7), (9, 2)]) == [[1, 5, 7], [2, 9]]
    assert groups([(1, 2), (3, 4), (4, 1)]) == [[1, 2, 3, 4]]
    assert groups([]) == []
