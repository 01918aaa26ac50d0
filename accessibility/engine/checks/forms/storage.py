"""What a page keeps in the browser outlives it: after a check has pressed its buttons, it is as it was."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from playwright.async_api import Error as PlaywrightError

from accessibility.engine.crawl.live_page import LivePage
from accessibility.engine.crawl.world import ScriptError

# A page without an origin of its own, such as a sandboxed one, has no storage, and throws.
STORES = "(() => { try { return [localStorage, sessionStorage]; } catch { return []; } })()"
REMEMBER = f"void (globalThis.campusKept = {STORES}.map((store) => [store, {{ ...store }}]))"
RESTORE = """void campusKept.forEach(([store, kept]) => {
  for (const key of Object.keys(store)) if (!(key in kept)) store.removeItem(key);
  for (const [key, value] of Object.entries(kept)) if (store.getItem(key) !== value) store.setItem(key, value);
})"""


@asynccontextmanager
async def storage_kept(page: LivePage) -> AsyncIterator[None]:
    """Give the page's local and session storage back what it held; its cookies are the browser's own affair."""
    await page.evaluate(REMEMBER)
    try:
        yield
    finally:
        with suppress(PlaywrightError, ScriptError):  # the page is gone, and with it our world that remembers
            await page.evaluate(RESTORE)
