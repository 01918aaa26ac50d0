"""What a cell says, as the books hold it. Pure. Everything in a file is hostile: what is not understood is refused."""

import re
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation

from campus import amounts
from campus.tables.column import Cell
from campus.tables.dates import Order, read_date
from campus.tables.rules import MOST_TEXT
from campus.tables.texts import holds_control_characters, tidy, unescaped
from core.errors import InvalidInput
from core.i18n import gettext as _

Raw = str | int | float | bool | date | datetime | time | None
Value = str | int | date | None

ERRORS = {"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#GETTING_DATA"}
_WHOLE = re.compile(r"[+]?\d{1,9}(?:[.,]0+)?")
_AMOUNT = re.compile(r"(\d{1,3}(?:[ .,'’\u00a0\u202f]\d{3})*|\d{1,9})(?:[.,](\d{1,2}))?")
_ONE_GROUP = re.compile(r"\d{1,3}[.,]\d{3}")


def is_empty(raw: Raw) -> bool:
    """Whether the cell says nothing."""
    return raw is None or (isinstance(raw, str) and not raw.strip())


def read(raw: Raw, cell: Cell, order: Order | None = None, mark: str = "") -> tuple[Value, str]:
    """The value and a note worth showing, "" for none. None for an empty cell.

    `order` is that of the column's dates, `mark` the decimal mark of its amounts, "" where it does not tell.

    Whole numbers as int, amounts in cents and numbers in hundredths, dates as dates, text tidied. Raises `InvalidInput`
    that says what is wrong.
    """
    if isinstance(raw, str):
        if raw in ERRORS:
            raise InvalidInput(_("holds the error %(error)s of a formula", error=raw))
        if len(raw) > MOST_TEXT:
            raise InvalidInput(_("is longer than %(most)s characters", most=MOST_TEXT))
        if holds_control_characters(raw.replace("\r", "").replace("\v", "\0")):
            raise InvalidInput(_("holds a character that no text may hold"))
    if is_empty(raw):
        return None, ""
    if cell is Cell.DATE:
        day, dropped = read_date(unescaped(raw) if isinstance(raw, str) else raw, order)
        return day, _("the time of day was left out") if dropped else ""
    if isinstance(raw, (bool, date, time)):
        if cell is Cell.TEXT and isinstance(raw, (date, time)):
            return raw.isoformat(), _("is a date or time, read as text")
        raise InvalidInput(_("is neither text nor a number"))
    if cell is Cell.TEXT:
        return _text(raw), ""
    if cell is Cell.EUROS and isinstance(raw, str):
        return amounts.cents(unescaped(raw), decimal_mark=mark), ""
    return (_whole(raw) if cell is Cell.WHOLE else _cents(raw)), ""


def _text(raw: Raw) -> str:
    """A number as the spreadsheet shows it: 101.0 stands for 101."""
    if isinstance(raw, float):
        return str(int(raw)) if raw.is_integer() and abs(raw) < 1e15 else repr(raw)
    return tidy(unescaped(str(raw)))


def _whole(raw: Raw) -> int:
    if isinstance(raw, float):
        if raw.is_integer() and abs(raw) < 1e9:
            return int(raw)
    elif isinstance(raw, int):
        if abs(raw) < 1e9:
            return raw
    elif isinstance(raw, str) and _WHOLE.fullmatch(raw.strip()):
        return int(re.split("[.,]", raw.strip())[0])
    raise InvalidInput(_("“%(value)s” is no whole number", value=str(raw)[:40]))


def _cents(raw: Raw) -> int:
    if isinstance(raw, str):
        text = re.sub(r"^(€|EUR)\s*|\s*(€|EUR)$", "", raw.strip())
        if _ONE_GROUP.fullmatch(text):
            raise InvalidInput(_("“%(value)s” has two readings: write it without a mark for thousands", value=text))
        parts = _AMOUNT.fullmatch(text)
        if parts is None:
            raise InvalidInput(_("“%(value)s” is no amount such as 62.50 or 62,50", value=text[:40]))
        return int(re.sub(r"\D", "", parts[1])) * 100 + int((parts[2] or "0").ljust(2, "0"))
    try:
        cents = Decimal(repr(raw)) * 100
    except InvalidOperation:
        cents = Decimal("nan")
    if cents.is_finite() and abs(cents - round(cents)) < Decimal("0.0001") and abs(cents) < 1e11:
        return round(cents)
    raise InvalidInput(_("“%(value)s” is no amount of whole cents", value=str(raw)[:40]))
