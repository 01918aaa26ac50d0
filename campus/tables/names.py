"""What the rows of a file call things: pavilions, rooms, types, parties, segments, events; and near names."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.places.models import Event, Party, Pavilion, Room, RoomType, Segment
from campus.tables.column import plain
from core.errors import InvalidInput
from core.i18n import format_list
from core.i18n import gettext as _

NEAR, MOST_NEAR, NEAR_LENGTH = 3, 200, 60


class Near:
    """Names that are near to an unknown one. Looked for a limited number of times: it is slow."""

    def __init__(self) -> None:
        self._found: dict[tuple[object, str], list[str]] = {}

    def to(self, text: str, names: Iterable[str], group: object = None) -> list[str]:
        """The nearest of the names; `group` says which names these are."""
        key = group, text[:NEAR_LENGTH]
        if key not in self._found and len(self._found) < MOST_NEAR:
            self._found[key] = get_close_matches(text[:NEAR_LENGTH], sorted(set(names)), NEAR)
        return self._found.get(key, [])


class Things:
    """All things of a kind: found by name or short name, however they are written."""

    def __init__(self, rows: Iterable[Any]) -> None:
        self._rows = {row.id: row for row in rows}
        self._close = Near()
        self._found: dict[str, set[int]] = defaultdict(set)
        for row in self._rows.values():
            self._found[plain(row.name)].add(row.id)
        for row in self._rows.values():
            self._found[plain(row.slug)] = {row.id}  # a short name is nobody else's

    def find(self, text: str, place: str) -> int:
        """The id of what is called so. Raises `InvalidInput` naming what is called nearly so."""
        found = self._found.get(plain(text), set())
        if len(found) == 1:
            return next(iter(found))
        if found:
            raise InvalidInput(_("several are called “%(name)s”: give the short name", name=text[:60]), place=place)
        raise InvalidInput(_unknown(text, self._near(text)), place=place)

    def name(self, row_id: int | None) -> str | None:
        """How it is called; its short name where others have the same name."""
        if row_id is None:
            return None
        row = self._rows[row_id]
        return str(row.name) if self._found[plain(row.name)] == {row_id} else str(row.slug)

    def slug(self, row_id: int | None) -> str | None:
        """Its short name."""
        return None if row_id is None else str(self._rows[row_id].slug)

    def row(self, row_id: int) -> Any:
        """The thing itself."""
        return self._rows[row_id]

    def _near(self, text: str) -> list[str]:
        names = {plain(row.name): str(row.name) for row in self._rows.values()}
        return [names[one] for one in self._close.to(plain(text), names)]


@dataclass(frozen=True, slots=True)
class RoomName:
    """A room as it is called."""

    id: int
    pavilion_id: int
    number: str


class Names:
    """Every name, read once for a whole file."""

    def __init__(self, session: Session) -> None:
        self.pavilions = Things(session.execute(sa.select(Pavilion.id, Pavilion.slug, Pavilion.name)))
        self.types = Things(session.execute(sa.select(RoomType.id, RoomType.slug, RoomType.name)))
        self.parties = Things(session.execute(sa.select(Party.id, Party.slug, Party.name)))
        self.segments = Things(session.execute(sa.select(Segment.id, Segment.slug, Segment.name, Segment.rate_cents)))
        self.events = Things(session.execute(sa.select(Event.id, Event.slug, Event.name)))
        rooms = session.execute(sa.select(Room.id, Room.pavilion_id, Room.number))
        self.rooms = {room_id: RoomName(room_id, pavilion, number) for room_id, pavilion, number in rooms}
        self._close = Near()
        self._by_number: dict[str, list[RoomName]] = defaultdict(list)
        for room in self.rooms.values():
            self._by_number[plain(room.number)].append(room)

    def room(self, pavilion: str | None, number: str) -> int:
        """The id of a room. Raises `InvalidInput` naming the column that is wrong, with the numbers that are near."""
        wanted = self._by_number.get(plain(number), [])
        if pavilion is None:
            if len(wanted) > 1:
                raise InvalidInput(
                    _("several pavilions have a room “%(number)s”: name the pavilion", number=number), place="pavilion"
                )
            if wanted:
                return wanted[0].id
            raise InvalidInput(_unknown(number, self._near(number, None)), place="room")
        pavilion_id = self.pavilions.find(pavilion, "pavilion")
        found = [room for room in wanted if room.pavilion_id == pavilion_id]
        exact = [room for room in found if room.number == number] or found
        if len(exact) == 1:
            return exact[0].id
        raise InvalidInput(_unknown(number, self._near(number, pavilion_id)), place="room")

    def room_there(self, pavilion_id: int, number: str) -> int | None:
        """The id of the room that has exactly this number, if there is one."""
        found = (room.id for room in self._by_number.get(plain(number), []))
        return next((one for one in found if self._is(one, pavilion_id, number)), None)

    def room_name(self, room_id: int) -> str:
        """Pavilion and number."""
        room = self.rooms[room_id]
        return f"{self.pavilions.name(room.pavilion_id)} {room.number}"

    def _is(self, room_id: int, pavilion_id: int, number: str) -> bool:
        room = self.rooms[room_id]
        return room.pavilion_id == pavilion_id and room.number == number

    def _near(self, number: str, pavilion_id: int | None) -> list[str]:
        there = (room.number for room in self.rooms.values() if pavilion_id in (None, room.pavilion_id))
        return self._close.to(number, there, pavilion_id)


def _unknown(text: str, near: list[str]) -> str:
    if near:
        return _("“%(name)s” is not known; near to it: %(near)s", name=text[:60], near=format_list(near))
    return _("“%(name)s” is not known", name=text[:60])
