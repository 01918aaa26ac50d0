"""The request gate: during a crawl the browser sends nothing but GET and HEAD, and navigates only where it may.

It sits in the browser itself (DevTools `Fetch`, on the browser's own target), so it sees every frame, worker and
beacon, inside TLS too. Only kinds of request that can carry another method are held, which leaves images, scripts and
style sheets at full speed; where a role is logged in by headers, all are, to be given them. Pop-ups load nothing until
`browser.py` closes them.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.async_api import Browser, CDPSession
from playwright.async_api import Error as PlaywrightError

from accessibility.engine.crawl.addresses import normalise
from accessibility.engine.crawl.guard import SAFE_METHODS, Guard
from accessibility.engine.crawl.request_headers import WORKERS, RequestHeaders
from accessibility.engine.crawl.scope import Scope, Verdict

HELD_KINDS = ("Document", "XHR", "Fetch", "Ping", "CSPViolationReport", "Other")
LOGIN_KINDS = frozenset({"Document", "XHR", "Fetch"})  # what can carry a login; a beacon cannot
MOST_NOTED, LONGEST_NOTED = 200, 1000  # requests of one page that are remembered, and characters of each
NEVER_FOLLOWED = frozenset({Verdict.LOGOUT, Verdict.CHANGES_STATE})

Harmless = Callable[[str, str, bytes], bool]  # method, url, body


@dataclass(frozen=True, slots=True)
class Attempt:
    """A request that a sealed tab wanted to send. `main` means: the page itself would have gone there."""

    kind: str  # DevTools' type of resource: "Document", "XHR", "Ping"…
    method: str
    url: str
    main: bool
    new_window: bool


@dataclass
class Watch:
    """What the gate saw of one tab since `begin`.

    While it is `sealed`, nothing that is held leaves the browser, and `attempts` tells what would have. A check seals
    a tab before it does what a visitor could do.
    """

    session: CDPSession
    asked: str = ""  # the address that we asked for, which may be what no link would be followed to
    before: str = ""  # the page that was there before, whose last requests are none of the new one's
    blocked: list[str] = field(default_factory=list)  # to the platform's own hosts: "POST https://…"
    blocked_elsewhere: int = 0
    left_scope: str = ""  # a navigation that would have left the platform
    logging_in: bool = False
    closing_overlay: bool = False
    loading: set[str] = field(default_factory=set)  # ids of frames that are being loaded
    sealed: bool = False
    attempts: list[Attempt] = field(default_factory=list)
    sockets: int = 0  # WebSockets that the page has opened

    def note(self, blocked: str) -> None:
        """Remember a request to the platform that was not let through."""
        if len(self.blocked) < MOST_NOTED:
            self.blocked.append(blocked[:LONGEST_NOTED])

    def begin(self, asked: str, before: str) -> None:
        """Forget what was seen on the page before."""
        self.asked = asked
        self.before = "" if urlsplit(before).path == "/" else before  # a shortened Referer looks like that of "/"
        self.blocked.clear()
        self.blocked_elsewhere = 0
        self.left_scope = ""
        self.closing_overlay = False
        self.sockets = 0
        self.sealed = False
        self.attempts.clear()


class RequestGate:
    """Holds the requests of one browser at a time and decides by the platform's `scope` what goes out."""

    def __init__(self, guard: Guard, scope: Scope, harmless: Harmless, headers: RequestHeaders) -> None:
        self._guard = guard
        self._headers = headers
        self._scope = scope
        self._harmless = harmless
        self._tabs: dict[str, Watch] = {}  # by the frame id of the tab's main frame
        self._frames: dict[str, str] = {}  # frame id -> main frame id of its tab, which for a pop-up is its opener's
        self._popups: set[str] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    async def watch(self, browser: Browser) -> None:
        """Hold the requests of a browser just started."""
        self._tabs.clear()
        self._frames.clear()
        self._popups.clear()
        self._headers.clear()
        session = await browser.new_browser_cdp_session()
        session.on("Fetch.requestPaused", lambda event: self._spawn(self._decide(session, event)))
        session.on("Target.targetCreated", lambda event: self._target_created(event["targetInfo"]))
        session.on("Target.targetDestroyed", lambda event: self._target_destroyed(event["targetId"]))
        held = [{"urlPattern": "*", "resourceType": kind} for kind in HELD_KINDS]
        await session.send("Fetch.enable", {"patterns": [{"urlPattern": "*"}] if self._headers else held})
        kinds = [{"type": kind} for kind in ("iframe", "page", *(WORKERS if self._headers else ()))]
        await session.send("Target.setDiscoverTargets", {"discover": True, "filter": kinds})

    def know(self, frame_id: str, session: CDPSession, role: str, target: dict[str, Any]) -> None:
        """A new tab of a role, with its own session, where its frames are announced; `target` as DevTools give it."""
        self._headers.know_target(target)
        self._headers.know_context(target["browserContextId"], role)
        watch = self._tabs[frame_id] = Watch(session)
        self._frames[frame_id] = frame_id
        session.on("Page.frameAttached", lambda event: self._attached(event["frameId"], frame_id))
        session.on("Page.frameDetached", lambda event: self._detached(event, watch, frame_id))
        session.on("Page.frameStartedLoading", lambda event: watch.loading.add(event["frameId"]))
        session.on("Page.frameStoppedLoading", lambda event: watch.loading.discard(event["frameId"]))

    def forget(self, frame_id: str) -> None:
        """The tab is closed."""
        self._tabs.pop(frame_id, None)
        self._frames = {frame: main for frame, main in self._frames.items() if main != frame_id}

    def of(self, frame_id: str) -> Watch:
        """What was seen of a tab."""
        return self._tabs[frame_id]

    def _attached(self, frame_id: str, main: str) -> None:
        self._frames[frame_id] = main

    def _detached(self, event: dict[str, Any], watch: Watch, main: str) -> None:
        watch.loading.discard(event["frameId"])
        if event.get("reason") != "swap" and event["frameId"] != main:
            self._frames.pop(event["frameId"], None)

    def _target_created(self, info: dict[str, Any]) -> None:
        """A frame in a process of its own, or a pop-up; a target's id is that of its main frame."""
        self._headers.know_target(info)
        opener = info.get("openerFrameId") or info.get("openerId")
        main = self._frames.get(opener or info.get("parentFrameId", ""))
        if main:
            self._frames.setdefault(info["targetId"], main)
        if opener and info["type"] == "page":
            self._popups.add(info["targetId"])

    def _target_destroyed(self, target_id: str) -> None:
        self._popups.discard(target_id)
        self._headers.forget_target(target_id)
        if target_id not in self._tabs:
            self._frames.pop(target_id, None)

    def _spawn(self, work: Any) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _decide(self, session: CDPSession, event: dict[str, Any]) -> None:
        try:
            if self._refuses(event):
                reason = "Aborted" if event["resourceType"] == "Document" else "BlockedByClient"  # so the page stays
                await session.send("Fetch.failRequest", {"requestId": event["requestId"], "errorReason": reason})
            else:
                await session.send("Fetch.continueRequest", {"requestId": event["requestId"]} | self._added(event))
        except PlaywrightError:
            pass  # the page went away meanwhile; so did its request

    def _added(self, event: dict[str, Any]) -> dict[str, Any]:
        frame = event.get("frameId", "")
        headers = self._headers.of(frame, self._frames.get(frame, ""), event["request"], event["resourceType"])
        return {} if headers is None else {"headers": headers}

    def _refuses(self, event: dict[str, Any]) -> bool:
        request, frame_id, kind = event["request"], event.get("frameId", ""), event["resourceType"]
        watches = self._watches(frame_id)
        if any(watch.sealed for watch in watches):
            self._note_attempt(watches, frame_id, kind, request)
            return True
        if request["method"] not in SAFE_METHODS and not self._lets_through(watches, kind, request):
            return True
        if frame_id in self._popups:
            return True
        if kind != "Document":
            return False
        if frame_id in self._tabs:
            return self._leaves(self._tabs[frame_id], request["url"])
        return self._would_log_out(watches, request["url"])

    def _note_attempt(self, watches: list[Watch], frame_id: str, kind: str, request: dict[str, Any]) -> None:
        main, new_window = kind == "Document" and frame_id in self._tabs, frame_id in self._popups
        attempt = Attempt(kind, request["method"], request["url"][:LONGEST_NOTED], main, new_window)
        most = 2 * MOST_NOTED if main or new_window else MOST_NOTED  # many of others hide none of these
        for watch in watches:
            if watch.sealed and len(watch.attempts) < most:
                watch.attempts.append(attempt)

    def _watches(self, frame_id: str) -> list[Watch]:
        """The tab of a frame. Of a few (inside one of another process) it is not known: then all are suspected."""
        main = self._frames.get(frame_id)
        return [self._tabs[main]] if main in self._tabs else list(self._tabs.values())

    def _leaves(self, watch: Watch, url: str) -> bool:
        if watch.logging_in or url == "about:blank":
            return False
        if self._scope.on_platform(url):
            followed = self._scope.judge(url) not in NEVER_FOLLOWED
            if followed or normalise(url) == normalise(watch.asked):
                return False
        watch.left_scope = watch.left_scope or url
        return True

    def _would_log_out(self, watches: list[Watch], url: str) -> bool:
        """A frame that ends the session by being shown."""
        if not self._scope.on_platform(url) or self._scope.judge(url) is not Verdict.LOGOUT:
            return False
        for watch in watches:
            watch.note(f"GET {_without_query(url)}")
        return True

    def _lets_through(self, watches: list[Watch], kind: str, request: dict[str, Any]) -> bool:
        method, url = request["method"], request["url"]
        logging_in = bool(watches) and all(watch.logging_in for watch in watches) and kind in LOGIN_KINDS
        if logging_in or self._harmless(method, url, (request.get("postData") or "").encode()):
            self._guard.announce(method, url)
            return True
        sender = request["headers"].get("Referer", "")
        for watch in watches:
            belated = bool(sender) and sender == watch.before != watch.asked
            if self._scope.on_platform(url) and not watch.closing_overlay and not belated:
                watch.note(f"{method} {_without_query(url)}")
            else:
                watch.blocked_elsewhere += 1
        return False


def _without_query(url: str) -> str:
    """The address without its query, which may hold a session's key."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}{parts.path}"
