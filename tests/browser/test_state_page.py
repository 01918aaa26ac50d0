"""The page of the service's own state as an administrator meets it: on a narrow phone, without JavaScript."""

from datetime import timedelta

import pytest
from playwright.sync_api import Browser

from core import clock, heartbeats
from core.database import Database
from tests.accessibility.seeded import history, history_folder  # noqa: F401
from tests.api.workers import worker
from tests.browser.conftest import Service
from tests.browser.looking import NARROWEST, barriers, sideways


@pytest.fixture
def sqlite_database(history: Database) -> Database:  # noqa: F811
    """The service shows the history, with a worker that lives and one that was lost."""
    lost = worker("host-1:8:cd")
    with history.write() as session:
        heartbeats.beat(session, lost, {})
        lost.seen_at = clock.now() - timedelta(hours=1)
        session.merge(lost)
        heartbeats.beat(session, worker(), {"clean sign-ins": clock.now() + timedelta(hours=1)})
    return history


def test_an_administrator_sees_on_a_phone_without_scripts_what_needs_them(
    live_service: Service, browser: Browser
) -> None:
    width, height = NARROWEST
    context = browser.new_context(viewport={"width": width, "height": height}, java_script_enabled=False)
    live_service.sign_in(context, "admin")
    page = context.new_page()
    page.goto(f"{live_service.address}/settings/state")
    assert page.get_by_text("Nothing needs you now.").is_visible()
    assert page.get_by_text("Lost", exact=True).is_visible()
    assert page.locator("img[src$='duration.svg']").get_attribute("alt")
    page.get_by_role("link", name="Look again").click()
    assert page.get_by_role("heading", level=1).inner_text() == "State of the service"
    context.close()


def test_the_page_has_no_barrier_and_does_not_scroll_sideways(live_service: Service, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": NARROWEST[0], "height": NARROWEST[1]})
    live_service.sign_in(context, "admin")
    page = context.new_page()
    page.goto(f"{live_service.address}/settings/state")
    assert sideways(page) == 0
    assert barriers(page) == []
    context.close()
