"""What is shown of one ticket."""

import pytest

from accessibility.ledger.tickets import actions, history
from accessibility.ledger.tickets.queries import ticket_history, ticket_places, ticket_view
from core.errors import NotFound
from tests.accessibility.ledger.nights import COURSE, HOME, Nights, audited, problem


def test_a_ticket_is_shown_with_platform_assignee_and_its_newest_example(nights: Nights) -> None:
    nights.run(audited(HOME, problem("old", selector="#logo")))
    nights.run(audited(HOME, problem("new", selector="#logo")))
    lead = nights.person()
    with nights.database.write() as session:
        actions.assign(session, nights.ticket.id, history.person(lead), lead.id)
    with nights.database.read() as session:
        view = ticket_view(session, nights.ticket.id)
        assert (view.platform.id, view.assignee) == (nights.platform_id, "Sample lead")
        assert [component.key for component in view.components] == ["old", "new"]
        assert (view.example.key, view.evidence) == ("new", "")


def test_a_ticket_that_does_not_exist_is_not_found(nights: Nights) -> None:
    with nights.database.read() as session, pytest.raises(NotFound):
        ticket_view(session, 999)


def test_its_open_places_are_grouped_by_page(nights: Nights) -> None:
    visits = [audited(COURSE, problem()), audited(HOME, problem()), audited(HOME, problem(), viewport="mobile")]
    nights.run(*visits)
    with nights.database.read() as session:
        places, total = ticket_places(session, nights.ticket.id)
        assert [(place.page.url, len(place.occurrences)) for place in places] == [(HOME, 2), (COURSE, 1)]
        second, _ = ticket_places(session, nights.ticket.id, offset=1, limit=1)
    assert (total, [place.page.url for place in second]) == (2, [COURSE])


def test_its_history_is_told_newest_first_and_names_people(nights: Nights) -> None:
    audit = nights.run(audited(HOME, problem()))
    with nights.database.write() as session:
        actions.comment(session, nights.ticket.id, history.person(nights.person()), "Seen")
    with nights.database.read() as session:
        lines = ticket_history(session, nights.ticket.id)
    assert [(line.event.kind, line.person, line.event.audit_id) for line in lines] == [
        ("comment", "Sample lead", None),
        ("opened", "", audit.id),
    ]
