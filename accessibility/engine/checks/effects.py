"""Trying things on a load of one's own, and what comes of it: what is seen, where the page would go, the focus.

The load is sealed, so what would leave the browser is only noted. Everything that was done goes with the next load.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.async_api import Dialog, Page

from accessibility.engine.checks.found import Raw, script_beside
from accessibility.engine.crawl.live_page import LivePage
from accessibility.engine.crawl.screenshots import helpful_screenshot

TOP_FRAME: Raw = {"path": [], "shape": [], "origin": [0, 0]}  # the page itself, as `Tally.at` takes it
QUIET_MS, LIMIT_MS = 80, 700
RESTLESS_SECONDS = 0.3


@dataclass(frozen=True, slots=True)
class Change:
    """What was different afterwards.

    `places` holds what is seen, before and after, by the place of the element ('' for what was not there). `went` are
    addresses that the page itself would have gone to, `windows` those of new windows, `dialogs` texts of the browser's
    own dialogs, `sent` tells of other requests. `focus` is the place of the element that has it.
    """

    places: Mapping[str, tuple[str, str]]
    address: str = ""
    focus: str = ""
    went: tuple[str, ...] = ()
    windows: tuple[str, ...] = ()
    dialogs: tuple[str, ...] = ()
    sent: bool = False

    @property
    def leaves(self) -> bool:
        """Whether the page would have gone elsewhere, or opened a window."""
        return bool(self.went or self.windows)

    @property
    def real(self) -> bool:
        """Whether a person would notice."""
        return bool(self.places or self.address or self.leaves or self.dialogs)

    def like(self, other: "Change") -> bool:
        """Whether both have something in common: the same place changed, the same address."""
        same_place = bool(self.places.keys() & other.places.keys())
        same_address = bool({*self.went, *self.windows} & {*other.went, *other.windows})
        same_words = bool(set(self.dialogs) & set(other.dialogs))
        return same_place or same_address or same_words or bool(self.address and self.address == other.address)

    def told(self) -> str:
        """In words, for a finding: the first thing that is different."""
        if self.leaves:
            where = "another page" if self.went else "a new window"
            return f"{where} would open ({(self.went or self.windows)[0][:200]})"
        if self.dialogs:
            return f"a message appears: “{self.dialogs[0][:100]}”"
        for before, after in self.places.values():
            if after and not before:
                return f"“{after[:100]}” appears"
            if before and not after:
                return f"“{before[:100]}” disappears"
            return f"“{before[:100]}” becomes “{after[:100]}”"
        return f"the address becomes {self.address[:200]}"


@dataclass
class Trial:
    """A load to try things on. Elements are named by their place, so that the next load knows them too."""

    live: LivePage
    dialogs: list[str] = field(default_factory=list)
    windows: list[str] = field(default_factory=list)

    @property
    def page(self) -> Page:
        """Playwright's page."""
        return self.live.page

    async def call(self, script: str, given: Any = None) -> Any:
        """The JSON value of a function expression in our world, called with JSON."""
        return await self.live.top.world.call(script, given)

    async def again(self) -> None:
        """The page as it was before anything was done."""
        if self.live.again is None:
            raise RuntimeError("a check that tries things needs a load of its own")
        self.live = await self.live.again()
        await self._enter()

    async def _enter(self) -> None:
        await self.call(script_beside(__file__))

    async def mark(self) -> None:
        """From here on, changes count."""
        self.forget()
        await self.call("() => campusEffects.mark()")

    def forget(self) -> None:
        """From here on, attempts to leave the page count."""
        self.dialogs.clear()
        self.windows.clear()
        self.live.watch.attempts.clear()

    def leaves(self) -> bool:
        """Whether the page wanted to go elsewhere since, or to open a window."""
        return bool(self.windows) or any(one.main or one.new_window for one in self.live.watch.attempts)

    async def change(self, *, quiet: int = QUIET_MS, limit: int = LIMIT_MS) -> Change:
        """What has changed since `mark`, once the page is calm for `quiet` ms, after `limit` ms at the latest."""
        if quiet:
            await self.call("([quiet, limit]) => campusAudit.calm(quiet, limit)", [quiet, limit])
        found = await self.call("() => campusEffects.changes()")
        attempts = list(self.live.watch.attempts)
        return Change(
            places={place: (before, after) for place, (before, after) in found["places"].items()},
            address=found["address"],
            focus=found["focus"],
            went=tuple(one.url[:500] for one in attempts if one.main),
            windows=tuple([one.url[:500] for one in attempts if one.new_window] or self.windows),
            dialogs=tuple(self.dialogs),
            sent=any(one.kind in ("XHR", "Fetch") for one in attempts),
        )

    async def restless(self) -> bool:
        """Whether the page changes without anybody's doing, so that nothing certain can be said of a cause."""
        await self.mark()
        await asyncio.sleep(RESTLESS_SECONDS)
        return (await self.change(quiet=0)).real

    async def hover(self, place: str) -> bool:
        """Move the pointer there. False where it cannot be pointed at."""
        spot = await self.call("(place) => campusEffects.spot(place)", place)
        if spot is None:
            return False
        await self.page.mouse.move(*spot)
        return True

    async def click(self, place: str) -> Change | None:
        """Click there: what comes of it beyond what pointing does; None where it cannot be pointed at."""
        if not await self.hover(place):
            return None
        await self.call("([quiet, limit]) => campusAudit.calm(quiet, limit)", [QUIET_MS, LIMIT_MS])
        await self.mark()
        await self.page.mouse.down()
        await self.page.mouse.up()
        return await self.change()

    async def press(self, key: str, *, quiet: int = QUIET_MS) -> Change:
        """Press a key where the focus is: what comes of it."""
        await self.mark()
        await self.page.keyboard.press(key)
        return await self.change(quiet=quiet)

    async def leave(self) -> Change:
        """Leave the control that has the focus with Tab: what comes of it since `mark`."""
        await self.page.keyboard.press("Tab")
        return await self.change()

    async def focus(self, place: str) -> bool:
        """Put the focus there. False where it does not stay."""
        return bool(await self.call("(place) => campusEffects.focus(place)", place))

    async def rest(self) -> None:
        """Take the focus off everything, and the pointer off the page."""
        await self.page.mouse.move(0, 0)
        await self.call("() => { campusEffects.active()?.blur(); return true; }")

    async def describe(self, places: list[str]) -> list[Raw | None]:
        """What `Tally.at` needs of each element; None for what is gone."""
        described: list[Raw | None] = await self.call("(places) => campusEffects.describe(places)", places)
        return described

    async def picture(self) -> bytes | None:
        """What the window shows."""
        return await helpful_screenshot(self.live)


@asynccontextmanager
async def trying(page: LivePage) -> AsyncIterator[Trial]:
    """Try things on a load of one's own."""
    trial = Trial(page)

    def dialog_opened(dialog: Dialog) -> None:
        trial.dialogs.append(dialog.message[:300])

    def window_opened(window: Page) -> None:
        trial.windows.append(window.url[:500] or "about:blank")

    page.page.on("dialog", dialog_opened)
    page.page.on("popup", window_opened)
    try:
        await trial._enter()
        yield trial
    finally:
        page.page.remove_listener("dialog", dialog_opened)
        page.page.remove_listener("popup", window_opened)
