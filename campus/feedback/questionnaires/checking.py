"""What a questionnaire may be: as a draft, and before guests get it. Pure.

A draft may be unfinished, but its keys are well formed and it is no larger than a questionnaire can sensibly be. What
is published has no fault. A fault names its place as a path through the stored form, counted from 0:
`sections.1.questions.2.text.ar`.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from campus.feedback.questionnaires.content import Content, Kind, Question, Section, Texts
from core import guest_texts
from core.errors import InvalidInput
from core.i18n import gettext as _

KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
PLACEHOLDERS = ("{pavilion}", "{event}")
LONGEST = {"title": 120, "intro": 800, "thanks": 800, "section": 80, "text": 300, "hint": 300, "option": 120}
"""Characters of a text."""
WITH_LINES = ("intro", "thanks", "hint")
MOST_KEPT = 4000  # characters of a text in a draft
MOST_SECTIONS = 12
MOST_QUESTIONS = 40
FEWEST_OPTIONS, MOST_OPTIONS = 2, 20

_BRACES = re.compile(r"\{[^{}]*\}|[{}]")
_TURNS_WRITING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that hinders publishing: where it is, and what to do about it."""

    place: str
    message: str


def faults(content: Content, earlier: Sequence[Content] = ()) -> list[Fault]:
    """All that hinders publishing, in the order of the questionnaire. `earlier`: the published versions before it."""
    return [*unstorable(content), *_whole(content), *_sections(content), *_unlike(content, earlier)]


def unstorable(content: Content) -> list[Fault]:
    """What not even a draft may be."""
    found = [*_languages(content)]
    found += _keys("sections", [one.key for one in content.sections])
    placed = list(questions(content))
    found += _unique([(f"{place}.key", one.key) for place, one in placed])
    for place, question in placed:
        if not KEY.fullmatch(question.area):
            found.append(Fault(f"{place}.area", _key_rule()))
        found += _keys(f"{place}.options", [one.key for one in question.options])
        if len(question.options) > MOST_OPTIONS:
            found.append(Fault(f"{place}.options", _("At most %(most)s options can be offered.", most=MOST_OPTIONS)))
    if len(content.sections) > MOST_SECTIONS:
        found.append(Fault("sections", _("There can be at most %(most)s sections.", most=MOST_SECTIONS)))
    if len(placed) > MOST_QUESTIONS:
        found.append(Fault("sections", _("There can be at most %(most)s questions.", most=MOST_QUESTIONS)))
    for place, _name, texts in every_text(content):
        for language, text in texts.items():
            if language not in content.languages:
                found.append(
                    Fault(f"{place}.{language}", _("The questionnaire is not in this language: add it first."))
                )
            elif len(text) > MOST_KEPT:
                found.append(Fault(f"{place}.{language}", _too_long(MOST_KEPT)))
    return found


def must_be_storable(content: Content) -> None:
    """Raises `InvalidInput` for the first thing that not even a draft may be."""
    for fault in unstorable(content):
        raise InvalidInput(fault.message, place=fault.place)


def questions(content: Content) -> Iterator[tuple[str, Question]]:
    """Every question with its place, in order."""
    for number, section in enumerate(content.sections):
        for position, question in enumerate(section.questions):
            yield f"sections.{number}.questions.{position}", question


def every_text(content: Content) -> Iterator[tuple[str, str, Texts]]:
    """(place, what it is: a name of `LONGEST`, the text by language) of every text, in order."""
    for name in ("title", "intro", "thanks"):
        yield name, name, getattr(content, name)
    for number, section in enumerate(content.sections):
        yield from _texts_of_section(f"sections.{number}", section)


def _texts_of_section(place: str, section: Section) -> Iterator[tuple[str, str, Texts]]:
    yield f"{place}.title", "section", section.title
    for position, question in enumerate(section.questions):
        mine = f"{place}.questions.{position}"
        yield f"{mine}.text", "text", question.text
        yield f"{mine}.hint", "hint", question.hint
        for number, option in enumerate(question.options):
            yield f"{mine}.options.{number}.text", "option", option.text


def _languages(content: Content) -> Iterator[Fault]:
    if not content.languages:
        yield Fault("languages", _("Choose at least one language."))
    for number, language in enumerate(content.languages):
        if language not in guest_texts.LANGUAGES:
            yield Fault(f"languages.{number}", _("Guests' pages are not translated into this language."))
        elif language in content.languages[:number]:
            yield Fault(f"languages.{number}", _("The language stands here twice: take one away."))


def _keys(place: str, keys: Sequence[str]) -> list[Fault]:
    return _unique([(f"{place}.{number}.key", key) for number, key in enumerate(keys)])


def _unique(placed: Iterable[tuple[str, str]]) -> list[Fault]:
    found, seen = [], set()
    for place, key in placed:
        if not KEY.fullmatch(key):
            found.append(Fault(place, _key_rule()))
        elif key in seen:
            found.append(Fault(place, _("The key “%(key)s” is taken: choose another one.", key=key)))
        seen.add(key)
    return found


def _key_rule() -> str:
    return _("Use 1 to 40 lower-case letters, digits and underscores, a letter first.")


def _too_long(most: int) -> str:
    return _("Shorten it to %(most)s characters.", most=most)


def _whole(content: Content) -> Iterator[Fault]:
    if not any(section.questions for section in content.sections):
        yield Fault("sections", _("Ask at least one question."))
    for place, name, texts in every_text(content):
        yield from _text(place, name, texts, content.languages)


def _text(place: str, name: str, texts: Texts, languages: Sequence[str]) -> Iterator[Fault]:
    """Complete in every language, not too long, with the same placeholders as the first one."""
    if name == "hint" and not any(text.strip() for text in texts.values()):
        return
    wanted = set(_BRACES.findall(texts.get(languages[0], ""))) if languages else set()
    for language in languages:
        text, mine = texts.get(language, ""), f"{place}.{language}"
        if not text.strip():
            yield Fault(mine, _("Write the text in this language, or remove the language."))
            continue
        if len(text) > LONGEST[name]:
            yield Fault(mine, _too_long(LONGEST[name]))
        if not _visible(text, lines=name in WITH_LINES):
            yield Fault(mine, _("Type it anew: it holds line breaks or invisible characters that do not belong here."))
        yield from _placeholders(mine, set(_BRACES.findall(text)), wanted)


def _visible(text: str, *, lines: bool) -> bool:
    allowed = "\n\r" if lines else ""
    return not any(
        one in _TURNS_WRITING or (unicodedata.category(one) in ("Cc", "Cs", "Zl", "Zp") and one not in allowed)
        for one in text
    )


def _placeholders(place: str, found: set[str], wanted: set[str]) -> Iterator[Fault]:
    known = set(PLACEHOLDERS)
    for one in sorted(found - known):
        yield Fault(place, _("Take “%(text)s” out: only {pavilion} and {event} may stand in braces.", text=one[:40]))
    for one in sorted((wanted & known) - found):
        yield Fault(place, _("Write %(name)s into it: the first language has it.", name=one))
    for one in sorted((found & known) - wanted):
        yield Fault(place, _("Take %(name)s out, or write it into the first language too.", name=one))


def _sections(content: Content) -> Iterator[Fault]:
    asked: dict[str, Question] = {}
    for number, section in enumerate(content.sections):
        if not section.questions:
            yield Fault(f"sections.{number}", _("Add a question to the section, or remove it."))
        for position, question in enumerate(section.questions):
            place = f"sections.{number}.questions.{position}"
            yield from _options(place, question)
            yield from _condition(f"{place}.only_if", question, asked)
            asked.setdefault(question.key, question)


def _options(place: str, question: Question) -> Iterator[Fault]:
    if question.kind is Kind.CHOICE and len(question.options) < FEWEST_OPTIONS:
        yield Fault(f"{place}.options", _("Offer at least two options."))
    if question.kind is not Kind.CHOICE and question.options:
        yield Fault(f"{place}.options", _("Remove the options: only a choice has any."))


def _condition(place: str, question: Question, asked: dict[str, Question]) -> Iterator[Fault]:
    condition = question.only_if
    if condition is None:
        return
    before = asked.get(condition.question)
    if before is None:
        yield Fault(f"{place}.question", _("Choose a question that stands before this one."))
    elif before.kind is Kind.TEXT:
        yield Fault(f"{place}.question", _("Choose a question that is not answered in words."))
    elif not condition.answers:
        yield Fault(f"{place}.answers", _("Choose at least one answer."))
    elif unknown := [one for one in condition.answers if one not in before.values]:
        yield Fault(f"{place}.answers", _("“%(answer)s” is no answer to that question.", answer=unknown[0][:40]))


def _unlike(content: Content, earlier: Sequence[Content]) -> Iterator[Fault]:
    """Answers are joined by their keys: a key never means something else than in an earlier version."""
    told: dict[str, Fault] = {}
    for version in earlier:
        for place, question in questions(content):
            if before := version.question(question.key):
                for fault in _unlike_question(place, question, before):
                    told.setdefault(fault.place, fault)
    yield from told.values()


def _unlike_question(place: str, question: Question, before: Question) -> Iterator[Fault]:
    if before.kind is not question.kind:
        yield Fault(
            f"{place}.kind",
            _("An earlier version asked it in another way, and trends join by its key: choose that way or a new key."),
        )
        return
    for number, option in enumerate(question.options):
        said = set(option.text.items())
        keys = [other.key for other in before.options if said & set(other.text.items())]
        if keys and option.key not in keys:
            message = _("In an earlier version this option had the key “%(key)s”: take that key.", key=min(keys))
            yield Fault(f"{place}.options.{number}.key", message)
