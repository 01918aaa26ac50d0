"""Loading one address in a tab, up to the moment when the page is calm, or the reason why it did not come to that."""

import asyncio
import re
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Response
from playwright.async_api import TimeoutError as PlaywrightTimeout

from accessibility.engine.crawl.browser import Tab
from accessibility.engine.crawl.guard import Guard
from accessibility.engine.crawl.requests import Watch
from accessibility.engine.crawl.world import ScriptError, World, enter
from accessibility.engine.page import Reason, RowState

QUIET_MS = 200
CALM_LIMIT_MS = 3000
SETTLE = f"campusAudit.settle({QUIET_MS}, {CALM_LIMIT_MS})"
ALIVE_TIMEOUT = 5.0  # a busy machine makes a healthy page slow, too
ERROR_PAGE = "chrome-error://"
ERROR_PAGE_TIMEOUT_MS = 3000
GLANCE = 0.5  # seconds between two looks at a page that is slow
INTERRUPTIONS = 3
PAUSE_AFTER_INTERRUPTION = 0.2
NAVIGATIONS = 4  # a page may go on to another by script; more than this is a circle
WITHOUT_WORDS = ("ERR_HTTP_RESPONSE_CODE_FAILURE", "ERR_INVALID_AUTH_CREDENTIALS")  # an error with an empty page


@dataclass(frozen=True, slots=True)
class Loaded:
    """A calm page. `facts` are those of `page_script.js`."""

    world: World
    facts: dict[str, Any]
    status: int


class NotLoaded(Exception):
    """Why there is no page to audit. `hung` asks for the tab to be thrown away."""

    def __init__(self, reason: Reason, detail: str = "", *, hung: bool = False) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail
        self.hung = hung

    @property
    def state(self) -> RowState:
        """Excluded for what is no page of the plan, else not audited."""
        return RowState.EXCLUDED if self.reason in EXCLUDING else RowState.NOT_AUDITED


EXCLUDING = frozenset(
    {Reason.NOT_FOUND, Reason.GONE, Reason.REDIRECTED, Reason.OUT_OF_SCOPE, Reason.DOCUMENT, Reason.DUPLICATE}
)


@dataclass(frozen=True, slots=True)
class Loader:
    """Loads pages within bounds: `timeout` in seconds, `max_bytes` of the decoded document."""

    guard: Guard
    timeout: float
    max_bytes: int

    async def load(self, tab: Tab, watch: Watch, url: str) -> Loaded:
        """The calm page at `url`. Raises `NotLoaded`."""
        watch.begin(url, before=tab.page.url.partition("#")[0])
        try:
            response = await self._navigate(tab, watch, url)
            self._refuse_by_answer(response)
            return await self._arrive(tab, watch, url, response)
        except NotLoaded:
            if self._oversized(url):
                raise NotLoaded(Reason.TOO_LARGE, "cut off", hung=True) from None
            raise

    async def follow(self, tab: Tab, watch: Watch, url: str) -> Loaded:
        """The calm page that the one at `url` has gone on to by itself. Raises `NotLoaded`."""
        return await self._arrive(tab, watch, url, None)

    async def _arrive(self, tab: Tab, watch: Watch, url: str, response: Response | None) -> Loaded:
        try:
            async with asyncio.timeout(self.timeout):
                world, facts = await self._settle_whole(tab, watch, url, _runs_scripts(response))
        except TimeoutError:
            raise await self._too_slow(tab) from None
        except PlaywrightError as error:
            raise self._not_loaded(tab, watch, url, error) from error
        final = str(facts["url"])
        if final.startswith(ERROR_PAGE) and not watch.left_scope:
            raise NotLoaded(Reason.NETWORK_ERROR, "the page went on to an address that does not answer")
        if watch.left_scope or not final.startswith(("http://", "https://")):
            raise NotLoaded(Reason.OUT_OF_SCOPE, watch.left_scope or final)
        if facts["bytes"] > self.max_bytes or self._oversized(final):
            raise NotLoaded(Reason.TOO_LARGE, "cut off", hung=True)
        status = int(facts["status"] or (response.status if response else 0))
        if not is_page(facts["type"]):
            raise self._no_page(final, status, str(facts["type"]))
        return Loaded(world, facts, status)

    def _no_page(self, final: str, status: int, kind: str) -> NotLoaded:
        """A page that went on by itself may have met a refusal, which is no document."""
        if status == 403 and self.guard.refuses(final):
            return NotLoaded(Reason.ADDRESS_REFUSED, self.guard.refuses(final))
        return refusal(status) or NotLoaded(Reason.DOCUMENT, kind[:100])

    async def _navigate(self, tab: Tab, watch: Watch, url: str) -> Response:
        try:
            if "#" in url:  # otherwise a route of the same document would not be loaded afresh
                await self._goto(tab, "about:blank")
            response = await self._goto(tab, url)
        except PlaywrightTimeout:
            raise await self._too_slow(tab) from None
        except PlaywrightError as error:
            if "net::ERR_" in error.message and "ERR_ABORTED" not in error.message:
                await _error_page(tab)
            if any(name in error.message for name in WITHOUT_WORDS):
                raise await _refusal_without_words(tab) from error
            raise self._not_loaded(tab, watch, url, error) from error
        if response is None:
            raise NotLoaded(Reason.NETWORK_ERROR, "no answer")
        return response

    async def _goto(self, tab: Tab, url: str) -> Response | None:
        """Go there; the error page of the address before, or that page's own script, may cut in and is outlasted."""
        for _ in range(INTERRUPTIONS):
            try:
                return await tab.page.goto(url, wait_until="commit", timeout=self.timeout * 1000)
            except PlaywrightError as error:
                if "is interrupted by another navigation" not in error.message:
                    raise
                await asyncio.sleep(PAUSE_AFTER_INTERRUPTION)
        return await tab.page.goto(url, wait_until="commit", timeout=self.timeout * 1000)

    async def _too_slow(self, tab: Tab) -> NotLoaded:
        if await answers(tab):
            return NotLoaded(Reason.TIMEOUT, f"{self.timeout:g} s", hung=True)
        return NotLoaded(Reason.HUNG, hung=True)

    def _oversized(self, url: str) -> bool:
        return url.partition("#")[0] in self.guard.oversized

    def _not_loaded(self, tab: Tab, watch: Watch, url: str, error: PlaywrightError) -> Exception:
        text = error.message
        if tab.crashed.is_set() or "crashed" in text:
            return NotLoaded(Reason.CRASHED, hung=True)
        if is_closed(error):
            return error  # the browser was replaced under this tab; the row is tried again
        if watch.left_scope:
            return NotLoaded(Reason.OUT_OF_SCOPE, watch.left_scope)
        if "Download is starting" in text:
            return NotLoaded(Reason.DOCUMENT, "download")
        if "ERR_TOO_MANY_REDIRECTS" in text:
            return NotLoaded(Reason.REDIRECT_LOOP)
        if self.guard.refuses(url):
            return NotLoaded(Reason.ADDRESS_REFUSED, self.guard.refuses(url))
        return NotLoaded(Reason.NETWORK_ERROR, _error_name(text))

    def _refuse_by_answer(self, response: Response) -> None:
        headers, status = response.headers, response.status
        if headers.get("x-campus-guard") == self.guard.mark:
            if status == 403:
                raise NotLoaded(Reason.ADDRESS_REFUSED, self.guard.refuses(response.url))
            raise NotLoaded(Reason.NETWORK_ERROR, "no connection")
        kind = headers.get("content-type", "").partition(";")[0].strip().lower()
        if status < 400 and kind and not is_page(kind):
            raise NotLoaded(Reason.DOCUMENT, kind[:100])

    async def _settle_whole(self, tab: Tab, watch: Watch, url: str, scripts: bool) -> tuple[World, dict[str, Any]]:
        """What `_settle` gives; a page that was cut off or broke off would never come to that."""
        settling = asyncio.ensure_future(self._settle(tab, scripts))
        try:
            while not (await asyncio.wait({settling}, timeout=GLANCE))[0]:
                if self._oversized(url) or self._oversized(tab.page.url):
                    raise NotLoaded(Reason.TOO_LARGE, "cut off", hung=True)
                if await _broke_off(tab, watch):
                    raise NotLoaded(Reason.NETWORK_ERROR, "the page broke off", hung=True)
            return settling.result()
        finally:
            settling.cancel()
            await asyncio.gather(settling, return_exceptions=True)

    async def _settle(self, tab: Tab, scripts: bool) -> tuple[World, dict[str, Any]]:
        """Wait until the page is loaded and calm; one that goes on to another by script is followed."""
        for _ in range(NAVIGATIONS):
            world = await enter(tab.session, tab.frame_id)
            try:
                if not scripts:
                    await tab.page.wait_for_load_state("load")
                    await world.evaluate("campusAudit.withoutTimers()")
                return world, await world.evaluate(SETTLE)
            except (ScriptError, PlaywrightError) as error:
                if tab.crashed.is_set() or not moved_on(error):
                    raise
                tab.unfit = True
        raise NotLoaded(Reason.REDIRECT_LOOP, "by script")


def refusal(status: int) -> NotLoaded | None:
    """What an HTTP status says of a page; None when it is fine."""
    if status == 404:
        return NotLoaded(Reason.NOT_FOUND, "404")
    if status == 410:
        return NotLoaded(Reason.GONE, "410")
    if status >= 500:
        return NotLoaded(Reason.SERVER_ERROR, str(status))
    if status >= 400:
        return NotLoaded(Reason.CLIENT_ERROR, str(status))
    return None


async def answers(tab: Tab) -> bool:
    """Whether the page's own thread still answers."""
    try:
        async with asyncio.timeout(ALIVE_TIMEOUT):
            await tab.session.send("Runtime.evaluate", {"expression": "1"})
    except (TimeoutError, PlaywrightError):
        return False
    return True


def is_page(kind: str) -> bool:
    """Whether a media type is that of a web page."""
    return "html" in kind


def moved_on(error: Exception) -> bool:
    """Whether an error means that the document was replaced by another."""
    text = str(error)
    return not is_closed(error) and any(sign in text for sign in ("context", "navigat", "campusAudit is not defined"))


def is_closed(error: Exception) -> bool:
    """Whether an error means that the tab or the whole browser is gone."""
    return "has been closed" in str(error) or "Connection closed" in str(error)


def _runs_scripts(response: Response | None) -> bool:
    """False for a page that the server has put into a sandbox without scripts: timers are dead there."""
    policy = "" if response is None else response.headers.get("content-security-policy", "")
    directives = [directive.lower().split() for directive in re.split("[;,]", policy)]
    return not any(words[:1] == ["sandbox"] and "allow-scripts" not in words for words in directives)


async def _broke_off(tab: Tab, watch: Watch) -> bool:
    """Whether the browser has stopped loading a document that is not complete."""
    if tab.frame_id in watch.loading:
        return False
    state = await tab.session.send("Runtime.evaluate", {"expression": "document.readyState"})
    return state["result"].get("value") == "loading" and tab.frame_id not in watch.loading


async def _error_page(tab: Tab) -> None:
    """Wait until the browser shows its own error page, which would cut in on whatever is loaded next."""
    with suppress(PlaywrightError):
        await tab.page.wait_for_url(f"{ERROR_PAGE}**", wait_until="commit", timeout=ERROR_PAGE_TIMEOUT_MS)


async def _refusal_without_words(tab: Tab) -> NotLoaded:
    """What an error status without a page says; the browser's own error page knows it."""
    try:
        world = await enter(tab.session, tab.frame_id)
        status = int(await world.evaluate("performance.getEntriesByType('navigation')[0]?.responseStatus || 0"))
    except (PlaywrightError, ScriptError):
        status = 0
    return refusal(status) or NotLoaded(Reason.NETWORK_ERROR, "no answer")


def _error_name(text: str) -> str:
    """`ERR_NAME_NOT_RESOLVED` from a browser's message."""
    start = text.find("net::")
    return text[start + 5 :].split()[0] if start >= 0 else text.splitlines()[0][:100]
