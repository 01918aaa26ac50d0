"""How questionnaires are spoken of: kinds of questions, texts of guests on a page of staff, places of faults."""

import re
from collections.abc import Iterable
from typing import Any

from campus.feedback.questionnaires.checking import Fault
from campus.feedback.questionnaires.content import Content, Kind, Question, Texts
from core import guest_texts, i18n
from core.i18n import format_language, lazy
from core.i18n import gettext as _

KINDS = {
    Kind.RATING: lazy("Rating from 1 to 5"),
    Kind.SCORE: lazy("Recommendation from 0 to 10"),
    Kind.YES_NO: lazy("Yes or no"),
    Kind.CHOICE: lazy("Choice"),
    Kind.TEXT: lazy("Free text"),
}
PARTS = {
    "title": lazy("title"),
    "intro": lazy("introduction"),
    "thanks": lazy("thanks"),
    "text": lazy("text"),
    "hint": lazy("hint"),
    "key": lazy("key"),
    "kind": lazy("kind"),
    "area": lazy("area"),
    "required": lazy("whether it must be answered"),
    "options": lazy("options"),
    "only_if": lazy("skip rule"),
    "languages": lazy("languages"),
}
_PLACE = re.compile(r"(?:sections\.(\d+)(?:\.questions\.(\d+))?\.?)?(.*)")
_OPTION = re.compile(r"options\.(\d+)\.(?:text\.)?(.+)")


def language(code: str) -> str:
    """A language as staff call it, with its own name: Arabic (العربية)."""
    ours, own = format_language(code), guest_texts.LANGUAGES.get(code, code)
    return ours if ours.casefold() == own.casefold() else f"{ours} ({own})"


def spoken(content: Content) -> str:
    """The language in which texts of guests are shown to the visitor: their own where it is there, else the first."""
    return i18n.language() if i18n.language() in content.languages else next(iter(content.languages), "en")


def shown(content: Content, texts: Texts, otherwise: str = "") -> dict[str, str]:
    """A text for guests on a page of staff: `text`, and the `lang` and `dir` to mark it with."""
    mine = spoken(content)
    chosen = next((one for one in (mine, *content.languages) if texts.get(one, "").strip()), "")
    if not chosen:
        return {"text": otherwise, "lang": "", "dir": ""}
    return {"text": texts[chosen], "lang": chosen, "dir": guest_texts.direction(chosen)}


def answers(question: Question, content: Content) -> list[tuple[str, str]]:
    """The answers that a question allows, each with its words."""
    if question.kind is Kind.CHOICE:
        return [(one.key, shown(content, one.text, one.key)["text"]) for one in question.options]
    if question.kind is Kind.YES_NO:
        return [("yes", _("Yes")), ("no", _("No"))]
    return [(one, one) for one in question.values]


def rule(content: Content, question: Question) -> str:
    """When a question is asked, in words; empty when always."""
    condition = question.only_if
    if condition is None:
        return ""
    before = content.question(condition.question)
    if before is None:
        return _("Asked only after a question that is not there: “%(key)s”.", key=condition.question)
    names = dict(answers(before, content))
    chosen = " / ".join(names.get(one, one) for one in condition.answers)
    asked = shown(content, before.text, before.key)["text"]
    return _("Asked only after the answer %(answers)s to “%(question)s”.", answers=chosen, question=asked)


def field_of(place: str) -> str:
    """The form field of a fault's place: `sections.1.questions.2.options.0.text.ar` is `option-0-ar`."""
    found = _PLACE.fullmatch(place)
    rest = found.group(3) if found else place
    if option := _OPTION.fullmatch(rest):
        return f"option-{option.group(1)}-{option.group(2)}"
    return {"options": "option-0-key", "only_if.question": "only_if", "only_if.answers": "answers"}.get(
        rest, rest.replace(".", "-")
    )


def told(content: Content, faults: Iterable[Fault], base: str) -> list[dict[str, Any]]:
    """Faults for a page: `where` in words, `message`, and `href` of the field that mends it."""
    return [
        {"where": _where(content, one.place), "message": one.message, "href": _address(content, one.place, base)}
        for one in faults
    ]


def _parts(content: Content, place: str) -> tuple[int, int, str]:
    """(section, question, the rest); −1 where the place has none."""
    found = _PLACE.fullmatch(place)
    section, question, rest = found.groups() if found else (None, None, place)
    return int(section) if section else -1, int(question) if question else -1, rest or ""


def _address(content: Content, place: str, base: str) -> str:
    section, question, rest = _parts(content, place)
    field = field_of(place)
    if question >= 0:
        return f"{base}/questions/{content.sections[section].questions[question].key}#{field}"
    if section >= 0:
        mine = f"{base}/sections/{content.sections[section].key}"
        return f"{mine}#{field}" if rest else f"{base}#section-{content.sections[section].key}"
    if rest.split(".")[0] in ("title", "intro", "thanks"):
        return f"{base}/texts#{field}"
    return f"{base}#{'languages' if rest.startswith('languages') else 'sections'}"


def _where(content: Content, place: str) -> str:
    section, question, rest = _parts(content, place)
    words = []
    if question >= 0:
        key = content.sections[section].questions[question].key
        words.append(_("Question %(key)s", key=key))
    elif section >= 0:
        words.append(_("Section %(key)s", key=content.sections[section].key))
    for one in rest.split("."):
        if one.isdecimal():
            words.append(str(int(one) + 1))
        elif one in PARTS:
            words.append(str(PARTS[one]))
        elif one in content.languages:
            words.append(language(one))
    return ", ".join(words) or _("The whole")


def direction(code: str) -> str:
    """How a language is written: `ltr` or `rtl`."""
    return guest_texts.direction(code)
