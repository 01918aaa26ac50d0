"""Dates as people and spreadsheets write them. Pure.

A date such as 03/04/2025 has two readings. It is read only where the other dates of its column, or the person, say
which one is meant; nothing is guessed.
"""

import re
from collections.abc import Iterable
from datetime import date, datetime, time
from enum import StrEnum

from core.errors import InvalidInput
from core.i18n import gettext as _


class Order(StrEnum):
    """What the first number of a date with slashes is."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"


_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}:\d{2}(?::\d{2})?)(?:\.0+)?Z?)?")
_DOTS = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?: (\d{1,2}:\d{2}(?::\d{2})?))?")
_SLASHES = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?: (\d{1,2}:\d{2}(?::\d{2})?))?")
_TWO_DIGITS = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2}")
MIDNIGHT = ("0:00", "00:00", "0:00:00", "00:00:00")


def order_of(values: Iterable[object]) -> Order | None:
    """The order that a column's dates with slashes have; None where none of them tells, or they contradict."""
    found = set()
    for value in values:
        if isinstance(value, str) and (parts := _SLASHES.fullmatch(value.strip())):
            first, second = int(parts[1]), int(parts[2])
            if 12 < first <= 31:
                found.add(Order.DAY_FIRST)
            elif 12 < second <= 31:
                found.add(Order.MONTH_FIRST)
    return found.pop() if len(found) == 1 else None


def has_two_readings(value: object) -> bool:
    """Whether somebody must say which of two days is meant."""
    if not isinstance(value, str) or not (parts := _SLASHES.fullmatch(value.strip())):
        return False
    first, second = int(parts[1]), int(parts[2])
    return first != second and 1 <= first <= 12 and 1 <= second <= 12


def read_date(value: object, order: Order | None) -> tuple[date, bool]:
    """The day, and whether a time of day was dropped. Raises `InvalidInput` that says what is wrong."""
    if isinstance(value, datetime):
        return value.date(), value.time() != time()
    if isinstance(value, date):
        return value, False
    if not isinstance(value, str):
        raise InvalidInput(_("is a number, not a date: give the cell the format of a date"))
    return _read_text(value.strip(), order)


def _read_text(text: str, order: Order | None) -> tuple[date, bool]:
    if parts := _ISO.fullmatch(text):
        return _day(text, parts[1], parts[2], parts[3]), _has_time(parts[4])
    if parts := _DOTS.fullmatch(text):
        return _day(text, parts[3], parts[2], parts[1]), _has_time(parts[4])
    if parts := _SLASHES.fullmatch(text):
        if has_two_readings(text) and order is None:
            raise InvalidInput(_two_readings(int(parts[1]), int(parts[2]), int(parts[3])))
        day, month = (parts[2], parts[1]) if order is Order.MONTH_FIRST else (parts[1], parts[2])
        return _day(text, parts[3], month, day), _has_time(parts[4])
    if _TWO_DIGITS.fullmatch(text):
        raise InvalidInput(_("“%(date)s” has a year of two digits: write four", date=text))
    raise InvalidInput(_("“%(date)s” is no date: write it as 2026-03-27 or 27.03.2026", date=text[:40]))


def _day(text: str, year: str, month: str, day: str) -> date:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise InvalidInput(_("there is no such day as “%(date)s”", date=text)) from None


def _has_time(text: str | None) -> bool:
    return text is not None and text not in MIDNIGHT


def _two_readings(first: int, second: int, year: int) -> str:
    values = {"date": f"{first:02}/{second:02}/{year}", "one": f"{year}-{second:02}-{first:02}"}
    values["other"] = f"{year}-{first:02}-{second:02}"
    return _("“%(date)s” has two readings, %(one)s and %(other)s: choose the order of this column’s dates", **values)
