"""What is carried out as soon as the pointer is pressed (2.5.2), before anybody can think better of it.

The pointer is pressed on what listens for that, moved away and let go, on a sealed load. Nothing is wrong where nothing
happened by then, or where moving away undid it. Failed is what leads to another page or opens a window: no way back is
left on the page. Another change may be essential (keys of an instrument), or be undone by other means, and who is asked
in a dialog of the browser can still say no: a question. Sliders, drawings, text and what opens a list are left alone.
"""

import time
from typing import Any

from accessibility.engine.checks.check import Judgement, OwnCheck
from accessibility.engine.checks.effects import TOP_FRAME, Trial, trying
from accessibility.engine.checks.found import Raw, Tally, script_beside
from accessibility.engine.checks.listeners import DOWNS, element_types, listening, places_of
from accessibility.engine.checks.picture_sheet import beside
from accessibility.engine.checks.rule import Profile, Reach, Rule
from accessibility.engine.crawl.fresh import Conditions
from accessibility.engine.crawl.live_page import LivePage
from accessibility.engine.finding import Impact, Outcome
from core.i18n import marked

POINTER_DOWN = Rule(
    "pointer-down-action",
    marked("Nothing is carried out before the pointer is released"),
    ("2.5.2",),
    Impact.MODERATE,
    Reach.PARTLY,
    "pointer-cancellation",
)
SECONDS = 15.0
START_UNTIL = 9.0
MOST_FOUND = 3
HANDLERS = "() => !!document.querySelector('[onmousedown], [onpointerdown]')"


class PointerDownCheck(OwnCheck):
    """Looks for what is carried out as soon as the pointer is pressed, before it is released."""

    name = "pointer-down"
    own_rules = (POINTER_DOWN,)
    profile = Profile.DEEP
    conditions = Conditions(sealed=True, once=True)
    seconds = SECONDS

    async def applies(self, page: LivePage) -> bool:
        """Where an element of its own listens for the pointer's press."""
        if await page.top.world.call(HANDLERS):
            return True
        return bool(listening(await element_types(page), DOWNS))

    async def probe(self, page: LivePage) -> Any:
        """`{"tried": number, "found": [{name, did, certain, at, picture}]}`."""
        async with trying(page) as trial:
            places = await places_of(trial.live, listening(await element_types(trial.live), DOWNS))
            candidates = await trial.call(script_beside(__file__), places)
            found: list[Raw] = []
            tried = 0
            if candidates and await trial.restless():
                candidates = []
            until = time.monotonic() + START_UNTIL
            for one in candidates:
                if len(found) >= MOST_FOUND or time.monotonic() > until:
                    break
                tried += 1
                if pressed := await _pressed(trial, one):
                    found.append(pressed)
            return {"tried": tried, "found": found}

    def judge(self, probed: Raw, state: str) -> Judgement:
        """Failed where the page is left, a question where it only changes."""
        tally = Tally(self.name, state)
        if probed["tried"]:
            tally.passed(POINTER_DOWN)
        for one in probed["found"]:
            shown = f"“{one['name']}”" if one["name"] else "This element"
            happens = f"As soon as the pointer is pressed on {shown}, {one['did']}"
            if one["certain"]:
                steps = (
                    f"Press the pointer on {shown} and hold it: {one['did']}.",
                    "Move the pointer away before letting go: it is too late.",
                )
                message = f"{happens}; moving away before letting go does not prevent it."
                tally.at(
                    POINTER_DOWN, Outcome.FAILED, message, TOP_FRAME, one["at"], steps=steps, picture=one["picture"]
                )
            else:
                question = f"{happens}, and stays so when it is moved away. Can that be undone, or must it be so?"
                tally.at(POINTER_DOWN, Outcome.NEEDS_REVIEW, question, TOP_FRAME, one["at"])
        return tally.judgement()


async def _pressed(trial: Trial, one: Raw) -> Raw | None:
    """What a press does that moving away does not undo, seen twice; None for nothing. The load is as before then."""
    at = (await trial.describe([one["place"]]))[0]
    before = await trial.picture()
    first = await _press_and_leave(trial, one["place"])
    if first is None:
        return None
    picture = beside(before, await trial.picture())
    await trial.again()
    second = await _press_and_leave(trial, one["place"])
    await trial.again()
    if at is None or second is None or second != first:
        return None
    did, certain = first
    return {"name": one["name"], "did": did, "certain": certain, "at": at, "picture": picture}


async def _press_and_leave(trial: Trial, place: str) -> tuple[str, bool] | None:
    """What has happened when the pointer is pressed and not yet let go, unless letting go elsewhere undoes it."""
    await trial.page.mouse.move(0, 0)
    if not await trial.hover(place):
        return None
    await trial.change()  # what pointing does comes to its end
    await trial.mark()
    await trial.page.mouse.down()
    pressed = await trial.change()
    await trial.page.mouse.move(1, 1, steps=2)
    await trial.page.mouse.up()
    if not pressed.real:
        return None
    left = await trial.change()
    done = pressed.leaves or pressed.dialogs or left.like(pressed)
    return (pressed.told(), pressed.leaves) if done else None
