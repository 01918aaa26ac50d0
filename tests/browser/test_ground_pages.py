"""The pages of the ground, in a browser: no barrier, no sideways scroll, by keyboard, without JavaScript."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.api.people import PASSWORD, add_person
from tests.browser import looking
from tests.browser.conftest import Service

ADMIN_PAGES = [
    "/account",
    "/account/password",
    "/settings/people",
    "/settings/people/add",
    "/settings/people/1",
    "/settings/people/1/deactivate",
    "/settings/people/1/password",
    "/settings/tokens",
    "/settings/tokens/add",
    "/settings/tokens/1/revoke",
    "/settings/trail",
    "/settings/trail?subject=nothing",
    "/nothing",
]


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page whose console must stay free of errors: of scripts, and of what the page's own policy refuses."""
    page = context.new_page()
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    assert [error for error in errors if "the server responded with a status of 4" not in error] == []


def check_everywhere(page: Page) -> None:
    for size in looking.VIEWPORTS.values():
        looking.resize(page, size)
        assert looking.barriers(page) == []
    looking.resize(page, looking.NARROWEST)
    assert looking.sideways(page) <= 0, page.url


def make_a_token(page: Page, service: Service) -> None:
    page.goto(f"{service.address}/settings/tokens/add")
    page.get_by_label("What is it for?").fill("Sample pipeline")
    page.get_by_label("Read", exact=True).check()
    page.get_by_role("button", name="Make this token").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The token “Sample pipeline” is ready")


def test_no_page_for_administrators_has_a_barrier_or_scrolls_sideways(
    live_service: Service, context: BrowserContext, page: Page
) -> None:
    live_service.sign_in(context, "admin", "viewer", "quality")
    add_person(live_service.database, "viewer", one_time=True, name="Sample Person With A Rather Long Name Indeed")
    make_a_token(page, live_service)
    check_everywhere(page)
    for path in ADMIN_PAGES:
        page.goto(live_service.address + path)
        check_everywhere(page)


def test_forms_with_errors_have_no_barrier_and_their_summary_takes_the_focus(
    live_service: Service, context: BrowserContext, page: Page
) -> None:
    live_service.sign_in(context, "admin")
    for path, button in (
        ("/settings/people/add", "Add this person"),
        ("/settings/tokens/add", "Make this token"),
        ("/account/password", "Save the password"),
    ):
        page.goto(live_service.address + path)
        page.get_by_role("button", name=button).click()
        expect(page.get_by_role("alert")).to_be_focused()
        expect(page).to_have_title(re.compile(r"^Error: .* · Campus$"))
        check_everywhere(page)


def test_signing_in_and_its_failure_have_no_barrier(live_service: Service, page: Page) -> None:
    page.goto(f"{live_service.address}/sign-in")
    check_everywhere(page)
    page.get_by_label("E-mail address").fill("nobody@example.org")
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("wrong")
    check_everywhere(page)


def test_a_one_time_password_is_changed_on_a_page_without_barriers(
    live_service: Service, context: BrowserContext, page: Page
) -> None:
    live_service.sign_in_as(context, add_person(live_service.database, "viewer", one_time=True))
    page.goto(live_service.address)
    expect(page.get_by_role("heading", level=1)).to_have_text("Choose a password")
    check_everywhere(page)


def test_a_message_with_its_undo_has_no_barrier(live_service: Service, context: BrowserContext, page: Page) -> None:
    live_service.sign_in(context, "admin")
    person = add_person(live_service.database, "viewer", name="Sample Viewer")
    page.goto(f"{live_service.address}/settings/people/{person.id}/deactivate")
    page.get_by_role("button", name="Take away access").click()
    expect(page.get_by_role("status")).to_contain_text("Sample Viewer can no longer sign in.")
    check_everywhere(page)
    page.get_by_role("button", name="Give access back").click()
    expect(page.get_by_role("status")).to_contain_text("Sample Viewer can sign in again.")


def test_one_can_sign_in_with_the_keyboard_alone(live_service: Service, page: Page) -> None:
    person = add_person(live_service.database, "viewer", name="Sample Viewer")
    page.goto(f"{live_service.address}/sign-in")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    expect(page.get_by_role("link", name="Skip to main content")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type(person.email)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Sample Viewer")).to_be_visible()


def test_the_focus_is_visible_on_the_dark_header_and_the_light_page(live_service: Service, page: Page) -> None:
    page.goto(f"{live_service.address}/sign-in")
    for target in (page.get_by_role("button", name="Français"), page.get_by_role("button", name="Sign in")):
        target.focus()
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Tab")
        expect(target).to_have_css("outline-style", "solid")
        assert "0px 0px 0px 6px" in target.evaluate("element => getComputedStyle(element).boxShadow")


def test_touch_targets_have_44_pixels(live_service: Service, context: BrowserContext, page: Page) -> None:
    live_service.sign_in(context, "admin")
    looking.resize(page, looking.VIEWPORTS["phone"])
    for path in ("/settings/people/add", "/settings/people", "/settings/tokens"):
        page.goto(live_service.address + path)
        for control in page.locator("button, .top a, .pages a, a.govuk-button, input[type=text], select").all():
            box = control.bounding_box()
            assert box is None or box["height"] >= 44, control.evaluate("element => element.outerHTML")


def test_everything_works_without_javascript(live_service: Service, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    person = add_person(live_service.database, "admin", name="Sample Administrator")
    page = context.new_page()
    page.goto(live_service.address)
    page.get_by_label("E-mail address").fill(person.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name="Settings").click()
    page.get_by_role("link", name="Add a person").click()
    page.get_by_label("Name").fill("Sample Viewer")
    page.get_by_label("E-mail address").fill("viewer@example.org")
    page.get_by_label("Viewer").check()
    page.get_by_role("button", name="Add this person").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sample Viewer can sign in now")
    page.get_by_role("button", name="Français").click()
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    context.close()
