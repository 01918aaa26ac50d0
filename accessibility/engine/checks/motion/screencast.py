"""What the browser paints during a while: a picture whenever something changed, so a still page costs nothing."""

import asyncio
import base64
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import numpy as np
from PIL import Image
from playwright.async_api import Error as PlaywrightError

from accessibility.engine.checks.pixels import Pixels
from accessibility.engine.crawl.live_page import LivePage

WIDEST, HIGHEST = 512, 512
MOST_PICTURES = 400


@dataclass
class Recording:
    """Pictures in order: when each was painted, in seconds, and its JPEG. `width` is the window's, in CSS pixels."""

    pictures: list[tuple[float, bytes]] = field(default_factory=list)
    width: float = 0.0

    def pixels(self, number: int) -> Pixels:
        """One picture as it was painted, smaller than the window."""
        with Image.open(BytesIO(self.pictures[number][1])) as image:
            return np.asarray(image.convert("RGB"))


@asynccontextmanager
async def recorded(page: LivePage) -> AsyncIterator[Recording]:
    """Record until the block ends."""
    recording = Recording()
    acknowledged: set[asyncio.Task[None]] = set()

    async def acknowledge(number: int) -> None:
        with contextlib.suppress(PlaywrightError):  # the page went away meanwhile
            await page.session.send("Page.screencastFrameAck", {"sessionId": number})

    def keep(event: dict[str, Any]) -> None:
        task = asyncio.ensure_future(acknowledge(event["sessionId"]))
        acknowledged.add(task)
        task.add_done_callback(acknowledged.discard)
        told = event["metadata"]
        if len(recording.pictures) < MOST_PICTURES and "timestamp" in told:
            recording.width = float(told["deviceWidth"])
            recording.pictures.append((float(told["timestamp"]), base64.b64decode(event["data"])))

    page.session.on("Page.screencastFrame", keep)
    try:
        options = {"format": "jpeg", "quality": 70, "maxWidth": WIDEST, "maxHeight": HIGHEST}
        await page.session.send("Page.startScreencast", options)
        yield recording
    finally:
        page.session.remove_listener("Page.screencastFrame", keep)
        with contextlib.suppress(PlaywrightError):
            await page.session.send("Page.stopScreencast")
