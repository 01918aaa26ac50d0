"""What reacts to a click and cannot be reached or worked with the keyboard (2.1.1).

Nothing is concluded from listeners alone: they only say where to try. Failed is what really does something when it is
clicked, twice, on loads of their own, while neither a link to the same address, nor the nearest controls, nor any key
does it. Left alone are wrappers (of something that can be focused, or within it), labels, parts of composite widgets,
which work by arrow keys, and drawings, where the way of the pointer may be the point of it.
"""

import time
from typing import Any

from accessibility.engine.checks.check import Judgement, OwnCheck
from accessibility.engine.checks.effects import TOP_FRAME, Change, Trial, trying
from accessibility.engine.checks.found import Raw, Tally, script_beside
from accessibility.engine.checks.listeners import CLICKS, KEYS, element_types, listening, places_of, window_types
from accessibility.engine.checks.picture_sheet import beside
from accessibility.engine.checks.rule import Profile, Reach, Rule
from accessibility.engine.crawl.fresh import Conditions
from accessibility.engine.crawl.live_page import LivePage
from accessibility.engine.finding import Impact, Outcome
from core.i18n import marked

UNREACHABLE = Rule(
    "click-without-keyboard",
    marked("What reacts to a click can be reached with the keyboard"),
    ("2.1.1",),
    Impact.CRITICAL,
    Reach.PARTLY,
    "keyboard",
)
DEAF = Rule(
    "control-deaf-to-keys",
    marked("Controls that can be focused work with the keyboard"),
    ("2.1.1",),
    Impact.CRITICAL,
    Reach.PARTLY,
    "keyboard",
)
SECONDS = 20.0
START_UNTIL = 12.0  # no other element is begun later
MOST_FOUND = 4
SLOW_MS = 600  # what a key does may take its time before the key is called without effect
ARROWS = ("ArrowDown", "ArrowRight")
COMMON_KEYS = ("Escape", "ArrowRight", "ArrowLeft", "ArrowDown", "ArrowUp", "Enter", "Space", "Home", "End", "Delete")
CHARACTERS = tuple("abcdefghijklmnopqrstuvwxyz0123456789+-?/.,")
ANYTHING = """() => !!document.querySelector('[onclick], [tabindex]:not([tabindex^="-"])')"""


class MouseOnlyCheck(OwnCheck):
    """Looks for what reacts to a click and cannot be reached or worked by keyboard."""

    name = "mouse-only"
    own_rules = (UNREACHABLE, DEAF)
    profile = Profile.DEEP
    conditions = Conditions(sealed=True, once=True)
    seconds = SECONDS

    async def applies(self, page: LivePage) -> bool:
        """Where anything listens for the pointer, or is made focusable."""
        if await page.top.world.call(ANYTHING):
            return True
        return any(there & CLICKS for there in (await element_types(page)).values())

    async def probe(self, page: LivePage) -> Any:
        """`{"found": [{kind, name, did, at, before, after}], "tried": {kind: number}}`."""
        async with trying(page) as trial:
            return await _Probe(trial).run()

    def judge(self, probed: Raw, state: str) -> Judgement:
        """Failed where a click does something that no key does; a question where only a request was seen."""
        tally = Tally(self.name, state)
        for kind, rule in (("unreachable", UNREACHABLE), ("deaf", DEAF)):
            if probed["tried"][kind]:
                tally.passed(rule)
        for one in probed["found"]:
            shown = f"“{one['name']}”" if one["name"] else "This element"
            if one["kind"] == "asked":
                question = f"A click on {shown} sends a request. Can what it does be done with the keyboard too?"
                tally.at(UNREACHABLE, Outcome.NEEDS_REVIEW, question, TOP_FRAME, one["at"])
            elif one["kind"] == "unreachable":
                message = f"{shown} reacts to a click ({one['did']}), but the keyboard cannot reach it."
                steps = (
                    f"Click on {shown}: {one['did']}.",
                    "Load the page again and press Tab from its beginning to its end: the focus never comes to it.",
                    "No link or control beside it, and no key, does the same.",
                )
                tally.at(
                    UNREACHABLE, Outcome.FAILED, message, TOP_FRAME, one["at"], steps=steps, picture=one["picture"]
                )
            else:
                message = (
                    f"{shown} can be focused and reacts to a click ({one['did']}), but neither to Enter nor to Space."
                )
                steps = (
                    f"Move the focus to {shown} with Tab.",
                    "Press Enter, then Space: nothing happens.",
                    f"Click on it: {one['did']}.",
                )
                tally.at(DEAF, Outcome.FAILED, message, TOP_FRAME, one["at"], steps=steps, picture=one["picture"])
        return tally.judgement()


class _Probe:
    def __init__(self, trial: Trial) -> None:
        self.trial = trial
        self.until = time.monotonic() + START_UNTIL
        self.found: list[Raw] = []
        self.tried = {"unreachable": 0, "deaf": 0}
        self.changed = False  # whether the load is no longer as it was
        self.keys = False
        self.targets: set[str] = set()

    async def run(self) -> Raw:
        trial = self.trial
        types = await element_types(trial.live)
        self.keys = any(there & KEYS for there in types.values()) or bool(await window_types(trial.live) & KEYS)
        places = await places_of(trial.live, listening(types, CLICKS))
        candidates = await trial.call(script_beside(__file__), places)
        self.targets = set(candidates["targets"])
        if (candidates["unreachable"] or candidates["deaf"]) and not await trial.restless():
            for one in candidates["unreachable"]:
                await self._bounded("unreachable", one)
            for one in candidates["deaf"]:
                await self._bounded("deaf", one)
        return {"found": self.found, "tried": self.tried}

    async def _bounded(self, kind: str, one: Raw) -> None:
        if time.monotonic() > self.until or len(self.found) >= MOST_FOUND:
            return
        if self.changed:
            await self._fresh()
        self.tried[kind] += 1
        await (self._unreachable(one) if kind == "unreachable" else self._deaf(one))

    async def _fresh(self) -> None:
        await self.trial.again()
        self.changed = False

    async def _unreachable(self, one: Raw) -> None:
        done = await self.trial.click(one["place"])
        if done is None:
            return
        if not done.real:
            if done.sent and not any(found["kind"] == "asked" for found in self.found):
                await self._keep("asked", one, done, None)
            return
        self.changed = True
        if not self._linked(done) and not await self._otherwise(one, done):
            await self._confirmed("unreachable", one, done)

    def _linked(self, done: Change) -> bool:
        """Whether a link leads where the click does."""
        return bool(self.targets & {*done.went, *done.windows, done.address})

    async def _otherwise(self, one: Raw, done: Change) -> bool:
        """Whether the nearest controls, or any key, do something of the kind."""
        for place in one["near"]:
            await self._fresh()
            self.changed = True
            other = await self.trial.click(place)
            if other is not None and other.like(done):
                return True
            for key in ("Enter", "Space"):
                if await self.trial.focus(place) and (await self.trial.press(key)).like(done):
                    return True
        if not self.keys:
            return False
        await self._fresh()
        self.changed = True
        return await _some_key_does(self.trial, done)

    async def _deaf(self, one: Raw) -> None:
        """Press the keys that a control must listen to, slowly; then click."""
        trial = self.trial
        await trial.mark()
        if not await trial.focus(one["place"]):
            return
        by_focus = await trial.change()
        if by_focus.real:
            self.changed = True
            return
        plain = one["role"] in ("", "button", "link")
        for key in ("Enter", "Space", *(() if plain else ARROWS)):
            done = await trial.press(key, quiet=SLOW_MS)
            if done.real or done.sent or done.focus != one["place"]:
                self.changed = True
                return
        clicked = await trial.click(one["place"])
        if clicked is None:
            return
        self.changed = clicked.real
        if clicked.real and not self._linked(clicked):
            await self._confirmed("deaf", one, clicked)

    async def _confirmed(self, kind: str, one: Raw, done: Change) -> None:
        """Once more, with pictures: only what happens again is told."""
        await self._fresh()
        at = (await self.trial.describe([one["place"]]))[0]
        if at is None or not await self.trial.hover(one["place"]):
            return
        before = await self.trial.picture()
        self.changed = True
        again = await self.trial.click(one["place"])
        if again is not None and again.like(done):
            await self._keep(kind, one, done, beside(before, await self.trial.picture()), at)

    async def _keep(self, kind: str, one: Raw, done: Change, picture: bytes | None, at: Raw | None = None) -> None:
        at = at or (await self.trial.describe([one["place"]]))[0]
        if at is not None:
            told = "" if kind == "asked" else done.told()
            self.found.append({"kind": kind, "name": one["name"], "did": told, "at": at, "picture": picture})


async def _some_key_does(trial: Trial, done: Change) -> bool:
    """Whether one of the usual keys, or a single character, does something of the kind while nothing has the focus."""
    await trial.rest()
    await trial.mark()
    for key in (*COMMON_KEYS, *CHARACTERS):
        await trial.page.keyboard.press(key)
        if (await trial.change(quiet=0)).like(done):
            return True
    return (await trial.change()).like(done)
