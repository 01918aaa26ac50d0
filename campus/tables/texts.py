"""Text on its way into a cell and back. Pure.

A cell that begins like a formula gets an apostrophe in front, so that no program takes it for one; a cell that has
apostrophes and then such a sign gets one more, so that the way back is always to take one away.
"""

import re

_SIGNS = r"[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]"  # the wide ones too: in some countries' spreadsheets they count as well
_LIKE_A_FORMULA = re.compile(f"'*{_SIGNS}")
_ESCAPED = re.compile(f"'+{_SIGNS}")
_NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def escaped(text: str) -> str:
    """The text as it stands in a cell of an export."""
    return f"'{text}" if _LIKE_A_FORMULA.match(text) else text


def unescaped(text: str) -> str:
    """The text that stands in a cell."""
    return text[1:] if _ESCAPED.match(text) else text


def tidy(text: str) -> str:
    """One kind of line break, no blanks around, no control characters: so both formats give back the same."""
    return _NO_TEXT.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def holds_control_characters(text: str) -> bool:
    """Whether there is something in it that belongs into no text."""
    return _NO_TEXT.search(text) is not None
