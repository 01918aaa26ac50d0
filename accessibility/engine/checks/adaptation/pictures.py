"""One picture of two states of a page, above each other: before, and after."""

import asyncio
import base64
import io
from collections.abc import Mapping, Sequence
from typing import Any

from playwright.async_api import Error as PlaywrightError

from accessibility.engine.crawl.live_page import LivePage

TIMEOUT = 5.0
MARGIN, AROUND = 16, 80
WIDEST, HIGHEST = 800, 400
MOST = 4
GAP, LINE = 12, "#b3261e"
Pictures = Mapping[str, bytes]  # PNG by the selector of an element of the main frame


async def shot(page: LivePage, place: Sequence[float]) -> bytes | None:
    """A PNG of a place (x, y, width, height on the page in CSS pixels) with a margin.

    None where there is nothing to see, or the browser gives none.
    """
    x, y, width, height = place
    left, top = max(0.0, x - MARGIN), max(0.0, y - MARGIN)
    clip = {
        "x": left,
        "y": top,
        "width": min(x + width + MARGIN - left, WIDEST),
        "height": min(y + height + MARGIN - top, HIGHEST),
        "scale": 1,
    }
    if clip["width"] < 1 or clip["height"] < 1:
        return None
    return await _screenshot(page, {"clip": clip, "captureBeyondViewport": True})


async def in_window(page: LivePage, place: Sequence[float]) -> bytes | None:
    """A PNG of a place in the window, with much around it.

    Pictures beyond the window make the browser lay it out anew, and the pointer leave what it is on; this one does not.
    """
    from PIL import Image

    png = await _screenshot(page, {})
    if png is None:
        return None
    image = Image.open(io.BytesIO(png))
    size = page.page.viewport_size
    scale = image.width / size["width"] if size else 1  # a phone has more pixels than CSS pixels
    x, y, width, height = (scale * one for one in place)
    left, top = max(0, int(x) - AROUND), max(0, int(y) - AROUND)
    right, bottom = min(image.width, int(x + width) + AROUND), min(image.height, int(y + height) + AROUND)
    if right <= left or bottom <= top:
        return None
    out = io.BytesIO()
    image.crop((left, top, min(right, left + WIDEST), min(bottom, top + HIGHEST))).save(out, "PNG")
    return out.getvalue()


async def _screenshot(page: LivePage, how: dict[str, Any]) -> bytes | None:
    try:
        async with asyncio.timeout(TIMEOUT):
            given = {"format": "png", "optimizeForSpeed": True} | how
            answer = await page.session.send("Page.captureScreenshot", given)
    except (PlaywrightError, TimeoutError):
        return None  # a picture is a help, its absence no failure of the check
    return base64.b64decode(answer["data"])


def above_each_other(before: bytes | None, after: bytes | None) -> bytes | None:
    """Both in one PNG with a line between them; the other alone where one is missing."""
    from PIL import Image, ImageDraw

    if before is None or after is None:
        return after or before
    upper, lower = (Image.open(io.BytesIO(png)).convert("RGB") for png in (before, after))
    whole = Image.new("RGB", (max(upper.width, lower.width), upper.height + GAP + lower.height), "white")
    whole.paste(upper, (0, 0))
    whole.paste(lower, (0, upper.height + GAP))
    middle = upper.height + GAP // 2
    ImageDraw.Draw(whole).line([(0, middle), (whole.width, middle)], fill=LINE, width=2)
    out = io.BytesIO()
    whole.save(out, "PNG", optimize=True)
    return out.getvalue()
