"""Messages of errors in the page as it was loaded (3.3.1): they must say what is wrong, or how to put it right."""

from typing import Any

from accessibility.engine.checks.check import Judgement, OwnCheck
from accessibility.engine.checks.forms.error_text import ERROR, SHORT, names_a_cause, says_nothing
from accessibility.engine.checks.found import Raw, Tally, run_in_frames
from accessibility.engine.checks.rule import Reach, Rule
from accessibility.engine.checks.seen import script_with_seen
from accessibility.engine.crawl.live_page import LivePage
from accessibility.engine.finding import Impact, Outcome
from core.i18n import marked

DESCRIBES = Rule(
    "error-describes",
    marked("A message of an error must say what is wrong or how to put it right"),
    ("3.3.1",),
    Impact.SERIOUS,
    Reach.PARTLY,
    "error-identification",
    act=("36b590",),
)
MOST_QUESTIONS = 2  # of one frame


class ErrorMessageCheck(OwnCheck):
    """Looks for messages of errors on the page that do not say what is wrong."""

    name = "error-messages"
    own_rules = (DESCRIBES,)

    async def probe(self, page: LivePage) -> Any:
        """Per frame: how many fields with a message were `judged`; short `messages`; those `hidden` behind a button;
        fields that are marked as wrong, `bare` of any message; and messages that are `loose`, beside no field."""
        return await run_in_frames(page, script_with_seen(__file__), {"error": ERROR.pattern, "short": SHORT})

    def judge(self, probed: Raw, state: str) -> Judgement:
        """A failure where nothing but “invalid” is said; questions where a message may have missed its field."""
        tally = Tally(self.name, state)
        for frame in probed["frames"]:
            answer = frame["answer"]
            if answer["judged"]:
                tally.passed(DESCRIBES)
            empty = [one for one in answer["messages"] if all(says_nothing(text, one["label"]) for text in one["all"])]
            for one in empty:
                if not names_a_cause(one["text"], one["label"]):
                    message = f"“{one['text']}” says neither what is wrong nor how to put it right."
                    tally.at(DESCRIBES, Outcome.FAILED, message, frame, one["at"])
            questions = [
                *((_short(one["text"]), one["at"]) for one in empty if names_a_cause(one["text"], one["label"])),
                *((_hidden(one["text"]), one["at"]) for one in answer["hidden"]),
                *((_bare(one["label"]), one["at"]) for one in answer["bare"]),
                *((_loose(one["text"]), one["at"]) for one in answer["loose"] if says_nothing(one["text"], "")),
            ]
            for question, at in questions[:MOST_QUESTIONS]:
                tally.at(DESCRIBES, Outcome.NEEDS_REVIEW, question, frame, at)
        return tally.judgement(probed["missed"])


def _short(text: str) -> str:
    return f"Do people know from “{text}” what is wrong, or how to put it right?"


def _hidden(text: str) -> str:
    return f"“{text}” is said with this button and is not seen. Is there an error now, and is it shown at its field?"


def _bare(label: str) -> str:
    return f"“{label}” is marked as wrong in the code. Which text tells people what is wrong?"


def _loose(text: str) -> str:
    return f"“{text}” stands with no field. Do people know which field is wrong, and why?"
