"""What money of works may be: kinds of costs, states, and the limits that no entry may pass. Pure."""

import unicodedata
from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from campus.amounts import MOST_CENTS, euros
from campus.nights import EARLIEST
from campus.places import rules as places
from core.errors import Conflict, InvalidInput
from core.i18n import gettext as _
from core.i18n import today

COST_TYPES = ("design", "works", "control", "contingency")
LOOK_ALIKES = str.maketrans("авеіјкмнорсѕтухԁԛԝαβεηικμνορτυχ", "abeijkmhopcstyxdqwabehikmnoptyx")
"""Cyrillic and Greek letters and the Latin ones that they are printed like, in either case."""
LONGEST_KEY = 210  # characters of an invoice's key
MOST_TEXT = 500
FIRST_YEAR, LAST_YEAR = 1964, 2199


class Status(StrEnum):
    """Of receipts, payments and the like: what is reversed counts no more."""

    BOOKED = "booked"
    REVERSED = "reversed"


class Standing(StrEnum):
    """Of commitments. What is closed counts with what was paid, what is cancelled not at all."""

    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"


def checked_cents(cents: int, place: str = "amount", *, least: int = 0) -> int:
    """An amount from `least` cents up. Raises `InvalidInput` naming `place`."""
    if cents < 0:
        raise InvalidInput(_("must not be negative"), place=place)
    if cents < least:
        raise InvalidInput(_("must be more than nothing"), place=place)
    if cents > MOST_CENTS:
        raise InvalidInput(_("is too large"), place=place)
    return cents


def checked_past(day: date, place: str = "day") -> date:
    """A day that has come, since 1964: what has not happened is not booked. Raises `InvalidInput`."""
    if day < EARLIEST:
        raise InvalidInput(_("the year must lie between 1964 and 2199"), place=place)
    if day > today():
        raise InvalidInput(_("must not lie in the future"), place=place)
    return day


def checked_text(given: str, most: int, place: str, *, needed: bool = False) -> str:
    """A text in one line, without blanks around it. Raises `InvalidInput`."""
    return places.checked_text(" ".join(given.split()), place, most, needed=needed)


def checked_reason(given: str, place: str = "reason") -> str:
    """Why something is changed, which must be said. Raises `InvalidInput`."""
    return checked_text(given, MOST_TEXT, place, needed=True)


def checked_year(year: int, place: str = "year") -> int:
    """A year of the campus. Raises `InvalidInput`."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise InvalidInput(_("the year must lie between 1964 and 2199"), place=place)
    return year


def invoice_key(supplier: str, invoice: str) -> str:
    """Supplier and invoice so that INV-001, inv 001 and Inv.001 are one. Raises `InvalidInput` without any of them."""
    number = plain(invoice)
    if not number:
        raise InvalidInput(_("must hold a letter or digit"), place="invoice")
    key = f"{plain(supplier)}|{number}"
    if len(key) > LONGEST_KEY:
        raise InvalidInput(_("is too long"), place="invoice")
    return key


def plain(text: str) -> str:
    """The letters and digits of a text in lower case, without accents, however one writes or types them.

    >>> plain("INV-١"), plain("Ëlan ltd."), plain("ІNV-1")  # an Arabic digit, a Cyrillic letter
    ('inv1', 'elanltd', 'inv1')
    """
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold()).translate(LOOK_ALIKES)
    return "".join(_plain(one) for one in folded if one.isalnum())


def _plain(one: str) -> str:
    return str(unicodedata.decimal(one)) if one.isdecimal() else one


def check_within(wanted: int, limit: int, place: str, message: str) -> None:
    """Raises `InvalidInput` with `message`, its %(over)s the euros by which `wanted` passes `limit`, both in cents."""
    if wanted > limit:
        values = {"over": euros(wanted - limit), "limit": euros(max(0, limit))}
        raise InvalidInput(message % values, place=place)


def check_booked(status: str) -> None:
    """Raises `Conflict` for what was reversed already."""
    if status != Status.BOOKED:
        raise Conflict(_("This was reversed already."))


def by_cost_type(pairs: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Cents for each of the cost types, 0 where there is nothing."""
    sums = dict.fromkeys(COST_TYPES, 0)
    for cost_type, cents in pairs:
        sums[cost_type] += cents
    return sums
