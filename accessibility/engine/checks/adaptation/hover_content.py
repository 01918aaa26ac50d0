"""Content that appears on hover or focus (1.4.13): it can be dismissed, pointed at, and stays.

Triggers are what styles show something for, what listens to the pointer or to focus, and what names a tooltip. Each
is pointed at with the real mouse. Only what appears, goes when the pointer leaves, and appears again is judged: the
rest is no content of this kind. The browser's own (`title`) is not in the page, and so never seen.
"""

import asyncio
from typing import Any

from playwright.async_api import Error as PlaywrightError

from accessibility.engine.checks.adaptation.reading import prepare
from accessibility.engine.checks.check import Judgement, OwnCheck
from accessibility.engine.checks.found import Raw, Tally, script_beside
from accessibility.engine.checks.picture_sheet import above_each_other
from accessibility.engine.checks.rule import Profile, Reach, Rule
from accessibility.engine.crawl.fresh import Conditions
from accessibility.engine.crawl.live_page import LivePage
from accessibility.engine.crawl.screenshots import picture_in_window
from accessibility.engine.finding import Box, Impact, Outcome
from core.i18n import marked

LISTENED = {
    "hover": ("mouseenter", "mouseover", "pointerenter", "pointerover", "mousemove"),
    "focus": ("focus", "focusin"),
    "click": ("click", "mousedown", "pointerdown", "keydown"),
}
MOST_LISTENING = 40  # elements
MOST_CONTENTS = 3
DEADLINE = 10.0  # seconds, after which no other trigger is tried
APPEARS, GOES, STAYS = 0.7, 1.0, 1.0  # seconds that a page is given for its delays and transitions
WATCHED = 4.0  # the first content is left alone for so long; others for STAYS
POLL = 0.1
DISMISSIBLE = Rule(
    "hover-dismissible",
    marked("Content that appears on hover or focus can be dismissed with Escape"),
    ("1.4.13",),
    Impact.SERIOUS,
    Reach.PARTLY,
    "content-on-hover-or-focus",
)
HOVERABLE = Rule(
    "hover-hoverable",
    marked("Content that appears on hover stays while the pointer is on it"),
    ("1.4.13",),
    Impact.SERIOUS,
    Reach.PARTLY,
    "content-on-hover-or-focus",
)
PERSISTENT = Rule(
    "hover-persistent",
    marked("Content that appears on hover or focus does not go away by itself"),
    ("1.4.13",),
    Impact.SERIOUS,
    Reach.PARTLY,
    "content-on-hover-or-focus",
)


class HoverContentCheck(OwnCheck):
    """Looks for content that appears on hover or focus and cannot be dismissed, pointed at, or kept."""

    name = "hover-content"
    own_rules = (DISMISSIBLE, HOVERABLE, PERSISTENT)
    profile = Profile.DEEP
    conditions = Conditions(once=True)
    seconds = 30.0

    async def applies(self, page: LivePage) -> bool:
        """To pages with a trigger: by a style, a listener, or a name."""
        if await page.top.world.call(script_beside(__file__), "styled"):
            return True
        listeners = await listening(page)
        return bool(listeners["hover"] or listeners["focus"])

    async def probe(self, page: LivePage) -> Any:
        """`{frames, contents: [{at, text, how, covers, dismissed, stays, pointed, error, clicked}]}`."""
        await prepare(page)
        await page.top.world.call(script_beside(__file__), "prepare")
        for how, nodes in (await listening(page)).items():
            await _add(page, nodes, how)
        triggers = await page.evaluate("campusHover.triggers()")
        contents: list[Raw] = []
        end = asyncio.get_running_loop().time() + DEADLINE
        for number, how in enumerate(triggers):
            if len(contents) >= MOST_CONTENTS or asyncio.get_running_loop().time() > end:
                break
            content = await Trial(page, number, how, WATCHED if not contents else STAYS).run()
            if content is not None:
                contents.append(content)
        return {"frames": [{"path": [], "shape": [], "origin": [0, 0]}], "contents": contents}

    def judge(self, probed: Any, state: str) -> Judgement:
        """Up to three failures or questions for each content."""
        tally = Tally(self.name, state)
        for content in probed["contents"]:
            _judge_content(tally, probed["frames"][0], content)
        return tally.judgement()


class Trial:
    """One trigger, pointed at (or focused) twice: the first time for Escape, the second for the rest."""

    def __init__(self, page: LivePage, number: int, how: str, watched: float) -> None:
        self.page = page
        self.number = number
        self.how = how
        self.watched = watched

    async def run(self) -> Raw | None:
        """What became of the content, or None where nothing appears that comes and goes with the trigger."""
        if (content := await self._shown()) is None:
            return None
        there = content["covers"]
        box = Box(*content["box"])
        before = await picture_in_window(self.page, box)
        await self.page.page.keyboard.press("Escape")
        dismissed = await self._gone(GOES)
        picture = None if dismissed else above_each_other(before, await picture_in_window(self.page, box))
        await self._leave()
        if not await self._gone(2 * GOES):
            return None
        again = await self._shown()
        if again is None or again["text"] != content["text"]:
            return None
        stays = not await self._gone(self.watched)
        pointed = await self._pointed() if stays and self.how == "hover" else True
        kept = stays and pointed
        gone = None if kept else above_each_other(before, await picture_in_window(self.page, box))
        await self._leave()
        if not await self._gone(2 * GOES):
            return None
        return content | {
            "how": self.how,
            "covers": there,
            "dismissed": dismissed,
            "stays": stays,
            "pointed": pointed,
            "picture": picture,
            "gone": gone,
        }

    async def _shown(self) -> Raw | None:
        """Bring the pointer, or focus, to the trigger; what appears then."""
        aim = await self.page.evaluate(f"campusHover.aim({self.number})")
        if aim is None:
            return None
        await self._leave()
        await asyncio.sleep(POLL)
        if not await self.page.evaluate(f"campusHover.before({self.number})"):
            return None
        if self.how == "focus":
            await self.page.evaluate(f"campusHover.focus({self.number})")
        else:
            await self.page.page.mouse.move(*aim, steps=2)
        for _ in range(int(APPEARS / POLL)):
            await asyncio.sleep(POLL)
            content: Raw | None = await self.page.evaluate(f"campusHover.appeared({self.number})")
            if content is not None:
                return content
        return None

    async def _gone(self, seconds: float) -> bool:
        """Whether the content goes out of sight within some seconds."""
        for _ in range(max(1, int(seconds / POLL))):
            await asyncio.sleep(POLL)
            if not await self.page.evaluate("campusHover.there()"):
                return True
        return False

    async def _pointed(self) -> bool:
        """Whether the content stays when the pointer goes straight onto it."""
        point = await self.page.evaluate(f"campusHover.pointOnto({self.number})")
        if point is None:
            return True  # it covers its trigger: the pointer is on it already
        await self.page.page.mouse.move(*point)
        return not await self._gone(STAYS)

    async def _leave(self) -> None:
        await self.page.evaluate("document.activeElement?.blur?.()")
        await self.page.page.mouse.move(*await self.page.evaluate(f"campusHover.neutral({self.number})"))


async def listening(page: LivePage) -> dict[str, list[int]]:
    """The elements of the main frame that listen, as DevTools' numbers of nodes, by what they listen to."""
    there = await page.session.send("Runtime.evaluate", {"expression": "document"})
    asked = {"objectId": there["result"]["objectId"], "depth": -1, "pierce": False}
    listeners = (await page.session.send("DOMDebugger.getEventListeners", asked))["listeners"]
    found: dict[str, list[int]] = {}
    for how, types in LISTENED.items():
        nodes = (one.get("backendNodeId") for one in listeners if one["type"] in types)
        found[how] = list(dict.fromkeys(node for node in nodes if node))[:MOST_LISTENING]
    return found


async def _add(page: LivePage, nodes: list[int], how: str) -> None:
    world = page.top.world
    for node in nodes:
        asked = {"backendNodeId": node, "executionContextId": world.context_id}
        try:
            object_id = (await page.session.send("DOM.resolveNode", asked))["object"]["objectId"]
        except PlaywrightError:
            continue  # the page took it away meanwhile
        await world.call_on(object_id, f"function () {{ campusHover.add(this, '{how}'); return true; }}")


def _judge_content(tally: Tally, frame: Raw, content: Raw) -> None:
    at, text = content["at"], f"“{content['text']}”"
    first = (
        "Move the pointer onto the element."
        if content["how"] == "hover"
        else "Move the keyboard's focus to the element."
    )
    shown = f"On {content['how']}, {text} appears"

    def tell(rule: Rule, outcome: Outcome, message: str, *steps: str) -> None:
        picture = content["picture" if rule is DISMISSIBLE else "gone"]
        tally.at(rule, outcome, message, frame, at, steps=(first, f"{text} appears.", *steps), picture=picture)

    for rule in (DISMISSIBLE, HOVERABLE, PERSISTENT):
        tally.passed(rule)
    if not content["dismissed"] and content["covers"] and not content["error"]:
        covered = f"“{content['covers']}”"
        if content["clicks"]:
            question = f"{shown} over {covered}, and Escape does not close it. Does activating the element close it?"
            tell(DISMISSIBLE, Outcome.NEEDS_REVIEW, question, "Press Escape.")
        else:
            message = f"{shown} over {covered}, and Escape does not close it."
            tell(DISMISSIBLE, Outcome.FAILED, message, f"It lies over {covered}.", "Press Escape: it stays.")
    if not content["pointed"]:
        message = f"{shown}, and goes away when the pointer is moved onto it."
        tell(HOVERABLE, Outcome.FAILED, message, "Move the pointer straight onto it: it goes away.")
    if not content["stays"] and not content["status"]:
        message = (
            f"{shown}, and goes away by itself while the {'pointer' if content['how'] == 'hover' else 'focus'} stays."
        )
        tell(
            PERSISTENT,
            Outcome.FAILED,
            message,
            "Leave the pointer and the keyboard alone for four seconds: it goes away.",
        )
