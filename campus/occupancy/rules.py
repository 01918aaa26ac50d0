"""What claims are, and what may become of them. Pure."""

from datetime import date
from enum import StrEnum

from campus.rates import checked_rate
from core.errors import Conflict, InvalidInput
from core.i18n import gettext as _
from core.i18n import lazy

MOST_GUESTS = 12
MOST_TEXT = 500  # characters of a note, of a reason, and of a stay's names

TypeNight = tuple[int, date]  # a room type's id and a night: what can be promised before rooms are known


class Kind(StrEnum):
    """Why a room is claimed."""

    STAY = "stay"
    HOUSE_USE = "house use"
    OUT_OF_ORDER = "out of order"  # cannot be sold
    OUT_OF_SERVICE = "out of service"  # a small fault: can be sold if it must, so it takes no night
    SEASONAL_CLOSURE = "seasonal closure"
    EXTENDED_CLOSURE = "extended closure"  # closed for months, such as for renovation


class Status(StrEnum):
    """What became of a claim."""

    BOOKED = "booked"
    NO_SHOW = "no show"  # is paid and takes no room
    CANCELLED = "cancelled"


CLOSED = (Kind.SEASONAL_CLOSURE, Kind.EXTENDED_CLOSURE)  # both count as extended closed
SOLD_OR_USED = (Kind.STAY, Kind.HOUSE_USE)  # what may not take a room that is promised to a group
_WORDS = {
    Kind.STAY: lazy("stay"),
    Kind.HOUSE_USE: lazy("house use"),
    Kind.OUT_OF_ORDER: lazy("out of order"),
    Kind.OUT_OF_SERVICE: lazy("out of service"),
    Kind.SEASONAL_CLOSURE: lazy("seasonal closure"),
    Kind.EXTENDED_CLOSURE: lazy("extended closure"),
    Status.BOOKED: lazy("booked"),
    Status.NO_SHOW: lazy("no show"),
    Status.CANCELLED: lazy("cancelled"),
}


def in_words(stored: str) -> str:
    """A kind or status within a sentence, in the visitor's language."""
    return str(_WORDS[Status(stored) if stored in set(Status) else Kind(stored)])


def takes_nights(kind: Kind, status: Status) -> bool:
    """Whether the claim keeps everybody else out of its room."""
    return status is Status.BOOKED and kind is not Kind.OUT_OF_SERVICE


def check_stay(guests: int, rate_cents: int) -> None:
    """1 to 12 guests and a rate that can be. Raises `InvalidInput`."""
    if not 1 <= guests <= MOST_GUESTS:
        raise InvalidInput(_("must be 1 to %(most)s", most=MOST_GUESTS), place="guests")
    checked_rate(rate_cents)


def check_step(status: Status, to: Status, kind: Kind, first: date, today: date) -> None:
    """Whether a claim may become `to`. Raises `Conflict`.

    Only what is booked can be cancelled or not turn up, only guests can fail to turn up, and not before their first
    night; only what has ended can be booked again.
    """
    if to is Status.BOOKED:
        if status is Status.BOOKED:
            raise Conflict(_("This claim has not ended."))
        return
    check_booked(status)
    if to is Status.NO_SHOW and kind is not Kind.STAY:
        raise Conflict(_("Only a stay can be marked as not turned up."))
    if to is Status.NO_SHOW and first > today:
        raise Conflict(_("The guests are not expected yet: cancel the stay instead."))


def check_booked(status: Status) -> None:
    """What has ended cannot be changed. Raises `Conflict`."""
    if status is not Status.BOOKED:
        raise Conflict(_("This claim has already ended: it is “%(status)s”.", status=in_words(status)))
