"""The request gate: during a crawl the browser sends nothing but GET and HEAD, and navigates only where it may.

It sits in the browser itself (DevTools `Fetch`, on the browser's own target), so it sees every frame, worker and
beacon, inside TLS too. Only kinds of request that can carry another method are held, which leaves images, scripts and
style sheets at full speed.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.async_api import Browser, CDPSession
from playwright.async_api import Error as PlaywrightError

from accessibility.engine.crawl.guard import SAFE_METHODS, Guard

HELD_KINDS = ("Document", "XHR", "Fetch", "Ping", "CSPViolationReport", "Other")

Harmless = Callable[[str, str, bytes], bool]  # method, url, body
InScope = Callable[[str], bool]


@dataclass
class Watch:
    """What the gate saw of one tab since `begin`."""

    session: CDPSession
    blocked: list[str] = field(default_factory=list)  # to the platform's own hosts: "POST https://…"
    blocked_elsewhere: int = 0
    left_scope: str = ""  # a navigation that would have left the platform
    logging_in: bool = False
    closing_overlay: bool = False

    def begin(self) -> None:
        """Forget what was seen on the page before."""
        self.blocked.clear()
        self.blocked_elsewhere = 0
        self.left_scope = ""
        self.closing_overlay = False


class RequestGate:
    """`own_host` tells the platform's own hosts, `in_scope` where a tab may be navigated to."""

    def __init__(self, guard: Guard, *, own_host: InScope, in_scope: InScope, harmless: Harmless) -> None:
        self._guard = guard
        self._own_host = own_host
        self._in_scope = in_scope
        self._harmless = harmless
        self._tabs: dict[str, Watch] = {}  # by the frame id of the tab's main frame
        self._frames: dict[str, str] = {}  # frame id -> main frame id
        self._tasks: set[asyncio.Task[None]] = set()

    async def watch(self, browser: Browser) -> None:
        """Hold the requests of a browser just started."""
        self._tabs.clear()
        self._frames.clear()
        session = await browser.new_browser_cdp_session()
        session.on("Fetch.requestPaused", lambda event: self._spawn(self._decide(session, event)))
        patterns = [{"urlPattern": "*", "resourceType": kind} for kind in HELD_KINDS]
        await session.send("Fetch.enable", {"patterns": patterns})

    def know(self, frame_id: str, session: CDPSession) -> None:
        """A new tab, with its own session, where its frames are announced."""
        self._tabs[frame_id] = Watch(session)
        self._frames[frame_id] = frame_id
        session.on("Page.frameAttached", lambda event: self._attached(event, frame_id))
        session.on("Page.frameDetached", lambda event: self._detached(event, frame_id))

    def forget(self, frame_id: str) -> None:
        """The tab is closed."""
        self._tabs.pop(frame_id, None)
        self._frames = {frame: main for frame, main in self._frames.items() if main != frame_id}

    def of(self, frame_id: str) -> Watch:
        """What was seen of a tab."""
        return self._tabs[frame_id]

    def _attached(self, event: dict[str, Any], frame_id: str) -> None:
        self._frames[event["frameId"]] = frame_id

    def _detached(self, event: dict[str, Any], frame_id: str) -> None:
        if event.get("reason") != "swap" and event["frameId"] != frame_id:
            self._frames.pop(event["frameId"], None)

    def _spawn(self, work: Any) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _decide(self, session: CDPSession, event: dict[str, Any]) -> None:
        request = event["request"]
        method, url = request["method"], request["url"]
        watches = self._watches(event.get("frameId", ""))
        refused = False
        if event["resourceType"] == "Document" and event.get("frameId") in self._tabs:
            refused = self._leaves(watches, url)
        if not refused and method not in SAFE_METHODS:
            refused = not self._lets_through(watches, method, url, request)
        try:
            if refused:
                answer = {"requestId": event["requestId"], "errorReason": "BlockedByClient"}
                await session.send("Fetch.failRequest", answer)
            else:
                await session.send("Fetch.continueRequest", {"requestId": event["requestId"]})
        except PlaywrightError:
            pass  # the page went away meanwhile; so did its request

    def _watches(self, frame_id: str) -> list[Watch]:
        """The tab of a frame. A frame inside one of another process is not announced: then every tab is suspected."""
        main = self._frames.get(frame_id)
        return [self._tabs[main]] if main in self._tabs else list(self._tabs.values())

    def _leaves(self, watches: list[Watch], url: str) -> bool:
        if any(watch.logging_in for watch in watches) or url == "about:blank" or self._in_scope(url):
            return False
        for watch in watches:
            watch.left_scope = watch.left_scope or url
        return True

    def _lets_through(self, watches: list[Watch], method: str, url: str, request: dict[str, Any]) -> bool:
        body = (request.get("postData") or "").encode()
        if any(watch.logging_in for watch in watches) or self._harmless(method, url, body):
            self._guard.announce(method, url)
            return True
        for watch in watches:
            if self._own_host(url) and not watch.closing_overlay:
                watch.blocked.append(f"{method} {_without_query(url)}")
            else:
                watch.blocked_elsewhere += 1
        return False


def _without_query(url: str) -> str:
    """The address without its query, which may hold a session's key."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}{parts.path}"
