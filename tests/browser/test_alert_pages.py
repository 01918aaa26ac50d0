"""Alerts in a browser without JavaScript: a lead chooses, adds a webhook, an administrator looks into the outbox."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from core.database import Database
from tests.accessibility.seeded import history, history_folder  # noqa: F401
from tests.browser.conftest import Service


@pytest.fixture
def sqlite_database(history: Database) -> Database:  # noqa: F811
    """The service shows the history."""
    return history


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page as narrow as 320 pixels, without JavaScript."""
    context = browser.new_context(viewport={"width": 320, "height": 800}, java_script_enabled=False)
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


def test_a_lead_chooses_the_digest_for_a_platform(live_service: Service, page: Page) -> None:
    live_service.sign_in(page.context, "accessibility")
    page.goto(f"{live_service.address}/account")
    page.get_by_role("link", name="Your alerts").click()
    page.get_by_role("link", name="Change Sample eCampus").click()
    page.get_by_label("In the daily digest").check()
    page.get_by_label("A ticket is overdue").uncheck()
    page.get_by_role("button", name="Save").click()
    row = page.get_by_role("row", name="Sample eCampus")
    assert "In the daily digest" in row.inner_text()
    assert "Overdue ticket" not in row.inner_text()
    page.get_by_label("Time zone").fill("Mars/Base")
    page.get_by_role("button", name="Save the hour").click()
    assert "“Mars/Base” is not a time zone" in page.get_by_role("alert").inner_text()
    assert page.get_by_label("Time zone").input_value() == "Mars/Base"


def test_a_lead_adds_a_webhook_and_an_administrator_sees_its_test(live_service: Service, page: Page) -> None:
    live_service.sign_in(page.context, "accessibility", "admin")
    page.goto(f"{live_service.address}/accessibility/platforms/ecampus")
    page.get_by_role("link", name="Webhooks").click()
    page.get_by_role("link", name="Add a webhook").click()
    page.get_by_label("What is it for?").fill("Sample chat")
    page.get_by_label("Address to call").fill("https://chat.example.org/hook")
    page.get_by_role("button", name="Add this webhook").click()
    assert page.locator(".secret").inner_text().startswith("whsec_")
    page.get_by_role("link", name="Back to the webhooks").click()
    page.get_by_role("button", name="Send a test Sample chat").click()
    assert "A test call is on its way." in page.get_by_role("status").inner_text()
    page.goto(f"{live_service.address}/settings/alerts")
    assert "One message waits to be sent." in page.locator(".lead").inner_text()
    assert "Sample chat" in page.get_by_role("table").inner_text()
