"""Our world in a page: what comes back from it is whole, whatever the page put there."""

import asyncio
from typing import Any

import pytest
from playwright.async_api import async_playwright

from accessibility.engine.crawl.chromium import find_browser, uses_sandbox
from accessibility.engine.crawl.world import ScriptError, World, enter


async def in_world(*expressions: str) -> list[Any]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=find_browser(), chromium_sandbox=uses_sandbox("auto")
        )
        page = await browser.new_page()
        session = await page.context.new_cdp_session(page)
        frame = (await session.send("Page.getFrameTree"))["frameTree"]["frame"]["id"]
        world: World = await enter(session, frame)
        await world.run("globalThis.before = 'set'; function later() { return Promise.resolve([1, null]); };")
        try:
            return [await world.evaluate(expression) for expression in expressions]
        finally:
            await browser.close()


def test_values_come_back_as_they_are_and_promises_are_awaited() -> None:
    assert asyncio.run(in_world("before", "later()", "undefined", "({a: 1.5})", "'é😀'")) == [
        "set", [1, None], None, {"a": 1.5}, "é😀",
    ]  # fmt: skip


def test_halves_of_characters_are_replaced_and_words_that_look_like_them_stay() -> None:
    texts = asyncio.run(in_world(r"'a\ud800b'", r"'\\ud800'", r"'\\\ud812'", r"({'\udc00': 1})"))
    assert texts == ["a\ufffdb", "\\ud800", "\\\ufffd", {"\ufffd": 1}]


def test_an_error_in_the_page_is_told_by_its_words() -> None:
    with pytest.raises(ScriptError, match="no such thing"):
        asyncio.run(in_world("(() => { throw new Error('no such thing'); })()"))
