"""Euros as people type and read them; the books hold cents."""

from core.errors import InvalidInput
from core.i18n import format_entry
from core.i18n import gettext as _

MOST_DIGITS = 7  # of whole euros; how much a rate may be is for the books to say


def cents(typed: str, place: str = "rate") -> int:
    """`62`, `62.5` and `62,50`. Raises `InvalidInput` naming `place` for anything else."""
    whole, _mark, rest = typed.strip().replace(",", ".").partition(".")
    digits = whole + rest
    if not (whole and digits.isascii() and digits.isdecimal() and len(whole) <= MOST_DIGITS and len(rest) <= 2):
        raise InvalidInput(_("must be an amount such as 62.50"), place=place)
    return int(whole) * 100 + int(rest.ljust(2, "0"))


def entry(cents: int) -> str:
    """Cents as they are typed."""
    return format_entry(cents / 100)
