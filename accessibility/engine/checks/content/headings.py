"""Headings that say nothing: without a name (1.3.1), left-over sample text, or one on something else (2.4.6)."""

from typing import Any

from accessibility.engine.checks import filler
from accessibility.engine.checks.check import Judgement, OwnCheck
from accessibility.engine.checks.content.topics import TOPICS
from accessibility.engine.checks.found import Raw, Tally, run_in_frames
from accessibility.engine.checks.rule import Reach, Rule
from accessibility.engine.checks.seen import script_with_seen
from accessibility.engine.crawl.live_page import LivePage
from accessibility.engine.finding import Impact, Outcome
from core.i18n import marked

HAS_CONTENT = Rule(
    "heading-has-content",
    marked("Every heading must have text that assistive technology can read"),
    ("1.3.1", "2.4.6"),
    Impact.MODERATE,
    Reach.PARTLY,
    "info-and-relationships",
    act=("ffd0e9",),
)
DESCRIBES = Rule(
    "heading-describes",
    marked("Headings must describe the topic or purpose of their section"),
    ("2.4.6",),
    Impact.MODERATE,
    Reach.PARTLY,
    "headings-and-labels",
    act=("b49b2e",),
)
MOST_QUESTIONS = 2  # of one frame


class HeadingsCheck(OwnCheck):
    """Looks for headings without text, and for those that do not describe their section."""

    name = "headings"
    own_rules = (HAS_CONTENT, DESCRIBES)

    async def probe(self, page: LivePage) -> Any:
        """Per frame: how many headings were `judged`, and what was `found`: `[{what, text, section?, at, …}]`."""
        given = {"certain": filler.CERTAIN, "possible": filler.POSSIBLE, "topics": TOPICS}
        return await run_in_frames(page, script_with_seen(__file__), given)

    def judge(self, probed: Raw, state: str) -> Judgement:
        """Failures where nobody can mean the heading; a few questions where somebody might."""
        tally = Tally(self.name, state)
        for frame in probed["frames"]:
            if frame["answer"]["judged"]:
                tally.passed(HAS_CONTENT)
                tally.passed(DESCRIBES)
            asked = 0
            for heading in frame["answer"]["found"]:
                if heading["what"] == "empty" and heading["at"]["name"]:
                    continue  # it has a name after all, only not at a glance
                rule, outcome, message = verdict(heading)
                asked += outcome is Outcome.NEEDS_REVIEW
                if outcome is Outcome.FAILED or asked <= MOST_QUESTIONS:
                    tally.at(rule, outcome, message, frame, heading["at"])
        return tally.judgement(probed["missed"])


def verdict(heading: Raw) -> tuple[Rule, Outcome, str]:
    """What is said of one heading."""
    text = heading["text"]
    if heading["what"] == "empty":
        if text:
            return (
                HAS_CONTENT,
                Outcome.FAILED,
                f"“{text}” is seen here as a heading, but assistive technology reads none.",
            )
        if heading["pictured"]:
            return (
                HAS_CONTENT,
                Outcome.FAILED,
                "The picture in this heading has no text alternative, so it has no name.",
            )
        if heading["sized"]:
            return HAS_CONTENT, Outcome.FAILED, "This heading takes up space and holds nothing."
        return HAS_CONTENT, Outcome.NEEDS_REVIEW, "This heading is empty. Does anything ever appear in it?"
    if heading["what"] == "filler":
        return DESCRIBES, Outcome.FAILED, f"The heading “{text}” is sample text that was left over."
    if heading["what"] == "perhaps filler":
        return DESCRIBES, Outcome.NEEDS_REVIEW, f"Does the heading “{text}” describe what follows, or was it left over?"
    question = f"The heading says “{text}”, and the text “{heading['section']}”. Does the heading describe it?"
    return DESCRIBES, Outcome.NEEDS_REVIEW, question
