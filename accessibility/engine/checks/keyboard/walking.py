"""Walking through a page with Tab as a person does: stop by stop, through frames and open shadow roots.

Chromium under DevTools has no address bar that takes focus at the end of a page; where focus would go there, no
document has it (`Stop` is None). Keys are pressed at full speed first. A page that moves focus by itself afterwards,
which a person would meet at every step, is walked again with a pause at each.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from playwright.async_api import Error as PlaywrightError

from accessibility.engine.checks.found import Raw, script_beside
from accessibility.engine.crawl.live_page import LiveFrame, LivePage
from accessibility.engine.crawl.loading import is_closed
from accessibility.engine.crawl.world import ScriptError

MOST_PRESSES = 400
PATIENCE = 3  # presses without a new stop, beyond two rounds of the known ones
INNER_PATIENCE = 30  # parts of a date, buttons of a player: stops that the document does not tell
PAUSE = 0.12  # seconds after which a script that moves focus has done so
UNKNOWN_FRAME = -1  # focus is in a frame that we cannot look into


class Stop(NamedTuple):
    """An element that had focus: the number of its frame in `LivePage.frames`, and its own in that frame."""

    frame: int
    number: int


@dataclass
class Walk:
    """Where focus came, each stop once, in order.

    `left`: it went on to the browser's own controls. `held`: the stops among which it went round, without end.
    `stirred`: focus moved by itself. None of `left` and `held` is certain where the walk was broken off (`whole`).
    """

    stops: list[Stop] = field(default_factory=list)
    about: dict[Stop, Raw] = field(default_factory=dict)
    left: bool = False
    held: list[Stop] = field(default_factory=list)
    stirred: bool = False

    @property
    def whole(self) -> bool:
        """Whether it came to an end by itself."""
        return self.left or bool(self.held)


Observe = Callable[[Stop | None, Raw | None], Awaitable[None]]


class Walker:
    """Presses keys on a page and tells where focus is. `until`: the loop's time at which it stops walking."""

    def __init__(self, page: LivePage, until: float) -> None:
        self.page = page
        self.until = until

    @classmethod
    async def on(cls, page: LivePage, until: float) -> "Walker":
        """A walker on a page that was just loaded."""
        for frame in page.frames:
            await frame.world.call(script_beside(__file__))
        return cls(page, until)

    @property
    def in_time(self) -> bool:
        """Whether there is time for more."""
        return asyncio.get_running_loop().time() < self.until

    async def ask(self, stop: Stop, function: str, *given: Any) -> Any:
        """The answer of a function of `campusKeyboard` about a stop."""
        return await self.frame(stop).world.call(
            f"(given) => campusKeyboard.{function}(...given)", [stop.number, *given]
        )

    def frame(self, stop: Stop) -> LiveFrame:
        """The frame of a stop."""
        return self.page.frames[stop.frame]

    def place(self, index: int) -> Raw:
        """A frame of the page in the form in which `Tally.at` takes it."""
        frame = self.page.frames[index]
        return {"path": list(frame.path), "shape": list(frame.shape), "origin": list(frame.origin)}

    async def offset(self, stop: Stop) -> tuple[float, float]:
        """The place of the stop's frame in the window, in CSS pixels."""
        if not stop.frame:
            return 0.0, 0.0
        scrolled = await self.page.evaluate("[scrollX, scrollY]")
        x, y = self.frame(stop).origin
        return x - scrolled[0], y - scrolled[1]

    async def where(self) -> tuple[Stop | None, int]:
        """What has focus, None when nothing in the page has; and how often focus moved since the last time."""
        top = await self.page.top.world.evaluate("campusKeyboard.where()")
        moves = int(top["moves"])
        if not top["frame"]:
            outside = not top["number"] and not top["focused"]
            return (None if outside else Stop(0, top["number"])), moves
        found = Stop(UNKNOWN_FRAME, top["number"])
        for index, frame in enumerate(self.page.frames[1:], 1):
            try:
                answer = await frame.world.evaluate("campusKeyboard.where()")
            except (ScriptError, PlaywrightError) as error:
                if is_closed(error):
                    raise
                continue  # the frame has gone, or shows another document
            moves += int(answer["moves"])
            if answer["focused"] and not answer["frame"]:
                found = Stop(index, answer["number"])
        return found, moves

    async def press(self, key: str) -> Stop | None:
        """Press a key, wait for what it sets in motion, and tell where focus is."""
        await self.page.page.keyboard.press(key)
        await asyncio.sleep(PAUSE)
        return (await self.where())[0]

    async def walk(self, key: str, observe: Observe | None = None, *, slowly: bool = False) -> Walk:
        """Walk with Tab or Shift+Tab until focus leaves the page, or goes round and round."""
        walk = Walk()
        await self.where()
        since_new: list[Stop] = []
        for _ in range(MOST_PRESSES):
            if not self.in_time:
                return walk
            await self.page.page.keyboard.press(key)
            if slowly:
                await asyncio.sleep(PAUSE)
            stop, moves = await self.where()
            walk.stirred |= moves > 1
            if stop is None:
                walk.left = True
                break
            if stop not in walk.about:
                since_new = []
                walk.stops.append(stop)
                walk.about[stop] = await self._about(stop)
                if observe:
                    await observe(stop, walk.about[stop])
            since_new.append(stop)
            if len(since_new) > _patience(set(since_new), walk):
                walk.held = [one for one in walk.stops if one in since_new]
                break
        if observe:
            await observe(None, None)
        walk.stirred |= await self._stirs(walk)
        return walk

    async def _stirs(self, walk: Walk) -> bool:
        """Whether focus moves once more although no key is pressed."""
        await asyncio.sleep(2 * PAUSE)
        stop, moves = await self.where()
        return moves > 0 or (walk.left and stop is not None)

    async def _about(self, stop: Stop) -> Raw:
        if stop.frame == UNKNOWN_FRAME or not stop.number:
            return NOTHING_KNOWN
        about: Raw = await self.ask(stop, "about")
        return about


def _patience(round_: set[Stop], walk: Walk) -> int:
    inner = any(walk.about[stop]["inner"] for stop in round_)
    return 2 * len(round_) + (INNER_PATIENCE if inner else PATIENCE)


NOTHING_KNOWN: Raw = {"name": "", "inner": True, "pattern": "", "worked": False}
