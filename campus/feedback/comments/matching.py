"""Which topics a comment speaks of: words and beginnings of words by language. Pure.

A line of a topic is a language and a beginning, `fr: douche`; several words are a phrase; a full stop at the end asks
for the whole word, `en: bed.`. Case and accents do not count.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from campus.feedback.comments import folding
from campus.feedback.comments.rules import LANGUAGES
from core.errors import InvalidInput
from core.i18n import gettext as _

MOST_LINES = 400
LONGEST = 60


@dataclass(frozen=True, slots=True)
class Found:
    """A line of a topic that a text has, as it was entered."""

    topic: str
    line: str


def checked_lines(given: str, place: str = "words") -> list[str]:
    """The lines of a topic as people enter them, each once. Raises `InvalidInput` naming the line that is wrong."""
    entered = [(number, line) for number, line in enumerate(given.splitlines(), 1) if line.strip()]
    lines = dict.fromkeys(_checked(number, line, place) for number, line in entered)
    if not 1 <= len(lines) <= MOST_LINES:
        raise InvalidInput(_("Enter 1 to %(most)s lines.", most=MOST_LINES), place=place)
    return list(lines)


def found(text: str, language: str, topics: Mapping[str, Sequence[str]]) -> list[Found]:
    """The lines, by topic, that a text has. Where its language is not known those of every language count."""
    present = folding.words(text)
    return [
        Found(topic, line)
        for topic, lines in topics.items()
        for line in lines
        if (not language or line.startswith(f"{language}:")) and _pattern(line) in present
    ]


def matched(text: str, language: str, topics: Mapping[str, Sequence[str]]) -> list[str]:
    """The topics of a text, sorted."""
    return sorted({one.topic for one in found(text, language, topics)})


def lines_of(words: Mapping[str, Iterable[str]]) -> list[str]:
    """Lines of words by language."""
    return [f"{language}: {word}" for language, some in words.items() for word in some]


def _pattern(line: str) -> str:
    _language, _colon, word = line.partition(":")
    folded = folding.words(word)
    return folded if word.endswith(".") else folded.rstrip()


def _checked(number: int, line: str, place: str) -> str:
    language, colon, word = (part.strip() for part in line.partition(":"))
    word = " ".join(word.split())
    if not colon or language.lower() not in LANGUAGES:
        raise InvalidInput(
            _("Line %(n)s must begin with a language and a colon, such as “fr: douche”.", n=number), place=place
        )
    if len(word) > LONGEST or len(folding.words(word).strip()) < 2:
        raise InvalidInput(_("Line %(n)s needs 2 to %(most)s letters.", n=number, most=LONGEST), place=place)
    return f"{language.lower()}: {word}"
