"""The count form in a browser: by keyboard alone, on a phone, with the network cut, after the session ended."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa
from playwright.sync_api import Browser, BrowserContext, Page, expect

from campus.counts import queries
from campus.counts.queries import night_of
from core.database import Database
from core.i18n import today
from core.people.models import Person, SignIn
from tests.api.people import PASSWORD
from tests.browser import looking
from tests.browser.conftest import Service
from tests.campus.books import open_campus

KEPT = "Entries that were not saved yet are back in the form."
WAITING = "No connection to the service."


@pytest.fixture
def sqlite_database(sqlite_database: Database) -> Database:
    """Two pavilions; last night two guests sleep in a room of the first."""
    last = today() - timedelta(days=1)
    with sqlite_database.write() as session:
        campus = open_campus(session)
        campus.stay(session, 0, last.isoformat(), today().isoformat(), guests=2)
    return sqlite_database


@pytest.fixture
def person(live_service: Service, context: BrowserContext) -> Person:
    return live_service.sign_in(context, "facilities")


@pytest.fixture
def page(live_service: Service, context: BrowserContext, person: Person) -> Iterator[Page]:
    """Today, whose console must stay free of errors of ours."""
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{live_service.address}/today")
    yield page
    assert errors == []


def saved(service: Service) -> dict[int, tuple[int, int]]:
    with service.database.read() as session:
        found = queries.current(session, night_of(today() - timedelta(days=1)))
    return {place[0]: (count.rooms, count.guests) for place, count in found.items()}


def drafts(page: Page) -> int:
    return int(page.evaluate("Object.keys(localStorage).length"))


def status(page: Page) -> str:
    return page.locator("#draft").inner_text()


def test_a_count_is_entered_by_keyboard_alone(live_service: Service, page: Page) -> None:
    expect(page.get_by_label("Rooms, Sample North")).to_be_focused()
    for entry in ("1", "2", "0", "0"):
        page.keyboard.type(entry)
        page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("All pavilions are counted.")
    assert saved(live_service) == {1: (1, 2), 2: (0, 0)}
    assert drafts(page) == 0


def test_what_is_expected_is_filled_in_and_said_and_not_saved(live_service: Service, page: Page) -> None:
    page.get_by_label("Rooms, Sample South").fill("1")
    page.get_by_label("Guests, Sample South").fill("1")
    page.get_by_role("button", name="Fill in the rest as expected").click()
    expect(page.locator("#draft")).to_contain_text("nothing is saved until you save")
    expect(page.get_by_label("Guests, Sample North")).to_have_value("2")
    expect(page.get_by_label("Rooms, Sample South")).to_have_value("1")
    assert saved(live_service) == {}
    page.get_by_role("button", name="Save the count").click()
    page.wait_for_url("**/rooms/counts/*")  # a difference is asked about
    assert saved(live_service) == {1: (1, 2), 2: (1, 1)}


def test_without_a_network_the_entries_are_kept_and_sent_as_soon_as_there_is_one(
    live_service: Service, context: BrowserContext, page: Page
) -> None:
    page.get_by_label("Rooms, Sample North").fill("1")
    page.get_by_label("Guests, Sample North").fill("2")
    context.set_offline(True)
    page.keyboard.press("Enter")
    expect(page.locator("#draft")).to_contain_text(WAITING)
    expect(page.get_by_label("Guests, Sample North")).to_have_value("2")
    assert (saved(live_service), drafts(page)) == ({}, 1)
    context.set_offline(False)
    expect(page.get_by_role("status").first).to_contain_text("The count of")
    assert (saved(live_service), drafts(page)) == ({1: (1, 2)}, 0)


def test_a_page_that_was_closed_without_a_network_has_its_entries_again(
    live_service: Service, context: BrowserContext, page: Page
) -> None:
    page.get_by_label("Rooms, Sample North").fill("1")
    context.set_offline(True)
    page.close()
    context.set_offline(False)
    again = context.new_page()
    again.goto(f"{live_service.address}/today")
    expect(again.get_by_label("Rooms, Sample North")).to_have_value("1")
    assert status(again) == KEPT
    assert saved(live_service) == {}


def test_entries_outlive_the_end_of_the_session(live_service: Service, page: Page, person: Person) -> None:
    page.get_by_label("Rooms, Sample North").fill("1")
    page.get_by_label("Guests, Sample North").fill("2")
    with live_service.database.write() as session:
        session.execute(sa.delete(SignIn))
    page.get_by_role("button", name="Save the count").click()
    page.get_by_label("E-mail address").fill(person.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_label("Guests, Sample North")).to_have_value("2")
    assert status(page) == KEPT
    page.get_by_role("button", name="Save the count").click()
    expect(page.get_by_role("status").first).to_contain_text("The count of")
    assert (saved(live_service), drafts(page)) == ({1: (1, 2)}, 0)


def test_entries_of_another_night_are_offered_and_nobody_elses(
    live_service: Service, context: BrowserContext, page: Page
) -> None:
    before = today() - timedelta(days=3)
    page.goto(f"{live_service.address}/rooms/counts/{before}")
    page.get_by_label("Rooms, Sample North").fill("1")
    page.goto(f"{live_service.address}/today")
    link = page.get_by_role("link", name=before.isoformat())
    expect(link).to_have_attribute("href", f"/rooms/counts/{before}")
    context.clear_cookies()
    live_service.sign_in(context, "facilities")
    page.goto(f"{live_service.address}/today")
    expect(link).to_have_count(0)


def test_a_wrong_entry_is_told_where_it_stands_and_the_summary_takes_the_focus(
    live_service: Service, page: Page
) -> None:
    page.get_by_label("Rooms, Sample North").fill("9")
    page.get_by_label("Guests, Sample North").fill("9")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_label("Rooms, Sample North")).to_have_value("9")
    expect(page.get_by_label("Rooms, Sample North")).to_have_attribute("aria-invalid", "true")
    page.get_by_role("link", name="Sample North: there are 2 rooms").click()
    expect(page.get_by_label("Rooms, Sample North")).to_be_focused()
    for size in looking.VIEWPORTS.values():
        looking.resize(page, size)
        assert looking.barriers(page) == []


def test_the_form_fits_the_smallest_phone_and_works_without_scripts(
    live_service: Service, browser: Browser, person: Person
) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 640})
    live_service.sign_in_as(context, person)
    page = context.new_page()
    page.goto(f"{live_service.address}/today")
    assert page.get_by_label("Rooms, Sample North").get_attribute("inputmode") == "numeric"
    box = page.get_by_label("Guests, Sample North").bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= 320
    assert box["height"] >= 44
    page.get_by_role("button", name="Fill in the rest as expected").click()
    expect(page.get_by_label("Guests, Sample North")).to_have_value("2")
    page.get_by_role("button", name="Save the count").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Today")
    assert saved(live_service) == {1: (1, 2), 2: (0, 0)}
    context.close()


def test_no_state_of_these_pages_has_a_barrier_or_scrolls_sideways(live_service: Service, page: Page) -> None:
    last = f"/rooms/counts/{today() - timedelta(days=1)}"
    for step in ("/today", last, "explain", last, "/rooms/counts", "/rooms/counts/months", "/today"):
        if step == "explain":
            page.get_by_label("Rooms, Sample North").fill("0")
            page.get_by_label("Rooms, Sample South").fill("0")
            page.get_by_role("button", name="Save the count").click()
            expect(page.get_by_label("Why the count of Sample North differs")).to_be_visible()
        else:
            page.goto(live_service.address + step)
        for size in looking.VIEWPORTS.values():
            looking.resize(page, size)
            assert looking.barriers(page) == []
        looking.resize(page, looking.NARROWEST)
        assert looking.sideways(page) <= 0, page.url
