"""What happens by changing a setting (3.2.2): nothing that takes people elsewhere, unless they were told.

Lists, boxes, buttons of a group and text fields are changed with the keyboard, then left with Tab, on a sealed load.
Failed is a control by which the page goes to another one, sends its form or opens a window, twice, on a page without a
word about it. Where the page says something of the kind it is a question whether that tells people enough. A focus that
moves on by itself is a question too. New content on the same page is no change of context.
"""

import time
from typing import Any

from accessibility.engine.checks.check import Judgement, OwnCheck
from accessibility.engine.checks.effects import TOP_FRAME, Change, Trial, trying
from accessibility.engine.checks.found import Raw, Tally, script_beside
from accessibility.engine.checks.listeners import KEYS, anything_listens
from accessibility.engine.checks.picture_sheet import beside
from accessibility.engine.checks.rule import Profile, Reach, Rule
from accessibility.engine.crawl.fresh import Conditions
from accessibility.engine.crawl.live_page import LivePage
from accessibility.engine.finding import Impact, Outcome
from core.i18n import marked

ON_INPUT = Rule(
    "context-change-on-input",
    marked("Changing a setting takes nobody elsewhere who was not told before"),
    ("3.2.2",),
    Impact.SERIOUS,
    Reach.PARTLY,
    "on-input",
)
INPUT_EVENTS = KEYS | {"change", "input", "click", "blur", "focusout", "beforeinput", "select", "mouseup", "pointerup"}
ADVICE = (
    r"automatic|immediate|instant|at once|right away|as soon as|straight (away|to)|new (window|tab)|"
    r"without (a |any )?(button|submit)|will (open|load|reload|refresh|submit|be (sent|submitted|reloaded|taken))|"
    r"\b(choos|select|pick|chang|check|tick|click|typ|enter)\w*\b[^.!?]{0,80}"
    r"\b(open|load|reload|refresh|submit|send|go to|goes to|take|jump|move|navigat|lead|redirect|switch)\w*|"
    r"automatiquement|immédiat|aussitôt|dès que|nouvelle (fenêtre|page)|nouvel onglet|recharg|"
    r"automatisch|sofort|neue[sn]? (Fenster|Seite)|automáticamente|inmediat|nueva ventana"
)
SECONDS = 20.0
START_UNTIL = 10.0
MOST_FOUND = 4
CONTROLS = """() =>
  !!document.querySelector('select, textarea, input:not([type="hidden"], [type="submit"], [type="button"])')"""


class OnInputCheck(OwnCheck):
    """Changes every control with the keyboard, and looks for what takes people elsewhere without a word before."""

    name = "on-input"
    own_rules = (ON_INPUT,)
    profile = Profile.DEEP
    conditions = Conditions(sealed=True, once=True)
    seconds = SECONDS

    async def applies(self, page: LivePage) -> bool:
        """Where there are controls, and anything listens for what is done to them."""
        if not await page.top.world.call(CONTROLS):
            return False
        return await anything_listens(page, INPUT_EVENTS)

    async def probe(self, page: LivePage) -> Any:
        """`{"tried": number, "found": [{kind, name, did, steps, advised, page, at, picture}]}`."""
        async with trying(page) as trial:
            until = time.monotonic() + START_UNTIL
            found: list[Raw] = []
            tried = 0
            for one in await trial.call(script_beside(__file__), ADVICE):
                if len(found) >= MOST_FOUND or time.monotonic() > until:
                    break
                tried += 1
                if (kind := await _changed(trial, one)) and (confirmed := await _confirmed(trial, one, kind)):
                    found.append(confirmed)
            return {"tried": tried, "found": found}

    def judge(self, probed: Raw, state: str) -> Judgement:
        """Failed where the page is left and says no word of it."""
        tally = Tally(self.name, state)
        if probed["tried"]:
            tally.passed(ON_INPUT)
        for one in probed["found"]:
            shown = f"“{one['name']}”" if one["name"] else "this control"
            if one["kind"] == "focus":
                question = f"When {shown} is filled in, the focus moves on by itself. Are people told before?"
                tally.at(ON_INPUT, Outcome.NEEDS_REVIEW, question, TOP_FRAME, one["at"])
            elif one["advised"] or one["page"]:
                said = f"The page says “{one['advised']}”" if one["advised"] else "The page speaks of such things"
                question = f"When {shown} is changed, {one['did']}. {said}: does that tell people before?"
                tally.at(ON_INPUT, Outcome.NEEDS_REVIEW, question, TOP_FRAME, one["at"])
            else:
                message = f"When {shown} is changed, {one['did']}, and nothing says so before."
                steps = (f"Press Tab until the focus comes to {shown}.", one["way"], f"Then {one['did']}.")
                tally.at(ON_INPUT, Outcome.FAILED, message, TOP_FRAME, one["at"], steps=steps, picture=one["picture"])
        return tally.judgement()


async def _changed(trial: Trial, one: Raw) -> str:
    """What changing a control leads to: "leaves" the page, moves the "focus" on, or ''."""
    change = await _change(trial, one)
    if change is None:
        return ""
    if change.leaves:
        return "leaves"
    if change.focus and change.focus != one["place"]:
        return "focus"
    left = await trial.leave()
    return "leaves" if left.leaves else ""


async def _change(trial: Trial, one: Raw) -> Change | None:
    """Change the setting with keys; what comes of it, None where the control cannot have the focus."""
    await trial.mark()
    if not await trial.focus(one["place"]):
        return None
    await trial.mark()  # what the focus alone does is another matter
    keyboard = trial.page.keyboard
    if one["kind"] == "select":
        await keyboard.press("ArrowDown")
    elif one["kind"] == "text":
        await keyboard.type("1" * one["fill"] if one["type"] in ("number", "tel") else "a" * one["fill"])
    else:
        await keyboard.press("Space")
    return await trial.change()


async def _confirmed(trial: Trial, one: Raw, kind: str) -> Raw | None:
    """The same once more, on another load."""
    await trial.again()
    at = (await trial.describe([one["place"]]))[0]
    if at is None:
        return None
    before = await trial.picture()
    change = await _change(trial, one)
    if change is not None and kind == "leaves" and not change.leaves:
        change = await trial.leave()
    picture = beside(before, await trial.picture()) if kind == "leaves" else None
    await trial.again()
    same = change is not None and (
        change.leaves if kind == "leaves" else bool(change.focus) and change.focus != one["place"]
    )
    if change is None or not same:
        return None
    did = change.told() if kind == "leaves" else ""
    return {**one, "kind": kind, "did": did, "way": WAYS[one["kind"]], "at": at, "picture": picture}


WAYS = {
    "select": "Choose another value with the arrow keys, and leave it with Tab.",
    "text": "Write something into it, and leave it with Tab.",
    "checkbox": "Press the space bar.",
    "radio": "Press the space bar.",
}
