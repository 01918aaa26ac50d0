"""Labels and instructions (3.3.2): a label that is seen, and what people must know before they fill a form in."""

from typing import Any

from accessibility.engine.checks.check import Judgement, OwnCheck
from accessibility.engine.checks.found import Raw, Tally, run_in_frames
from accessibility.engine.checks.rule import Reach, Rule
from accessibility.engine.checks.seen import script_with_seen
from accessibility.engine.crawl.live_page import LivePage
from accessibility.engine.finding import Impact, Outcome
from core.i18n import marked

LABEL_SEEN = Rule(
    "field-label-seen",
    marked("Every field must have a label that is seen"),
    ("3.3.2",),
    Impact.SERIOUS,
    Reach.PARTLY,
    "labels-or-instructions",
)
INSTRUCTIONS = Rule(
    "form-instructions",
    marked("Forms must say what is required, and in which format"),
    ("3.3.2",),
    Impact.MODERATE,
    Reach.ASKS,
    "labels-or-instructions",
)
GROUP = Rule(
    "choices-have-question",
    marked("A group of choices must have a name that says what is chosen"),
    ("1.3.1", "3.3.2"),
    Impact.MODERATE,
    Reach.ASKS,
    "labels-or-instructions",
)

# What the script found: rule, what happens, message.
SAYS = {
    "no label": (LABEL_SEEN, Outcome.FAILED, "Nothing that is seen says what to type here."),
    "placeholder": (
        LABEL_SEEN,
        Outcome.NEEDS_REVIEW,
        "Only the placeholder “{label}” says what to type, and it goes away. Do people still know what they fill in?",
    ),
    "required": (
        INSTRUCTIONS,
        Outcome.NEEDS_REVIEW,
        "“{label}” is required and other fields of the form are not. Where can people see that before they send it?",
    ),
    "format": (
        INSTRUCTIONS,
        Outcome.NEEDS_REVIEW,
        "“{label}” takes only values of a certain format. Where can people read which?",
    ),
    "group": (
        GROUP,
        Outcome.NEEDS_REVIEW,
        "The choices “{label}” belong together. Does who hears them one by one know what is asked?",
    ),
}


class FieldLabelsCheck(OwnCheck):
    """Looks for fields without a visible label, forms without instructions, and choices without a question."""

    name = "field-labels"
    own_rules = (LABEL_SEEN, INSTRUCTIONS, GROUP)

    async def probe(self, page: LivePage) -> Any:
        """Per frame: how many fields and groups were `judged`, and what was `found`: `[{what, label, at}]`."""
        return await run_in_frames(page, script_with_seen(__file__))

    def judge(self, probed: Raw, state: str) -> Judgement:
        """Failures where a field stands alone; questions about what may be said elsewhere."""
        tally = Tally(self.name, state)
        for frame in probed["frames"]:
            if frame["answer"]["judged"]:
                tally.passed(LABEL_SEEN)
            for one in frame["answer"]["found"]:
                rule, outcome, message = SAYS[one["what"]]
                tally.at(rule, outcome, message.format(label=one["label"]), frame, one["at"])
        return tally.judgement(probed["missed"])
