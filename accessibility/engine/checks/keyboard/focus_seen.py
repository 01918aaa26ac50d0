"""Whether focus is seen (2.4.7): the window's pixels with focus on an element against those without.

While the page is walked, each stop's surroundings are compared with the same place once focus has gone on; of stops
made alike, a few are enough. Where nothing differs, a second and careful look decides over the whole window: still,
unfocused, focused, still again. One clear pixel anywhere is enough to pass, as the criterion asks for no more.
"""

import asyncio
from dataclasses import dataclass, field

from accessibility.engine.checks.found import Raw, Tally
from accessibility.engine.checks.keyboard.pixels import (
    Box,
    Change,
    around,
    change,
    compared,
    strengths,
)
from accessibility.engine.checks.keyboard.walking import Stop, Walk, Walker
from accessibility.engine.checks.picture_sheet import Picture, opened
from accessibility.engine.checks.rule import Reach, Rule
from accessibility.engine.crawl.screenshots import screenshot
from accessibility.engine.finding import Impact, Outcome
from core.i18n import marked

SEEN = Rule(
    "focus-visible",
    marked("Where keyboard focus is must be visible"),
    ("2.4.7",),
    Impact.SERIOUS,
    Reach.PARTLY,
    "focus-visible",
    act=("oj04fd",),
)
HIDDEN = Rule(
    "focus-hidden",
    marked("Keyboard focus must not go to what nobody sees"),
    ("2.4.7", "2.4.3"),
    Impact.SERIOUS,
    Reach.PARTLY,
    "focus-visible",
)
MARGIN = 8.0  # CSS pixels around an element in which its indicator is looked for first
NEIGHBOUR = 5.0  # what the next element's own indicator may take of that
ALIKE = 3  # stops of one pattern that are looked at
MOST_SEEN = 60
MOST_CAREFUL = 6
REST_MS = 600
STILL = 0.12  # seconds between two pictures that tell what moves by itself


@dataclass
class Sights:
    """Looks at the stops of a walk: `await sights.observe(stop, about)` at each; `plain` passed, `doubtful` did not."""

    walker: Walker
    plain: int = 0
    doubtful: list[tuple[Stop, Raw]] = field(default_factory=list)
    _alike: dict[str, int] = field(default_factory=dict)
    _before: tuple[Stop, Raw, Picture] | None = None
    _looked: int = 0

    async def observe(self, stop: Stop | None, about: Raw | None) -> None:
        """Compare the stop before, and remember this one."""
        wanted = about is not None and self._wanted(about)
        if self._before is None and not wanted:
            return
        picture = opened(await screenshot(self.walker.page.session))
        if self._before:
            await self._compare(*self._before, picture, about)
        self._before = (stop, about, picture) if wanted and stop and about else None

    def _wanted(self, about: Raw) -> bool:
        if about["inner"] or about["scroller"] or self._looked >= MOST_SEEN:
            return False
        alike = self._alike[about["pattern"]] = self._alike.get(about["pattern"], 0) + 1
        self._looked += alike <= ALIKE
        return alike <= ALIKE

    async def _compare(self, stop: Stop, about: Raw, then: Picture, now: Picture, following: Raw | None) -> None:
        box = await self.walker.ask(stop, "boxOf")
        offset = await self.walker.offset(stop)
        neighbour = following["box"] if following and "box" in following else None
        if local_change(then, now, _moved(about["box"], offset), _moved(box, offset), neighbour).clear:
            self.plain += 1
        elif about["caret"] and about["seen"] and not about["covered"]:
            self.plain += 1  # the caret, which a picture may catch while it is dark
        else:
            self.doubtful.append((stop, about))


def _moved(box: list[float], by: tuple[float, float]) -> Box:
    return box[0] + by[0], box[1] + by[1], box[2], box[3]


def local_change(then: Picture, now: Picture, box: Box, box_now: Box, neighbour: list[float] | None) -> Change:
    """What differs around an element, which may have been scrolled, without the surroundings of what has focus now."""
    dx, dy = round(box_now[0] - box[0]), round(box_now[1] - box[1])
    left, top, right, bottom = around(box, MARGIN, then.size)
    left, top = max(left, -dx), max(top, -dy)
    right, bottom = min(right, then.size[0] - dx), min(bottom, then.size[1] - dy)
    if right <= left or bottom <= top:
        return Change(0, 0)
    one = then.crop((left, top, right, bottom))
    two = now.crop((left + dx, top + dy, right + dx, bottom + dy))
    if neighbour:
        x, y, width, height = neighbour
        place = around((x - dx - left, y - dy - top, width, height), NEIGHBOUR, one.size)
        for part in (one, two):
            part.paste((0, 0, 0), place)
    return change(one, two)


async def probe_seen(walker: Walker, sights: Sights, walk: Walk) -> list[Raw]:
    """The careful look at what showed nothing: `[{frame, number, about, pixels, strongest, moving, picture, alike}]`.

    None where focus cannot be taken away, nor where there is only one thing to work: then it is known where focus is.
    """
    if walk.held or len(walk.stops) < 2:
        return []
    by_pattern: dict[str, list[tuple[Stop, Raw]]] = {}
    for stop, about in sights.doubtful:
        by_pattern.setdefault(about["pattern"], []).append((stop, about))
    looked = []
    for group in list(by_pattern.values())[:MOST_CAREFUL]:
        if not walker.in_time:
            break
        if seen := await _carefully(walker, group[0][0]):
            looked.append(seen | {"alike": len(group)})
    return looked


async def _carefully(walker: Walker, stop: Stop) -> Raw | None:
    """One element, focused against not focused, over the whole window; None where it does not take focus again."""
    if not await _focused(walker, stop):
        return None
    about = await walker.ask(stop, "about")
    shown = about["seen"] and not about["covered"]
    await walker.ask(stop, "blur")
    bare, bare_again = await _twice(walker, stop)
    if await walker.ask(stop, "shows") or not await _focused(walker, stop):
        return None  # it does not let go of focus, or does not take it
    with_focus = await (_proven(walker, stop) if shown else _twice(walker, stop))
    if with_focus is None or not await walker.ask(stop, "shows"):
        return None  # it has lost focus meanwhile
    await walker.ask(stop, "blur")
    without = await (_proven(walker, stop) if shown else _twice(walker, stop))
    if without is None or await walker.ask(stop, "shows"):
        return None
    (focused, focused_again), (after, after_again) = with_focus, without
    noise = strengths(bare, bare_again)
    for one, two in ((focused, focused_again), (bare_again, after_again), (after, after_again)):
        noise.paste(255, mask=strengths(one, two).point(lambda value: 255 if value else 0))
    found = change(after_again, focused_again, noise)
    box = _moved(about["box"], await walker.offset(stop))
    moving = noise.crop(around(box, 2 * MARGIN, noise.size)).getextrema() if _inside(box, noise.size) else (0, 0)
    return {
        "frame": stop.frame,
        "number": stop.number,
        "about": about,
        "pixels": found.pixels,
        "strongest": found.strongest,
        "moving": bool(moving[1]),
        "picture": compared(after_again, focused_again, box),
    }


async def _focused(walker: Walker, stop: Stop) -> bool:
    await walker.ask(stop, "focus")
    return bool(await walker.ask(stop, "shows"))


async def _twice(walker: Walker, stop: Stop) -> tuple[Picture, Picture]:
    """Two pictures of the window, once it is at rest: between them, nothing should change."""
    await walker.ask(stop, "rest", REST_MS)
    return await _picture(walker), await _picture(walker)


async def _proven(walker: Walker, stop: Stop) -> tuple[Picture, Picture] | None:
    """Two pictures, between which the element is inverted; None where that is not seen.

    On a busy machine a picture may be older than what it is taken of, and some elements are never in it.
    """
    await walker.ask(stop, "rest", REST_MS)
    first = await _picture(walker)
    await walker.ask(stop, "invert")
    inverted = await _picture(walker)
    await walker.ask(stop, "invert")
    second = await _picture(walker)
    return (first, second) if change(inverted, second).clear else None


async def _picture(walker: Walker) -> Picture:
    await asyncio.sleep(STILL)
    return opened(await screenshot(walker.page.session))


def _inside(box: Box, size: tuple[int, int]) -> bool:
    left, top, right, bottom = around(box, 2 * MARGIN, size)
    return right > left and bottom > top


def judge_seen(tally: Tally, seen: Raw) -> None:
    """A failure where not one pixel changes; a question where hardly one does, or its parts may show where focus is."""
    about = seen["about"]
    found = Change(seen["pixels"], seen["strongest"])
    hidden = not about["seen"] or about["covered"]
    frame, at = seen["frame"], seen["at"]
    rule, name = (HIDDEN if hidden else SEEN), about["name"]
    if found.clear:
        tally.passed(rule)
        return
    if seen["moving"] or about["bare"]:
        return  # what changes may be lost in what moves, or on a picture that is missing
    steps = [
        f"Press Tab until focus is on “{name}”.",
        "Compare the window with focus there and without: the two pictures beside each other.",
    ]
    if found.pixels or about["composite"]:
        much = "hardly anything" if found.pixels else "nothing"
        question = f"With focus on “{name}”, {much} in the window changes. Can people see where focus is?"
        tally.at(rule, Outcome.NEEDS_REVIEW, question, frame, at, steps=steps, picture=seen["picture"])
        return
    tally.at(rule, Outcome.FAILED, _message(about, seen["alike"]), frame, at, steps=steps, picture=seen["picture"])


def _message(about: Raw, alike: int) -> str:
    others = f" The same was seen at {alike - 1} more made alike." if alike > 1 else ""
    if not about["seen"]:
        return f"Focus goes to “{about['name']}”, which stays invisible, and nothing in the window shows it.{others}"
    if about["covered"]:
        return f"Focus goes to “{about['name']}”, which lies behind something; nothing in the window shows it.{others}"
    return f"Nothing in the window changes when “{about['name']}” has focus: not one pixel.{others}"
