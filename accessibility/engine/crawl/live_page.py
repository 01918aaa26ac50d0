"""A loaded page with all its frames, those of other sites too, each with our own world in it."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import structlog
from playwright.async_api import CDPSession, Page
from playwright.async_api import Error as PlaywrightError

from accessibility.engine.crawl.browser import Tab
from accessibility.engine.crawl.world import ScriptError, World, enter, world_script

log = structlog.get_logger()

FRAME_TIMEOUT = 10.0
MOST_FRAMES = 60


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
    """What probes work on. `unreachable` are addresses of visible frames that could not be entered."""

    page: Page
    session: CDPSession
    frames: list[LiveFrame]
    unreachable: list[str] = field(default_factory=list)

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


async def live_page(tab: Tab, main: World, has_frames: bool) -> LivePage:
    """The page in a tab with every visible frame; hidden frames are no part of what people meet."""
    page = LivePage(tab.page, tab.session, [LiveFrame(main, tab.page.url)])
    if not has_frames:
        return page
    known = {tab.frame_id: page.top}
    for node in await _nodes(tab):
        parent = known.get(node.parent_id)
        if parent is None:
            continue  # inside a frame that is hidden or was not entered
        if len(page.frames) > MOST_FRAMES:
            page.unreachable.append(node.address)
            continue
        try:
            async with asyncio.timeout(FRAME_TIMEOUT):
                frame = await _frame(node, parent)
        except (PlaywrightError, ScriptError, TimeoutError) as error:
            log.info("frame not entered", address=node.address, problem=str(error)[:200])
            page.unreachable.append(node.address)
            continue
        if frame is None:
            continue
        if node.failed:
            page.unreachable.append(node.address)
            continue
        known[node.frame_id] = frame
        page.frames.append(frame)
    return page


async def _nodes(tab: Tab) -> list[_Node]:
    """All frames below the main one, parents before their children. A frame of another site has its own session."""
    sessions = [tab.session]
    for frame in tab.page.frames[1:]:
        try:
            sessions.append(await tab.page.context.new_cdp_session(frame))
        except PlaywrightError:
            continue  # it lives in its parent's process, whose session knows it
    nodes = []
    for session in sessions:
        try:
            tree = await session.send("Page.getFrameTree")
        except PlaywrightError:
            continue  # the frame went away meanwhile
        nodes += list(_flat(session, tree["frameTree"]))
    return _parents_first(nodes, tab.frame_id)


def _flat(session: CDPSession, tree: dict[str, Any]) -> Iterator[_Node]:
    frame = tree["frame"]
    unreachable = frame.get("unreachableUrl", "")
    address = unreachable or frame["url"] + frame.get("urlFragment", "")
    yield _Node(session, frame["id"], frame.get("parentId", ""), address, bool(unreachable))
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


async def _frame(node: _Node, parent: LiveFrame) -> LiveFrame | None:
    owner = await _owner(node, parent)
    if not owner["shown"]:
        return None
    world = await enter(node.session, node.frame_id)
    if not await world.evaluate("typeof campusAudit === 'object'"):
        await world.evaluate(world_script() + "\n;true")
    x, y = owner["origin"]
    return LiveFrame(
        world,
        node.address,
        (*parent.path, owner["selector"]),
        (*parent.shape, owner["path"]),
        (parent.origin[0] + x, parent.origin[1] + y),
        parent.focusable and owner["focusable"],
    )


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
