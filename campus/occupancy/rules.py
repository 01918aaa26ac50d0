"""What claims are, and what may become of them. Pure."""

from enum import StrEnum

from core.errors import Conflict, InvalidInput
from core.i18n import gettext as _

MOST_GUESTS = 12
MOST_CENTS = 10_000_00  # a night; more is a slip of the pen


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


def takes_nights(kind: Kind, status: Status) -> bool:
    """Whether the claim keeps everybody else out of its room."""
    return status is Status.BOOKED and kind is not Kind.OUT_OF_SERVICE


def check_stay(guests: int, rate_cents: int) -> None:
    """1 to 12 guests and a rate that can be. Raises `InvalidInput`."""
    if not 1 <= guests <= MOST_GUESTS:
        raise InvalidInput(_("must be 1 to %(most)s", most=MOST_GUESTS), place="guests")
    if not 0 <= rate_cents <= MOST_CENTS:
        raise InvalidInput(_("must be 0 to 10,000 a night"), place="rate")


def check_step(status: Status, to: Status, kind: Kind) -> None:
    """Only what is booked can be cancelled or not turn up, and only guests can fail to turn up. Raises `Conflict`."""
    if status is not Status.BOOKED:
        raise Conflict(_("This claim has already ended: it is “%(status)s”.", status=status.value))
    if to is Status.NO_SHOW and kind is not Kind.STAY:
        raise Conflict(_("Only a stay can be marked as not turned up."))
