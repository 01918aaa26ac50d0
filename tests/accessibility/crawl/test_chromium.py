"""How Chromium is started: nothing of what Playwright sets is lost, and no report leaves past the gate."""

import asyncio

import pytest
from playwright.async_api import async_playwright

from accessibility.engine.crawl.chromium import FLAGS, find_browser, uses_sandbox
from core.errors import Unavailable


def test_what_playwright_switches_off_stays_switched_off() -> None:
    async def command_line() -> str:
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(
                executable_path=find_browser(), args=list(FLAGS), chromium_sandbox=uses_sandbox("auto")
            )
            session = await browser.new_browser_cdp_session()
            line = str((await session.send("SystemInfo.getInfo"))["commandLine"])
            await browser.close()
            return line

    switch = "--disable-features="
    given = [
        word.removeprefix(switch).split(",") for word in asyncio.run(command_line()).split() if word.startswith(switch)
    ]
    assert len(given) > 1, "only the last one counts for Chromium"
    assert {feature for features in given[:-1] for feature in features} <= set(given[-1])
    assert {"Reporting", "NetworkErrorLogging", "FetchLaterAPI"} <= set(given[-1])


def test_a_browser_that_is_named_and_not_there_is_unavailable(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Unavailable, match="CAMPUS_BROWSER"):
        find_browser("no-such-browser")
    monkeypatch.setenv("PATH", "")
    with pytest.raises(Unavailable, match="no Chromium"):
        find_browser()


@pytest.mark.parametrize(
    ("setting", "user", "used"), [("on", 0, True), ("off", 1, False), ("auto", 0, False), ("auto", 1, True)]
)
def test_the_sandbox_is_used_unless_root_or_the_settings_forbid(
    monkeypatch: pytest.MonkeyPatch, setting: str, user: int, used: bool
) -> None:
    monkeypatch.setattr("os.geteuid", lambda: user)
    assert uses_sandbox(setting) is used
