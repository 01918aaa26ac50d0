"""Loading one address in a tab, up to the moment when the page is calm, or the reason why it did not come to that."""

import asyncio
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
ALIVE_TIMEOUT = 2.0
NAVIGATIONS = 4  # a page may go on to another by script; more than this is a circle
PAGE_TYPES = ("html", "xml", "text/plain")


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
        watch.begin()
        try:
            return await self._load(tab, watch, url)
        except NotLoaded as problem:
            if self._oversized(url):
                raise NotLoaded(Reason.TOO_LARGE, "cut off", hung=True) from None
            raise problem

    async def _load(self, tab: Tab, watch: Watch, url: str) -> Loaded:
        response = await self._navigate(tab, watch, url)
        self._refuse_by_answer(response)
        try:
            async with asyncio.timeout(self.timeout):
                world, facts = await self._settle(tab)
        except TimeoutError:
            raise NotLoaded(Reason.HUNG, hung=True) from None
        except PlaywrightError as error:
            raise self._not_loaded(tab, watch, url, error) from error
        if watch.left_scope:
            raise NotLoaded(Reason.OUT_OF_SCOPE, watch.left_scope)
        if facts["bytes"] > self.max_bytes or self._oversized(str(facts["url"])):
            raise NotLoaded(Reason.TOO_LARGE, "cut off", hung=True)
        if not _is_page(facts["type"]):
            raise NotLoaded(Reason.DOCUMENT, str(facts["type"])[:100])
        return Loaded(world, facts, int(facts["status"] or response.status))

    async def _navigate(self, tab: Tab, watch: Watch, url: str) -> Response:
        try:
            if "#" in url:  # otherwise a route of the same document would not be loaded afresh
                await tab.page.goto("about:blank", timeout=self.timeout * 1000)
            response = await tab.page.goto(url, wait_until="load", timeout=self.timeout * 1000)
        except PlaywrightTimeout:
            if await answers(tab):
                raise NotLoaded(Reason.TIMEOUT, f"{self.timeout:g} s") from None
            raise NotLoaded(Reason.HUNG, hung=True) from None
        except PlaywrightError as error:
            raise self._not_loaded(tab, watch, url, error) from error
        if response is None:
            raise NotLoaded(Reason.NETWORK_ERROR, "no answer")
        return response

    def _oversized(self, url: str) -> bool:
        return url.partition("#")[0] in self.guard.oversized

    def _not_loaded(self, tab: Tab, watch: Watch, url: str, error: PlaywrightError) -> Exception:
        text = error.message
        if tab.crashed.is_set() or "crashed" in text:
            return NotLoaded(Reason.CRASHED, hung=True)
        if "has been closed" in text:
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
        if status < 400 and kind and not _is_page(kind):
            raise NotLoaded(Reason.DOCUMENT, kind[:100])

    async def _settle(self, tab: Tab) -> tuple[World, dict[str, Any]]:
        """Wait until the DOM is calm; a page that goes on to another by script is followed."""
        for _ in range(NAVIGATIONS):
            world = await enter(tab.session, tab.frame_id)
            try:
                return world, await world.evaluate(SETTLE)
            except (ScriptError, PlaywrightError) as error:
                if tab.crashed.is_set() or not _moved_on(error):
                    raise
                await tab.page.wait_for_load_state("load", timeout=self.timeout * 1000)
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


def _is_page(kind: str) -> bool:
    return any(part in kind for part in PAGE_TYPES)


def _moved_on(error: Exception) -> bool:
    text = str(error)
    return "context" in text or "navigat" in text or "campusAudit is not defined" in text


def _error_name(text: str) -> str:
    """`ERR_NAME_NOT_RESOLVED` from a browser's message."""
    start = text.find("net::")
    return text[start + 5 :].split()[0] if start >= 0 else text.splitlines()[0][:100]
