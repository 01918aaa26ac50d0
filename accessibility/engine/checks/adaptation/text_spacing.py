"""Wider spacing applied to the text (1.4.12): lines 1.5, paragraphs 2, letters 0.12, words 0.16 times the font size.

The style is in a layer, so that it is stronger than what the page calls important, as a reader's own would be. Text of
scripts that know no spaces between letters or words is left out.
"""

from typing import Any

from accessibility.engine.checks.adaptation.reading import (
    State,
    answers,
    ask,
    judge_lost,
    judge_overlaps,
    pictured,
    prepare,
)
from accessibility.engine.checks.check import Judgement, OwnCheck
from accessibility.engine.checks.found import Tally, run_in_frames, script_beside
from accessibility.engine.checks.rule import Profile, Reach, Rule
from accessibility.engine.crawl.fresh import Conditions
from accessibility.engine.crawl.live_page import LivePage
from accessibility.engine.finding import Impact
from core.i18n import marked

SPACING = """@layer campus-spacing {
  *, *::before, *::after {
    line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important
  }
  p { margin-bottom: 2em !important }
}"""
STATE = State(
    "With wider text spacing",
    (
        "Open the page.",
        "Apply a user style to all elements: line-height 1.5, letter-spacing 0.12em, word-spacing 0.16em, and 2em below"
        " each paragraph.",
    ),
)
CLIPPED = Rule(
    "spacing-text-cut",
    marked("Text can be read whole with wider spacing"),
    ("1.4.12",),
    Impact.SERIOUS,
    Reach.PARTLY,
    "text-spacing",
)
OVERLAP = Rule(
    "spacing-text-overlap",
    marked("Texts do not stand on each other with wider spacing"),
    ("1.4.12",),
    Impact.SERIOUS,
    Reach.PARTLY,
    "text-spacing",
)


class TextSpacingCheck(OwnCheck):
    """Looks for text that is cut or covered once it is spaced wider."""

    name = "text-spacing"
    own_rules = (CLIPPED, OVERLAP)
    profile = Profile.DEEP
    conditions = Conditions()
    seconds = 15.0

    async def applies(self, page: LivePage) -> bool:
        """To pages with text."""
        return bool(await page.evaluate("!!document.body && !!document.body.textContent.trim()"))

    async def probe(self, page: LivePage) -> Any:
        """Per frame `{cut, overlaps}`: what is wrong with wider spacing and is not without."""
        await prepare(page)
        await run_in_frames(page, script_beside(__file__), SPACING)
        await ask(page, "[campusReading.lost(), campusReading.overlapping()]")
        await run_in_frames(page, script_beside(__file__), "")
        found = await ask(page, "{ cut: campusReading.readNow(true), overlaps: campusReading.apartNow(true) }")

        async def spaced() -> None:
            await run_in_frames(page, script_beside(__file__), SPACING)

        found["pictures"] = await pictured(page, found, spaced)
        return found

    def judge(self, probed: Any, state: str) -> Judgement:
        """What is cut off in failures and questions, what overlaps in failures."""
        tally = Tally(self.name, state)
        for rule in self.own_rules:
            tally.passed(rule)
        for frame, found in answers(probed):
            judge_lost(tally, CLIPPED, frame, found["cut"], STATE, probed["pictures"])
            judge_overlaps(tally, OVERLAP, frame, found["overlaps"], STATE, probed["pictures"])
        return tally.judgement(probed["missed"])
