"""What a response may be. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from campus.feedback.questionnaires.content import Content, Kind, Question
from core.errors import InvalidInput
from core.i18n import gettext as _

POINT = "point"  # by an address that anybody may open
INVITATION = "invitation"
IMPORT = "import"  # an earlier survey
ORIGINS = (POINT, INVITATION, IMPORT)
LONGEST_COMMENT = 2000  # characters


class Wrong(StrEnum):
    """What can be wrong with an answer."""

    MISSING = "missing"
    TOO_LONG = "too long"
    NONE_OF_THEM = "none of the answers"


@dataclass(frozen=True, slots=True)
class Checked:
    """What was given, by question: answers, comments, and what is wrong, in the order of the questions."""

    answers: dict[str, str] = field(default_factory=dict)
    comments: dict[str, str] = field(default_factory=dict)
    wrong: dict[str, Wrong] = field(default_factory=dict)


def checked(content: Content, given: Mapping[str, str]) -> Checked:
    """All that was given to what was asked; what is empty, was not asked or is no question is left out."""
    found = Checked()
    for question in content.questions():
        condition = question.only_if
        if condition and found.answers.get(condition.question) not in condition.answers:
            continue
        value = given.get(question.key, "").strip()
        wrong = _wrong(question, value)
        if wrong:
            found.wrong[question.key] = wrong
        elif value:
            (found.comments if question.kind is Kind.TEXT else found.answers)[question.key] = value
    return found


def checked_answers(content: Content, given: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """(answers by question, comments by question) of what was given, without what is empty or was not asked.

    Raises `InvalidInput` with the question's key as its place.
    """
    found = checked(content, given)
    for key, wrong in found.wrong.items():
        raise InvalidInput(_said(wrong), place=key)
    return found.answers, found.comments


def _wrong(question: Question, value: str) -> Wrong | None:
    if not value:
        return Wrong.MISSING if question.required else None
    if question.kind is Kind.TEXT:
        return Wrong.TOO_LONG if len(value) > LONGEST_COMMENT else None
    return None if value in question.values else Wrong.NONE_OF_THEM


def _said(wrong: Wrong) -> str:
    return {
        Wrong.MISSING: _("must be answered"),
        Wrong.TOO_LONG: _("must be at most %(n)s characters", n=LONGEST_COMMENT),
        Wrong.NONE_OF_THEM: _("is none of the answers"),
    }[wrong]
