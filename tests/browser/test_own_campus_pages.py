"""Every page of the campus's books, signed in, passes the service's own audit: in both windows, and its other states
in one of them."""

import pytest

from accessibility.engine.platform import DESKTOP, MOBILE
from core.database import Database
from tests.accessibility.seeded import history, history_folder  # noqa: F401
from tests.api.people import add_person
from tests.browser.addresses_campus import ADDRESSES, PUBLIC
from tests.browser.conftest import Service
from tests.browser.own_audit import LEAD, audit


@pytest.fixture
def sqlite_database(history: Database) -> Database:  # noqa: F811
    """The service shows the sample campus."""
    return history


def test_no_page_of_the_books_fails_the_services_own_audit(live_service: Service) -> None:
    person = add_person(live_service.database, "facilities", "quality")
    pages = [[path for path in some if path not in PUBLIC] for some in ADDRESSES.values()]
    first = [some[0] for some in pages if some]
    others = [path for some in pages for path in some[1:]]
    assert audit(live_service, person.email, LEAD, first) == []
    assert audit(live_service, person.email, LEAD, others[::2], [DESKTOP]) == []
    assert audit(live_service, person.email, LEAD, others[1::2], [MOBILE]) == []
