"""Fields about the visitor must say in code what they ask for (1.3.5): browsers then fill in, and tools explain.

The criterion is about the visitor's own data. Whose data a form takes cannot be read from it for certain, but for a
login: everywhere else a field without a purpose is a question. A purpose that contradicts a clear label is wrong.
"""

from collections import defaultdict
from typing import Any

from accessibility.engine.checks.check import Judgement, OwnCheck
from accessibility.engine.checks.forms.purposes import LABELS, TOKENS
from accessibility.engine.checks.found import Raw, Tally, run_in_frames
from accessibility.engine.checks.rule import Reach, Rule
from accessibility.engine.checks.seen import script_with_seen
from accessibility.engine.crawl.live_page import LivePage
from accessibility.engine.finding import Impact, Outcome
from core.i18n import marked

PURPOSE = Rule(
    "field-purpose",
    marked("Fields about the visitor must say in code what they ask for"),
    ("1.3.5",),
    Impact.MODERATE,
    Reach.PARTLY,
    "identify-input-purpose",
)
RIGHT_PURPOSE = Rule(
    "field-purpose-fits",
    marked("The purpose that a field gives in code must be that of its label"),
    ("1.3.5",),
    Impact.SERIOUS,
    Reach.PARTLY,
    "identify-input-purpose",
    act=("73f2c2",),
)
NO_PURPOSE = ("", "on", "off")
MOST_NAMED = 4


class FieldPurposeCheck(OwnCheck):
    """Looks for fields about the visitor that do not say so in code, or say something else there."""

    name = "field-purpose"
    own_rules = (PURPOSE, RIGHT_PURPOSE)

    async def probe(self, page: LivePage) -> Any:
        """Per frame: how many such fields were `judged`, and the `fields` whose purpose is missing or another."""
        tokens = {token: sorted(families) for token, families in TOKENS.items()}
        return await run_in_frames(page, script_with_seen(__file__), {"labels": LABELS, "tokens": tokens})

    def judge(self, probed: Raw, state: str) -> Judgement:
        """A failure where a login or a label leaves no doubt; else one question for each form."""
        tally = Tally(self.name, state)
        for frame in probed["frames"]:
            if frame["answer"]["judged"]:
                tally.passed(PURPOSE)
                tally.passed(RIGHT_PURPOSE)
            missing: dict[int, list[Raw]] = defaultdict(list)
            for field in frame["answer"]["fields"]:
                if field["purpose"] in NO_PURPOSE:
                    missing[field["number"]].append(field)
                elif field["clear"] and field["family"] != "password":
                    message = f"“{field['name']}” asks for something else than autocomplete=“{field['purpose']}” says."
                    tally.at(RIGHT_PURPOSE, Outcome.FAILED, message, frame, field["at"])
            for fields in missing.values():
                _judge_missing(tally, frame, fields)
        return tally.judgement(probed["missed"])


def _judge_missing(tally: Tally, frame: Raw, fields: list[Raw]) -> None:
    first = fields[0]
    if is_login(first) and not any(field["purpose"] == "off" for field in fields):
        for field in fields:
            message = f"This login asks for “{field['name']}” and gives no purpose in autocomplete."
            tally.at(PURPOSE, Outcome.FAILED, message, frame, field["at"])
        return
    named = ", ".join(f"“{field['name']}”" for field in fields[:MOST_NAMED])
    question = f"Is {named} asked of visitors about themselves? Then autocomplete must say so in the code."
    tally.at(PURPOSE, Outcome.NEEDS_REVIEW, question, frame, first["at"])


def is_login(field: Raw) -> bool:
    """Whether it stands in a form with one password and one other thing to type: nobody logs somebody else in."""
    return bool(field["passwords"] == 1 and field["typed"] == 1 and not field["other"])
