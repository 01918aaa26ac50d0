"""Amounts of money as people write and read them. Euros alone, kept as whole cents. Pure."""

import re
from collections.abc import Iterable
from decimal import Decimal

from babel import numbers

from core.errors import InvalidInput
from core.i18n import LOCALES, format_entry, language
from core.i18n import gettext as _

WHOLE = {"en": "¤#,##0", "fr": "#,##0\u00a0¤"}
MOST_CENTS = 100_000_000_000_00
MOST_DIGITS = 40  # of whole euros, leading zeros too

_SPACES = re.compile(r"[\s\u00a0\u202f']")
_PARTED = re.compile(r"[0-9]{1,3}(?: [0-9]{3})+(?:[.,][0-9]{1,2})?")  # by spaces or apostrophes, in thousands
_SIGN = re.compile(r"[-−+]?")
_MARK = re.compile(r"^(?:EUR|€)|(?:EUR|€)$")
_OTHER_CURRENCY = re.compile(r"[$£¥]|\b(?!EUR\b)[A-Z]{3}\b")
_PLAIN = re.compile(r"([0-9]+)(?:[.,]([0-9]{1,2}))?")
_GROUPED = {
    ",": re.compile(r"([0-9]{1,3}(?:\.[0-9]{3})+)(?:,([0-9]{1,2}))?"),
    ".": re.compile(r"([0-9]{1,3}(?:,[0-9]{3})+)(?:\.([0-9]{1,2}))?"),
}
_CERTAIN = {
    ",": re.compile(r"[0-9]+,[0-9]{1,2}|[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]{1,2}|[0-9]{1,3}(?:\.[0-9]{3}){2,}"),
    ".": re.compile(r"[0-9]+\.[0-9]{1,2}|[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]{1,2}|[0-9]{1,3}(?:,[0-9]{3}){2,}"),
}


def decimal_mark(texts: Iterable[str]) -> str:
    """The decimal mark of a column of amounts, "." or ","; "" where none of them tells, or they contradict."""
    found: set[str] = set()
    for text in texts:
        digits = _SPACES.sub("", text.upper().replace("EUR", "").replace("€", "")).lstrip("-−+")
        found.update(mark for mark, pattern in _CERTAIN.items() if pattern.fullmatch(digits))
    return found.pop() if len(found) == 1 else ""


def cents(text: str, place: str = "amount", *, negative: bool = False, decimal_mark: str = "") -> int:
    """The cents of an amount such as 1234.56 or 1 234,56, with or without EUR or €.

    Points and commas that group digits, as in 1.234,56, are only read where the `decimal_mark` ("." or ",") of the
    whole column is known: by itself 1.234 could be either. Raises `InvalidInput` naming `place`.
    """
    given = text.strip().upper()
    shown = text.strip()[:40]
    if _OTHER_CURRENCY.search(given):
        raise InvalidInput(_("“%(text)s” is not in euros", text=shown), place=place)
    given = _MARK.sub("", given, count=1).strip()
    sign = _SIGN.match(given)[0]  # type: ignore[index]  # it matches always
    below, digits = sign in ("-", "−"), _SPACES.sub(" ", given[len(sign) :].strip())
    if _PARTED.fullmatch(digits):  # 12 34 may be 12.34 or 1234, so any other space is refused
        digits = digits.replace(" ", "")
    found = _PLAIN.fullmatch(digits) or (_GROUPED[decimal_mark].fullmatch(digits) if decimal_mark else None)
    if found is None:
        raise InvalidInput(
            _("“%(text)s” is not clear: write it without points or commas for thousands, as in 1234.56", text=shown),
            place=place,
        )
    whole = re.sub("[.,]", "", found[1])
    if len(whole) > MOST_DIGITS:  # Python refuses to read numbers of thousands of digits
        raise InvalidInput(_("is too large"), place=place)
    value = int(whole) * 100 + int((found[2] or "").ljust(2, "0"))
    if below and value and not negative:
        raise InvalidInput(_("must not be negative"), place=place)
    if value > MOST_CENTS:
        raise InvalidInput(_("is too large"), place=place)
    return -value if below else value


def entry(cents: int) -> str:
    """Cents as they are typed."""
    return format_entry(cents / 100)


def euros(cents: int) -> str:
    """Cents as the visitor's language writes them: `€1,234.56`, `1 234,56 €`."""
    return _with_minus(numbers.format_currency(Decimal(cents) / 100, "EUR", locale=LOCALES[language()]))


def whole_euros(cents: int) -> str:
    """Cents as the visitor's language writes euros, rounded to whole ones."""
    pattern = WHOLE[language()]
    euros = round(cents / 100)
    return _with_minus(numbers.format_currency(euros, "EUR", pattern, LOCALES[language()], currency_digits=False))


def _with_minus(shown: object) -> str:
    return str(shown).replace("-", "−")  # as every other number: no hyphen
