"""What the last night says of every platform."""

import pytest

from accessibility.engine.finding import Impact
from accessibility.ledger.audits import actions
from accessibility.ledger.audits.nights import Night, night_tickets, places
from accessibility.ledger.audits.nights import nights as night_list
from accessibility.ledger.platforms.models import Platform
from accessibility.ledger.tickets import actions as steps
from accessibility.ledger.tickets import history
from core.people.access import EVERY
from tests.accessibility.ledger.nights import COURSE, HOME, Nights, audited, not_audited, problem


def last(nights_of: Nights) -> Night:
    """The last night of the only platform."""
    with nights_of.database.read() as session:
        (night,) = night_list(session, EVERY)
        return night


def test_a_platform_that_was_never_audited_has_no_night(nights: Nights) -> None:
    assert (last(nights).audit, last(nights).score_before, last(nights).running) == (None, None, None)


def test_the_newest_ended_audit_counts_beside_the_score_before_it(nights: Nights) -> None:
    nights.run(audited(HOME))
    nights.run(not_audited(HOME))
    audit = nights.run(audited(HOME, problem()))
    running = nights.begin()
    night = last(nights)
    assert night.audit is not None
    assert night.running is not None
    assert (night.audit.id, night.running.id, night.score_before) == (audit.id, running.id, 100.0)


def test_an_audit_that_failed_is_a_night_with_its_error(nights: Nights) -> None:
    nights.run(audited(HOME))
    with nights.database.write() as session:
        actions.fail(session, nights.begin().id, "no browser was found")
    night = last(nights)
    assert night.audit is not None
    assert (night.audit.state, night.audit.error) == ("failed", "no browser was found")


def test_a_platform_that_is_not_active_is_not_shown(nights: Nights) -> None:
    with nights.database.write() as session:
        session.get_one(Platform, nights.platform_id).active = False
    with nights.database.read() as session:
        assert night_list(session, EVERY) == []


def test_new_and_reopened_tickets_of_the_night_are_shown_worst_first(nights: Nights) -> None:
    nights.run(audited(HOME, problem("a")))
    for _ in range(2):
        nights.run(audited(HOME))
    nights.run(audited(HOME, problem("a"), problem("b", impact=Impact.CRITICAL), problem("c", impact=Impact.MINOR)))
    with nights.database.read() as session:
        found = night_list(session, EVERY)
        shown = night_tickets(session, found, 2)[nights.platform_id]
    assert [ticket.title for ticket in shown] == ["Problem b", "Problem a"]
    unattended = found[0].unattended
    assert (unattended.new, unattended.critical, unattended.reopened) == (2, 1, 1)


def test_what_somebody_has_taken_on_is_not_unattended(nights: Nights) -> None:
    nights.run(audited(HOME, problem("a"), problem("b")))
    lead = nights.person()
    with nights.database.write() as session:
        steps.assign(session, nights.tickets()[0].id, history.person(lead), lead.id)
    assert last(nights).unattended.new == 1


@pytest.mark.parametrize("viewport", ["desktop", "mobile"])
def test_the_places_of_a_ticket_are_its_open_ones(nights: Nights, viewport: str) -> None:
    nights.run(audited(HOME, problem(), viewport=viewport), audited(COURSE, problem(), role="student"))
    with nights.database.read() as session:
        found = places(session, nights.tickets())[nights.ticket.id]
    assert (found.roles, found.viewports) == (("anonymous", "student"), tuple(sorted({viewport, "desktop"})))
