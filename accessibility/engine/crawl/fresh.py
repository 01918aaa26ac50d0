"""A load of the page for one check alone: in a window of another size, with movement, or cut off from the network.

Whatever the check does to it is gone with it, and the tab is as before.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, nullcontext, suppress
from dataclasses import dataclass

from playwright.async_api import CDPSession
from playwright.async_api import Error as PlaywrightError

from accessibility.engine.crawl.browser import Tab
from accessibility.engine.crawl.live_page import LivePage, live_page
from accessibility.engine.crawl.loading import Loaded
from accessibility.engine.crawl.requests import Watch
from accessibility.engine.platform import Viewport

OFFLINE = {"offline": True, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
ONLINE = OFFLINE | {"offline": False}
RESTORE_TIMEOUT = 5.0
MUTED = "function () { for (const one of this) Object.defineProperty(one, 'send', { value: () => {} }); }"


@dataclass(frozen=True, slots=True)
class Conditions:
    """What a page is loaded under. 0 for the row's own width and height (CSS pixels).

    `motion`: without the visitor's wish for less of it, which all other loads carry. `sealed`: once it is loaded,
    nothing leaves the browser any more, and the gate keeps what would have (`LivePage.watch.attempts`). `once`: in
    the platform's first viewport alone, as the others would show the same.
    """

    width: int = 0
    height: int = 0
    motion: bool = False
    sealed: bool = False
    once: bool = False


@asynccontextmanager
async def loaded_afresh(
    tab: Tab, watch: Watch, viewport: Viewport, conditions: Conditions, load: Callable[[], Awaitable[Loaded]]
) -> AsyncIterator[LivePage]:
    """The page under these conditions; `load` loads it. In the end the tab is as it was."""

    async def page() -> LivePage:
        await _unseal(tab, watch)
        loaded = await load()
        fresh = await live_page(tab, watch, loaded.world)
        fresh.again = page
        if conditions.sealed:
            await _seal(tab, watch)
        return fresh

    resized = bool(conditions.width or conditions.height)
    try:
        if resized:
            size = {"width": conditions.width or viewport.width, "height": conditions.height or viewport.height}
            await tab.page.set_viewport_size({"width": size["width"], "height": size["height"]})
        if conditions.motion:
            await tab.page.emulate_media(reduced_motion="no-preference")
        yield await page()
    finally:
        try:
            async with asyncio.timeout(0 if tab.crashed.is_set() else RESTORE_TIMEOUT):
                await _unseal(tab, watch)
                if resized:
                    await tab.page.set_viewport_size({"width": viewport.width, "height": viewport.height})
                if conditions.motion:
                    await tab.page.emulate_media(reduced_motion="reduce")
        except (PlaywrightError, TimeoutError):
            tab.unfit = True  # it is closed, or does not answer; one that crashed never would


async def _seal(tab: Tab, watch: Watch) -> None:
    """Cut the page off, with its frames of other sites, hidden ones too: each process has a network of its own."""
    watch.sealed = True
    watch.attempts.clear()
    sessions = [tab.session]
    for frame in tab.page.frames[1:]:
        with suppress(PlaywrightError):  # it has the session of its parent, or went away meanwhile
            sessions.append(await tab.page.context.new_cdp_session(frame))
    for session in sessions:
        with suppress(PlaywrightError) if session is not tab.session else nullcontext():
            await session.send("Network.emulateNetworkConditions", OFFLINE)
            if watch.sockets:
                await _mute(session)


async def _mute(session: CDPSession) -> None:
    """WebSockets that are open stay so without a network, and would carry what a click sends: now nothing any more."""
    prototype = await session.send("Runtime.evaluate", {"expression": "WebSocket.prototype", "objectGroup": "sockets"})
    if "objectId" in prototype["result"]:
        of = {"prototypeObjectId": prototype["result"]["objectId"], "objectGroup": "sockets"}
        found = await session.send("Runtime.queryObjects", of)
        asked = {"functionDeclaration": MUTED, "objectId": found["objects"]["objectId"]}
        await session.send("Runtime.callFunctionOn", asked)
    await session.send("Runtime.releaseObjectGroup", {"objectGroup": "sockets"})


async def _unseal(tab: Tab, watch: Watch) -> None:
    """Give the tab its network back, once the page is gone: it may have tried again and again."""
    if watch.sealed:
        await tab.page.goto("about:blank", timeout=RESTORE_TIMEOUT * 1000)
        watch.sealed = False
        await tab.session.send("Network.emulateNetworkConditions", ONLINE)
