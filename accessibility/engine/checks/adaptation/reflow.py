"""Reflow (1.4.10): in a window of 320 × 256 CSS pixels, text is read without scrolling sideways, and none is lost.

Data tables, maps, diagrams, video, games, presentations and toolbars may be wider. Of what is only called so, as of
preformatted text and of words longer than the window, a person decides. Off-canvas menus stand beyond the edge on
purpose.
"""

from typing import Any

from accessibility.engine.checks.adaptation.reading import (
    MOST_REVIEWS,
    State,
    answers,
    ask,
    judge_lost,
    judge_overlaps,
    pictured,
    prepare,
    resize,
    width_of,
)
from accessibility.engine.checks.check import Judgement, OwnCheck
from accessibility.engine.checks.found import Raw, Tally, script_beside
from accessibility.engine.checks.rule import Profile, Reach, Rule
from accessibility.engine.crawl.fresh import Conditions
from accessibility.engine.crawl.live_page import LivePage
from accessibility.engine.finding import Impact, Outcome
from core.i18n import marked

WIDTH, HEIGHT = 320, 256
WIDE = (1280, 1024)
STATE = State(
    "In a window of 320 × 256 CSS pixels",
    ("Open the page in a window of 1280 × 1024 CSS pixels.", "Set the browser's zoom to 400 %."),
)
SIDEWAYS = Rule(
    "reflow-sideways",
    marked("Text is read without scrolling sideways in a window 320 pixels wide"),
    ("1.4.10",),
    Impact.SERIOUS,
    Reach.PARTLY,
    "reflow",
)
CLIPPED = Rule(
    "reflow-text-cut",
    marked("Text can be read whole in a window 320 pixels wide"),
    ("1.4.10",),
    Impact.SERIOUS,
    Reach.PARTLY,
    "reflow",
)
OVERLAP = Rule(
    "reflow-text-overlap",
    marked("Texts do not stand on each other in a window 320 pixels wide"),
    ("1.4.10",),
    Impact.SERIOUS,
    Reach.PARTLY,
    "reflow",
)
QUESTIONS = {
    "table": "Is this a table of data, which may be wider than the window?",
    "code": "Is the layout of this preformatted text so essential that it may be wider than the window?",
    "word": "A word here is longer than the window is wide. Can it be read without scrolling sideways?",
    "picture": "Is this a map, a diagram or the like, which may be wider than the window?",
    "layout": "Is this a game, a presentation, a map, a chart or the like, whose use or meaning needs its layout?",
    "control": "Can this control be used without scrolling sideways?",
    "frame": "Does this frame show something that may be wider than the window, such as a map, a game or a video?",
    "scroller": "Do these paragraphs, read by scrolling them sideways, need to be that wide?",
}


class ReflowCheck(OwnCheck):
    """Looks for text that is cut, covered or read by scrolling sideways in a window of 320 × 256 pixels."""

    name = "reflow"
    own_rules = (SIDEWAYS, CLIPPED, OVERLAP)
    profile = Profile.DEEP
    conditions = Conditions(width=WIDTH, height=HEIGHT, once=True)
    seconds = 20.0

    async def applies(self, page: LivePage) -> bool:
        """To pages with text."""
        return bool(await page.evaluate("!!document.body && !!document.body.textContent.trim()"))

    async def probe(self, page: LivePage) -> Any:
        """`wide` of the main frame, and per frame `{cut, overlaps}`; null where a phone shows a wide page small."""
        if await width_of(page) != WIDTH:
            return None
        await prepare(page)
        wide = await page.top.world.call(script_beside(__file__))
        hidden = await ask(page, "campusReading.lost() + campusReading.overlapping()")
        if not any(number for _, number in answers(hidden)):
            return hidden | {
                "wide": wide,
                "pictures": {},
                "frames": [frame | {"answer": None} for frame in hidden["frames"]],
            }
        await resize(page, *WIDE)
        found = await ask(page, "{ cut: campusReading.readNow(), overlaps: campusReading.apartNow() }")

        async def narrow() -> None:
            await resize(page, WIDTH, HEIGHT)

        found["pictures"] = await pictured(page, found, narrow)
        return found | {"wide": wide}

    def judge(self, probed: Any, state: str) -> Judgement:
        """Failures for text that is read only by scrolling both ways, or lost; questions for what may be excepted."""
        tally = Tally(self.name, state)
        if probed is None:
            return tally.judgement()
        for rule in self.own_rules:
            tally.passed(rule)
        _judge_wide(tally, probed["frames"][0], probed["wide"])
        for frame, found in answers(probed):
            judge_lost(tally, CLIPPED, frame, found["cut"], STATE, probed["pictures"])
            judge_overlaps(tally, OVERLAP, frame, found["overlaps"], STATE, probed["pictures"])
        return tally.judgement(probed["missed"])


def _judge_wide(tally: Tally, frame: Raw, wide: list[Raw]) -> None:
    """A failure for each text that is too wide, one question for each kind of what may be."""
    asked: set[str] = set()
    for one in wide:
        if one["kind"] == "text":
            message = (
                f"In a window {WIDTH} CSS pixels wide this is {one['width']:g} wide, so that “{one['sample']}”"
                f" is read only by"
                " scrolling in two directions."
            )
            steps = (*STATE.steps, f"Scroll to “{one['sample']}”, and read it to the end.")
            tally.at(SIDEWAYS, Outcome.FAILED, message, frame, one["at"], steps=steps)
        elif one["kind"] not in asked and len(asked) < MOST_REVIEWS:
            asked.add(one["kind"])
            what = "this" if one["kind"] == "scroller" else "because of this the page"
            message = f"{STATE.when}, {what} scrolls sideways. {QUESTIONS[one['kind']]}"
            tally.at(SIDEWAYS, Outcome.NEEDS_REVIEW, message, frame, one["at"], steps=STATE.steps)
