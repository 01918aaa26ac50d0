"""Screenshots of the window, or of any part of the page, as PNG."""

import asyncio
import base64
from io import BytesIO
from typing import Any

from PIL import Image
from playwright.async_api import CDPSession
from playwright.async_api import Error as PlaywrightError

from accessibility.engine.crawl.live_page import LivePage
from accessibility.engine.finding import Box

TIMEOUT = 5.0
MARGIN, AROUND = 12, 80  # CSS pixels, as all that follow
WIDEST, HIGHEST = 1000, 900
SMALLEST = 1

Clip = dict[str, float]


def clip(x: float, y: float, width: float, height: float, scale: float = 1) -> Clip:
    """A part of the page in CSS pixels, as the browser wants to be told; one of these is `scale` pixels."""
    return {"x": x, "y": y, "width": width, "height": height, "scale": scale}


async def screenshot(session: CDPSession, part: Clip | None = None) -> bytes:
    """What the window shows, or a part of the page, also outside of the window. Raises PlaywrightError.

    For a part of the page the browser lays it out anew, and the pointer leaves what it is on.
    """
    asked: dict[str, Any] = {"format": "png", "optimizeForSpeed": True}
    if part:
        asked |= {"clip": part, "captureBeyondViewport": True}
    return base64.b64decode((await session.send("Page.captureScreenshot", asked))["data"])


async def helpful_screenshot(page: LivePage, part: Clip | None = None) -> bytes | None:
    """A screenshot for a person, or None where the browser gives none in time: a help, its absence is no failure."""
    try:
        async with asyncio.timeout(TIMEOUT):
            return await screenshot(page.session, part)
    except (PlaywrightError, TimeoutError):
        return None


async def picture_of_place(page: LivePage, box: Box, *, below: float = 0) -> bytes | None:
    """A helpful screenshot of a place on the page, with a margin all around and room `below`; None for no place."""
    if box.width < SMALLEST or box.height < SMALLEST:
        return None
    left, top = max(0.0, box.x - MARGIN), max(0.0, box.y - MARGIN)
    right = min(box.x + box.width + MARGIN, left + WIDEST)
    bottom = min(box.y + box.height + below + MARGIN, top + HIGHEST)
    if right - left < SMALLEST or bottom - top < SMALLEST:
        return None
    return await helpful_screenshot(page, clip(left, top, right - left, bottom - top))


async def picture_in_window(page: LivePage, box: Box) -> bytes | None:
    """A helpful screenshot of a place in the window with much around it; the pointer stays where it is."""
    if (png := await helpful_screenshot(page)) is None:
        return None
    with Image.open(BytesIO(png)) as image:
        size = page.page.viewport_size
        scale = image.width / size["width"] if size else 1  # a phone has more pixels than CSS pixels
        left, top = max(0, int(scale * box.x) - AROUND), max(0, int(scale * box.y) - AROUND)
        right = min(image.width, int(scale * (box.x + box.width)) + AROUND, left + WIDEST)
        bottom = min(image.height, int(scale * (box.y + box.height)) + AROUND, top + HIGHEST)
        if right <= left or bottom <= top:
            return None
        out = BytesIO()
        image.crop((left, top, right, bottom)).save(out, "PNG")
    return out.getvalue()
