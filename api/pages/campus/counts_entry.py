"""The entries of the count form: read, checked, and held against what the person was looking at."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from pydantic import BaseModel
from sqlalchemy.orm import Session

from api.count_words import named
from api.dependencies import LARGEST_ID
from api.forms import Entered
from campus.counts import rules
from campus.counts.models import DailyCount
from campus.counts.queries import CountLine
from campus.counts.rules import Seen
from core.errors import InvalidInput
from core.i18n import gettext as _
from core.i18n import lazy

MOST_DIGITS = 5


class Correction(BaseModel):
    """What the form asks beside the figures."""

    reason: str = ""

    labels: ClassVar = {"reason": lazy("The reason:"), "night": lazy("The night:")}


@dataclass(frozen=True, slots=True)
class Given:
    """The figures of a form by pavilion, and the ids of the counts that they are based on."""

    seen: Mapping[int, Seen]
    based_on: Mapping[int, int | None]


def saved(lines: Sequence[CountLine]) -> dict[str, str]:
    """Field → what is saved; "" where nobody has counted."""
    fields = {}
    for line in lines:
        fields[_rooms(line)] = str(line.count.rooms) if line.count else ""
        fields[_guests(line)] = str(line.count.guests) if line.count else ""
    return fields


def shown(session: Session, lines: Sequence[CountLine], entered: Entered) -> dict[str, str]:
    """Field → what stands in it: an entry that was changed, else what is saved by now."""
    fields = saved(lines)
    entries = any(entered.value(name) for line in lines for name in (_rooms(line), _guests(line), _was(line)))
    for line in lines if entries else ():
        if not _untouched(session, line, entered):
            fields |= {name: entered.value(name) for name in (_rooms(line), _guests(line))}
    return fields


def as_expected(lines: Sequence[CountLine], entered: Entered) -> dict[str, str]:
    """The entries, with what is claimed in the fields that are empty: to be looked at and then saved."""
    start = {name: entered.value(name) for name in ("reason", *saved(lines))}
    for line in lines:
        start[_was(line)] = entered.value(_was(line))
        if not start[_rooms(line)].strip() and not start[_guests(line)].strip():
            start |= {_rooms(line): str(line.claimed.rooms), _guests(line): str(line.claimed.guests)}
    return start


def checked(session: Session, lines: Sequence[CountLine], entered: Entered) -> Given:
    """What was entered and changed. Raises `InvalidInput`; every wrong field has its error in `entered` then."""
    seen: dict[int, Seen] = {}
    based_on: dict[int, int | None] = {}
    for line in lines:
        if _untouched(session, line, entered):
            continue
        based_on[line.pavilion.id] = _version(line, entered)
        try:
            seen[line.pavilion.id] = _seen(line, entered)
        except InvalidInput as error:
            entered.errors[error.place] = named(line.pavilion.name, error.message)
    if entered.errors:
        place, message = next(iter(entered.errors.items()))
        raise InvalidInput(message, place=place)
    return Given(seen, based_on)


def _seen(line: CountLine, entered: Entered) -> Seen:
    rooms_text, guests_text = (entered.value(name).strip() for name in (_rooms(line), _guests(line)))
    if line.count is not None and not rooms_text and not guests_text:
        raise InvalidInput(_("a count cannot be taken away, only corrected"), place=_rooms(line))
    rooms = _number(rooms_text, _rooms(line))
    guests = 0 if rooms == 0 and not guests_text else _number(guests_text, _guests(line))
    try:
        rules.check(Seen(rooms, guests), line.rooms, "")
    except InvalidInput as error:
        raise InvalidInput(error.message, place=_guests(line) if error.place else _rooms(line)) from None
    return Seen(rooms, guests)


def _number(text: str, place: str) -> int:
    if not text:
        raise InvalidInput(_("fill in both the rooms and the guests"), place=place)
    if not (text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS):
        raise InvalidInput(_("enter a whole number, such as 12"), place=place)
    return int(text)


def _untouched(session: Session, line: CountLine, entered: Entered) -> bool:
    """Whether the entries are those that the form was shown with."""
    based_on = _version(line, entered)
    was = session.get(DailyCount, based_on) if based_on else None
    before = (str(was.rooms), str(was.guests)) if was else ("", "")
    return (entered.value(_rooms(line)).strip(), entered.value(_guests(line)).strip()) == before


def _version(line: CountLine, entered: Entered) -> int | None:
    text = entered.value(_was(line))
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 11 and int(text) <= LARGEST_ID else None


def _rooms(line: CountLine) -> str:
    return f"rooms-{line.pavilion.id}"


def _guests(line: CountLine) -> str:
    return f"guests-{line.pavilion.id}"


def _was(line: CountLine) -> str:
    return f"was-{line.pavilion.id}"
