"""A picture of a part of the page, with room for what appears there."""

import asyncio
import base64

from playwright.async_api import Error as PlaywrightError

from accessibility.engine.crawl.live_page import LivePage

WIDEST, HIGHEST = 700, 900  # CSS pixels
MARGIN = 8
TIMEOUT = 5.0


async def picture_of(page: LivePage, box: list[float]) -> bytes | None:
    """PNG of a box of the page `[x, y, width, height]`; None where the browser takes none, as it is only a help."""
    x, y, width, height = box
    clip = {
        "x": max(0, x - MARGIN),
        "y": max(0, y - MARGIN),
        "width": min(width + 2 * MARGIN, WIDEST),
        "height": min(height + 120, HIGHEST),  # with room for what appears
        "scale": 1,
    }
    if width < 1 or height < 1:
        return None
    asked = {"format": "png", "clip": clip, "captureBeyondViewport": True, "optimizeForSpeed": True}
    try:
        async with asyncio.timeout(TIMEOUT):
            return base64.b64decode((await page.session.send("Page.captureScreenshot", asked))["data"])
    except (PlaywrightError, TimeoutError):
        return None
