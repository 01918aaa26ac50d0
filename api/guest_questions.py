"""A questionnaire's questions as guests read them, in the language spoken now: for their pages and for the preview."""

from collections.abc import Mapping
from dataclasses import dataclass

from campus.feedback.questionnaires.content import Content, Kind, Question, Section, Texts
from campus.feedback.responses.rules import LONGEST_COMMENT, Wrong
from campus.feedback.responses.steps import Step
from core.guest_texts import language, say

NO_TEXT = "–"  # where a draft lacks one; what is published has every text


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to choose; `end` says what the first and the last value of a scale mean."""

    value: str
    text: str
    end: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """One question. `only_if` and `answers` name what it depends on in the same step, `condition` says it in words."""

    key: str
    kind: str
    text: str
    hint: str
    required: bool
    choices: tuple[Choice, ...]
    value: str
    error: str
    only_if: str
    answers: str
    condition: str


class Speaker:
    """Texts of a questionnaire in the language spoken now, with the names of pavilion and event in their places."""

    def __init__(self, content: Content, names: Mapping[str, str] | None = None) -> None:
        self._first = content.languages[0]
        self._names = {"pavilion": say("the campus"), "event": say("your event")} | dict(names or {})

    def text(self, texts: Texts) -> str:
        """One text."""
        found = texts.get(language()) or texts.get(self._first, "")
        for name, value in self._names.items():
            found = found.replace(f"{{{name}}}", value)
        return found

    def section(self, section: Section) -> list[Shown]:
        """All that a section may ask, as in a preview: nothing given, and no answer waited for."""
        return self.questions(Step(section, section.questions, frozenset()), {}, {})

    def questions(self, step: Step, given: Mapping[str, str], wrong: Mapping[str, Wrong]) -> list[Shown]:
        """The questions of a step, with what was given and what is wrong with it."""
        return [self._shown(step, one, given.get(one.key, ""), wrong.get(one.key)) for one in step.questions]

    def _shown(self, step: Step, one: Question, value: str, wrong: Wrong | None) -> Shown:
        condition = one.only_if if one.key in step.undecided else None
        choices = tuple(self._choices(one))
        return Shown(
            key=one.key,
            kind=one.kind.value,
            text=self.text(one.text) or NO_TEXT,
            hint=self.text(one.hint),
            required=one.required,
            choices=choices,
            value=value,
            error=told(wrong, one, value) if wrong else "",
            only_if=condition.question if condition else "",
            answers=" ".join(condition.answers) if condition else "",
            condition=self._condition(step, condition.question, condition.answers) if condition else "",
        )

    def _choices(self, question: Question) -> list[Choice]:
        if question.kind is Kind.YES_NO:
            return [Choice("yes", say("Yes")), Choice("no", say("No"))]
        if question.kind is Kind.CHOICE:
            return [Choice(option.key, self.text(option.text) or NO_TEXT) for option in question.options]
        ends = {}
        if question.kind is Kind.RATING:
            ends = {"1": say("very bad"), "5": say("very good")}
        elif question.kind is Kind.SCORE:
            ends = {"0": say("not at all likely"), "10": say("very likely")}
        return [Choice(value, value, ends.get(value, "")) for value in question.values]

    def _condition(self, step: Step, key: str, answers: tuple[str, ...]) -> str:
        asked = next(one for one in step.questions if one.key == key)
        names = {one.value: one.text for one in self._choices(asked)}
        chosen = " / ".join(names.get(answer, answer) for answer in answers)
        return say("Only if you chose this above: %(answers)s", answers=chosen)


def told(wrong: Wrong, question: Question, value: str) -> str:
    """What is wrong with an answer, in the guest's language."""
    if wrong is Wrong.TOO_LONG:
        many = {"most": LONGEST_COMMENT, "n": len(value.strip())}
        return say("Please shorten your text to %(most)s characters; it has %(n)s.", **many)
    if wrong is Wrong.NONE_OF_THEM:
        return say("Please choose one of the answers.")
    return say("Please write something.") if question.kind is Kind.TEXT else say("Please choose an answer.")
