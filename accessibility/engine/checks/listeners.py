"""Who listens for events, from the browser itself: a page can hide its listeners from scripts, not from DevTools."""

import asyncio
from collections.abc import Collection, Mapping
from typing import Any

from playwright.async_api import CDPSession
from playwright.async_api import Error as PlaywrightError

from accessibility.engine.crawl.live_page import LivePage

MOST_ELEMENTS = 400
KEYS = frozenset({"keydown", "keyup", "keypress"})
CLICKS = frozenset({"click", "mousedown", "mouseup", "pointerdown", "pointerup", "touchstart", "touchend", "dblclick"})
DOWNS = frozenset({"mousedown", "pointerdown"})


async def anything_listens(page: LivePage, types: Collection[str]) -> bool:
    """Whether the page's window, its document or an element has a listener for one of these events."""
    if not (await window_types(page)).isdisjoint(types):
        return True
    return any(not there.isdisjoint(types) for there in (await element_types(page)).values())


async def window_types(page: LivePage) -> frozenset[str]:
    """The events that the page's window has listeners for."""
    window = await page.session.send("Runtime.evaluate", {"expression": "window", "objectGroup": "listeners"})
    try:
        return frozenset(one["type"] for one in await _listeners(page.session, window["result"]["objectId"], 1))
    finally:
        await page.session.send("Runtime.releaseObjectGroup", {"objectGroup": "listeners"})


async def element_types(page: LivePage) -> dict[int, frozenset[str]]:
    """By DevTools' number of a node, the events that it has listeners of its own for; the document's are at 0."""
    document = await page.session.send("Runtime.evaluate", {"expression": "document", "objectGroup": "listeners"})
    found: dict[int, set[str]] = {}
    try:
        described = await page.session.send("DOM.describeNode", {"objectId": document["result"]["objectId"]})
        root = described["node"]["backendNodeId"]
        for one in await _listeners(page.session, document["result"]["objectId"], -1):
            node = one.get("backendNodeId", root)
            found.setdefault(0 if node == root else node, set()).add(one["type"])
    finally:
        await page.session.send("Runtime.releaseObjectGroup", {"objectGroup": "listeners"})
    return {node: frozenset(types) for node, types in found.items()}


async def _listeners(session: CDPSession, object_id: str, depth: int) -> list[dict[str, Any]]:
    # "pierce" would tell of those in other worlds and shadow trees too; Chromium crashes of it, now and then
    answer = await session.send(
        "DOMDebugger.getEventListeners", {"objectId": object_id, "depth": depth, "pierce": False}
    )
    return list(answer["listeners"])


def listening(types: Mapping[int, frozenset[str]], wanted: Collection[str]) -> list[int]:
    """The elements that listen for one of these, the document aside; as many as are looked at."""
    return [node for node, there in types.items() if node and there & set(wanted)][:MOST_ELEMENTS]


async def places_of(page: LivePage, nodes: Collection[int]) -> list[str]:
    """The places (`effects.js`) of these elements, as far as they are in the page's own document."""
    world = page.top.world
    given = {"executionContextId": world.context_id, "objectGroup": "listeners"}
    resolved = await asyncio.gather(
        *(page.session.send("DOM.resolveNode", {"backendNodeId": node, **given}) for node in nodes),
        return_exceptions=True,
    )
    objects = [one["object"]["objectId"] for one in resolved if isinstance(one, dict) and "objectId" in one["object"]]
    if not objects:
        return []
    try:
        answer = await page.session.send(
            "Runtime.callFunctionOn",
            {
                "functionDeclaration": PLACES,
                "executionContextId": world.context_id,
                "arguments": [{"objectId": one} for one in objects],
                "returnByValue": True,
            },
        )
        return [str(place) for place in answer["result"].get("value", ())]
    except PlaywrightError:
        return []
    finally:
        await page.session.send("Runtime.releaseObjectGroup", {"objectGroup": "listeners"})


PLACES = """function (...elements) {
  return elements.filter((one) => one.nodeType === 1 && one.ownerDocument === document && one.isConnected)
    .map((one) => campusEffects.placeOf(one)).filter(Boolean);
}"""
