"""The words by which places are described, and what they may hold. Pure."""

import re
from collections.abc import Iterable
from datetime import date

from campus.nights import Nights
from core.errors import InvalidInput
from core.i18n import gettext as _

USES = ("hotel", "classrooms", "offices")
FEATURES = ("step-free", "wide door", "roll-in shower", "grab rails", "visual alarm", "hearing loop")
PARTY_KINDS = ("own", "partner", "third party")
SPACE_KINDS = ("meeting room", "office")
MOST_BEDS = 12

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_ROOM_NUMBER = re.compile(r"[0-9A-Za-z][0-9A-Za-z ./-]{0,19}")


def checked_slug(given: str, place: str = "slug") -> str:
    """A short name for addresses. Raises `InvalidInput`."""
    if len(given) > 64 or not _SLUG.fullmatch(given):
        raise InvalidInput(_("must be 1 to 64 lower-case letters, digits and hyphens"), place=place)
    return given


def checked_room_number(given: str, place: str = "number") -> str:
    """A room's number as it stands on its door: text, so that 007 stays 007. Raises `InvalidInput`."""
    number = given.strip()
    if not _ROOM_NUMBER.fullmatch(number):
        raise InvalidInput(_("must be 1 to 20 letters, digits, blanks, dots, slashes or hyphens"), place=place)
    return number


def checked_beds(given: int, place: str = "beds") -> int:
    """1 to 12. Raises `InvalidInput`."""
    if not 1 <= given <= MOST_BEDS:
        raise InvalidInput(_("must be 1 to %(most)s", most=MOST_BEDS), place=place)
    return given


def checked_words(given: Iterable[str], known: tuple[str, ...], place: str) -> list[str]:
    """Any of the known words, each once, in their order. Raises `InvalidInput` naming the one that is not."""
    wanted = set(given)
    if unknown := sorted(wanted - set(known)):
        raise InvalidInput(
            _("“%(word)s” is not one of %(names)s", word=unknown[0][:40], names=", ".join(known)), place=place
        )
    return [word for word in known if word in wanted]


def first_night_outside(periods: Iterable[Nights], nights: Nights) -> date | None:
    """The first of the nights in which a room with these periods, by date, is none; None when it always is one."""
    first = nights.first
    for period in periods:
        if first in period:
            if period.until >= nights.until:
                return None
            first = period.until
    return first
