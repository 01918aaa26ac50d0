"""Pictures that move: how long a GIF, APNG or WebP goes on, from its own frames."""

import asyncio
import base64
import binascii
import math
import time
from io import BytesIO
from urllib.parse import unquote_to_bytes

from PIL import Image
from playwright.async_api import Error as PlaywrightError

from accessibility.engine.checks.found import Raw
from accessibility.engine.crawl.live_page import LivePage

KINDS = ("image/gif", "image/webp", "image/png", "image/apng", "image/avif")
MOST_BYTES = 8_000_000
MOST_FILES = 40
MOST_FRAMES = 300
MOST_SECONDS = 3.0  # of a processor for all files: what is not known by then stays unjudged
MOST_PIXELS = 4_000_000
SHORTEST_MS, INSTEAD_MS = 10.0, 100.0  # browsers show frames of up to 10 ms for 100 ms


async def seconds_of(page: LivePage, urls: list[str]) -> dict[str, float]:
    """For how many seconds each of these pictures of the main frame's process moves; only those that do.

    Nothing is sent: the browser still has them.
    """
    tree = (await page.session.send("Page.getResourceTree"))["frameTree"]
    known = dict(_images(tree))
    moving: dict[str, float] = {}
    until = time.monotonic() + MOST_SECONDS
    for url in list(dict.fromkeys(urls))[:MOST_FILES]:
        content = _of_data(url) if url.startswith("data:") else await _content(page, known.get(url), url)
        if content and (seconds := await asyncio.to_thread(playing_seconds, content, until)) > 0:
            moving[url] = seconds
    return moving


def _images(tree: Raw) -> list[tuple[str, str]]:
    found = [
        (one["url"], tree["frame"]["id"])
        for one in tree["resources"]
        if one["mimeType"] in KINDS and one.get("contentSize", 0) <= MOST_BYTES and not one.get("failed")
    ]
    for child in tree.get("childFrames", ()):
        found += _images(child)
    return found


async def _content(page: LivePage, frame: str | None, url: str) -> bytes:
    if frame is None:
        return b""
    try:
        answer = await page.session.send("Page.getResourceContent", {"frameId": frame, "url": url})
    except PlaywrightError:
        return b""  # the browser has thrown it away meanwhile; the picture stays unjudged
    return base64.b64decode(answer["content"]) if answer["base64Encoded"] else answer["content"].encode()


def _of_data(url: str) -> bytes:
    head, _, body = url.partition(",")
    if len(body) > 2 * MOST_BYTES or not head.startswith(tuple(f"data:{kind}" for kind in KINDS)):
        return b""
    try:
        return base64.b64decode(unquote_to_bytes(body)) if head.endswith(";base64") else unquote_to_bytes(body)
    except binascii.Error:
        return b""


def playing_seconds(content: bytes, until: float = math.inf) -> float:
    """For how long a picture's frames go on: 0 for a still one or no picture, infinity for one without end.

    Frames are looked at until `until`, in seconds of `time.monotonic`: a small file may hold any number of large ones.
    """
    try:
        with Image.open(BytesIO(content), formats=("GIF", "PNG", "WEBP", "AVIF")) as image:
            if image.width * image.height > MOST_PIXELS or not getattr(image, "is_animated", False):
                return 0.0
            loops = image.info.get("loop", 1 if image.format == "GIF" else 0)
            if loops == 0:
                return math.inf
            times = loops + 1 if image.format == "GIF" and "loop" in image.info else loops
            return float(times) * _shown_ms(image, until) / 1000
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError):
        return 0.0


def _shown_ms(image: Image.Image, until: float) -> float:
    """For how long all frames are shown once; at least so long where there are very many."""
    total = 0.0
    for number in range(MOST_FRAMES):
        if time.monotonic() > until:
            break
        try:
            image.seek(number)
        except EOFError:
            break
        shown = float(image.info.get("duration", INSTEAD_MS))
        total += shown if shown > SHORTEST_MS else INSTEAD_MS
    return total
