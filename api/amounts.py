"""Euros as people type and read them; the books hold cents."""

from babel import numbers

from core.errors import InvalidInput
from core.i18n import LOCALES, format_entry, language
from core.i18n import gettext as _

WHOLE = {"en": "¤#,##0", "fr": "#,##0\u00a0¤"}
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


def euros(cents: int) -> str:
    """Cents as the visitor's language writes them."""
    return str(numbers.format_currency(cents / 100, "EUR", locale=LOCALES[language()]))


def whole_euros(cents: int) -> str:
    """Cents as the visitor's language writes euros, rounded to whole ones."""
    pattern = WHOLE[language()]
    euros = round(cents / 100)
    return str(numbers.format_currency(euros, "EUR", pattern, LOCALES[language()], currency_digits=False))
