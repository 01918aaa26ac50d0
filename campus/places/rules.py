"""The words by which places are described, and what they may hold. Pure."""

import re
import unicodedata
from collections.abc import Collection, Iterable
from datetime import date
from itertools import count

from campus.nights import Nights
from core.errors import InvalidInput
from core.i18n import gettext as _

USES = ("hotel", "classrooms", "offices")
FEATURES = ("step-free", "wide door", "roll-in shower", "grab rails", "visual alarm", "hearing loop")
PARTY_KINDS = ("own", "partner", "third party")
SPACE_KINDS = ("meeting room", "office")
MOST_BEDS = 12
MOST_AT_ONCE = 200  # rooms that are added in one step
MOST_PEOPLE = 100_000
MOST_AREA = 1_000_000  # m²
MOST_TEXT = 500  # of a note or a reason

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_ROOM_NUMBER = re.compile(r"[0-9A-Za-z][0-9A-Za-z ./-]{0,19}")
_RANGE = re.compile(r"([A-Za-z]{0,8})([0-9]{1,6})\s*[-–]\s*([A-Za-z]{0,8})([0-9]{1,6})")


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


def checked_name(given: str, most: int = 120, place: str = "name") -> str:
    """A name without blanks around it. Raises `InvalidInput`."""
    name = " ".join(given.split())
    if not 1 <= len(name) <= most:
        raise InvalidInput(_("must be 1 to %(most)s characters", most=most), place=place)
    return name


def checked_text(given: str, place: str, most: int = MOST_TEXT, *, needed: bool = False) -> str:
    """A text without blanks around it. Raises `InvalidInput` for one too long, and for none where it is `needed`."""
    text = given.strip()
    if needed and not text:
        raise InvalidInput(_("is needed"), place=place)
    if len(text) > most:
        raise InvalidInput(_("must be at most %(most)s characters", most=most), place=place)
    return text


def checked_word(given: str, known: tuple[str, ...], place: str) -> str:
    """One of the known words. Raises `InvalidInput`."""
    return checked_words([given], known, place)[0]


def checked_number(given: int, least: int, most: int, place: str) -> int:
    """A number from `least` to `most`. Raises `InvalidInput`."""
    if not least <= given <= most:
        raise InvalidInput(_("must be %(least)s to %(most)s", least=least, most=most), place=place)
    return given


def slug_of(name: str, taken: Collection[str], otherwise: str) -> str:
    """A short name made of a name: `Équipe 7` becomes `equipe-7`, and `equipe-7-2` where that is taken."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = "-".join(re.findall("[a-z0-9]+", plain))[:60].strip("-") or otherwise
    candidates = (f"{slug}-{number}" if number > 1 else slug for number in count(1))
    return next(one for one in candidates if one not in taken)


def checked_numbers(given: str, place: str = "numbers") -> list[str]:
    """Room numbers such as `101–128, 201, G01–G12`, each once. Raises `InvalidInput` naming what cannot be read."""
    numbers: list[str] = []
    for part in filter(None, (one.strip() for one in given.split(","))):
        numbers += _range(part, place) if _RANGE.fullmatch(part) else [checked_room_number(part, place)]
        if len(numbers) > MOST_AT_ONCE:
            raise InvalidInput(_("are more than %(most)s rooms", most=MOST_AT_ONCE), place=place)
    twice = sorted({one for one in numbers if numbers.count(one) > 1})
    if twice:
        raise InvalidInput(_("hold %(number)s twice", number=twice[0]), place=place)
    if not numbers:
        raise InvalidInput(_("must be at least one"), place=place)
    return numbers


def _range(part: str, place: str) -> list[str]:
    found = _RANGE.fullmatch(part)
    assert found is not None
    prefix, first, again, last = found.groups()
    if (again and again != prefix) or int(last) < int(first) or len(last) < len(first):
        raise InvalidInput(_("hold “%(part)s”, which is no range such as 101–128", part=part), place=place)
    if int(last) - int(first) >= MOST_AT_ONCE:
        raise InvalidInput(_("are more than %(most)s rooms", most=MOST_AT_ONCE), place=place)
    return [f"{prefix}{number:0{len(first)}}" for number in range(int(first), int(last) + 1)]


def first_night_outside(periods: Iterable[Nights], nights: Nights) -> date | None:
    """The first of the nights in which a room with these periods, by date, is none; None when it always is one."""
    first = nights.first
    for period in periods:
        if first in period:
            if period.until >= nights.until:
                return None
            first = period.until
    return first
