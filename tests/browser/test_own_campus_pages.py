"""Every page of the campus's books, in each of its states, signed in, passes the service's own audit."""

import pytest

from accessibility.engine.platform import Viewport
from core.database import Database
from tests.accessibility.seeded import history, history_folder  # noqa: F401
from tests.api.people import add_person
from tests.browser.addresses_campus import ADDRESSES, PUBLIC
from tests.browser.conftest import Service
from tests.browser.own_audit import LEAD, audit, in_turn


@pytest.fixture
def sqlite_database(history: Database) -> Database:  # noqa: F811
    """The service shows the sample campus."""
    return history


@in_turn
def test_no_page_of_the_books_fails_the_services_own_audit(
    live_service: Service, window: Viewport, turn: slice
) -> None:
    person = add_person(live_service.database, "facilities", "quality")
    paths = [path for some in ADDRESSES.values() for path in some if path not in PUBLIC]
    assert audit(live_service, person.email, LEAD, paths[turn], window) == []
