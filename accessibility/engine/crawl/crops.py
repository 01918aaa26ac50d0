"""Pictures of failed elements, one per component: what a person needs to see to believe a finding."""

import asyncio
import base64
from collections.abc import Awaitable, Callable, Iterable, Mapping
from itertools import islice

from playwright.async_api import Error as PlaywrightError

from accessibility.engine.crawl.live_page import LivePage
from accessibility.engine.finding import Box, Finding, Outcome

MARGIN = 12
WIDEST, HIGHEST = 1000, 700
SMALLEST = 2
MOST_BYTES = 3_000_000  # of a picture that a check has made
PER_PAGE = 12
TIMEOUT = 5.0
NOTHING: Mapping[str, bytes] = {}

WantsCrop = Callable[[str], Awaitable[bool]]


class CropTaker:
    """`wants` says whether a component still lacks a picture, and claims it."""

    def __init__(self, wants: WantsCrop) -> None:
        self._wants = wants

    async def take(
        self, page: LivePage, findings: Iterable[Finding], seen: Mapping[str, bytes] = NOTHING
    ) -> dict[str, bytes]:
        """PNG by component key: what the check itself has `seen`, else failed elements with a place on the page."""
        fit = {component: png for component, png in islice(seen.items(), PER_PAGE) if len(png) <= MOST_BYTES}
        crops = {component: png for component, png in fit.items() if await self._wants(component)}
        for finding in findings:
            if len(crops) >= PER_PAGE:
                break
            known = finding.component in crops or finding.component in seen
            if known or finding.outcome is not Outcome.FAILED or not _has_place(finding.box):
                continue
            if await self._wants(finding.component) and (png := await _crop(page, finding.box)):
                crops[finding.component] = png
        return crops


def _has_place(box: Box | None) -> bool:
    return box is not None and box.width >= SMALLEST and box.height >= SMALLEST and box.x >= 0 and box.y >= 0


async def _crop(page: LivePage, box: Box | None) -> bytes | None:
    if box is None:
        return None
    x, y = max(0.0, box.x - MARGIN), max(0.0, box.y - MARGIN)
    clip = {
        "x": x,
        "y": y,
        "width": min(box.width + 2 * MARGIN, WIDEST),
        "height": min(box.height + 2 * MARGIN, HIGHEST),
        "scale": 1,
    }
    try:
        async with asyncio.timeout(TIMEOUT):
            shot = await page.session.send(
                "Page.captureScreenshot",
                {"format": "png", "clip": clip, "captureBeyondViewport": True, "optimizeForSpeed": True},
            )
    except (PlaywrightError, TimeoutError):
        return None  # a picture is a help, its absence no failure of the audit
    return base64.b64decode(shot["data"])
