"""Dialogs with the keyboard: the focus goes in, is kept in where the page behind is out of reach, comes out, and back.

Each opener is worked with the Enter key, on a sealed load. Failed is only what is clear: a modal dialog that leaves the
focus on the page behind, where Tab goes on; one that says of itself that it is modal and lets Tab out to that page; one
that no key closes while a click does; one that leaves the focus nowhere when it is closed, so that people are sent to
another part of the page. Elsewhere the browser or the order of the page may help: that is fine, or a question.
"""

import asyncio
import time
from typing import Any

from accessibility.engine.checks.check import Judgement, OwnCheck
from accessibility.engine.checks.effects import TOP_FRAME, Trial, trying
from accessibility.engine.checks.found import Raw, Tally, script_beside
from accessibility.engine.checks.rule import Profile, Reach, Rule
from accessibility.engine.crawl.fresh import Conditions
from accessibility.engine.crawl.live_page import LivePage
from accessibility.engine.finding import Impact, Outcome
from core.i18n import marked


def _rule(name: str, title: str, criteria: tuple[str, ...], understanding: str) -> Rule:
    return Rule(name, title, criteria, Impact.SERIOUS, Reach.PARTLY, understanding)


FOCUS_IN = _rule("dialog-focus-in", marked("A modal dialog receives the focus"), ("2.4.3",), "focus-order")
KEPT_IN = _rule("dialog-focus-kept", marked("A modal dialog keeps the focus"), ("2.4.3",), "focus-order")
CLOSES = _rule(
    "dialog-closed-by-keyboard",
    marked("A dialog can be closed with the keyboard"),
    ("2.1.2", "2.1.1"),
    "no-keyboard-trap",
)
FOCUS_BACK = _rule("dialog-focus-back", marked("A closed dialog gives the focus back"), ("2.4.3",), "focus-order")

SECONDS = 20.0
START_UNTIL = 11.0
MOST_OPENERS = 8
MOST_DIALOGS = 3
FOCUS_POLLS, POLL_SECONDS = 12, 0.1  # a dialog that glides in takes the focus when it has arrived
ANYTHING = """() => !!document.querySelector('dialog, [role="dialog"], [role="alertdialog"], [aria-haspopup="dialog"], '
  + '[data-toggle="modal"], [data-bs-toggle="modal"], [command="show-modal"]')"""


class DialogsCheck(OwnCheck):
    """Opens dialogs by keyboard, and looks whether focus goes in, stays in and comes back, and a key closes them."""

    name = "dialogs"
    own_rules = (FOCUS_IN, KEPT_IN, CLOSES, FOCUS_BACK)
    profile = Profile.DEEP
    conditions = Conditions(sealed=True, once=True)
    seconds = SECONDS

    async def applies(self, page: LivePage) -> bool:
        """Where there is a dialog, shown or not, or something that says it opens one."""
        return bool(await page.top.world.call(ANYTHING))

    async def probe(self, page: LivePage) -> Any:
        """Per dialog that could be opened `{opener, name, modal, entered, left, closed, back, at, picture}`."""
        async with trying(page) as trial:
            until = time.monotonic() + START_UNTIL
            await trial.call(script_beside(__file__), MOST_OPENERS)
            found: list[Raw] = []
            seen: set[str] = set()
            for opener in await trial.call("() => campusDialogs.openers()"):
                if time.monotonic() > until or len(found) >= MOST_DIALOGS:
                    break
                dialog = await _opened(trial, opener["place"])
                if dialog is None:
                    continue
                if dialog["place"] not in seen:
                    seen.add(dialog["place"])
                    found.append(await _walked(trial, opener, dialog))
                await trial.again()
                await trial.call(script_beside(__file__), MOST_OPENERS)
            return found

    def judge(self, probed: list[Raw], state: str) -> Judgement:
        """Each dialog by what was seen of it."""
        tally = Tally(self.name, state)
        for one in probed:
            for rule in self.own_rules:
                tally.passed(rule)
            for rule, outcome, message, last in _faults(one):
                steps = (f"Move the focus to “{one['opener']}” with Tab, and press Enter: a dialog opens.", *last)
                failed = outcome is Outcome.FAILED
                tally.at(
                    rule, outcome, message, TOP_FRAME, one["at"],
                    steps=steps if failed else (), picture=one["picture"] if failed else None,
                )  # fmt: skip
        return tally.judgement()


def _faults(one: Raw) -> list[tuple[Rule, Outcome, str, tuple[str, ...]]]:
    """What is wrong with a dialog: rule, outcome, message, and the last steps."""
    shown = f"The dialog “{one['name']}”" if one["name"] else "The dialog"
    faults: list[tuple[Rule, Outcome, str, tuple[str, ...]]] = []
    if one["modal"] and one["entered"] == "never":
        message = f"{shown} is modal, but the focus stays on the page behind it: Tab goes to “{one['first']}” there."
        faults.append(
            (FOCUS_IN, Outcome.FAILED, message, (f"Press Tab: the focus goes to “{one['first']}”, behind it.",))
        )
    elif one["modal"] and one["left"]:
        message = f"{shown} says that it is modal, but Tab leads out of it, to “{one['left']}” on the page behind."
        faults.append(
            (KEPT_IN, Outcome.FAILED, message, (f"Press Tab until the focus comes to “{one['left']}”, behind it.",))
        )
    if one["closed"] == "mouse":
        message = f"{shown} is closed by a click, but neither by Escape nor by any control that the keyboard reaches."
        faults.append(
            (CLOSES, Outcome.FAILED, message, ("Press Escape: it stays open.", "Press Tab: nothing in it closes it."))
        )
    elif one["closed"] == "never" and one["modal"]:
        question = (
            f"{shown} is closed neither by Escape nor by the controls tried in it. How can it be left by keyboard?"
        )
        faults.append((CLOSES, Outcome.NEEDS_REVIEW, question, ()))
    if one["back"]:
        message = f"When {shown[0].lower()}{shown[1:]} is closed, the focus is lost: Tab then goes to “{one['back']}”."
        last = ("Close it with the keyboard.", f"Press Tab: the focus goes to “{one['back']}”, far from where it was.")
        faults.append((FOCUS_BACK, Outcome.FAILED, message, last))
    return faults


async def _opened(trial: Trial, place: str) -> Raw | None:
    """The dialog that the Enter key opens there."""
    if not await trial.focus(place):
        return None
    done = await trial.press("Enter")
    if not done.real:
        return None
    dialog: Raw | None = await trial.call("() => campusDialogs.opened()")
    return dialog


async def _walked(trial: Trial, opener: Raw, dialog: Raw) -> Raw:
    entered, first = await _entered(trial)
    picture = await trial.picture()
    at = (await trial.describe([dialog["place"]]))[0]
    left = await _left(trial, dialog["stops"]) if entered != "never" and dialog["modal"] else ""
    closed = await _closed(trial, dialog)
    back = await _not_back(trial, opener["place"]) if closed in ("Escape", "control") else ""
    return {
        "opener": opener["name"], "name": dialog["name"], "modal": dialog["modal"], "entered": entered, "first": first,
        "left": left, "closed": closed, "back": back, "at": at, "picture": picture,
    }  # fmt: skip


async def _focus(trial: Trial) -> Raw:
    focus: Raw = await trial.call("() => campusDialogs.focus()")
    return focus


async def _entered(trial: Trial) -> tuple[str, str]:
    """When the focus goes in: at "once", with the first "tab", or "never"; then the name of what Tab leads to."""
    for _ in range(FOCUS_POLLS):
        if (await _focus(trial))["where"] == "in":
            return "once", ""
        await asyncio.sleep(POLL_SECONDS)
    await trial.page.keyboard.press("Tab")
    focus = await _focus(trial)
    return ("never", focus["name"]) if focus["where"] == "out" else ("tab", "")


async def _left(trial: Trial, stops: int) -> str:
    """The name of what Tab leads to outside the dialog; '' where it stays within, or goes to the browser itself."""
    for _ in range(stops + 2):
        await trial.page.keyboard.press("Tab")
        await asyncio.sleep(0)
        focus = await _focus(trial)
        if focus["where"] == "out":
            return str(focus["name"])
    return ""


async def _open(trial: Trial) -> bool:
    await trial.change()
    return bool(await trial.call("() => campusDialogs.isOpen()"))


async def _closed(trial: Trial, dialog: Raw) -> str:
    """What closes it: "Escape", a "control", the "mouse" alone, or "never"."""
    await trial.focus(dialog["closers"][0] if dialog["closers"] else dialog["place"])
    await trial.page.keyboard.press("Escape")
    if not await _closes(trial):
        return "Escape"
    for place in dialog["closers"]:
        if not await trial.focus(place):
            continue
        for key in ("Enter", "Space"):
            await trial.page.keyboard.press(key)
            if not await _open(trial):
                return "control"
    for place in await trial.call("() => campusDialogs.mouseClosers()"):
        await trial.click(place)
        if not await _closes(trial):
            return "mouse"
    return "never"


async def _closes(trial: Trial) -> bool:
    """Whether it is still open after the time that fading away takes."""
    for _ in range(FOCUS_POLLS // 2):
        if not await _open(trial):
            return False
        await asyncio.sleep(POLL_SECONDS)
    return True


async def _not_back(trial: Trial, opener: str) -> str:
    """The name of what Tab leads to far from the opener, where the focus was lost; '' where all is well."""
    for _ in range(FOCUS_POLLS // 2):
        focus = await _focus(trial)
        if focus["where"] != "nowhere":
            return ""  # where it is was somebody's decision
        await asyncio.sleep(POLL_SECONDS)
    await trial.page.keyboard.press("Tab")
    focus = await _focus(trial)
    if focus["where"] != "out" or await trial.call("(two) => campusDialogs.near(two)", [focus["place"], opener]):
        return ""
    return str(focus["name"])
