"""In which of the guests' languages a text is written. Used by the nightly job alone: its models take over 100 MB."""

import unicodedata
from collections.abc import Sequence
from typing import Any

from campus.feedback.comments.rules import LANGUAGES, UNKNOWN

FLOOR = 0.65  # of the confidence; a German sentence is taken for one of the five with up to 0.54
FEWEST_LETTERS = 4  # "ok" is a word of every language
_MARK = "\u0300\u0301\u0302\u0303\u0308\u0327"  # accents of the four languages with Latin letters, taken apart
_LATIN = frozenset("abcdefghijklmnopqrstuvwxyzæœªº")


def identified(texts: Sequence[str]) -> list[str]:
    """The language code of each text; "" where it is not certain, or may be another language."""
    if not any(_may_be_one(text) for text in texts):
        return [UNKNOWN] * len(texts)
    from lingua import IsoCode639_1, LanguageDetectorBuilder  # late: see above

    wanted = [IsoCode639_1.from_str(code) for code in LANGUAGES]
    detector: Any = LanguageDetectorBuilder.from_iso_codes_639_1(*wanted).build()
    try:
        return [_of(detector, text) if _may_be_one(text) else UNKNOWN for text in texts]
    finally:
        detector.unload_language_models()


def _of(detector: Any, text: str) -> str:
    best = detector.compute_language_confidence_values(text)[0]
    return str(best.language.iso_code_639_1.name).lower() if best.value >= FLOOR else UNKNOWN


def _may_be_one(text: str) -> bool:
    """Whether it has enough letters, and none that only other languages have: Polish is else taken for English."""
    letters = [one for one in text.casefold() if one.isalpha()]
    return len(letters) >= FEWEST_LETTERS and all(_known(one) for one in letters)


def _known(letter: str) -> bool:
    base, *marks = list(unicodedata.normalize("NFKD", letter))
    arabic = "ARABIC" in unicodedata.name(base, "")
    return arabic or (base in _LATIN and all(mark in _MARK for mark in marks))
