"""The lines of the running costs, and what an entry may be. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from campus.amounts import MOST_CENTS
from campus.nights import EARLIEST, LATEST, Nights
from core.errors import InvalidInput
from core.i18n import gettext as _

LONGEST_TEXT = 500


class Line(StrEnum):
    """What an amount is for. Item 18 of the Programme and Budget has the first five; security is its item 19."""

    UTILITIES = "utilities"
    WASTE = "waste"
    MAINTENANCE = "maintenance"
    CLEANING = "cleaning"
    OTHER = "other"
    SECURITY = "security"
    RECOVERY = "recovery"
    RENT = "rent"


COSTS = (Line.UTILITIES, Line.WASTE, Line.MAINTENANCE, Line.CLEANING, Line.OTHER)
INCOMES = (Line.RECOVERY, Line.RENT)


class Kind(StrEnum):
    """What an amount is: planned, expected, or what it came to."""

    BUDGET = "budget"
    FORECAST = "forecast"
    ACTUAL = "actual"


class Status(StrEnum):
    """Whether an entry counts."""

    ENTERED = "entered"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Place:
    """Where an amount stands: line, party of an income, kind and period. `until` is the day after the last one."""

    line: Line
    kind: Kind
    period: Nights
    party_id: int | None = None

    @property
    def row(self) -> tuple[Line, int | None, Kind]:
        """What must not overlap itself."""
        return self.line, self.party_id, self.kind


def checked_place(place: Place) -> Place:
    """Raises `InvalidInput` naming `last` or `party`."""
    checked_period(place.period.first, place.period.until)
    if place.line in INCOMES and place.party_id is None:
        raise InvalidInput(_("is needed: say who pays"), place="party")
    if place.line not in INCOMES and place.party_id is not None:
        raise InvalidInput(_("costs have no party"), place="party")
    return place


def checked_period(first: date, until: date) -> Nights:
    """At least a day in sensible years. Raises `InvalidInput` naming `last`."""
    if until <= first:
        raise InvalidInput(_("must not come before the first day"), place="last")
    if first < EARLIEST or until > LATEST:
        raise InvalidInput(_("the year must lie between 1964 and 2199"), place="last")
    return Nights(first, until)


def checked_days(first: date, last: date) -> Nights:
    """The period from one day until another, both of them in it. Raises `InvalidInput` naming `last`."""
    if last >= LATEST:
        raise InvalidInput(_("the year must lie between 1964 and 2199"), place="last")
    return checked_period(first, last + timedelta(days=1))


def last_day(period: Nights) -> date:
    """The last day of a period, as people write it."""
    return period.until - timedelta(days=1)


def checked_cents(cents: int, place: str = "amount") -> int:
    """Not negative, and not beyond all measure. Raises `InvalidInput`."""
    if cents < 0:
        raise InvalidInput(_("must not be negative"), place=place)
    if cents > MOST_CENTS:
        raise InvalidInput(_("is too large"), place=place)
    return cents
