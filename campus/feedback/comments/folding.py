"""Texts as they are compared: without case, accents, invisible characters and other shapes of the same letter. Pure."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_DROPPED = ("Mn", "Me", "Cf", "Cc")  # accents, enclosing marks, what is invisible: zero-width, bidirectional controls
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Folded:
    """A text as it is compared, and for each of its characters the place in the original that it comes from."""

    text: str
    places: tuple[int, ...]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The part of the original that a part of the folded text comes from; `start` lies before `end`."""
        return self.places[start], self.places[end - 1] + 1


def folded(text: str) -> Folded:
    """Small letters without accents, full-width and Arabic-Indic digits as 0 to 9; blanks of any kind as a blank."""
    letters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for letter in _folded_character(character):
            letters.append(letter)
            places.append(place)
    return Folded("".join(letters), tuple(places))


def words(text: str) -> str:
    """The folded words of a text with one blank before, between and after them: ` tres bruyante `; "" without any."""
    found = _WORD.findall(folded(text).text)
    return f" {' '.join(found)} " if found else ""


@lru_cache(maxsize=4096)
def _folded_character(character: str) -> str:
    if character.isspace():
        return "\n" if character in "\r\n" else " "
    shaped = unicodedata.normalize("NFKD", character.casefold())
    kept = (one for one in shaped if unicodedata.category(one) not in _DROPPED)
    return "".join(str(unicodedata.decimal(one)) if one.isdecimal() else one for one in kept).casefold()
