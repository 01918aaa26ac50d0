"""Its own medicine: every page of the service, signed in, passes the service's own audit."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from accessibility.engine.page import ANONYMOUS
from accessibility.engine.platform import Viewport
from core import clock, heartbeats
from core.database import Database
from core.people import grants, keys
from core.people.models import PersonIdentity
from tests.accessibility.seeded import history, history_folder  # noqa: F401
from tests.api.access import PAGES
from tests.api.people import add_person
from tests.api.workers import worker
from tests.browser import addresses, addresses_campus
from tests.browser.addresses import ADDRESSES, OF_ACCESSIBILITY, PUBLIC
from tests.browser.alerts import add_alerts
from tests.browser.conftest import Service
from tests.browser.own_audit import LEAD, audit, in_turn

ISSUER = "http://127.0.0.1:9"  # nobody answers there


@pytest.fixture
def sqlite_database(history: Database) -> Database:  # noqa: F811
    """The service shows the history."""
    return history


@pytest.fixture(autouse=True)
def _with_a_provider(configure: Callable[..., None]) -> None:
    """The pages show everything that they can."""
    configure(oidc_issuer=ISSUER, oidc_client_id="campus", oidc_name="Sample Institute")


def test_every_page_is_listed_here() -> None:
    others = (
        addresses.NO_PAGES | addresses.PICTURES | addresses.FILES | addresses_campus.PICTURES | addresses_campus.FILES
    )
    pages = {path for method, path in PAGES if method == "GET"} - others
    assert ADDRESSES.keys() == pages


@in_turn
def test_no_page_fails_the_services_own_audit_signed_in(live_service: Service, window: Viewport, turn: slice) -> None:
    person = add_person(live_service.database, "admin", "accessibility")
    with live_service.database.write() as session:
        expires = clock.now() + timedelta(days=30)
        keys.create_token(session, "command", person.id, name="Sample pipeline", scopes=["read"], expires_at=expires)
        add_alerts(session, person.id)
        now = {"created_at": clock.now(), "last_used_at": clock.now()}
        session.add(PersonIdentity(person_id=person.id, issuer=ISSUER, subject="1", **now))
        grants.grant(session, "command", 1, "viewer", "ecampus")
        heartbeats.beat(session, worker(), {"clean sign-ins": clock.now() + timedelta(hours=1)})
    paths = [path for some in OF_ACCESSIBILITY.values() for path in some if path not in PUBLIC]
    assert audit(live_service, person.email, LEAD, paths[turn], window) == []


@in_turn
def test_the_pages_before_and_after_a_sign_in_pass_too(live_service: Service, window: Viewport, turn: slice) -> None:
    assert audit(live_service, "nobody@example.org", ANONYMOUS, sorted(PUBLIC)[turn], window) == []
