"""The ways in of a platform's role, as a person chooses and enters them, with or without scripts."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from accessibility.ledger.platforms import queries, recipes
from tests.browser import looking
from tests.browser.conftest import Service

ADD = "/accessibility/add-platform"
WAYS = ("form", "basic", "header", "state")


def begin(page: Page, service: Service) -> None:
    """A new platform with a role whose login is still to be chosen."""
    page.goto(service.address + ADD)
    page.get_by_label("Name", exact=True).fill("Sample site")
    page.get_by_label("Short name").fill("sample-site")
    page.get_by_label("Base addresses").fill("https://site.example.org/")
    page.get_by_text("Add a login").click()
    page.get_by_label("Name of the role").fill("student")
    page.get_by_label("Proof of being logged in").fill("#me")


def shown(page: Page) -> list[str]:
    return [way for way in WAYS if page.locator(f".way[data-way={way}]").is_visible()]


@pytest.mark.parametrize("scripts", [True, False])
def test_a_way_in_that_is_chosen_puts_the_others_away(browser: Browser, live_service: Service, scripts: bool) -> None:
    context = browser.new_context(java_script_enabled=scripts)
    live_service.sign_in(context, "accessibility")
    page = context.new_page()
    begin(page, live_service)
    assert shown(page) == list(WAYS)
    for label, way in (("By a header on every request", "header"), ("By a saved browser state", "state")):
        page.get_by_label(label).check()
        assert shown(page) == [way]
        if scripts:
            for size in (*looking.VIEWPORTS.values(), looking.NARROWEST):
                looking.resize(page, size)
                assert looking.sideways(page) <= 0
            assert looking.barriers(page) == []
    context.close()


def test_a_header_and_a_saved_state_are_entered_by_a_person(
    browser: Browser, live_service: Service, tmp_path: Path
) -> None:
    cookies = [
        {"name": "session", "value": "sample-secret", "domain": domain, "path": "/"}
        for domain in ("site.example.org", "tracker.example.net")
    ]
    (tmp_path / "state.json").write_text(json.dumps({"cookies": cookies}))
    context = browser.new_context()
    live_service.sign_in(context, "accessibility")
    page = context.new_page()
    begin(page, live_service)
    page.get_by_label("By a header on every request").check()
    page.get_by_label("Header 1: its name").fill("Host")
    page.get_by_label("Header 1: its value").fill("sample-secret")
    page.get_by_role("button", name="Add this platform").click()
    page.get_by_role("link", name="the header Host cannot be set").click()
    page.get_by_label("Header 1: its name").first.fill("X-Sample-Key")
    page.get_by_label("Header 1: its value").first.fill("sample-secret")
    page.get_by_role("button", name="Add this platform").click()
    page.goto(f"{live_service.address}/accessibility/platforms/sample-site/edit")
    assert "sample-secret" not in page.content()
    page.get_by_label("By a saved browser state").first.check()
    page.get_by_label("File with the saved state").first.set_input_files(tmp_path / "state.json")
    page.get_by_role("button", name="Save", exact=True).click()
    assert page.get_by_text("Left out of the saved state of “student”: tracker.example.net.").is_visible()
    context.close()
    with live_service.database.read() as session:
        role = recipes.settings_with_secrets(queries.get(session, "sample-site")).roles[0]
    (kept,) = json.loads(recipes.values(role.login)["state"])["cookies"]
    assert (kept["domain"], kept["value"]) == ("site.example.org", "sample-secret")
