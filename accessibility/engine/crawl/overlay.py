"""Overlays: a dialog, tour or consent banner that hides the page is closed, as a visitor would."""

from accessibility.engine.crawl.browser import Tab
from accessibility.engine.crawl.loading import CALM_LIMIT_MS, QUIET_MS
from accessibility.engine.crawl.requests import Watch
from accessibility.engine.crawl.world import World

MOST_STEPS = 5  # a tour or a second banner may follow the first


async def is_open(world: World) -> bool:
    """Whether something hides the page."""
    return bool(await world.evaluate("campusAudit.overlay() !== null"))


async def close(tab: Tab, watch: Watch, world: World) -> bool:
    """Close whatever hides the page: by its own button, else by Escape. False when it stays."""
    watch.closing_overlay = True
    for _ in range(MOST_STEPS):
        if not await world.evaluate("campusAudit.closeOverlay()"):
            await tab.page.keyboard.press("Escape")
        await world.evaluate(f"campusAudit.calm({QUIET_MS}, {CALM_LIMIT_MS})")
        if not await is_open(world):
            return True
    return False
