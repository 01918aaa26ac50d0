"""A loaded page with all its frames, those of other sites too, each with our own world in it."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import structlog
from playwright.async_api import CDPSession, Page
from playwright.async_api import Error as PlaywrightError

from accessibility.engine.crawl.browser import Tab
from accessibility.engine.crawl.loading import CALM_LIMIT_MS, QUIET_MS
from accessibility.engine.crawl.requests import Watch
from accessibility.engine.crawl.world import ScriptError, World, enter, world_script

log = structlog.get_logger()

FRAME_TIMEOUT = 10.0
MOST_FRAMES = 60
POLL = 0.05
TICK_TIMEOUT = 1.0
IN_PROCESS_OF_PARENT = "does not have a separate CDP session"
MEDIA = ("image/", "video/", "audio/")
FRAME_TYPES = ("html", "xml", "text/plain")


class _NotAuditable(Exception):
    """The frame shows an error, or something that is no web page."""

    def __init__(self, problem: str, address: str) -> None:
        super().__init__(problem)
        self.address = address


@dataclass(frozen=True, slots=True)
class LiveFrame:
    """One frame. `path` holds the selectors of the iframes that lead to it, `shape` those iframes' ancestors as
    `page_script.js` describes them, `origin` its top left corner on the page in CSS pixels."""

    world: World
    address: str
    path: tuple[str, ...] = ()
    shape: tuple[Any, ...] = ()
    origin: tuple[float, float] = (0.0, 0.0)
    focusable: bool = True

    @property
    def top(self) -> bool:
        """Whether this is the page itself."""
        return not self.path


@dataclass(slots=True)
class LivePage:
    """What probes work on. `unreachable` are addresses of visible frames that could not be looked at.

    `watch` is what the request gate sees of the page. `again` loads the page once more under the same conditions and
    gives it; only a page that was loaded for one check alone has it.
    """

    page: Page
    session: CDPSession
    frames: list[LiveFrame]
    watch: Watch
    again: Callable[[], Awaitable["LivePage"]] | None = None
    unreachable: list[str] = field(default_factory=list)
    stuck: bool = False  # one of them does not answer at all

    @property
    def top(self) -> LiveFrame:
        """The page's main frame."""
        return self.frames[0]

    async def evaluate(self, expression: str) -> Any:
        """The JSON value of an expression in our world of the main frame."""
        return await self.top.world.evaluate(expression)


@dataclass(frozen=True, slots=True)
class _Node:
    session: CDPSession
    frame_id: str
    parent_id: str
    address: str
    failed: bool


async def live_page(tab: Tab, watch: Watch, main: World) -> LivePage:
    """The page in a tab with every visible frame, loaded and calm; hidden frames are no part of what people meet."""
    page = LivePage(tab.page, tab.session, [LiveFrame(main, tab.page.url)], watch)
    if len(tab.page.frames) == 1:
        return page
    await _frames_loaded(watch)
    known = {tab.frame_id: page.top}
    for node in await _nodes(tab, page):
        parent = known.get(node.parent_id)
        if parent is None:
            continue  # inside a frame that is hidden, or is named as unreachable
        if len(page.frames) > MOST_FRAMES:
            page.unreachable.append(node.address)
            continue
        try:
            async with asyncio.timeout(FRAME_TIMEOUT):
                frame = await _frame(node, parent, still_loading=node.frame_id in watch.loading)
        except (PlaywrightError, ScriptError, TimeoutError, _NotAuditable) as error:
            address = error.address if isinstance(error, _NotAuditable) else node.address
            log.info("frame not entered", address=address, problem=str(error)[:200])
            page.unreachable.append(address)
            page.stuck |= isinstance(error, TimeoutError)
            continue
        if frame is not None:
            known[node.frame_id] = frame
            page.frames.append(frame)
    return page


async def _frames_loaded(watch: Watch) -> None:
    """Wait for frames that came late; one that is still loading in the end will be found unreachable."""
    for _ in range(int(FRAME_TIMEOUT / POLL)):
        if not watch.loading:
            return
        await asyncio.sleep(POLL)


async def _nodes(tab: Tab, page: LivePage) -> list[_Node]:
    """All frames below the main one, parents before their children. A frame of another site has its own session."""
    nodes = list(_flat(tab.session, (await tab.session.send("Page.getFrameTree"))["frameTree"]))
    for frame in tab.page.frames[1:]:
        try:
            async with asyncio.timeout(FRAME_TIMEOUT):
                session = await tab.page.context.new_cdp_session(frame)
                nodes += _flat(session, (await session.send("Page.getFrameTree"))["frameTree"])
        except (PlaywrightError, TimeoutError) as error:
            if IN_PROCESS_OF_PARENT in str(error) or frame.is_detached():
                continue  # its parent's session knows it, or it went away meanwhile
            page.unreachable.append(frame.url)
            page.stuck |= isinstance(error, TimeoutError)
    return _parents_first(nodes, tab.frame_id)


def _flat(session: CDPSession, tree: dict[str, Any]) -> Iterator[_Node]:
    frame = tree["frame"]
    address = frame.get("unreachableUrl") or frame["url"] + frame.get("urlFragment", "")
    yield _Node(session, frame["id"], frame.get("parentId", ""), address, "unreachableUrl" in frame)
    for child in tree.get("childFrames", ()):
        yield from _flat(session, child)


def _parents_first(nodes: list[_Node], root: str) -> list[_Node]:
    children: dict[str, list[_Node]] = {}
    for node in nodes:
        children.setdefault(node.parent_id, []).append(node)
    ordered: list[_Node] = []
    waiting = list(children.get(root, ()))
    while waiting:
        node = waiting.pop(0)
        ordered.append(node)
        waiting += children.get(node.frame_id, ())
    return ordered


async def _frame(node: _Node, parent: LiveFrame, still_loading: bool) -> LiveFrame | None:
    owner = await _owner(node, parent)
    if not owner["shown"]:
        return None
    if node.failed or still_loading:
        raise _NotAuditable("no answer", node.address or owner["address"])
    world = await _calm_world(node)
    if world is None:
        return None
    x, y = owner["origin"]
    return LiveFrame(
        world,
        node.address,
        (*parent.path, owner["selector"]),
        (*parent.shape, owner["path"]),
        (parent.origin[0] + x, parent.origin[1] + y),
        parent.focusable and owner["focusable"],
    )


async def _calm_world(node: _Node) -> World | None:
    """Our world in a frame that is loaded and calm; None where the browser shows a mere picture or recording."""
    since = asyncio.get_running_loop().time()
    while True:
        world = await enter(node.session, node.frame_id)
        if not await world.evaluate("typeof campusAudit === 'object'"):
            await world.run(world_script())
        facts = await world.evaluate("campusAudit.frameFacts()")
        waited = asyncio.get_running_loop().time() - since
        if facts["calm"] >= QUIET_MS or (facts["calm"] >= 0 and waited * 1000 > CALM_LIMIT_MS):
            break
        await asyncio.sleep(POLL)
    if facts["type"].startswith(MEDIA):
        return None
    if facts["status"] >= 400 or not facts["type"].endswith(FRAME_TYPES):
        raise _NotAuditable(f"{facts['status']} {facts['type']}", node.address)
    await _wind_up(world)
    return world


async def _wind_up(world: World) -> None:
    """See to it that our script's timers ring, which they do not by themselves in a frame without scripts."""
    try:
        async with asyncio.timeout(TICK_TIMEOUT):
            await world.evaluate("campusAudit.tick()")
    except TimeoutError:
        await world.evaluate("campusAudit.withoutTimers()")


async def _owner(node: _Node, parent: LiveFrame) -> dict[str, Any]:
    session = parent.world.session
    await session.send("DOM.enable")
    owner = await session.send("DOM.getFrameOwner", {"frameId": node.frame_id})
    resolved = await session.send(
        "DOM.resolveNode",
        {"backendNodeId": owner["backendNodeId"], "executionContextId": parent.world.context_id},
    )
    described: dict[str, Any] = await parent.world.call_on(
        resolved["object"]["objectId"], "function () { return campusAudit.frameOwner(this); }"
    )
    return described
