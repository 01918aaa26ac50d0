"""Guest rooms from a file and into one: a row is a period of a room, recognised by pavilion, number and first night."""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.known import known
from campus.nights import LATEST, Nights
from campus.occupancy.models import RoomNight
from campus.places.models import Room, RoomPeriod
from campus.places.rules import FEATURES, checked_beds, checked_room_number, checked_words, first_night_outside
from campus.tables.bulk import Told, insert, supersede_all
from campus.tables.names import Names
from campus.tables.rules import Choices, Given, Line, Outcome, Problem, refused, settled
from core import clock
from core.errors import InvalidInput
from core.i18n import format_date
from core.i18n import gettext as _

Written = dict[str, list[int]]
Place = tuple[int, str]  # pavilion and number
FIELDS = ("id", "room_id", "type_id", "first", "until", "beds", "features")


def plan(session: Session, rows: list[Given], choices: Choices) -> list[Line]:
    """What each row would do, one after the other."""
    planner = _Planner(session, choices.reason)
    return [planner.line(given) for given in rows]


class _Planner:
    def __init__(self, session: Session, reason: str) -> None:
        self._names, self._reason = Names(session), reason
        self._periods: dict[int, list[dict[str, Any]]] = defaultdict(list)
        for row in session.execute(
            sa.select(*(getattr(RoomPeriod, one) for one in FIELDS)).where(known(RoomPeriod, None))
        ):
            self._periods[row.room_id].append(dict(zip(FIELDS, row, strict=True)))
        self._taken: dict[int, Nights] = {}
        ends = sa.select(RoomNight.room_id, sa.func.min(RoomNight.night), sa.func.max(RoomNight.night))
        for room_id, first, last in session.execute(ends.group_by(RoomNight.room_id)):
            self._taken[room_id] = Nights(first, date.fromordinal(last.toordinal() + 1))
        self._session = session
        self._rows: dict[tuple[Place, date], int] = {}
        self._new: dict[Place, list[tuple[int, Nights]]] = defaultdict(list)  # row and nights of periods of this file
        self._kept: dict[Place, set[date]] = defaultdict(set)  # first nights of the same

    def line(self, given: Given) -> Line:
        """What a row would do."""
        if given.problems:
            return refused(given)
        try:
            return self._line(given, self._values(given))
        except InvalidInput as error:
            return refused(given, Problem(given.row, error.place, error.message))

    def _values(self, given: Given) -> dict[str, Any]:
        said = given.values
        pavilion_id = self._names.pavilions.find(said["pavilion"], "pavilion")
        nights = Nights.checked(said["first"], said.get("until") or LATEST, "until")
        features = [one.strip().casefold() for one in re.split(r"[,;\n]", said.get("features") or "") if one.strip()]
        return {
            "pavilion_id": pavilion_id,
            "number": checked_room_number(said["room"], "room"),
            "type_id": self._names.types.find(said["type"], "type"),
            "beds": checked_beds(said["beds"], "beds"),
            "features": checked_words(features, FEATURES, "features") if features else None,
            "first": nights.first,
            "until": said.get("until"),
            "reason": self._reason,
        }

    def _line(self, given: Given, values: dict[str, Any]) -> Line:
        place = values["pavilion_id"], values["number"]
        if (place, values["first"]) in self._rows:
            row = self._rows[place, values["first"]]
            raise InvalidInput(_("the same room and first night as row %(row)s", row=row))
        self._rows[place, values["first"]] = given.row
        room_id = self._names.room_there(*place)
        there = self._periods.get(room_id, []) if room_id is not None else []
        now = next((one for one in there if one["first"] == values["first"]), None)
        values["room_id"] = room_id
        for name in ("until", "features"):  # an empty cell changes nothing
            values[name] = values[name] if values[name] is not None or now is None else now[name]
        values["features"] = values["features"] or []
        line = Line(given.row, Outcome.ADD, values, self._shown(values))
        if now is not None:
            line = settled(given.row, values, line.shown, self._shown(now), now["id"])
            line.was = now
        if line.changes:
            self._refuse_overlap(place, values, there)
            self._refuse_taken(values, there)
        self._new[place].append((given.row, _nights(values)))
        self._kept[place].add(values["first"])
        return line

    def _refuse_overlap(self, place: Place, values: dict[str, Any], there: list[dict[str, Any]]) -> None:
        """A room is one kind of room at a time."""
        mine = _nights(values)
        for row, nights in self._new[place]:
            if len(mine.clipped(nights)):
                raise InvalidInput(_("overlaps the period of row %(row)s of this file", row=row), place="first")
        for period in there:
            if period["first"] not in {values["first"], *self._kept[place]} and len(mine.clipped(_nights(period))):
                day = format_date(period["first"])
                raise InvalidInput(_("overlaps the period that begins on %(day)s", day=day), place="first")

    def _refuse_taken(self, values: dict[str, Any], there: list[dict[str, Any]]) -> None:
        """A period cannot end while its room is taken afterwards."""
        taken = self._taken.get(values["room_id"])
        if taken is None:
            return
        periods = [_nights(one) for one in there if one["first"] != values["first"]] + [_nights(values)]
        outside = first_night_outside(sorted(periods, key=lambda one: one.first), taken)
        if outside is None:
            return
        ours = RoomNight.room_id == values["room_id"], RoomNight.night >= _nights(values).until
        for night in self._session.scalars(sa.select(RoomNight.night).where(*ours).order_by(RoomNight.night)):
            if not any(night in period for period in periods):
                raise InvalidInput(
                    _("the room is taken in the night of %(night)s", night=format_date(night)), place="until"
                )

    def _shown(self, values: dict[str, Any]) -> dict[str, Any]:
        return shown(values, self._names)


def shown(period: dict[str, Any], names: Names) -> dict[str, Any]:
    """A period of a room by key of column, as an export writes it."""
    room = names.rooms.get(period["room_id"] or 0)
    pavilion_id = room.pavilion_id if room else period["pavilion_id"]
    return {
        "pavilion": names.pavilions.name(pavilion_id),
        "room": room.number if room else period["number"],
        "type": names.types.name(period["type_id"]),
        "beds": period["beds"],
        "features": ", ".join(period["features"]) or None,
        "first": period["first"],
        "until": period["until"],
    }


def _nights(period: dict[str, Any]) -> Nights:
    return Nights(period["first"], period["until"] or LATEST)


def write(session: Session, lines: list[Line], actor: str) -> Written:
    """Write what the lines add and change. They must have been planned in this transaction."""
    rooms = _new_rooms(session, lines)
    for line in lines:
        line.values["room_id"] = line.values["room_id"] or rooms[line.values["pavilion_id"], line.values["number"]]
    supersede_all(session, RoomPeriod, [line.target for line in lines if line.target is not None])
    written = {"recorded_at": clock.now(), "recorded_by": actor, "superseded_at": None}
    names = ("room_id", "type_id", "first", "until", "beds", "features", "reason")
    ids = insert(session, RoomPeriod, [{name: line.values[name] for name in names} | written for line in lines])
    told = Told(session, actor, "room.period", "room")
    for line in lines:
        told.add(line.values["room_id"], _told(line.was) if line.was else None, _told(line.values))
    told.write()
    return {"periods": ids, "rooms": sorted(rooms.values())}


def _new_rooms(session: Session, lines: list[Line]) -> dict[Place, int]:
    places = dict.fromkeys(
        (line.values["pavilion_id"], line.values["number"]) for line in lines if line.values["room_id"] is None
    )
    rows = [{"pavilion_id": pavilion, "number": number, "created_at": clock.now()} for pavilion, number in places]
    return dict(zip(places, insert(session, Room, rows), strict=True))


def _told(values: Any) -> dict[str, Any]:
    until = values["until"].isoformat() if values["until"] else None
    told = {"first": values["first"].isoformat(), "until": until}
    return told | {name: values[name] for name in ("type_id", "beds", "features")}


def rows(session: Session, nights: Nights, pavilion_id: int | None) -> Iterator[dict[str, Any]]:
    """The rooms that are there in a period, by pavilion and number, by key of column."""
    names = Names(session)
    query = (
        sa.select(*(getattr(RoomPeriod, one) for one in FIELDS))
        .join(Room, Room.id == RoomPeriod.room_id)
        .where(known(RoomPeriod, None), RoomPeriod.first < nights.until)
        .where(sa.or_(RoomPeriod.until.is_(None), RoomPeriod.until > nights.first))
        .order_by(Room.pavilion_id, Room.number, RoomPeriod.first)
    )
    if pavilion_id is not None:
        query = query.where(Room.pavilion_id == pavilion_id)
    for row in session.execute(query, execution_options={"yield_per": 1000}):
        yield shown(dict(zip(FIELDS, row, strict=True)), names)
