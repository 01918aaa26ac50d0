"""What each rule asks for, in the visitor's language. Findings keep the English words of the night they were seen."""

import json
import re
from functools import cache
from pathlib import Path

from accessibility.engine.checks import own_rules
from core.i18n import SOURCE, gettext, language, marked

FOLDER = Path(__file__).parent / "vendor" / "axe"  # a file for each language, by axe-core's own translators
BETWEEN_LETTERS = re.compile(r"(?<=\w)'(?=\w)")  # an apostrophe; the translators use both kinds
NOT_YET_TRANSLATED = {  # rules of axe-core that its translators have not reached
    "aria-braille-equivalent": marked("Braille names must have an equivalent for everybody else"),
    "aria-conditional-attr": marked("ARIA attributes must fit what the role says of their use"),
    "aria-deprecated-role": marked("ARIA roles that are deprecated must not be used"),
    "aria-prohibited-attr": marked("Elements must only have ARIA attributes that their role permits"),
    "aria-tab-name": marked("ARIA tabs must have an accessible name"),
    "summary-name": marked("Summary elements must have a name"),
}


def rule_title(rule: str) -> str:
    """The rule's title in the visitor's language; empty in English and for a rule without a translation."""
    if language() == SOURCE:
        return ""
    return _of_axe(language()).get(rule, "") or _our_own(rule)


def _our_own(rule: str) -> str:
    english = _titles().get(rule, "")
    translated = gettext(english) if english else ""
    return translated if translated != english else ""


@cache
def _titles() -> dict[str, str]:
    return NOT_YET_TRANSLATED | {rule.id: rule.title for _, rule in own_rules()}


@cache
def _of_axe(chosen: str) -> dict[str, str]:
    file = FOLDER / f"{chosen}.json"
    if not file.exists():
        return {}
    rules = json.loads(file.read_text(encoding="utf-8"))["rules"]
    return {rule: BETWEEN_LETTERS.sub("’", words["help"]) for rule, words in rules.items()}
