"""What a version of a questionnaire asks: sections of questions with their texts in every language. Pure.

The stored form is plain JSON:

    {"languages": ["en", "fr"], "title": {"en": …}, "intro": {"en": …}, "thanks": {"en": …},
     "sections": [{"key": "room", "title": {"en": …}, "questions": [
        {"key": "room_comfort", "kind": "rating", "area": "room", "text": {"en": …}, "hint": {}, "required": false,
         "options": [{"key": "yes", "text": {"en": …}}],
         "only_if": {"question": "stayed", "answers": ["yes"]}}]}]}

A question keeps its key for ever: trends join by it. `only_if` shows a question only after one of these answers to an
earlier one. Texts may hold `{pavilion}` and `{event}`.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

Texts = Mapping[str, str]
"""A text by language."""


class Kind(StrEnum):
    """What can be answered. Write questions so that more is better: figures and verdicts rely on it."""

    RATING = "rating"  # 1 to 5
    SCORE = "score"  # 0 to 10, how likely one would recommend
    YES_NO = "yes_no"
    CHOICE = "choice"
    TEXT = "text"


VALUES = {
    Kind.RATING: tuple(str(value) for value in range(1, 6)),
    Kind.SCORE: tuple(str(value) for value in range(11)),
    Kind.YES_NO: ("yes", "no"),
}
"""The answers that are allowed where the question itself does not list them."""


@dataclass(frozen=True, slots=True)
class Option:
    """One answer of a choice."""

    key: str
    text: Texts


@dataclass(frozen=True, slots=True)
class Condition:
    """The question is asked only if an earlier one has one of these answers."""

    question: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `area` groups questions for figures, such as `room` or `food`."""

    key: str
    kind: Kind
    area: str
    text: Texts
    hint: Texts
    required: bool
    options: tuple[Option, ...]
    only_if: Condition | None

    @property
    def values(self) -> tuple[str, ...]:
        """The answers that it allows; none for free text."""
        return tuple(option.key for option in self.options) if self.kind is Kind.CHOICE else VALUES.get(self.kind, ())


@dataclass(frozen=True, slots=True)
class Section:
    """Questions that stand together, and on one page for guests without JavaScript."""

    key: str
    title: Texts
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """All of a version."""

    languages: tuple[str, ...]
    title: Texts
    intro: Texts
    thanks: Texts
    sections: tuple[Section, ...]

    def questions(self) -> Iterator[Question]:
        """Every question, in order."""
        for section in self.sections:
            yield from section.questions

    def question(self, key: str) -> Question | None:
        """The question of this key."""
        return next((one for one in self.questions() if one.key == key), None)


def in_language(texts: Texts, language: str) -> str:
    """The text in a language, else in English, else in the first that it has; empty where there is none."""
    return texts.get(language) or texts.get("en") or next(iter(texts.values()), "")


def wording(question: Question) -> str:
    """A short hash of all that guests read of a question: another one means that the wording changed."""
    texts = [dict(question.text), [[one.key, dict(one.text)] for one in question.options]]
    return hashlib.sha256(json.dumps(texts, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:12]


def parsed(stored: Mapping[str, Any]) -> Content:
    """A stored content. Raises `KeyError`, `TypeError` or `ValueError` for what was never checked."""
    return Content(
        languages=tuple(stored["languages"]),
        title=dict(stored["title"]),
        intro=dict(stored["intro"]),
        thanks=dict(stored["thanks"]),
        sections=tuple(_section(one) for one in stored["sections"]),
    )


def stored(content: Content) -> dict[str, Any]:
    """The content as it is kept: `parsed` makes the same of it."""
    return {
        "languages": list(content.languages),
        "title": dict(content.title),
        "intro": dict(content.intro),
        "thanks": dict(content.thanks),
        "sections": [
            {"key": one.key, "title": dict(one.title), "questions": [_stored_question(each) for each in one.questions]}
            for one in content.sections
        ],
    }


def _stored_question(question: Question) -> dict[str, Any]:
    kept: dict[str, Any] = {
        "key": question.key,
        "kind": question.kind.value,
        "area": question.area,
        "text": dict(question.text),
        "hint": dict(question.hint),
        "required": question.required,
    }
    if question.options:
        kept["options"] = [{"key": one.key, "text": dict(one.text)} for one in question.options]
    if question.only_if:
        kept["only_if"] = {"question": question.only_if.question, "answers": list(question.only_if.answers)}
    return kept


def _section(stored: Mapping[str, Any]) -> Section:
    return Section(stored["key"], dict(stored["title"]), tuple(_question(one) for one in stored["questions"]))


def _question(stored: Mapping[str, Any]) -> Question:
    condition = stored.get("only_if")
    return Question(
        key=stored["key"],
        kind=Kind(stored["kind"]),
        area=stored["area"],
        text=dict(stored["text"]),
        hint=dict(stored.get("hint") or {}),
        required=bool(stored.get("required", False)),
        options=tuple(Option(one["key"], dict(one["text"])) for one in stored.get("options") or ()),
        only_if=Condition(condition["question"], tuple(condition["answers"])) if condition else None,
    )
