"""Two platforms made from one template, from their first night to the proof, with the lead's step in a browser."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from playwright.sync_api import BrowserContext, expect

from core.database import Database
from jobs.audit_run import perform, take
from tests.browser.conftest import Service
from tests.jobs.platforms import request, save
from tests.jobs.tiny_site import tiny_site

TEMPLATE = """<!doctype html><html lang=en><title>Courses of {name}</title>
<nav aria-label="{name} menu"><a href="/">Home</a> {badge}</nav><main><h1>Courses</h1></main></html>"""
BADGE = '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">'
REPAIRED = BADGE.replace("<img", '<img alt="New"')
ME = "here:1:a"
ONE_WINDOW = {"viewports": [{"name": "desktop", "width": 1280, "height": 800}]}


class Sites:
    """The model and its copy. They differ in their host, and in the name that the template writes into its menu."""

    def __init__(self, database: Database, model: dict[str, str], copy: dict[str, str]) -> None:
        self.database = database
        self.pages = {"model": (model, "Sample eCampus"), "copy": (copy, "Partner Academy")}

    def serve(self, slug: str, badge: str) -> None:
        """The site's page from now on."""
        pages, name = self.pages[slug]
        pages["/"] = TEMPLATE.format(name=name, badge=badge)

    def night(self, *slugs: str) -> None:
        """A whole audit of each at a time, in threads of their own: this one drives the lead's browser."""
        for slug in slugs:
            request(self.database, slug)
        taken = [take(self.database, ME) for _ in slugs]
        with ThreadPoolExecutor(len(taken)) as threads:
            for _ in threads.map(self._perform, taken):
                pass  # what went wrong in a thread is raised here

    def _perform(self, audit_id: int | None) -> None:
        assert audit_id is not None
        asyncio.run(perform(self.database, audit_id, ME, asyncio.Event()))


@pytest.fixture
def sites(sqlite_database: Database) -> Iterator[Sites]:
    """Both sites with the fault of their template, audited once each."""
    model: dict[str, str] = {}
    copy: dict[str, str] = {}
    with tiny_site(model) as here, tiny_site(copy) as there:
        found = Sites(sqlite_database, model, copy)
        save(sqlite_database, slug="model", name="Sample eCampus", base=[here], **ONE_WINDOW)
        base = there.replace("127.0.0.1", "localhost")
        save(sqlite_database, slug="copy", name="Partner Academy", base=[base], model="model", **ONE_WINDOW)
        for slug in ("model", "copy"):
            found.serve(slug, BADGE)
        found.night("model", "copy")
        yield found


def test_a_repair_in_the_model_is_proven_by_each_platform_for_itself(
    sites: Sites, live_service: Service, context: BrowserContext
) -> None:
    live_service.sign_in(context, "accessibility")
    page = context.new_page()
    page.goto(live_service.address)
    page.get_by_role("link", name="Shared components").click()
    expect(page.get_by_text("One problem waits on several platforms.")).to_be_visible()
    page.get_by_role("link", name="Images must have alternative text").click()
    expect(page.get_by_text("Repair it in the model first")).to_be_visible()
    sites.serve("model", REPAIRED)
    page.get_by_label("Note").fill("In the model since release 4.2.")
    page.get_by_role("button", name="Claim it repaired").click()
    expect(page.get_by_role("status")).to_contain_text("claimed for 2 tickets")
    state = page.locator("header .marks")
    expect(state).to_contain_text("Repair claimed")

    sites.night("model", "copy")
    page.reload()
    model, copy = page.get_by_role("row").filter(has_text="eCampus"), page.get_by_role("row").filter(has_text="Partner")
    expect(model).to_contain_text("Claimed fixed")
    expect(copy).to_contain_text("Came back")
    expect(state).to_contain_text("Came back")

    sites.serve("copy", REPAIRED)
    sites.night("model", "copy")
    page.reload()
    expect(model).to_contain_text("Proven fixed")
    expect(page.get_by_text("It has ended in the model, Sample eCampus")).to_be_visible()
    expect(state).not_to_contain_text("Proven fixed")

    sites.night("copy")
    page.reload()
    expect(state).to_contain_text("Proven fixed everywhere")
    page.goto(f"{live_service.address}/accessibility/shared")
    expect(page.get_by_text("No problem waits on several platforms", exact=True)).to_be_visible()
