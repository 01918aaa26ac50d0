"""What meters, readings and prices may be. Pure."""

import re
from datetime import date, timedelta

from campus.nights import EARLIEST, LATEST
from core.errors import InvalidInput
from core.i18n import gettext as _
from core.i18n import today

KINDS = ("electricity", "gas", "heat", "water")
ROLL_OVER, CHANGED = "roll-over", "changed"
READINGS = ("", ROLL_OVER, CHANGED)
KWH = 10_000  # the factor of a meter in kWh
MOST_FACTOR = 1_000_000  # 100 kWh a unit
LEAST_DIGITS, MOST_DIGITS = 3, 9
MOST_VALUE = 10**11 - 1  # hundredths
MOST_PRICE = 1_000_000  # 100 euros a unit
MOST_DEGREE_DAYS = 2_000_00  # hundredths, of a month
BASES = (0, 400)  # tenths of °C
LONG = 62  # days between two readings of a counter: more than that is named as a gap
MOST_TEXT = 500

_DECIMAL = re.compile(r"([0-9]{1,12})(?:[.,]([0-9]{1,4}))?")


def in_kwh(kind: str, factor: int) -> bool:
    """Whether the meter itself counts kWh."""
    return kind != "water" and factor == KWH


def unit(kind: str, factor: int) -> str:
    """The unit of a meter's readings."""
    return "kWh" if in_kwh(kind, factor) else "m³"


def checked_day(day: date, place: str = "day", *, future: bool = False) -> date:
    """A day in sensible years, which has come unless `future`. Raises `InvalidInput` naming `place`."""
    if not EARLIEST <= day < LATEST:
        raise InvalidInput(_("the year must lie between 1964 and 2199"), place=place)
    if not future and day > today():
        raise InvalidInput(_("must not lie in the future"), place=place)
    return day


def day_after(day: date, place: str) -> date:
    """The end of half-open days whose last one this is. Raises `InvalidInput`."""
    return checked_day(day, place, future=True) + timedelta(days=1)


def checked_value(value: int, place: str = "value") -> int:
    """What a meter shows, in hundredths. Raises `InvalidInput`."""
    if not 0 <= value <= MOST_VALUE:
        raise InvalidInput(_("must be 0 to 1,000,000,000"), place=place)
    return value


def decimal(text: str, places: int, place: str) -> int:
    """A number such as 1234.5 or 1234,5 in units of 10^-places: at most so many digits behind the point.

    Points and commas for thousands are refused, and so is a number that could be read with them. Raises `InvalidInput`.
    """
    found = _DECIMAL.fullmatch(re.sub(r"[\s\u00a0\u202f]", "", text))
    digits = found[2] or "" if found else ""
    if found is None or len(digits) > places or (places < 3 and len(digits) == 3):
        raise InvalidInput(
            _("“%(text)s” is not clear: write a number such as 1234.5, without marks for thousands", text=text[:40]),
            place=place,
        )
    return int(f"{found[1]}{digits.ljust(places, '0')}")


def checked_price(text: str, place: str = "price") -> int:
    """Euros of a unit, with at most four digits behind the point, in ten-thousandths. Raises `InvalidInput`."""
    price = decimal(text, 4, place)
    if not 0 < price <= MOST_PRICE:
        raise InvalidInput(_("must be more than 0 and at most 100 euros"), place=place)
    return price
