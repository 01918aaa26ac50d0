"""What changed between two contents. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from campus.feedback.questionnaires.content import Content, Option, Question, Texts, stored

Reworded = Mapping[str, tuple[str, str]]
"""What a text was and what it is, by language; only of languages that both have."""


@dataclass(frozen=True, slots=True)
class QuestionChange:
    """What became of a question that both contents have. `others` names what else changed, such as `required`."""

    before: Question
    after: Question
    text: Reworded
    hint: Reworded
    options_added: tuple[Option, ...]
    options_dropped: tuple[Option, ...]
    options: Mapping[str, Reworded]
    others: tuple[str, ...]

    @property
    def any(self) -> bool:
        """Whether anything changed."""
        return bool(self.text or self.hint or self.options_added or self.options_dropped or self.options or self.others)

    @property
    def reworded(self) -> bool:
        """Whether what guests answer to is worded otherwise: trends mark it."""
        return bool(self.text or self.options)


@dataclass(frozen=True, slots=True)
class Changes:
    """All that changed; texts by place, such as `title` or `section room`."""

    languages_added: tuple[str, ...] = ()
    languages_dropped: tuple[str, ...] = ()
    texts: Mapping[str, Reworded] = field(default_factory=dict)
    added: tuple[Question, ...] = ()
    dropped: tuple[Question, ...] = ()
    changed: tuple[QuestionChange, ...] = ()
    moved: bool = False

    @property
    def any(self) -> bool:
        """Whether anything changed."""
        texts = self.languages_added or self.languages_dropped or self.texts
        return bool(texts or self.added or self.dropped or self.changed or self.moved)


def between(before: Content, after: Content) -> Changes:
    """What changed from one to the other. Questions are told apart by their keys."""
    old = {one.key: one for one in before.questions()}
    new = {one.key: one for one in after.questions()}
    common = [_question(old[key], new[key]) for key in new if key in old]
    return Changes(
        languages_added=tuple(one for one in after.languages if one not in before.languages),
        languages_dropped=tuple(one for one in before.languages if one not in after.languages),
        texts=_texts(before, after),
        added=tuple(one for key, one in new.items() if key not in old),
        dropped=tuple(one for key, one in old.items() if key not in new),
        changed=tuple(one for one in common if one.any),
        moved=_order(before, new) != _order(after, old),
    )


def reworded_keys(content: Content, earlier: Sequence[Content]) -> list[str]:
    """Keys of the questions that are worded otherwise than in the newest earlier version that had them."""
    found = []
    for question in content.questions():
        before = next((one for one in (some.question(question.key) for some in earlier) if one), None)
        if before and _question(before, question).reworded:
            found.append(question.key)
    return found


def leaves(content: Content) -> dict[str, Any]:
    """Every single word of a content by its place; sections, questions and options by their keys."""
    found: dict[str, Any] = {}
    _collect(stored(content), "", found)
    return found


def _collect(part: Any, place: str, found: dict[str, Any]) -> None:
    if isinstance(part, dict):
        for name, one in part.items():
            _collect(one, f"{place}.{name}" if place else name, found)
    elif isinstance(part, list) and part and isinstance(part[0], dict):
        found[f"{place}.order"] = [one["key"] for one in part]
        for one in part:
            _collect({name: value for name, value in one.items() if name != "key"}, f"{place}.{one['key']}", found)
    else:
        found[place] = part


def _question(before: Question, after: Question) -> QuestionChange:
    old = {one.key: one for one in before.options}
    new = {one.key: one for one in after.options}
    options = {key: reworded(old[key].text, new[key].text) for key in new if key in old}
    names = ("kind", "area", "required", "only_if")
    return QuestionChange(
        before=before,
        after=after,
        text=reworded(before.text, after.text),
        hint=reworded(before.hint, after.hint),
        options_added=tuple(one for key, one in new.items() if key not in old),
        options_dropped=tuple(one for key, one in old.items() if key not in new),
        options={key: one for key, one in options.items() if one},
        others=tuple(name for name in names if getattr(before, name) != getattr(after, name)),
    )


def reworded(before: Texts, after: Texts) -> Reworded:
    """The languages in which a text was and is, but otherwise."""
    return {name: (before[name], after[name]) for name in after if name in before and before[name] != after[name]}


def _texts(before: Content, after: Content) -> dict[str, Reworded]:
    found = {name: reworded(getattr(before, name), getattr(after, name)) for name in ("title", "intro", "thanks")}
    old = {one.key: one for one in before.sections}
    for one in after.sections:
        if one.key in old:
            found[f"section {one.key}"] = reworded(old[one.key].title, one.title)
    return {name: one for name, one in found.items() if one}


def _order(content: Content, common: Mapping[str, Question]) -> list[tuple[str, str]]:
    return [(section.key, one.key) for section in content.sections for one in section.questions if one.key in common]
