"""When guests may be invited, what a list of addresses may hold, and what of the answers is told. Pure."""

import csv
import re
from dataclasses import dataclass
from datetime import date, timedelta
from email.errors import MessageError
from email.headerregistry import Address
from enum import StrEnum

from core.errors import InvalidInput
from core.guest_texts import LANGUAGES
from core.i18n import format_number
from core.i18n import gettext as _

MOST_ADDRESSES = 5000
LONGEST_LINE = 400  # characters
MOST_NAMED = 10  # wrong lines that an error names
OPEN_DAYS = 21  # from the first sending, where nobody says otherwise
LONGEST_DAYS = 92
SMALLEST = 5  # guests: fewer are told of by no figure
MOST_TRIES = 12  # about three days
FIRST_PAUSE = timedelta(minutes=5)
LONGEST_PAUSE = timedelta(hours=12)
SEPARATORS = ",;\t"

_EMAIL = re.compile(r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-z0-9](?:[a-z0-9.-]{0,186}[a-z0-9])?")


class State(StrEnum):
    """How far a batch is."""

    EMPTY = "empty"  # nobody is to be invited yet
    PLANNED = "planned"
    SENDING = "sending"
    OPEN = "open"  # everybody has their mail, and may answer
    STOPPED = "stopped"  # nobody else gets one; who has one may answer
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Guest:
    """One line of a list of addresses."""

    line: int
    email: str
    language: str


@dataclass(frozen=True, slots=True)
class Dates:
    """The days of a batch: the guests left, the first mail may go, the last answer may come."""

    left_on: date
    send_from: date
    closes: date


def checked_dates(left_on: date, send_from: date | None, closes: date | None) -> Dates:
    """The days with those that nobody gave: sent the day after, open for three weeks. Raises `InvalidInput`."""
    if not 2000 <= left_on.year <= 2100:
        raise InvalidInput(_("must lie between 2000 and 2100"), place="left_on")
    send_from = send_from or left_on + timedelta(days=1)
    if send_from < left_on:
        raise InvalidInput(_("must not be before the guests have left"), place="send_from")
    if send_from > left_on + timedelta(days=LONGEST_DAYS):
        raise InvalidInput(_("must be within %(n)s days of the departure", n=LONGEST_DAYS), place="send_from")
    closes = closes or send_from + timedelta(days=OPEN_DAYS)
    if not send_from < closes <= send_from + timedelta(days=LONGEST_DAYS):
        raise InvalidInput(_("must be 1 to %(n)s days after the first mail", n=LONGEST_DAYS), place="closes")
    return Dates(left_on, send_from, closes)


def state_of(dates: Dates, on: date, *, stopped: bool, waiting: int, sent: bool) -> State:
    """How far a batch is on that day; `waiting` guests still have no mail."""
    if on > dates.closes:
        return State.CLOSED
    if stopped:
        return State.STOPPED
    if waiting:
        return State.SENDING if on >= dates.send_from else State.PLANNED
    return State.OPEN if sent else State.EMPTY


def guests(text: str, language: str, place: str = "addresses") -> list[Guest]:
    """A pasted list or a small CSV: `address` or `address,language` a line, `language` for those without.

    A first line of headings is passed over. Raises `InvalidInput` that names every wrong line by its number.
    """
    found: list[Guest] = []
    wrong: list[str] = []
    first_lines: dict[str, int] = {}
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text.removeprefix("\ufeff")), start=1):
        if not line.strip() or (not found and not wrong and _is_heading(line)):
            continue
        try:
            guest = _guest(number, line, language)
            earlier = first_lines.setdefault(guest.email, number)
            if earlier != number:
                raise InvalidInput(_("the same address as line %(n)s", n=format_number(earlier)))
            found.append(guest)
        except InvalidInput as error:
            wrong.append(_("line %(n)s: %(fault)s", n=format_number(number), fault=error.message))
    if wrong:
        raise InvalidInput(_named(wrong), place=place)
    if not found:
        raise InvalidInput(_("Enter at least one address."), place=place)
    if len(found) > MOST_ADDRESSES:
        raise InvalidInput(_("A list may hold at most %(n)s addresses.", n=format_number(MOST_ADDRESSES)), place=place)
    return found


def checked_address(given: str) -> str:
    """An e-mail address that a mail's header can carry, in lower case. Raises `InvalidInput`."""
    email = given.strip().lower()
    try:
        if len(email) <= 254 and _EMAIL.fullmatch(email) and Address(addr_spec=email).domain:
            return email
    except (ValueError, IndexError, MessageError):  # the parser of the standard library has all three
        pass
    raise InvalidInput(_("“%(given)s” is not an e-mail address", given=_short(given)))


def pause(tries: int) -> timedelta:
    """How long a mail waits after so many tries that failed."""
    return min(FIRST_PAUSE * (1 << min(tries - 1, 20)), LONGEST_PAUSE)


def may_be_told(invited: int, answered: int) -> bool:
    """Whether the number of answers tells nothing of a few guests."""
    return invited >= SMALLEST and (answered == 0 or answered >= SMALLEST)


def _guest(number: int, line: str, language: str) -> Guest:
    if len(line) > LONGEST_LINE or not line.replace("\t", "").isprintable():
        raise InvalidInput(_("is too long, or holds a character that no address may have"))
    separator = next((one for one in SEPARATORS if one in line), ",")
    cells = [cell.strip() for cell in next(csv.reader([line], delimiter=separator))]
    if len(cells) > 2 and any(cells[2:]):
        raise InvalidInput(_("holds more than an address and a language"))
    spoken = (cells[1].lower() if len(cells) > 1 else "") or language
    if spoken not in LANGUAGES:
        names = ", ".join(LANGUAGES)
        raise InvalidInput(_("“%(given)s” is none of the languages %(names)s", given=_short(spoken), names=names))
    return Guest(number, checked_address(cells[0]), spoken)


def _is_heading(line: str) -> bool:
    """Whether a first line names its columns."""
    return "@" not in line and re.match(r"\W*(e-?mail|address|adresse)", line.strip(), re.IGNORECASE) is not None


def _named(wrong: list[str]) -> str:
    more = len(wrong) - MOST_NAMED
    told = "; ".join(wrong[:MOST_NAMED])
    return _("%(lines)s; and %(n)s lines more", lines=told, n=format_number(more)) if more > 0 else told


def _short(given: str) -> str:
    return given.strip()[:60]
