"""What an entry of a fund may be, and how a fund rolls forward over any period. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from campus.amounts import MOST_CENTS
from core.errors import InvalidInput
from core.i18n import gettext as _

MOST_TEXT = 200
MOST_REASON = 500
EARLIEST, LATEST = date(1990, 1, 1), date(2100, 12, 31)
DAY = timedelta(days=1)


class Kind(StrEnum):
    """What an entry is. A commitment is what is promised and not yet paid; it stands from its day on."""

    OPENING = "opening"
    RECEIPT = "receipt"
    PAYMENT = "payment"
    COMMITMENT = "commitment"


class Status(StrEnum):
    """Whether an entry counts."""

    BOOKED = "booked"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount of a fund on a day, in cents; `planned`: expected by that day."""

    kind: Kind
    day: date
    cents: int
    planned: bool = False


@dataclass(frozen=True, slots=True)
class Roll:
    """A fund from the first day of a period to its last, in cents. Closing = opening + receipts − payments."""

    opening: int = 0
    receipts: int = 0
    payments: int = 0

    @property
    def closing(self) -> int:
        """What is there at the end of the last day."""
        return self.opening + self.receipts - self.payments

    def __add__(self, other: "Roll") -> "Roll":
        """Of two funds together."""
        return Roll(self.opening + other.opening, self.receipts + other.receipts, self.payments + other.payments)


@dataclass(frozen=True, slots=True)
class Statement:
    """A fund over a period: as planned, as it happened, and as forecast to the end of the last day. In cents.

    `commitments` are those open at the end of the last day. `printed` is the closing balance that a document prints
    for that day, None where none does. `expected_opening`: nobody has entered the balance that was really there.
    """

    planned: Roll
    actual: Roll
    forecast: Roll
    commitments: int = 0
    printed: int | None = None
    expected_opening: bool = False

    @property
    def free(self) -> int:
        """Free = closing − open commitments."""
        return self.actual.closing - self.commitments

    @property
    def difference(self) -> int | None:
        """Printed − computed closing of the plan; None where nothing is printed."""
        return None if self.printed is None else self.printed - self.planned.closing

    def __add__(self, other: "Statement") -> "Statement":
        """Of two funds together. What is printed is added up only where both are."""
        both = self.printed is not None and other.printed is not None
        return Statement(
            self.planned + other.planned,
            self.actual + other.actual,
            self.forecast + other.forecast,
            self.commitments + other.commitments,
            (self.printed or 0) + (other.printed or 0) if both else None,
            self.expected_opening or other.expected_opening,
        )


def statement(amounts: Sequence[Amount], first: date, last: date, on: date, printed: int | None = None) -> Statement:
    """How a fund stands over the days from `first` to `last`, seen on the day `on`.

    Planned and actual amounts roll forward each from its own opening balance, or from the other's where there is only
    that. The forecast is what came so far, and what is planned by a day and has not come by then; what lies before
    the end of `on` is never forecast.
    """
    planned, real = (opening_of(amounts, planned=which) for which in (True, False))
    return Statement(
        _roll(amounts, planned, first, last, planned=True),
        _roll(amounts, real, first, last, planned=False),
        _forecast(amounts, real, first, last, on),
        sum(one.cents for one in amounts if one.kind is Kind.COMMITMENT and one.day <= last),
        printed,
        real is not None and real.planned,
    )


def books_begin(amounts: Iterable[Amount]) -> date | None:
    """The day at whose end the first opening balance stands."""
    return min((one.day for one in amounts if one.kind is Kind.OPENING), default=None)


def opening_of(amounts: Iterable[Amount], *, planned: bool) -> Amount | None:
    """The balance that planned or actual amounts roll forward from: their own, or else the other's."""
    every = {one.planned: one for one in amounts if one.kind is Kind.OPENING}
    return every.get(planned, every.get(not planned))


def _roll(amounts: Sequence[Amount], opening: Amount | None, first: date, last: date, *, planned: bool) -> Roll:
    """Amounts up to the day of the opening balance are in it. Before that day nothing is known: all is 0."""
    if opening and last < opening.day:
        return Roll()
    before, until = (_flow(amounts, opening, day, planned) for day in (first - DAY, last))
    start = opening.cents if opening else 0
    return Roll(start + before[0] - before[1], until[0] - before[0], until[1] - before[1])


def _forecast(amounts: Sequence[Amount], opening: Amount | None, first: date, last: date, on: date) -> Roll:
    if opening and last < opening.day:
        return Roll()
    flows = []
    for day in (first - DAY, last):
        actual, planned = (_flow(amounts, opening, day, which) for which in (False, True))
        flows.append(actual if day <= on else (max(actual[0], planned[0]), max(actual[1], planned[1])))
    before, until = flows
    start = opening.cents if opening else 0
    return Roll(start + before[0] - before[1], until[0] - before[0], until[1] - before[1])


def _flow(amounts: Iterable[Amount], opening: Amount | None, day: date, planned: bool) -> tuple[int, int]:
    """Receipts and payments after the opening balance, up to the end of a day."""
    counted = [one for one in amounts if one.planned is planned and one.day <= day]
    after = [one for one in counted if opening is None or one.day > opening.day]
    receipts, payments = (sum(one.cents for one in after if one.kind is kind) for kind in (Kind.RECEIPT, Kind.PAYMENT))
    return receipts, payments


def checked_period(first: date, last: date) -> tuple[date, date]:
    """The first and last day of a period. Raises `InvalidInput` naming the one that cannot be."""
    for day, place in ((first, "first"), (last, "last")):
        checked_day(day, place)
    if last < first:
        raise InvalidInput(_("must not come before the first day"), place="last")
    return first, last


def checked_day(day: date, place: str = "day") -> date:
    """A day from 1990 to 2100. Raises `InvalidInput`."""
    if not EARLIEST <= day <= LATEST:
        raise InvalidInput(_("must be a day from 1990 to 2100"), place=place)
    return day


def checked_amount(kind: Kind, cents: int) -> int:
    """What an entry of a kind may be, in cents: a balance may be 0, all else is more. Raises `InvalidInput`."""
    if cents < 0:
        raise InvalidInput(_("must not be negative"), place="amount")
    if cents == 0 and kind is not Kind.OPENING:
        raise InvalidInput(_("must be more than 0"), place="amount")
    if cents > MOST_CENTS:
        raise InvalidInput(_("is too large"), place="amount")
    return cents
