"""A report on a milestone in a browser: seen before it is stored, in both windows and on paper."""

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from core.database import Database
from tests.browser import looking
from tests.browser.conftest import Service
from tests.campus.books import open_campus
from tests.campus.sample_works_reports import SLUG, add_reported_works, keys_of

PACKAGE = f"/works/packages/{SLUG}"


@pytest.fixture
def sqlite_database(sqlite_database: Database) -> Database:
    """Works that have slipped."""
    with sqlite_database.write() as session:
        add_reported_works(session, open_campus(session))
    return sqlite_database


@pytest.fixture
def page(live_service: Service, context: BrowserContext) -> Page:
    """Of somebody who keeps the books."""
    live_service.sign_in(context, "facilities")
    return context.new_page()


def test_what_a_report_moves_is_seen_before_it_is_stored(live_service: Service, page: Page) -> None:
    with live_service.database.read() as session:
        building = keys_of(session)["Building"]
    page.goto(f"{live_service.address}{PACKAGE}/milestones/{building}/report")
    finish = page.get_by_role("group", name="Finish")
    finish.get_by_label("Year").fill("2199")
    page.get_by_role("button", name="Show what it would move").click()
    expect(page.get_by_text("Nothing is stored yet.")).to_be_visible()
    expect(page.get_by_role("row", name=re.compile("^Lift"))).to_contain_text("pushed by “Building”")
    for size in (looking.VIEWPORTS["desktop"], looking.NARROWEST):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        assert looking.barriers(page) == []
        assert looking.sideways(page) <= 0
    page.get_by_role("button", name="Change it").click()
    expect(page.get_by_role("group", name="Finish").get_by_label("Year")).to_have_value("2199")
    page.get_by_role("button", name="Show what it would move").click()
    page.get_by_role("button", name="Store the report").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("1 report is stored. 3 milestones move.")


def test_the_plan_prints_its_chart_and_its_table(live_service: Service, page: Page) -> None:
    page.set_viewport_size({"width": 718, "height": 1000})  # A4 between its margins
    page.goto(f"{live_service.address}{PACKAGE}/plan")
    page.emulate_media(media="print")
    expect(page.get_by_role("img", name="Gantt chart")).to_be_visible()
    expect(page.get_by_role("columnheader", name="Slip, days")).to_be_in_viewport(ratio=0.5)
    expect(page.get_by_role("link", name="Report on all milestones")).to_be_hidden()
    assert looking.sideways(page) <= 0
    assert page.pdf(format="A4").startswith(b"%PDF")
