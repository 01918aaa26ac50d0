"""The steps of a questionnaire: a section each, with the questions that the answers so far leave to ask. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from campus.feedback.questionnaires.content import Content, Question, Section
from campus.feedback.responses.rules import checked


@dataclass(frozen=True, slots=True)
class Step:
    """A section and what may be asked in it. `undecided` are asked only after an answer of this same step."""

    section: Section
    questions: tuple[Question, ...]
    undecided: frozenset[str]


def steps(content: Content, given: Mapping[str, str]) -> list[Step]:
    """The steps after these answers. A section that has nothing to ask is none."""
    answers = checked(content, given).answers
    found = (_step(section, answers) for section in content.sections)
    return [step for step in found if step.questions]


def _step(section: Section, answers: Mapping[str, str]) -> Step:
    here = {question.key for question in section.questions}
    shown: list[Question] = []
    undecided: set[str] = set()
    for question in section.questions:
        condition = question.only_if
        if condition is None:
            shown.append(question)
        elif condition.question in here:
            if any(one.key == condition.question for one in shown):
                shown.append(question)
                undecided.add(question.key)
        elif answers.get(condition.question) in condition.answers:
            shown.append(question)
    return Step(section, tuple(shown), frozenset(undecided))
