"""The browser of one audit: started, kept, and replaced when a page took it down.

One context per role and viewport, its tabs used again for page after page; a new context per page would cost 250 to
300 ms, a new tab 120 ms. Everything that the browser sends goes through the guard.
"""

import asyncio
import contextlib
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any

import structlog
from playwright.async_api import (
    Browser,
    BrowserContext,
    CDPSession,
    Dialog,
    Page,
    Playwright,
    StorageState,
    async_playwright,
)
from playwright.async_api import Error as PlaywrightError

from accessibility.engine.crawl.chromium import FLAGS, find_browser, uses_sandbox
from accessibility.engine.crawl.requests import RequestGate
from accessibility.engine.crawl.world import WORLD, world_script
from accessibility.engine.platform import Viewport
from core.errors import Unavailable

log = structlog.get_logger()

OPEN_TIMEOUT = 30.0
CLOSE_TIMEOUT = 5.0
PAGES_PER_TAB = 50


@dataclass
class Tab:
    """A tab and its DevTools session. `generation` tells which browser it belongs to."""

    page: Page
    session: CDPSession
    frame_id: str
    generation: int
    context_key: tuple[str, str]
    used: int = 0
    unfit: bool = False  # for another page: something in it answers no more, or it keeps going on by itself
    crashed: asyncio.Event = field(default_factory=asyncio.Event)


class AuditBrowser:
    """Use as an async context manager."""

    def __init__(self, gate: RequestGate, proxy: str, *, executable: str, sandbox: str, language: str) -> None:
        self.generation = 0
        self.troubles = 0  # tabs thrown away and browsers replaced: what else was being loaded then may have suffered
        self.gate = gate
        self._proxy = proxy
        self._executable = executable
        self._sandbox = sandbox
        self._language = language
        self._playwright: Playwright | None = None
        self._browser: Browser | None = None
        self._contexts: dict[tuple[str, str], BrowserContext] = {}
        self._idle: dict[tuple[str, str], list[Tab]] = {}
        self._pages: set[Page] = set()  # those that we opened
        self._lock = asyncio.Lock()

    async def __aenter__(self) -> "AuditBrowser":
        self._playwright = await async_playwright().start()
        try:
            await self._launch()
        except BaseException:
            await self._playwright.stop()
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._end_browser()
        if self._playwright is not None:
            with contextlib.suppress(PlaywrightError, TimeoutError):
                async with asyncio.timeout(CLOSE_TIMEOUT):
                    await self._playwright.stop()

    async def tab(self, role: str, viewport: Viewport, state: StorageState | None = None, **login: Any) -> Tab:
        """A tab of this role and viewport; `state` and `login` shape the context when it is made.

        Raises Playwright's `Error` or `TimeoutError` when the browser gives none.
        """
        async with self._lock, asyncio.timeout(OPEN_TIMEOUT):
            key = (role, viewport.name)
            idle = self._idle.setdefault(key, [])
            while idle:
                tab = idle.pop()
                if not tab.crashed.is_set():
                    return tab
                self.gate.forget(tab.frame_id)
            if key not in self._contexts:
                self._contexts[key] = await self._new_context(viewport, state, login)
            return await self._new_tab(key)

    @property
    def connected(self) -> bool:
        """Whether the browser lives."""
        return self._browser is not None and self._browser.is_connected()

    async def release(self, tab: Tab) -> None:
        """Give a tab back for the next page."""
        tab.used += 1
        if tab.generation != self.generation:
            return
        if tab.used >= PAGES_PER_TAB:
            await self._close(tab)
            return
        self._idle[tab.context_key].append(tab)

    async def discard(self, tab: Tab) -> None:
        """Throw away a tab that has suffered; where it does not close, the browser is replaced."""
        self.troubles += 1
        if tab.generation == self.generation:
            await self._close(tab)

    async def _close(self, tab: Tab) -> None:
        self.gate.forget(tab.frame_id)
        try:
            async with asyncio.timeout(CLOSE_TIMEOUT):
                await tab.page.close()
        except TimeoutError:
            await self.replace(tab.generation)
        except PlaywrightError:
            pass  # it is closed already

    async def replace(self, generation: int) -> None:
        """Start a new browser in place of that of `generation`, unless somebody did already."""
        async with self._lock:
            if generation != self.generation:
                return
            log.warning("browser replaced", generation=generation)
            self.troubles += 1
            await self._end_browser()
            await self._launch()

    async def _launch(self) -> None:
        if self._playwright is None:
            raise RuntimeError("not started")
        executable = find_browser(self._executable)
        sandboxed = uses_sandbox(self._sandbox)
        try:
            self._browser = await self._playwright.chromium.launch(
                executable_path=executable,
                args=[*FLAGS, f"--lang={self._language}"],
                chromium_sandbox=sandboxed,
                proxy={"server": self._proxy},
            )
        except PlaywrightError as error:
            raise Unavailable(
                f"{executable} does not start: {error.message.splitlines()[0]} "
                "Where a container allows no user namespaces, set CAMPUS_BROWSER_SANDBOX=off."
            ) from error
        self.generation += 1
        self._contexts, self._idle = {}, {}
        self._pages.clear()
        await self.gate.watch(self._browser)

    async def _end_browser(self) -> None:
        if self._browser is None:
            return
        with contextlib.suppress(PlaywrightError, TimeoutError):
            async with asyncio.timeout(CLOSE_TIMEOUT):
                await self._browser.close()
        self._browser = None

    async def _new_context(
        self, viewport: Viewport, state: StorageState | None, login: dict[str, Any]
    ) -> BrowserContext:
        if self._browser is None:
            raise RuntimeError("not started")
        context = await self._browser.new_context(
            viewport={"width": viewport.width, "height": viewport.height},
            is_mobile=viewport.mobile,
            has_touch=viewport.mobile,
            locale=self._language,
            accept_downloads=False,
            service_workers="block",
            reduced_motion="reduce",
            storage_state=state,
            **login,
        )
        context.on("page", self._close_popup)
        return context

    async def _close_popup(self, page: Page) -> None:
        async with self._lock:  # so that a page that is just being opened by us is known
            if page in self._pages:
                return
        with contextlib.suppress(PlaywrightError):
            await page.close()

    async def _new_tab(self, key: tuple[str, str]) -> Tab:
        context = self._contexts[key]
        page = await context.new_page()
        self._pages.add(page)
        page.on("close", lambda closed: self._pages.discard(closed))
        session = await context.new_cdp_session(page)
        await session.send("Page.enable")
        await session.send(
            "Page.addScriptToEvaluateOnNewDocument",
            {"source": world_script(), "worldName": WORLD, "runImmediately": True},
        )
        tree = await session.send("Page.getFrameTree")
        target = await session.send("Target.getTargetInfo")
        tab = Tab(page, session, tree["frameTree"]["frame"]["id"], self.generation, key)
        page.on("dialog", _answer_dialog)
        page.on("crash", lambda _: tab.crashed.set())
        self.gate.know(tab.frame_id, session, key[0], target["targetInfo"])
        watch = self.gate.of(tab.frame_id)
        page.on("websocket", lambda _: setattr(watch, "sockets", watch.sockets + 1))
        return tab


async def _answer_dialog(dialog: Dialog) -> None:
    with contextlib.suppress(PlaywrightError):
        if dialog.type == "beforeunload":
            await dialog.accept()
        else:
            await dialog.dismiss()
