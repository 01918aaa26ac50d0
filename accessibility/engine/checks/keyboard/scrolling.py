"""Areas that the wheel scrolls and the keyboard does not (2.1.1): what is out of sight stays so.

axe looks for a stop of the keyboard in such an area. Here its stops are given the focus, and the keys that scroll are
pressed there, on a sealed load. Failed is an area that stands still all the while and moves when the wheel is turned.
Buttons of the page that move it are looked for first: where there are controls beside it, it is a question.
"""

import asyncio
import time
from typing import Any

from accessibility.engine.checks.check import Judgement, OwnCheck
from accessibility.engine.checks.effects import TOP_FRAME, Trial, trying
from accessibility.engine.checks.found import Raw, Tally, script_beside
from accessibility.engine.checks.mechanism import controls
from accessibility.engine.checks.picture_sheet import beside
from accessibility.engine.checks.rule import Profile, Reach, Rule
from accessibility.engine.crawl.fresh import Conditions
from accessibility.engine.crawl.live_page import LivePage
from accessibility.engine.finding import Impact, Outcome
from core.i18n import marked

SCROLLING = Rule(
    "scroll-by-keyboard",
    marked("Areas that scroll can be scrolled with the keyboard"),
    ("2.1.1",),
    Impact.SERIOUS,
    Reach.PARTLY,
    "keyboard",
    act=("0ssw9k",),
)
SECONDS = 15.0
START_UNTIL = 9.0
SCROLLS = ("ArrowDown", "PageDown", "End", "ArrowRight", "Space")
WHEEL = 200
SETTLE_SECONDS = 0.12  # smooth scrolling has begun by then
MOVES = r"next|previous|prev|more|scroll|up|down|left|right|suivant|précédent|haut|bas|gauche|droite|[‹›<>←→↑↓]"
ANYTHING = """() => [...document.querySelectorAll('body *')].slice(0, 8000).some((one) =>
  one.clientHeight > 39 && one.clientWidth > 39 &&
  (one.scrollHeight - one.clientHeight > 24 || one.scrollWidth - one.clientWidth > 24) &&
  /auto|scroll/.test(getComputedStyle(one).overflow))"""


class ScrollingCheck(OwnCheck):
    """Looks for areas that the wheel scrolls and no key does."""

    name = "scrolling"
    own_rules = (SCROLLING,)
    profile = Profile.DEEP
    conditions = Conditions(sealed=True)
    seconds = SECONDS

    async def applies(self, page: LivePage) -> bool:
        """Where an area within the page scrolls."""
        return bool(await page.top.world.call(ANYTHING))

    async def probe(self, page: LivePage) -> Any:
        """`{"tried": number, "found": [{name, beside, at, picture}]}`."""
        async with trying(page) as trial:
            found: list[Raw] = []
            tried = 0
            until = time.monotonic() + START_UNTIL
            for area in await trial.call(script_beside(__file__)):
                if time.monotonic() > until:
                    break
                tried += 1
                if not await _by_keys(trial, area) and (wheeled := await _by_wheel(trial, area)):
                    found.append(wheeled)
            return {"tried": tried, "found": found}

    def judge(self, probed: Raw, state: str) -> Judgement:
        """Failed, or a question where a control may scroll it."""
        tally = Tally(self.name, state)
        if probed["tried"]:
            tally.passed(SCROLLING)
        for one in probed["found"]:
            shown = f"The area “{one['name']}”" if one["name"] else "This area"
            if one["beside"]:
                question = f"{shown} scrolls by the wheel alone. Does “{one['beside']}” scroll all of it?"
                tally.at(SCROLLING, Outcome.NEEDS_REVIEW, question, TOP_FRAME, one["at"])
                continue
            message = f"{shown} scrolls by the wheel, but no key scrolls it, so a part of it cannot be seen."
            steps = (
                "Move the focus with Tab to each control in the area, and back.",
                "Press the arrow keys, Page Down and End there: the area stands still.",
                "Turn the wheel over it: it scrolls.",
            )
            tally.at(SCROLLING, Outcome.FAILED, message, TOP_FRAME, one["at"], steps=steps, picture=one["picture"])
        return tally.judgement()


async def _position(trial: Trial, area: Raw) -> Any:
    return await trial.call("(place) => campusScrolled(place)", area["place"])


async def _by_keys(trial: Trial, area: Raw) -> bool:
    """Whether the focus on its stops, or a key pressed there, moves it."""
    start = await _position(trial, area)
    for stop in area["stops"]:
        if not await trial.focus(stop):
            return True  # it went elsewhere: nothing certain can be said
        if await _position(trial, area) != start:
            return True
        for key in SCROLLS:
            await trial.page.keyboard.press(key)
            await asyncio.sleep(SETTLE_SECONDS)
            if await _position(trial, area) != start:
                return True
    return False


async def _by_wheel(trial: Trial, area: Raw) -> Raw | None:
    """What is told of an area that the wheel moves."""
    spot = await trial.call("(place) => campusEffects.spot(place)", area["place"])
    if spot is None:
        return None
    start = await _position(trial, area)
    before = await trial.picture()
    await trial.page.mouse.move(*spot)
    for way in ((0, WHEEL), (WHEEL, 0)):
        await trial.page.mouse.wheel(*way)
        await asyncio.sleep(2 * SETTLE_SECONDS)
        if await _position(trial, area) != start:
            break
    else:
        return None
    at = (await trial.describe([area["place"]]))[0]
    if at is None:
        return None
    named = next((one.name or "a control" for one in await controls(trial, MOVES) if one.speaks), "")
    return {"name": area["name"], "beside": named, "at": at, "picture": beside(before, await trial.picture())}
