"""A stay in the room chart, by keyboard alone: made, moved, cancelled and taken back, also at 320 pixels."""

from datetime import timedelta

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from core.i18n import today
from tests.browser.conftest import Service
from tests.browser.keyboard import reach
from tests.browser.looking import NARROWEST, VIEWPORTS, barriers, resize, sideways
from tests.campus.sample_campus import add_campus


def press(page: Page, role: str, name: str) -> None:
    """Reach a link or button and use it."""
    reach(page, page.get_by_role(role, name=name).first)  # type: ignore[arg-type]
    page.keyboard.press("Enter")


def choose(page: Page, label: str, option: str) -> None:
    """Reach a choice and type the beginning of what is wanted."""
    reach(page, page.get_by_label(label, exact=True))
    page.keyboard.type(option)
    expect(page.get_by_label(label, exact=True).locator("option:checked")).to_contain_text(option)


@pytest.fixture
def page(live_service: Service, context: BrowserContext) -> Page:
    add_campus(live_service.database, "claims")
    live_service.sign_in(context, "facilities")
    return context.new_page()


@pytest.mark.parametrize("size", [VIEWPORTS["desktop"], NARROWEST])
def test_a_stay_is_made_moved_cancelled_and_taken_back_by_keyboard_alone(
    live_service: Service, page: Page, size: tuple[int, int]
) -> None:
    resize(page, size)
    night = today() + timedelta(days=60)
    page.goto(f"{live_service.address}/rooms/chart?start={night.isoformat()}")
    assert (barriers(page), sideways(page)) == ([], 0)
    reach(page, page.locator(".free a").first)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="New claim")).to_be_visible()
    assert sideways(page) == 0
    choose(page, "Party", "Sample programme")
    choose(page, "Segment", "Courses")
    press(page, "button", "Claim this room")
    expect(page.get_by_role("status")).to_contain_text("is made.")
    expect(page.get_by_text("Sample North 101, ")).to_be_visible()

    press(page, "link", "Move")
    choose(page, "Room", "Sample South 102")
    press(page, "button", "Move")
    expect(page.get_by_role("status")).to_contain_text("Moved to Sample South 102.")

    press(page, "link", "Cancel it")
    reach(page, page.get_by_label("Reason"))
    page.keyboard.type("Not coming")
    press(page, "button", "Cancel the claim")
    expect(page.get_by_role("status")).to_contain_text("is cancelled.")
    press(page, "button", "Undo")
    expect(page.get_by_role("status")).to_contain_text("is booked again.")


def test_a_room_that_was_taken_meanwhile_is_said_and_nothing_typed_is_lost(live_service: Service, page: Page) -> None:
    resize(page, NARROWEST)
    page.goto(f"{live_service.address}/rooms/claims/new?room=4&first={today().isoformat()}")  # closed for months
    expect(page.get_by_role("alert")).to_contain_text("This room is not free in all these nights")
    expect(page.get_by_role("alert")).to_be_focused()
    page.get_by_label("Guests", exact=True).fill("2")
    press(page, "button", "Claim this room")
    expect(page.get_by_role("alert")).to_contain_text("Choose a room.")
    expect(page.get_by_label("Guests", exact=True)).to_have_value("2")
    assert barriers(page) == []
