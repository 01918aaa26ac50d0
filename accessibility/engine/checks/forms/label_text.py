"""Labels must describe (2.4.6): no sample text, no bare action for a field, no two fields that they leave alike.

Two fields with one label are told apart by what is seen around them. Only where nothing at all stands between them, and
the code shows that they are for different things, is that a failure.
"""

from typing import Any

from accessibility.engine.checks import filler
from accessibility.engine.checks.check import Judgement, OwnCheck
from accessibility.engine.checks.forms.purposes import CODES
from accessibility.engine.checks.found import Raw, Tally, run_in_frames
from accessibility.engine.checks.rule import Reach, Rule
from accessibility.engine.checks.seen import script_with_seen
from accessibility.engine.crawl.live_page import LivePage
from accessibility.engine.finding import Impact, Outcome
from core.i18n import marked

DESCRIBES = Rule(
    "label-describes",
    marked("Labels must describe what their field or button is for"),
    ("2.4.6",),
    Impact.MODERATE,
    Reach.PARTLY,
    "headings-and-labels",
    act=("cc0f0a",),
)
# What a button does, which says nothing of what to type.
ACTION = (
    r"^(go|ok|okay|submit|click here|press here|valider|soumettre|cliquez ici|absenden|hier klicken|aceptar"
    r"|haga clic aquí|clicca qui|clique aqui|موافق)\W*$"
)
# What a program leaves where a name is missing, and what a button is rather than what it does.
MISSING = r"^(undefined|null|nan)\W*$"
KIND = r"^(button|btn|bouton|schaltfläche|botón|pulsante|botão|زر)( ?\d+)?\W*$"
SAYS = {
    "filler": (Outcome.FAILED, "“{text}” is sample text that was left over."),
    "missing": (Outcome.FAILED, "The name “{text}” is what a program leaves where a text is missing."),
    "kind": (Outcome.NEEDS_REVIEW, "The name is “{text}”. Do people who hear it know what the button does?"),
    "action": (Outcome.FAILED, "The label “{text}” names an action and does not say what to type."),
    "same": (
        Outcome.FAILED,
        "Another field of the form is labelled “{text}” too, and nothing that is seen tells them apart.",
    ),
    "disagrees": (
        Outcome.NEEDS_REVIEW,
        "The label says “{text}”, and in the code the field is called “{code}”. Does the label say what to type?",
    ),
    "perhaps filler": (Outcome.NEEDS_REVIEW, "Does the label “{text}” describe the field, or was it left over?"),
}
MOST_QUESTIONS = 2  # of one frame


class LabelTextCheck(OwnCheck):
    """Looks for labels and names of buttons that do not say what they are for."""

    name = "label-text"
    own_rules = (DESCRIBES,)

    async def probe(self, page: LivePage) -> Any:
        """Per frame: how many labels were `judged`, and what was `found`: `[{what, text, at}]`."""
        given = {
            "certain": filler.CERTAIN,
            "possible": filler.POSSIBLE,
            "action": ACTION,
            "missing": MISSING,
            "kind": KIND,
            "codes": CODES,
        }
        return await run_in_frames(page, script_with_seen(__file__), given)

    def judge(self, probed: Raw, state: str) -> Judgement:
        """Failures for what cannot describe; a few questions for what hardly does."""
        tally = Tally(self.name, state)
        for frame in probed["frames"]:
            if frame["answer"]["judged"]:
                tally.passed(DESCRIBES)
            asked = 0
            for one in frame["answer"]["found"]:
                outcome, message = SAYS[one["what"]]
                asked += outcome is Outcome.NEEDS_REVIEW
                if outcome is Outcome.FAILED or asked <= MOST_QUESTIONS:
                    tally.at(DESCRIBES, outcome, message.format(**one), frame, one["at"])
        return tally.judgement(probed["missed"])
