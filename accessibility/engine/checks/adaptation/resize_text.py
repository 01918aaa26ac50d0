"""Text at 200 % (1.4.4): what the browser's zoom cuts off, lays on other text, or does not enlarge at all.

A window of 1280 × 1024 at 200 % is laid out as one of 640 × 512 CSS pixels. Zoom is what browsers give people, so
where it loses text, no other way to larger text makes up for it; text that stays small at 500 % still never becomes
larger.
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
    resize,
    width_of,
)
from accessibility.engine.checks.check import Judgement, OwnCheck
from accessibility.engine.checks.found import Raw, Tally, run_in_frames, script_beside
from accessibility.engine.checks.rule import Profile, Reach, Rule
from accessibility.engine.crawl.fresh import Conditions
from accessibility.engine.crawl.live_page import LivePage
from accessibility.engine.finding import Impact, Outcome
from core.i18n import marked

WIDTH, HEIGHT = 1280, 1024
ZOOMED = (WIDTH // 2, HEIGHT // 2)
FIVE_TIMES = (WIDTH // 5, HEIGHT // 5)
STATE = State(
    "At 200 %",
    (f"Open the page in a window of {WIDTH} × {HEIGHT} CSS pixels.", "Set the browser's zoom to 200 %."),
)
LARGER_STEPS = (
    STATE.steps[0],
    "Measure the text.",
    "Raise the browser's zoom to 500 %, step by step.",
    "Measure again.",
)
CLIPPED = Rule(
    "zoom-text-cut",
    marked("Text can be read whole at 200 % zoom"),
    ("1.4.4",),
    Impact.SERIOUS,
    Reach.PARTLY,
    "resize-text",
    act=("59br37",),
)
OVERLAP = Rule(
    "zoom-text-overlap",
    marked("Texts do not stand on each other at 200 % zoom"),
    ("1.4.4",),
    Impact.SERIOUS,
    Reach.PARTLY,
    "resize-text",
)
LARGER = Rule(
    "zoom-text-larger",
    marked("Zoom makes text larger"),
    ("1.4.4",),
    Impact.SERIOUS,
    Reach.PARTLY,
    "resize-text",
)


class ResizeTextCheck(OwnCheck):
    """Looks for text that is cut, covered or no larger at 200 %."""

    name = "resize-text"
    own_rules = (CLIPPED, OVERLAP, LARGER)
    profile = Profile.DEEP
    conditions = Conditions(width=ZOOMED[0], height=ZOOMED[1], once=True)
    seconds = 20.0

    async def applies(self, page: LivePage) -> bool:
        """To pages with text."""
        return bool(await page.evaluate("!!document.body && !!document.body.textContent.trim()"))

    async def probe(self, page: LivePage) -> Any:
        """What is wrong at 200 % and not at 100 %: per frame `{cut, overlaps}`, `fixed` of the main one.

        null where a phone shows a wide page small.
        """
        if await width_of(page) != ZOOMED[0]:
            return None
        await prepare(page)
        await ask(page, "[campusReading.lost(), campusReading.overlapping()]")
        await run_in_frames(page, script_beside(__file__), "remember")
        await resize(page, WIDTH, HEIGHT)
        found = await ask(page, "{ cut: campusReading.readNow(), overlaps: campusReading.apartNow() }")
        found["fixed"] = await self._fixed(page)

        async def zoomed() -> None:
            await resize(page, *ZOOMED)

        found["pictures"] = await pictured(page, found, zoomed)
        return found

    async def _fixed(self, page: LivePage) -> list[Raw]:
        """Texts of the main frame that are no larger at 200 %, nor twice as large at 500 %."""
        if not await page.top.world.call(script_beside(__file__), "compare"):
            return []
        await resize(page, *FIVE_TIMES)
        found: list[Raw] = await page.top.world.call(script_beside(__file__), "still")
        await resize(page, WIDTH, HEIGHT)
        return found

    def judge(self, probed: Any, state: str) -> Judgement:
        """What is cut off in failures and questions, what overlaps and does not grow in failures."""
        tally = Tally(self.name, state)
        if probed is None:
            return tally.judgement()
        for rule in self.own_rules:
            tally.passed(rule)
        for frame, found in answers(probed):
            judge_lost(tally, CLIPPED, frame, found["cut"], STATE, probed["pictures"])
            judge_overlaps(tally, OVERLAP, frame, found["overlaps"], STATE, probed["pictures"])
        for text in probed["fixed"]:
            message = (
                f"“{text['text']}” is {text['full']:g} CSS pixels high at 100 %, and {text['zoomed']:g} at 200"
                f" %, which is "
                "no larger on the screen. It never becomes twice as large."
            )
            tally.at(LARGER, Outcome.FAILED, message, probed["frames"][0], text["at"], steps=LARGER_STEPS)
        return tally.judgement(probed["missed"])
