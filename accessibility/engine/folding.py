"""Folding: a text without what changes from item to item and from night to night."""

import re

MONTHS = (
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sep sept oct nov dec "
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre "
    "januar februar märz juni juli oktober dezember "
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre "
    "gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre "
    "janeiro fevereiro março maio junho julho setembro outubro novembro dezembro"
).split()
DAYS = (
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun "
    "lundi mardi mercredi jeudi vendredi samedi dimanche "
    "montag dienstag mittwoch donnerstag freitag samstag sonntag "
    "lunes martes miércoles jueves viernes sábado domingo "
    "lunedì martedì mercoledì giovedì venerdì sabato domenica"
).split()

_month = rf"\b(?:{'|'.join(MONTHS)})\b\.?"
_day = rf"\b(?:{'|'.join(DAYS)})\b\.?,?\s+"
_number = r"\d+(?:[.,:/'\s\u00a0\u202f-]{0,2}\d+)*"
_ending = r"(?:(?:st|nd|rd|th|[ \u00a0]?[ap]m)(?![^\W\d_]))?"
_of = r"(?:\s+(?:de|of))?\s+"
PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?<![^\W_])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![^\W_])",  # a UUID, also between underscores
        r"(?<![^\W_])(?=[^\W_]*\d[a-f])[0-9a-f]{6,}(?![^\W_])",  # another generated key, also between underscores
        rf"(?:{_day})?\d+(?:st|nd|rd|th|er|\.|º)?{_of}{_month}(?:{_of}{_number})?",  # Monday, 3 May 2027
        rf"(?:{_day})?{_month}\s+{_number}{_ending}(?:,\s*{_number})?",  # May 3rd, 2027
        rf"[+\u2212-]?{_number}{_ending}",
    )
)


def folded(text: str) -> str:
    """In small letters, with `0` for every number, date and generated key."""
    text = " ".join(text.lower().split())
    for pattern in PATTERNS:
        text = pattern.sub("0", text)
    return text
