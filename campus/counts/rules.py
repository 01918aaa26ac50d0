"""What a count may say, and when its difference from the claims is settled. Pure."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from core.errors import InvalidInput
from core.i18n import gettext as _

MOST_GUESTS_A_ROOM = 12
LONGEST_TEXT = 500


@dataclass(frozen=True, slots=True)
class Seen:
    """Rooms and guests of one pavilion in one night: as counted, or as claimed."""

    rooms: int
    guests: int


class Standing(StrEnum):
    """How a count stands to the claims of its night."""

    MISSING = "missing"
    AGREES = "agrees"
    EXPLAINED = "explained"
    DIFFERS = "differs"


OPEN = (Standing.MISSING, Standing.DIFFERS)  # somebody still has to do something


def standing(counted: Seen | None, claimed: Seen, explained: int | None) -> Standing:
    """Rooms decide. An explanation holds for the difference that it was written for, and for no other."""
    if counted is None:
        return Standing.MISSING
    difference = counted.rooms - claimed.rooms
    if difference == 0:
        return Standing.AGREES
    return Standing.EXPLAINED if difference == explained else Standing.DIFFERS


def check(seen: Seen, rooms_there: int, place: str) -> None:
    """Never more rooms than there are, no guests without a room. Raises `InvalidInput` naming the place."""
    if not 0 <= seen.rooms <= rooms_there:
        raise InvalidInput(_("there are %(most)s rooms, so it must be 0 to %(most)s", most=rooms_there), place=place)
    if not seen.rooms <= seen.guests <= seen.rooms * MOST_GUESTS_A_ROOM:
        raise InvalidInput(
            _("a room has 1 to %(most)s guests, so this must be %(first)s to %(last)s", most=MOST_GUESTS_A_ROOM,
              first=seen.rooms, last=seen.rooms * MOST_GUESTS_A_ROOM),
            place=f"{place}, guests",
        )  # fmt: skip


def check_night(night: date, today: date, place: str) -> None:
    """A night can be counted from its evening on. Raises `InvalidInput`."""
    if night > today:
        raise InvalidInput(_("this night is still to come"), place=place)


def checked_reason(given: str) -> str:
    """Why a count is corrected, at most 500 characters; empty where nobody said it. Raises `InvalidInput`."""
    reason = given.strip()
    if len(reason) > LONGEST_TEXT:
        raise InvalidInput(_("must be at most 500 characters"), place="reason")
    return reason
