"""What a page says to people: its texts and named attributes, each with the language it is marked with."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html.parser import HTMLParser

VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
SILENT = frozenset({"script", "style", "svg", "code", "pre", "textarea"})  # nothing of a language, or what was typed
SPOKEN = ("aria-label", "alt", "title", "placeholder", "data-label")


@dataclass(frozen=True, slots=True)
class Said:
    """A text of the page and the language it is marked with."""

    text: str
    language: str


def said_on(page: str) -> list[Said]:
    """Everything that a page shows or says, in order; not code, and not what is marked translate="no"."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return reader.said


def page_language(page: str) -> str:
    """What the page itself says: the `lang` of its root."""
    found = re.search(r'<html lang="([^"]*)">', page)
    return found[1] if found else ""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[Said] = []
        self._open: list[tuple[str, str, bool]] = []  # tag, language, silent

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        _tag, language, silent = self._open[-1] if self._open else ("", "", False)
        language = given.get("lang") or language
        silent = silent or tag in SILENT or given.get("translate") == "no"
        for name in SPOKEN:
            self._note(given.get(name) or "", language, silent)
        if tag not in VOID:
            self._open.append((tag, language, silent))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self._open:
            _tag, language, silent = self._open[-1]
            self._note(data, language, silent)

    def _note(self, text: str, language: str, silent: bool) -> None:
        plain = " ".join(text.split())
        if plain and not silent:
            self.said.append(Said(plain, language))


def without(text: str, data: Iterable[str]) -> str:
    """The text without what people or audited pages wrote: give the longest first."""
    for one in data:
        text = text.replace(one, " ")
    return text


# Words that one of the two languages needs in nearly every sentence and the other does not have.
WORDS = {
    "en": frozenset(
        "the of and is to it was were be been by this that these with are not no an has have had at from for what when "
        "who which you your they their its will can cannot does do did only than then there into one".split()
    ),
    "fr": frozenset(
        "le la les de des du et est sont un une à ne pas que qui sur pour par dans au aux ce cette ces il elle vous "
        "votre vos avec aucun aucune été plus ou se sa son ses l qu".split()
    ),
}


def language_of(text: str) -> str:
    """The language whose small words the text has more of; empty when it has none, or as many of both."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    counts = {name: sum(word in small for word in words) for name, small in WORDS.items()}
    best, other = sorted(counts, key=lambda name: -counts[name])
    return best if counts[best] > counts[other] else ""
