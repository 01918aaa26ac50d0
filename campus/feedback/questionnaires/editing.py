"""Changes of a content, one at a time. Pure: each gives another content, and leaves the one it got as it is."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Literal, TypeVar

from campus.feedback.questionnaires.content import Content, Option, Question, Section, Texts
from core.errors import NotFound
from core.i18n import gettext as _

Keyed = TypeVar("Keyed", Section, Question)
Way = Literal["up", "down"]


def empty(languages: Sequence[str]) -> Content:
    """A content without a question."""
    return Content(tuple(languages), {}, {}, {}, ())


def section(content: Content, key: str) -> Section:
    """The section of this key. Raises `NotFound`."""
    for one in content.sections:
        if one.key == key:
            return one
    raise NotFound(_("There is no such section."))


def question(content: Content, key: str) -> Question:
    """The question of this key. Raises `NotFound`."""
    found = content.question(key)
    if found is None:
        raise NotFound(_("There is no such question."))
    return found


def section_of(content: Content, key: str) -> Section:
    """The section in which a question stands. Raises `NotFound`."""
    for one in content.sections:
        if any(each.key == key for each in one.questions):
            return one
    raise NotFound(_("There is no such question."))


def with_section(content: Content, wanted: Section, was: str = "") -> Content:
    """With another section at the end, or with it in place of the one whose key was `was`."""
    if not was:
        return replace(content, sections=(*content.sections, wanted))
    return replace(content, sections=tuple(wanted if one.key == was else one for one in content.sections))


def with_question(content: Content, wanted: Question, in_section: str, was: str = "") -> Content:
    """With another question at the end of a section, or with it in place of the one whose key was `was`.

    Skip rules that asked for the old key follow a new one. One that changes its section goes to the end of that.
    """
    if was and section_of(content, was).key == in_section:
        changed = _each(content, lambda one: wanted if one.key == was else one)
    else:
        home = section(without_question(content, was) if was else content, in_section)
        home = replace(home, questions=(*home.questions, wanted))
        changed = with_section(without_question(content, was) if was else content, home, in_section)
    return _followed(changed, was, wanted.key) if was and was != wanted.key else changed


def without_question(content: Content, key: str) -> Content:
    """Without a question."""
    return replace(
        content,
        sections=tuple(
            replace(one, questions=tuple(each for each in one.questions if each.key != key)) for one in content.sections
        ),
    )


def without_section(content: Content, key: str) -> Content:
    """Without a section and its questions."""
    return replace(content, sections=tuple(one for one in content.sections if one.key != key))


def moved_section(content: Content, key: str, way: Way) -> Content:
    """A section one place up or down; the first and the last stay where they are."""
    return replace(content, sections=_moved(content.sections, key, way))


def moved_question(content: Content, key: str, way: Way) -> Content:
    """A question one place up or down; at the edge of its section it goes into the next one."""
    home = section_of(content, key)
    keys = [one.key for one in home.questions]
    if keys[0 if way == "up" else -1] != key:
        return with_section(content, replace(home, questions=_moved(home.questions, key, way)), home.key)
    place = content.sections.index(home) + (-1 if way == "up" else 1)
    if not 0 <= place < len(content.sections):
        return content
    mine, rest = question(content, key), without_question(content, key)
    other = rest.sections[place]
    there = (*other.questions, mine) if way == "up" else (mine, *other.questions)
    return with_section(rest, replace(other, questions=there), other.key)


def with_language(content: Content, language: str) -> Content:
    """With one more language, whose texts are still to be written."""
    return content if language in content.languages else replace(content, languages=(*content.languages, language))


def without_language(content: Content, language: str) -> Content:
    """Without a language and its texts."""

    def left(texts: Texts) -> Texts:
        return {name: text for name, text in texts.items() if name != language}

    def options(given: tuple[Option, ...]) -> tuple[Option, ...]:
        return tuple(replace(one, text=left(one.text)) for one in given)

    rest = _each(
        content,
        lambda one: replace(one, text=left(one.text), hint=left(one.hint), options=options(one.options)),
    )
    return replace(
        rest,
        languages=tuple(one for one in content.languages if one != language),
        title=left(content.title),
        intro=left(content.intro),
        thanks=left(content.thanks),
        sections=tuple(replace(one, title=left(one.title)) for one in rest.sections),
    )


def depending(content: Content, key: str) -> list[Question]:
    """The questions that are asked only after an answer to this one."""
    return [one for one in content.questions() if one.only_if and one.only_if.question == key]


def _followed(content: Content, was: str, now: str) -> Content:
    def follow(one: Question) -> Question:
        if one.only_if is None or one.only_if.question != was:
            return one
        return replace(one, only_if=replace(one.only_if, question=now))

    return _each(content, follow)


def _each(content: Content, change: Callable[[Question], Question]) -> Content:
    return replace(
        content,
        sections=tuple(
            replace(one, questions=tuple(change(each) for each in one.questions)) for one in content.sections
        ),
    )


def _moved(things: tuple[Keyed, ...], key: str, way: Way) -> tuple[Keyed, ...]:
    keys = [one.key for one in things]
    if key not in keys:
        raise NotFound(_("There is no such section."))
    here = keys.index(key)
    there = here + (-1 if way == "up" else 1)
    if not 0 <= there < len(things):
        return things
    order = list(things)
    order[here], order[there] = order[there], order[here]
    return tuple(order)
