"""A file brought in as a new user would do it: with the keyboard alone, on a screen of 320 pixels."""

from pathlib import Path

import sqlalchemy as sa
from playwright.sync_api import Browser, Page

from campus.occupancy.models import Claim
from tests.browser.conftest import Service
from tests.campus.books import open_campus
from tests.campus.tables.files import stays

FILE = stays(
    ("A-1", "Sample North", "101", "2026-03-01", "2026-03-04", 1, "62.50"),
    ("A-2", "Sample North", "999", "2026-03-01", "2026-03-04", 1, "62.50"),
)


def go_to(page: Page, text: str) -> None:
    """Move the focus with the tab key until it is on what says this."""
    for _press in range(80):
        page.keyboard.press("Tab")
        said = page.evaluate("document.activeElement.labels?.[0]?.innerText || document.activeElement.innerText || ''")
        if said.strip().startswith(text):
            return
    raise AssertionError(f"the tab key does not come to {text}")


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def test_a_file_is_brought_in_with_the_keyboard_alone_on_a_small_screen(
    live_service: Service, browser: Browser, tmp_path: Path
) -> None:
    file = tmp_path / "stays.csv"
    file.write_bytes(FILE)
    with live_service.database.write() as session:
        open_campus(session)
    context = browser.new_context(viewport={"width": 320, "height": 640})
    context.set_default_timeout(15_000)
    live_service.sign_in(context, "facilities")
    page = context.new_page()
    page.goto(f"{live_service.address}/rooms/tables")
    go_to(page, "What the file holds")
    page.keyboard.type("Stays")
    go_to(page, "File")
    page.set_input_files("#file", file)  # the dialog itself is the system's
    go_to(page, "Go on to the columns")
    page.keyboard.press("Enter")
    page.wait_for_url("**/columns")
    assert fits(page)
    go_to(page, "Look at the changes")
    page.keyboard.press("Enter")
    page.wait_for_url("**/preview")
    assert "One row is refused." in page.inner_text("main")
    assert fits(page)
    go_to(page, "Import only when all rows are fine")
    page.keyboard.press("ArrowDown")
    go_to(page, "Import")
    page.keyboard.press("Enter")
    page.wait_for_url("**/rooms/tables/1")
    assert "1 added, 0 changed." in page.inner_text("main")
    assert fits(page)
    context.close()
    with live_service.database.read() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Claim)) == 1
