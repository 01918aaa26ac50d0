"""The pages of the audits in a browser: stricter than our own audit, in states that only a person's step leads to."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from accessibility.engine.page import PlannedRow
from accessibility.ledger.audits.models import Audit
from accessibility.ledger.audits.worklist import DatabaseWorkList
from core.database import Database
from tests.accessibility.seed import NIGHTS, public_site
from tests.accessibility.seeded import history, history_folder  # noqa: F401
from tests.browser import looking
from tests.browser.addresses import OF_ACCESSIBILITY
from tests.browser.conftest import Service

A = "/accessibility"


@pytest.fixture
def sqlite_database(history: Database) -> Database:  # noqa: F811
    """The service shows the history."""
    return history


@pytest.fixture
def page(context: BrowserContext, live_service: Service) -> Iterator[Page]:
    """A page of somebody who may do everything; its console must stay free of errors."""
    live_service.sign_in(context, "admin", "accessibility")
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


def open_all(page: Page) -> None:
    """Open everything that can be folded."""
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")


def test_no_page_has_a_barrier_or_scrolls_sideways_with_everything_open(live_service: Service, page: Page) -> None:
    found = []
    for path in (path for paths in OF_ACCESSIBILITY.values() for path in paths if path.startswith(A)):
        looking.resize(page, looking.VIEWPORTS["phone"])
        page.goto(live_service.address + path)
        open_all(page)
        found += looking.barriers(page)
        looking.resize(page, looking.NARROWEST)
        if looking.sideways(page) > 0:
            found.append(f"{page.url} scrolls sideways")
    assert found == []


def test_a_form_with_many_errors_has_no_barrier_and_its_summary_takes_the_focus(
    live_service: Service, page: Page
) -> None:
    page.goto(f"{live_service.address}{A}/add-platform")
    page.get_by_label("Windows").evaluate("one => { one.closest('details').open = true }")
    page.get_by_label("Windows").fill("wide")
    page.get_by_role("button", name="Add this platform").click()
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_label("Windows")).to_be_visible()
    check_everywhere(page)


def test_a_ticket_with_an_error_and_one_with_its_undo_have_no_barrier(live_service: Service, page: Page) -> None:
    page.goto(f"{live_service.address}{A}/tickets/ecampus/9")
    page.get_by_role("button", name="Make the exception").click()
    expect(page.get_by_role("alert")).to_contain_text("There are 3 problems")
    check_everywhere(page)
    page.goto(f"{live_service.address}{A}/tickets/ecampus/9")
    page.get_by_role("button", name="Claim it fixed").click()
    expect(page.get_by_role("status")).to_contain_text("Claimed fixed.")
    check_everywhere(page)


def test_the_report_of_a_bulk_change_has_no_barrier(live_service: Service, page: Page) -> None:
    page.goto(f"{live_service.address}{A}/tickets?group=all&select=all")
    open_all(page)
    page.get_by_label("Claimed fixed").check()
    page.get_by_role("button", name="Change the state of the selected tickets").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("tickets are changed")
    check_everywhere(page)


def test_progress_goes_on_by_itself_and_the_focus_stays(live_service: Service, page: Page) -> None:
    page.goto(f"{live_service.address}{A}/audits/public-site/11")
    page.get_by_role("link", name="Reload this page").focus()
    with live_service.database.read() as session:
        audit_id = session.query(Audit.id).where(Audit.state == "running").scalar()
    visits = public_site(NIGHTS)
    worklist = DatabaseWorkList(live_service.database, audit_id)
    planned = {row.key: row for row in worklist.pending()}
    visit = next(one for one in visits if one.key in planned)
    assert isinstance(planned[visit.key], PlannedRow)
    worklist.finish(visit.key, visit.result)
    expect(page.locator("#progress")).to_contain_text("5 of 11")
    expect(page.get_by_role("link", name="Reload this page")).to_be_focused()


def test_the_lead_works_without_javascript(live_service: Service, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    live_service.sign_in(context, "accessibility")
    page = context.new_page()
    page.goto(live_service.address)
    expect(page.get_by_role("heading", level=1)).to_have_text("Last night")
    page.get_by_role("link", name="Assign").first.click()
    page.get_by_label("Assigned to").select_option("Sample developer")
    page.get_by_role("button", name="Assign").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Last night")
    expect(page.get_by_role("status")).to_contain_text("Assigned to Sample developer.")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("status")).to_contain_text("The last step is taken back.")
    page.get_by_role("link", name="Tickets", exact=True).first.click()
    page.get_by_role("link", name="Select all on this page").click()
    page.get_by_text("Change the selected tickets").click()
    page.get_by_role("button", name="Set the date of the selected tickets").click()
    expect(page.get_by_role("status")).to_contain_text("tickets are changed.")
    context.close()


def test_the_evidence_is_a_picture_that_loads(live_service: Service, page: Page) -> None:
    page.goto(f"{live_service.address}{A}/last-night")
    pictures = page.locator(".crop img")
    assert pictures.count() == 2
    for picture in pictures.all():
        picture.scroll_into_view_if_needed()
        expect(picture).not_to_have_js_property("naturalWidth", 0)


def test_a_chart_loads_in_both_widths(live_service: Service, page: Page) -> None:
    for size in looking.VIEWPORTS.values():
        looking.resize(page, size)
        page.goto(f"{live_service.address}{A}/scores?platform=ecampus")
        for chart in page.locator(".chart img").all():
            expect(chart).not_to_have_js_property("naturalWidth", 0)
