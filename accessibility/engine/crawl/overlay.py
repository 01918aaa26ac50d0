"""Overlays: a dialog, tour or consent banner that hides the page is closed, as a visitor would."""

from typing import Any

from accessibility.engine.crawl.browser import Tab
from accessibility.engine.crawl.loading import SETTLE
from accessibility.engine.crawl.requests import Watch
from accessibility.engine.crawl.world import World

MOST_STEPS = 5  # a tour or a second banner may follow the first


async def close(tab: Tab, watch: Watch, world: World) -> dict[str, Any] | None:
    """Close whatever hides the page, by its own button or Escape; the facts of the page then, None if it stays."""
    watch.closing_overlay = True
    for _ in range(MOST_STEPS):
        if not await world.evaluate("campusAudit.closeOverlay()"):
            await tab.page.keyboard.press("Escape")
        facts: dict[str, Any] = await world.evaluate(SETTLE)
        if not facts["overlay"]:
            return facts
    return None
