"""Shortcuts of a single character (2.1.4): they can be turned off, changed, or work only while a control has the focus.

Every printable key is pressed while nothing has the focus, on a sealed load. What changes something, twice, is such a
shortcut. Then the controls whose names speak of shortcuts are set, and what they open is: once the key has no effect
any more, the criterion is met. Failed is a shortcut on a page where no control speaks of any such thing; where one
does, and we saw no effect of it, it is a question. The space bar scrolls by itself and is left out.
"""

import time
from typing import Any

from accessibility.engine.checks.check import Judgement, OwnCheck
from accessibility.engine.checks.effects import Change, Trial, trying
from accessibility.engine.checks.found import Raw, Tally
from accessibility.engine.checks.listeners import KEYS, anything_listens
from accessibility.engine.checks.mechanism import Control, controls, operate
from accessibility.engine.checks.picture_sheet import beside
from accessibility.engine.checks.rule import Profile, Reach, Rule
from accessibility.engine.crawl.fresh import Conditions
from accessibility.engine.crawl.live_page import LivePage
from accessibility.engine.finding import Impact, Outcome
from core.i18n import marked

SHORTCUT = Rule(
    "character-shortcut",
    marked("Shortcuts of a single character can be turned off or changed"),
    ("2.1.4",),
    Impact.SERIOUS,
    Reach.PARTLY,
    "character-key-shortcuts",
    act=("ffbc54",),
)
SECONDS = 20.0
START_UNTIL = 12.0
KEYS_PRESSED = tuple(
    "abcdefghijklmnopqrstuvwxyz0123456789" + "+-*/?.,;:!#'\"()[]<>=_@&%$~|\\" + "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
)
MOST_FOUND = 3
WAYS = (
    r"shortcut|hot ?key|keyboard|keystroke|remap|modifier|\b(ctrl|control|alt|meta|cmd)\b|\bkeys?\b|"
    r"setting|preference|option|accessib|raccourci|clavier|touche|réglage|paramètre|préférence|tastatur|tastenk|atajo|teclado"
)
MOST_WAYS = 8


class ShortcutsCheck(OwnCheck):
    """Presses every printable key, and looks for shortcuts that cannot be turned off or changed."""

    name = "shortcuts"
    own_rules = (SHORTCUT,)
    profile = Profile.DEEP
    conditions = Conditions(sealed=True, once=True)
    seconds = SECONDS

    async def applies(self, page: LivePage) -> bool:
        """Where anything listens for keys."""
        return await anything_listens(page, KEYS)

    async def probe(self, page: LivePage) -> Any:
        """None for a page that changes by itself, else per shortcut `{key, did, off, ways, picture}`."""
        async with trying(page) as trial:
            if await trial.restless():
                return None
            return await _Probe(trial).run()

    def judge(self, probed: list[Raw] | None, state: str) -> Judgement:
        """One finding for all shortcuts of a page that nothing turns off."""
        tally = Tally(self.name, state)
        if probed:
            tally.passed(SHORTCUT)
        left = [one for one in probed or () if not one["off"]]
        for ways in (False, True):
            group = [one for one in left if bool(one["ways"]) is ways]
            if not group:
                continue
            keys = ", ".join(f"“{one['key']}”" for one in group)
            did = f"Pressing {keys} alone does something: {group[0]['did']}"
            if ways:
                question = f"{did}. Can that be turned off or changed with “{group[0]['ways']}”?"
                tally.page(SHORTCUT, Outcome.NEEDS_REVIEW, question)
                continue
            steps = (
                "Click on an empty part of the page, so that nothing has the focus.",
                *(f"Press “{one['key']}”: {one['did']}." for one in group),
                "Look for a control that turns this off, or changes the key: there is none.",
            )
            message = f"{did}, and no control turns that off or changes the key."
            tally.page(SHORTCUT, Outcome.FAILED, message, steps=steps, picture=group[0]["picture"])
        return tally.judgement()


class _Probe:
    def __init__(self, trial: Trial) -> None:
        self.trial = trial
        self.until = time.monotonic() + START_UNTIL

    async def run(self) -> list[Raw]:
        found: list[Raw] = []
        waiting = list(KEYS_PRESSED)
        while waiting and len(found) < MOST_FOUND and time.monotonic() < self.until:
            key = await self._first_with_effect(waiting)
            if key is None:
                break
            await self.trial.again()
            shortcut = await self._shortcut(key)
            if shortcut is not None:
                found.append(shortcut)
            await self.trial.again()
        return found

    async def _first_with_effect(self, waiting: list[str]) -> str | None:
        """Takes keys from `waiting` up to one that does something."""
        await self.trial.rest()
        await self.trial.mark()
        while waiting and time.monotonic() < self.until:
            key = waiting.pop(0)
            await self.trial.page.keyboard.press(key)
            if _noticed(await self.trial.change(quiet=0)):
                return key
        return None

    async def _shortcut(self, key: str) -> Raw | None:
        """The key once more by itself, and what there is against it."""
        trial = self.trial
        await trial.rest()
        before = await trial.picture()
        done = await trial.press(key)
        if not _noticed(done):
            return None
        picture = beside(before, await trial.picture())
        opened = [one.name for one in await controls(trial, WAYS) if one.speaks]
        await trial.again()
        off, ways = await self._turned_off(key)
        return {"key": key, "did": _told(done), "off": off, "ways": ways or (opened or [""])[0], "picture": picture}

    async def _turned_off(self, key: str) -> tuple[bool, str]:
        """Whether a control takes the effect from a key; else the name of one that speaks of such things."""
        trial = self.trial
        offered = [one for one in await controls(trial, WAYS) if one.speaks][:MOST_WAYS]
        seen = {one.place for one in offered}
        waiting = [(one, list[Control]()) for one in offered]
        while waiting and time.monotonic() < self.until:
            one, way = waiting.pop(0)
            await trial.again()
            done: Change | None = None
            for step in (*way, one):
                done = await operate(trial, step)
            if done is None or done.leaves:
                continue
            uncovered = [more for more in await controls(trial, "") if more.place not in seen]
            seen |= {more.place for more in uncovered}
            waiting += [(more, [*way, one]) for more in uncovered[:MOST_WAYS] if len(way) < 2]
            await trial.rest()
            if not _noticed(await trial.press(key)):
                return True, one.name
        return False, offered[0].name if offered else ""


def _noticed(change: Change) -> bool:
    """Whether a key did anything: the page is another, or the focus is somewhere."""
    return change.real or bool(change.focus)


def _told(change: Change) -> str:
    return change.told() if change.real else "the focus moves into the page"
