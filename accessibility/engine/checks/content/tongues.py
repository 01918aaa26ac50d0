"""Whether a text is in the language that it is declared to be in.

Two witnesses are heard. Common words (`common_words.py`) can be counted even in one sentence, as the ACT rules count
words; lingua knows the shape of words, and is reliable from some hundred letters on. A text is certainly not in its
declared language only where the common words of another are many and its own are missing, and where lingua, asked about
a text long enough for it, agrees. Scripts speak for themselves.
"""

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from babel import Locale

from accessibility.engine.checks.content.common_words import COMMON_WORDS

LINGUA_FROM = 120  # letters; from here on lingua may contradict the common words
LINGUA_SAMPLE = 3000  # characters from the middle of a longer text
CONFIDENT = 0.9
DOUBTFUL = 0.05  # confidence in the declared language below which it is called improbable
FEWEST_KINDS = 3  # different common words of a language that prove it ...
KINDS_OF_STRANGER = 5  # ... and where those of the declared language are not known
SHARE = 0.2  # of all words; a quarter to a half of running text is common words
LEFT_OF_DECLARED = 0.1  # common words of the declared language for each of the other, e.g. in names and quotations
FEWEST_ASKED = 3  # words
INTERNATIONAL = frozenset(  # words of interfaces in many languages, whose shape says nothing of the text around them
    "app blog browser chat cookie cookies download email feedback forum home internet link links log login logout mail "
    "menu newsletter offline online password podcast quiz server test upload username video web website".split()
)
FEWEST_IN_SCRIPT = 20  # letters that prove a script
MOST_IN_SCRIPT = 0.9  # share of one script among all letters

SAME = {"no": "nb", "nn": "nb", "iw": "he", "mo": "ro", "in": "id", "ji": "yi"}
SCRIPTS = {
    "Arabic": re.compile(r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]"),
    "Cyrillic": re.compile(r"[\u0400-\u052f]"),
    "Greek": re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]"),
    "Hebrew": re.compile(r"[\u0590-\u05ff]"),
    "Han, Japanese or Korean": re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"),
    "Devanagari": re.compile(r"[\u0900-\u097f]"),
    "Thai": re.compile(r"[\u0e00-\u0e7f]"),
    "Latin": re.compile(r"[a-z\u00aa\u00ba\u00c0-\u024f\u1e00-\u1eff]", re.IGNORECASE),
}
SCRIPT_OF = {
    code: script
    for script, codes in {
        "Arabic": "ar fa ur ps",
        "Cyrillic": "ru uk bg be mk",
        "Greek": "el",
        "Hebrew": "he yi",
        "Han, Japanese or Korean": "zh ja ko",
        "Devanagari": "hi mr ne",
        "Thai": "th",
        "Latin": " ".join(COMMON_WORDS),
    }.items()
    for code in codes.split()
}
WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Other:
    """The language that a text seems to be in instead of the declared one: in words, and whether it is certain."""

    language: str
    certain: bool


def primary(tag: str) -> str:
    """The language of a tag such as "pt-BR", "" where it is none of two letters or is written in an unusual script."""
    first, *rest = tag.strip().lower().replace("_", "-").split("-")
    if len(first) != 2 or any(len(part) == 4 and part.isalpha() for part in rest):
        return ""
    return SAME.get(first, first)


def name_of(code: str) -> str:
    """A language's English name."""
    return str(Locale("en").languages.get(code, code))


def other_language(text: str, tag: str, *, fewest_kinds: int = FEWEST_KINDS, doubt: float = CONFIDENT) -> Other | None:
    """Another language than the declared one that the text is, or seems to be, in; None without reason to doubt.

    `fewest_kinds` are the different common words that make certain; `doubt` is lingua's confidence that is worth a
    question.
    """
    declared = primary(tag)
    if not declared:
        return None
    script = _script(text)
    own_script = SCRIPT_OF.get(declared, "")
    if script != "Latin":
        return Other(f"in {script} script", certain=True) if script and own_script and script != own_script else None
    words = WORD.findall(text.casefold().replace("’", " ").replace("'", " "))
    counted = _counted(words, declared)
    if len(words) < FEWEST_ASKED or _clearly_declared(words, counted, declared):
        return None  # whatever lingua said, and it costs as much as all else
    confidences = _confidences(text, declared)
    if not own_script and declared not in confidences:
        return None  # nobody here knows that language
    certain = _by_words(text, words, counted, declared, confidences, fewest_kinds)
    return certain or (_by_shape(words, counted, declared, confidences, doubt) if own_script == script else None)


def _script(text: str) -> str:
    """The script of nearly all letters, "" where they are few or mixed."""
    found = {name: len(pattern.findall(text)) for name, pattern in SCRIPTS.items()}
    name, most = max(found.items(), key=lambda one: one[1])
    if most < MOST_IN_SCRIPT * sum(found.values()) or (name != "Latin" and most < FEWEST_IN_SCRIPT):
        return ""
    return name


def _counted(words: list[str], declared: str) -> dict[str, Counter[str]]:
    """Per language its common words in the text which the declared one does not have; those of the declared one itself
    are counted where the language has not got them."""
    own = COMMON_WORDS.get(declared, frozenset())
    return {
        code: Counter(word for word in words if word in common and word not in own)
        for code, common in COMMON_WORDS.items()
        if code != declared
    }


def _clearly_declared(words: list[str], counted: dict[str, Counter[str]], declared: str) -> bool:
    """Whether more common words speak for the declared language than for any other, so that no other could win."""
    own = Counter(word for word in words if word in COMMON_WORDS.get(declared, frozenset()))
    return all(
        sum(count for word, count in own.items() if word not in COMMON_WORDS[code]) > found.total()
        for code, found in counted.items()
    )


def _by_words(
    text: str,
    words: list[str],
    counted: dict[str, Counter[str]],
    declared: str,
    confidences: dict[str, float],
    fewest_kinds: int,
) -> Other | None:
    code, found = max(counted.items(), key=lambda one: (one[1].total(), len(one[1])))
    own = COMMON_WORDS.get(declared, frozenset()) - COMMON_WORDS[code]
    left = sum(word in own for word in words)
    known = declared in COMMON_WORDS or SCRIPT_OF.get(declared, "Latin") != "Latin"
    kinds = fewest_kinds if known else max(fewest_kinds, KINDS_OF_STRANGER)
    if len(found) < kinds or found.total() < SHARE * len(words) or left > LEFT_OF_DECLARED * found.total():
        return None
    long = sum(map(str.isalpha, text)) >= LINGUA_FROM
    if (long or not known) and confidences.get(code, 0.0) < CONFIDENT:
        return None
    return Other(name_of(code), certain=True)


def _by_shape(
    words: list[str], counted: dict[str, Counter[str]], declared: str, confidences: dict[str, float], doubt: float
) -> Other | None:
    """A question, where lingua finds the declared language improbable and no common word of it speaks for it."""
    telling = [word for word in words if word not in INTERNATIONAL]
    if len(telling) < FEWEST_ASKED or declared not in confidences:
        return None
    code = max(confidences, key=lambda one: confidences[one])
    if confidences[code] < doubt or confidences[declared] > DOUBTFUL:
        return None
    own = COMMON_WORDS.get(declared, frozenset()) - COMMON_WORDS.get(code, frozenset())
    left = sum(word in own for word in words)
    return None if left > counted.get(code, Counter()).total() else Other(name_of(code), certain=False)


def _confidences(text: str, declared: str) -> dict[str, float]:
    """lingua's confidence per language, of those with common words and the declared one; they add up to one."""
    detector = _detector(declared)
    middle = max(0, (len(text) - LINGUA_SAMPLE) // 2)
    found = detector.compute_language_confidence_values(text[middle : middle + LINGUA_SAMPLE])
    return {one.language.iso_code_639_1.name.lower(): one.value for one in found}


@lru_cache(maxsize=8)
def _detector(declared: str) -> Any:
    """Low accuracy means three letters at a time, as lingua does with long texts anyway: 30 MB instead of 450."""
    from lingua import IsoCode639_1, LanguageDetectorBuilder  # late: it is large

    codes = [*COMMON_WORDS, *([] if declared in COMMON_WORDS else [declared])]
    known = [code for code in codes if hasattr(IsoCode639_1, code.upper())]
    wanted = [IsoCode639_1.from_str(code) for code in known]
    return LanguageDetectorBuilder.from_iso_codes_639_1(*wanted).with_low_accuracy_mode().build()
