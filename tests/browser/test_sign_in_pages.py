"""Signing in through a provider and roles on single platforms, in a real browser."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from core.database import Database
from tests.accessibility.seeded import history, history_folder  # noqa: F401
from tests.api.people import add_person
from tests.browser.conftest import Service
from tests.oidc_provider import CLIENT_ID, CLIENT_SECRET, oidc_provider


@pytest.fixture
def sqlite_database(history: Database) -> Database:  # noqa: F811
    """The service shows the history."""
    return history


def test_staff_sign_in_with_the_provider_and_out_again(
    live_service: Service, context: BrowserContext, configure: Callable[..., None]
) -> None:
    person = add_person(live_service.database, "viewer", name="Sample Person")
    with oidc_provider() as provider:
        configure(
            oidc_issuer=provider.issuer,
            oidc_client_id=CLIENT_ID,
            oidc_client_secret=CLIENT_SECRET,
            oidc_name="Sample Institute",
            public_url=live_service.address,
        )
        provider.asks = True
        provider.claims |= {"email": person.email, "email_verified": True}
        page = context.new_page()
        page.goto(f"{live_service.address}/accessibility/scores")
        page.get_by_role("link", name="Sign in with Sample Institute").click()
        expect(page.get_by_role("heading", name="Sample provider")).to_be_visible()
        page.get_by_role("link", name="Continue").click()
        expect(page).to_have_url(f"{live_service.address}/accessibility/scores")
        page.goto(f"{live_service.address}/account")
        expect(page.get_by_role("heading", name="Sign in with Sample Institute")).to_be_visible()
        page.get_by_role("button", name="Sign out", exact=True).click()
        page.get_by_role("link", name="Sign out at Sample Institute").click()
        expect(page.get_by_role("heading", name="Signed out at the provider")).to_be_visible()
        page.goto(f"{live_service.address}/account")
        expect(page.get_by_role("heading", name="Sign in", exact=True)).to_be_visible()


def test_a_partner_is_given_one_platform_and_sees_no_other(live_service: Service, context: BrowserContext) -> None:
    partner = add_person(live_service.database, name="Sample Partner")
    live_service.sign_in(context, "admin")
    page = context.new_page()
    page.goto(f"{live_service.address}/accessibility/platforms/partner/people")
    page.get_by_label("Person").select_option("Sample Partner")
    page.get_by_label("Accessibility", exact=True).check()
    page.get_by_role("button", name="Give the role").click()
    expect(page.get_by_role("rowheader", name="Sample Partner")).to_be_visible()
    context.clear_cookies()
    live_service.sign_in_as(context, partner)
    page.goto(f"{live_service.address}/accessibility/platforms")
    expect(page.get_by_role("rowheader")).to_have_count(1)
    assert page.goto(f"{live_service.address}/accessibility/platforms/partner/edit").status == 200  # type: ignore[union-attr]
    assert page.goto(f"{live_service.address}/accessibility/platforms/ecampus").status == 404  # type: ignore[union-attr]
