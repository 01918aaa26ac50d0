"""Which words people can read in one state of a page and not in another: what reflow, zoom and spacing have in common.

`reading.js` looks; the decisions are here. Text that a page hides on purpose is none that is lost: what a control or
a link brings back, what ends in an ellipsis, what stands elsewhere too. So a loss is certain only where a box cuts a
text in two, and nothing near it could show the rest.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from accessibility.engine.checks.found import Raw, Tally, run_in_frames, script_beside
from accessibility.engine.checks.picture_sheet import above_each_other
from accessibility.engine.checks.rule import Rule
from accessibility.engine.crawl.live_page import LivePage
from accessibility.engine.crawl.screenshots import picture_of_place
from accessibility.engine.finding import Box, Outcome

OVERLAPS = Path(__file__).with_name("overlaps.js")
SETTLE = 0.15  # seconds until a page has laid itself out anew
MOST_REVIEWS = 3  # questions of one rule in one frame
MOST_PICTURES = 4
Pictures = Mapping[str, bytes]  # PNG by the selector of an element of the main frame
ALMOST_NONE = 1  # words: a single one may be an ornament, or a bullet


@dataclass(frozen=True, slots=True)
class State:
    """How a person reaches the state that a check looked at: `when` ends a sentence, `steps` lead there."""

    when: str
    steps: tuple[str, ...]


async def prepare(page: LivePage) -> None:
    """Bring the reading into every frame."""
    for script in (script_beside(__file__), script_beside(str(OVERLAPS))):
        await run_in_frames(page, script)


async def ask(page: LivePage, expression: str) -> Raw:
    """An answer of `campusReading` in every frame that has it."""
    return await run_in_frames(page, f"() => globalThis.campusReading ? ({expression}) : null")


async def resize(page: LivePage, width: int, height: int) -> None:
    """Another window, and time for the page to lay itself out."""
    await page.page.set_viewport_size({"width": width, "height": height})
    await asyncio.sleep(SETTLE)
    await page.evaluate("campusAudit.calm(100, 1000)")


async def width_of(page: LivePage) -> int:
    """The width that the page lays itself out in: not the window's where a phone's browser shows a wide page small."""
    return int(await page.evaluate("innerWidth"))


async def pictured(page: LivePage, found: Raw, after: Callable[[], Awaitable[None]]) -> Pictures:
    """Pictures of what has failed in the main frame: as it is, above as it looks `after` the page was changed."""
    top = found["frames"][0]["answer"]
    failed = [group["at"] for group in top["cut"] if weigh(group) is Outcome.FAILED]
    failed += [pair["at"] for pair in top["overlaps"]]
    chosen = list({at["selector"]: at for at in failed}.values())[:MOST_PICTURES]
    before = [await picture_of_place(page, Box(*at["box"])) for at in chosen]
    if not chosen:
        return {}
    await after()
    now = await page.evaluate("campusReading.boxesNow()")
    pictures = {}
    for at, png in zip(chosen, before, strict=True):
        box = now.get(at["selector"])
        if box and (both := above_each_other(png, await picture_of_place(page, Box(*box)))):
            pictures[at["selector"]] = both
    return pictures


def judge_lost(tally: Tally, rule: Rule, frame: Raw, groups: list[Raw], state: State, pictures: Pictures) -> None:
    """A failure or a question for each box that takes words out of sight; nothing where it does so on purpose."""
    asked = 0
    for group in groups:
        outcome = weigh(group)
        if outcome is None or (outcome is Outcome.NEEDS_REVIEW and asked >= MOST_REVIEWS):
            continue
        asked += outcome is Outcome.NEEDS_REVIEW
        words = f"“{group['sample']}”"
        if outcome is Outcome.FAILED:
            message = f"{state.when}, this box cuts off text: {words} can no longer be read."
        else:
            message = f"{state.when}, {words} goes out of sight here. Is there a way to read it?"
        steps = (*state.steps, f"Look for {words}.")
        png = None if frame["path"] else pictures.get(group["at"]["selector"])
        tally.at(rule, outcome, message, frame, group["at"], steps=steps, picture=png)


def weigh(group: Raw) -> Outcome | None:
    """What a box is that takes words: a failure, a question, or none of both."""
    if group["small"] or group["ellipsis"] or group["oneLine"] or group["title"] or not group["partly"]:
        return None
    if group["count"] <= ALMOST_NONE and group["axis"] != "x":
        return None
    below = group["window"] and group["axis"] == "y"  # the window's height is ours, not the criterion's
    if below or group["clamped"] or group["control"] or group["link"]:
        return Outcome.NEEDS_REVIEW
    return Outcome.FAILED


def judge_overlaps(tally: Tally, rule: Rule, frame: Raw, pairs: list[Raw], state: State, pictures: Pictures) -> None:
    """A failure for each text on which another one stands."""
    for pair in pairs:
        one, two = f"“{pair['one']}”", f"“{pair['two']}”"
        png = None if frame["path"] else pictures.get(pair["at"]["selector"])
        message = f"{state.when}, {one} and {two} stand on each other."
        tally.at(
            rule, Outcome.FAILED, message, frame, pair["at"], steps=(*state.steps, f"Look for {one}."), picture=png
        )


def answers(probed: Any) -> list[tuple[Raw, Any]]:
    """Each frame that answered, with its answer."""
    return [(frame, frame["answer"]) for frame in probed["frames"] if frame["answer"] is not None]
