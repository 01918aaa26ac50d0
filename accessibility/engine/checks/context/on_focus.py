"""What happens by receiving the focus alone (3.2.1): nothing that takes people elsewhere.

The Tab key goes through the page, on a sealed load. Failed is an element that, whenever it is given the focus, leads to
another page, opens a window or a dialog that takes the focus, or gives the focus away to nowhere (failure F55). Focus
that goes on to another control is a question: it may belong to a composite of both. Dialogs that were open before and
keep the focus within are fine.
"""

import asyncio
import time
from dataclasses import dataclass
from typing import Any

from accessibility.engine.checks.check import Judgement, OwnCheck
from accessibility.engine.checks.effects import TOP_FRAME, Trial, trying
from accessibility.engine.checks.found import Raw, Tally, script_beside
from accessibility.engine.checks.listeners import anything_listens
from accessibility.engine.checks.picture_sheet import beside
from accessibility.engine.checks.rule import Profile, Reach, Rule
from accessibility.engine.crawl.fresh import Conditions
from accessibility.engine.crawl.live_page import LivePage
from accessibility.engine.finding import Impact, Outcome
from core.i18n import marked

ON_FOCUS = Rule(
    "context-change-on-focus",
    marked("Receiving the focus takes nobody elsewhere"),
    ("3.2.1",),
    Impact.SERIOUS,
    Reach.PARTLY,
    "on-focus",
)
FOCUS_EVENTS = frozenset({"focus", "focusin", "blur", "focusout", "DOMFocusIn"})
SECONDS = 15.0
WALK_UNTIL = 8.0
MOST_STOPS = 60
MOST_FOUND = 3
STEP_SECONDS = 0.02
CONFIRM_SECONDS = 0.4
STEP = "() => new Promise((done) => setTimeout(() => done(campusFocusSteps.step()), 0))"
KINDS = ("went", "opened", "lost", "thrown")


class OnFocusCheck(OwnCheck):
    """Moves the focus through the page, and looks for what then takes people elsewhere."""

    name = "on-focus"
    own_rules = (ON_FOCUS,)
    profile = Profile.DEEP
    conditions = Conditions(sealed=True, once=True)
    seconds = SECONDS

    async def applies(self, page: LivePage) -> bool:
        """Where anything listens for the focus."""
        return await anything_listens(page, FOCUS_EVENTS)

    async def probe(self, page: LivePage) -> Any:
        """`{"stops": number, "found": [{kind, name, did, at, picture}]}`."""
        async with trying(page) as trial:
            await trial.call(script_beside(__file__))
            stops, suspects = await _walk(trial)
            confirmed = [await _confirmed(trial, suspect) for suspect in suspects[:MOST_FOUND]]
            return {"stops": stops, "found": [one for one in confirmed if one]}

    def judge(self, probed: Raw, state: str) -> Judgement:
        """Failed, but for focus that goes on to another control."""
        tally = Tally(self.name, state)
        if probed["stops"]:
            tally.passed(ON_FOCUS)
        for one in probed["found"]:
            shown = f"“{one['name']}”" if one["name"] else "this element"
            if one["kind"] == "thrown":
                question = f"When {shown} is given the focus, the focus goes on to another element. Does that confuse?"
                tally.at(ON_FOCUS, Outcome.NEEDS_REVIEW, question, TOP_FRAME, one["at"])
                continue
            message = f"When {shown} is given the focus, {one['did']}."
            steps = (f"Press Tab until the focus comes to {shown}.", f"Do nothing else: {one['did']}.")
            tally.at(ON_FOCUS, Outcome.FAILED, message, TOP_FRAME, one["at"], steps=steps, picture=one["picture"])
        return tally.judgement()


@dataclass(frozen=True, slots=True)
class _Suspect:
    """A stop where something happened; `before` is the place of the stop before it, '' for none."""

    kind: str
    place: str
    name: str
    before: str


async def _walk(trial: Trial) -> tuple[int, list[_Suspect]]:
    """The number of stops, and those where something happened."""
    until = time.monotonic() + WALK_UNTIL
    seen: set[str] = set()
    suspects: list[_Suspect] = []
    previous = ""
    for _ in range(MOST_STOPS):
        if time.monotonic() > until or len(suspects) >= MOST_FOUND:
            break
        trial.forget()
        await trial.page.keyboard.press("Tab")
        await asyncio.sleep(STEP_SECONDS)
        step = await trial.call(STEP)
        if step["place"] == previous and previous:
            continue  # it moves within the element
        if step["place"] in seen or not step["place"]:
            break
        seen.add(step["place"])
        suspects += [_Suspect(kind, step["place"], step["name"], previous) for kind in _kinds(trial, step)]
        previous = step["place"]
    return len(seen), suspects


def _kinds(trial: Trial, step: Raw) -> list[str]:
    """The worst of what happened, if anything."""
    happened = {"went": trial.leaves(), "opened": step["opened"], "lost": step["lost"], "thrown": step["thrown"]}
    return [kind for kind in KINDS if happened[kind]][:1]


async def _confirmed(trial: Trial, suspect: _Suspect) -> Raw | None:
    """The same by coming to this element alone, on another load."""
    await trial.again()
    await trial.call(script_beside(__file__))
    at = (await trial.describe([suspect.place]))[0]
    if at is None:
        return None
    if suspect.before:
        await trial.focus(suspect.before)
    before = await trial.picture()
    await trial.mark()
    await trial.call("() => campusFocusSteps.start()")
    await trial.page.keyboard.press("Tab")
    await asyncio.sleep(CONFIRM_SECONDS)
    change, step = await trial.change(), await trial.call(STEP)
    if step["place"] != suspect.place or suspect.kind not in _kinds(trial, step):
        return None
    did = {"opened": "a dialog opens and takes it", "lost": "the page takes it away at once"}
    return {
        "kind": suspect.kind,
        "name": suspect.name,
        "did": did.get(suspect.kind) or change.told() if suspect.kind != "thrown" else "",
        "at": at,
        "picture": beside(before, await trial.picture()),
    }
