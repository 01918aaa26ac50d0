"""Its own strong medicine: pages of every kind pass all checks that the service has: with keys
pressed, made narrow, spaced wider, pointed at, sent empty, measured in pixels."""

import pytest

from accessibility.engine.checks.rule import Profile
from accessibility.engine.page import ANONYMOUS
from accessibility.engine.platform import Viewport
from core.database import Database
from tests.accessibility.seeded import history, history_folder  # noqa: F401
from tests.api.people import add_person
from tests.browser.addresses_campus import LAST
from tests.browser.conftest import Service
from tests.browser.own_audit import LEAD, audit, in_turn

SIGNED_IN = [
    "/accessibility/tickets",  # filters, a table with boxes to tick, an action on many
    "/accessibility/tickets/ecampus/1",
    "/accessibility/scores",  # charts
    "/rooms/chart",
    f"/rooms/counts/{LAST}",  # a form with a script
]
GUESTS = ["/sign-in", "/survey/sampleopenpoint?lang=en", "/ask?lang=ar"]


@pytest.fixture
def sqlite_database(history: Database) -> Database:  # noqa: F811
    """The service shows the history."""
    return history


@in_turn
def test_pages_of_every_kind_pass_all_checks(live_service: Service, window: Viewport, turn: slice) -> None:
    person = add_person(live_service.database, "accessibility", "facilities")
    assert audit(live_service, person.email, LEAD, SIGNED_IN[turn], window, profile=Profile.DEEP) == []
    assert audit(live_service, "nobody@example.org", ANONYMOUS, GUESTS[turn], window, profile=Profile.DEEP) == []
