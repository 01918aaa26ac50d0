"""The measure for our own speed: Playwright and axe with nothing around them.

Same browser and flags, same number of tabs used again, same init script in an isolated world, same options and calm
wait; no guard, no plan, nothing stored.
"""

import asyncio
import json
import time
from collections.abc import Sequence

from playwright.async_api import Page, async_playwright

from accessibility.engine.checks.axe import OPTIONS
from accessibility.engine.crawl.chromium import FLAGS, find_browser, uses_sandbox
from accessibility.engine.crawl.loading import CALM_LIMIT_MS, QUIET_MS
from accessibility.engine.crawl.world import WORLD, world_script
from accessibility.engine.platform import DESKTOP


async def pages_per_second(urls: Sequence[str], tabs: int) -> float:
    """How fast the bare loop goes through these addresses."""
    async with async_playwright() as playwright:
        flags = [flag for flag in FLAGS if "proxy" not in flag]
        browser = await playwright.chromium.launch(
            executable_path=find_browser(), args=flags, chromium_sandbox=uses_sandbox("auto")
        )
        context = await browser.new_context(viewport={"width": DESKTOP.width, "height": DESKTOP.height})
        queue = iter(urls)
        started = time.perf_counter()
        pages = [await context.new_page() for _ in range(tabs)]
        await asyncio.gather(*(_tab(page, queue) for page in pages))
        seconds = time.perf_counter() - started
        await browser.close()
    return len(urls) / seconds


async def _tab(page: Page, queue) -> None:  # type: ignore[no-untyped-def]
    session = await page.context.new_cdp_session(page)
    await session.send("Page.enable")
    source = {"source": world_script(), "worldName": WORLD, "runImmediately": True}
    await session.send("Page.addScriptToEvaluateOnNewDocument", source)
    frame = (await session.send("Page.getFrameTree"))["frameTree"]["frame"]["id"]
    run = f"axe.run({json.dumps(OPTIONS)}).then(campusAudit.condense)"
    for url in queue:
        await page.goto(url, wait_until="load")
        world = await session.send("Page.createIsolatedWorld", {"frameId": frame, "worldName": WORLD})
        for expression in (f"campusAudit.calm({QUIET_MS}, {CALM_LIMIT_MS})", run):
            answer = await session.send(
                "Runtime.evaluate",
                {
                    "expression": expression,
                    "contextId": world["executionContextId"],
                    "awaitPromise": True,
                    "returnByValue": True,
                },
            )
            if "exceptionDetails" in answer:
                raise RuntimeError(answer["exceptionDetails"]["text"])
