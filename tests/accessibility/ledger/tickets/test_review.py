"""What needs review waits for a person."""

import pytest
import sqlalchemy as sa

from accessibility.ledger.tickets import history, review
from accessibility.ledger.tickets.models import Component, Ticket
from accessibility.ledger.tickets.queries import component, review_list
from core import trail
from core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from core.people.access import EVERY
from tests.accessibility.ledger.nights import COURSE, HOME, Nights, audited, problem, question


def waiting(nights: Nights) -> list[tuple[str, int]]:
    """Key and pages of everything that waits."""
    with nights.database.read() as session:
        lines, total = review_list(session, EVERY, nights.platform_id)
    assert total == len(lines)
    return [(line.component.key, line.pages) for line in lines]


def first_id(nights: Nights) -> int:
    """Id of the first component."""
    with nights.database.read() as session:
        return session.scalars(sa.select(sa.func.min(Component.id))).one()


def confirm(nights: Nights) -> Ticket:
    """Confirm the first component."""
    with nights.database.write() as session:
        return review.confirm(session, first_id(nights), history.person(nights.person(f"lead-{nights.time:%d}")))


def test_the_most_widespread_waits_at_the_top(nights: Nights) -> None:
    nights.run(audited(HOME, question("a"), question("b"), problem("c")), audited(COURSE, question("b")))
    assert waiting(nights) == [("b", 2), ("a", 1)]


def test_what_fails_somewhere_does_not_wait(nights: Nights) -> None:
    nights.run(audited(HOME, question("a")), audited(COURSE, problem("a")))
    assert waiting(nights) == []


def test_a_confirmed_question_is_a_ticket_and_a_failure(nights: Nights) -> None:
    nights.run(audited(HOME, question()))
    ticket = confirm(nights)
    assert (ticket.state, ticket.pages, ticket.elements, waiting(nights)) == ("open", 1, 1, [])
    assert nights.run(audited(HOME, question())).failed == 1


def test_a_confirmed_question_is_verified_and_reopened_like_a_failure(nights: Nights) -> None:
    nights.run(audited(HOME, question()))
    confirm(nights)
    for _ in range(2):
        nights.run(audited(HOME))
    assert nights.states() == ["verified"]
    nights.run(audited(HOME, question()))
    assert nights.states() == ["reopened"]


def test_a_repaired_failure_that_needs_review_later_waits_and_reopens_when_confirmed(nights: Nights) -> None:
    nights.run(audited(HOME, problem("a")))
    for _ in range(2):
        nights.run(audited(HOME))
    nights.run(audited(HOME, question("a")))
    assert (nights.states(), waiting(nights)) == (["verified"], [("a", 1)])
    assert confirm(nights).state == "reopened"
    for _ in range(2):
        nights.run(audited(HOME))
    assert nights.states() == ["verified"]


def test_a_dismissed_question_waits_no_more_and_opens_a_ticket_only_when_it_fails(nights: Nights) -> None:
    nights.run(audited(HOME, question("a")))
    with nights.database.write() as session:
        review.dismiss(session, first_id(nights), history.person(nights.person()), "The title says it well")
    nights.run(audited(HOME, question("a")))
    assert (waiting(nights), nights.tickets()) == ([], [])
    nights.run(audited(HOME, problem("a")))
    assert nights.states() == ["open"]


def test_a_dismissal_is_in_the_trail_and_can_be_reconsidered(nights: Nights) -> None:
    nights.run(audited(HOME, question("a")))
    lead = history.person(nights.person())
    with nights.database.write() as session:
        review.dismiss(session, first_id(nights), lead, "no")
    with nights.database.write() as session:
        review.reconsider(session, first_id(nights), lead)
        with pytest.raises(Conflict):
            review.reconsider(session, first_id(nights), lead)
        assert len(trail.entries(session, "component", first_id(nights))) == 2
    assert waiting(nights) == [("a", 1)]


def test_a_decision_needs_a_lead_a_reason_and_something_that_waits(nights: Nights) -> None:
    nights.run(audited(HOME, question("a")))
    lead, viewer = history.person(nights.person()), history.person(nights.person("viewer", "viewer"))
    with nights.database.write() as session:
        with pytest.raises(NotAllowed):
            review.confirm(session, first_id(nights), viewer)
        with pytest.raises(NotFound):
            review.confirm(session, 999, lead)
    with nights.database.write() as session, pytest.raises(InvalidInput):
        review.dismiss(session, first_id(nights), lead, " ")
    nights.run(audited(HOME, problem("a")))
    with nights.database.write() as session, pytest.raises(Conflict):
        review.confirm(session, first_id(nights), lead)


def test_one_component_is_found_by_its_id(nights: Nights) -> None:
    nights.run(audited(HOME, question("a")))
    with nights.database.read() as session:
        assert component(session, first_id(nights)).key == "a"
        with pytest.raises(NotFound):
            component(session, 999)
