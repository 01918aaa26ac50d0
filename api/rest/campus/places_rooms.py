"""Guest rooms: what they are on a day, and their periods with all versions. A room's ETag counts its changes."""

from datetime import date
from typing import Annotated

from fastapi import Query
from sqlalchemy.orm import Session
from starlette.responses import Response

from api.dependencies import Id, Reading, Writing
from api.paging import WantedPart
from api.rest import rest_router
from api.rest.campus import Keeper, Reader
from api.rest.campus.places_schemas import GivenPeriod, GivenRooms, PeriodOut, RoomChange, RoomOut, id_of
from api.rest.lists import tell_pages
from api.rest.preconditions import ExpectedVersion, etag, must_be
from campus.places import queries, rooms, rules
from campus.places.models import Pavilion, Room, RoomPeriod, RoomType
from campus.places.overview import RoomFilter, RoomLine, room_on, rooms_on
from campus.places.rooms import RoomKind
from core.i18n import today

router = rest_router("places")

On = Annotated[date | None, Query(description="The day whose night is told; today when it is left out.")]


@router.get("/rooms")
def list_rooms(
    _caller: Reader,
    session: Reading,
    part: WantedPart,
    response: Response,
    on: On = None,
    pavilion: Annotated[str, Query(max_length=64, description="Only of this pavilion.")] = "",
    type: Annotated[str, Query(max_length=64, description="Only of this room type on the day.")] = "",
    there: Annotated[bool, Query(description="Only what is a room on the day.")] = False,
) -> list[RoomOut]:
    """Rooms by pavilion and number, as they are on a day."""
    wanted = RoomFilter(pavilion, type, there)
    found, total = rooms_on(session, on or today(), wanted, offset=part.offset, limit=part.size)
    tell_pages(response, part, total)
    return [_out(line) for line in found]


@router.post("/rooms", status_code=201)
def create_rooms(given: GivenRooms, caller: Keeper, session: Writing) -> list[RoomOut]:
    """Add rooms that are alike: all of them, or none. They are told as they are on their first night."""
    pavilion = session.get_one(Pavilion, id_of(session, Pavilion, given.pavilion, "pavilion"))
    kind = RoomKind(id_of(session, RoomType, given.type, "type"), given.beds, tuple(given.features))
    numbers = rules.checked_numbers(given.numbers)
    made = rooms.add_rooms(session, pavilion, numbers, kind, given.first, given.until, caller.actor)
    return [_out(room_on(session, given.first, room.id)) for room in made]


@router.get("/rooms/{room_id}")
def get_room(room_id: Id, _caller: Reader, session: Reading, response: Response, on: On = None) -> RoomOut:
    """One room, as it is on a day."""
    return _answer(session, room_id, response, on)


@router.patch("/rooms/{room_id}")
def change_room_number(
    room_id: Id, change: RoomChange, caller: Keeper, session: Writing, version: ExpectedVersion, response: Response
) -> RoomOut:
    """Give the door another number."""
    rooms.renumber(session, _at_version(session, room_id, version), change.number, caller.actor)
    return _answer(session, room_id, response)


@router.delete("/rooms/{room_id}", status_code=204)
def take_room_away(
    room_id: Id,
    caller: Keeper,
    session: Writing,
    version: ExpectedVersion,
    reason: Annotated[str, Query(min_length=1, max_length=500, description="Why: the books keep it.")],
) -> None:
    """It never was a room: for what was entered by mistake. Reports of the past stay as they were."""
    rooms.take_away(session, _at_version(session, room_id, version), caller.actor, reason)


@router.get("/rooms/{room_id}/periods")
def list_periods(
    room_id: Id,
    _caller: Reader,
    session: Reading,
    part: WantedPart,
    response: Response,
    history: Annotated[bool, Query(description="Also versions that do not count any more.")] = False,
) -> list[PeriodOut]:
    """What the room is and when, by date; with the history the latest version first."""
    queries.room(session, room_id)
    found = queries.period_versions(session, room_id) if history else queries.periods(session, room_id)
    tell_pages(response, part, len(found))
    response.headers["ETag"] = etag(queries.changes_of(session, "room", room_id))
    types = {one.id: one.slug for one in queries.every(session, RoomType)}
    return [_period(one, types[one.type_id]) for one in found[part.offset : part.offset + part.size]]


@router.post("/rooms/{room_id}/periods", status_code=201)
def change_period(
    room_id: Id, given: GivenPeriod, caller: Keeper, session: Writing, version: ExpectedVersion, response: Response
) -> list[PeriodOut]:
    """Lay a period over those that are there; answers all that count then."""
    room = _at_version(session, room_id, version)
    kind = None
    if given.type is not None:
        kind = RoomKind(id_of(session, RoomType, given.type, "type"), given.beds, tuple(given.features))
    rooms.change_room(session, room, kind, given.first, given.until, caller.actor, given.reason)
    response.headers["ETag"] = etag(queries.changes_of(session, "room", room_id))
    types = {one.id: one.slug for one in queries.every(session, RoomType)}
    return [_period(one, types[one.type_id]) for one in queries.periods(session, room_id)]


def _at_version(session: Session, room_id: int, version: int) -> Room:
    room = queries.room(session, room_id)
    must_be(queries.changes_of(session, "room", room_id), version)
    return room


def _answer(session: Session, room_id: int, response: Response, on: date | None = None) -> RoomOut:
    line = room_on(session, on or today(), room_id)
    response.headers["ETag"] = etag(queries.changes_of(session, "room", room_id))
    return _out(line)


def _out(line: RoomLine) -> RoomOut:
    period = line.period
    return RoomOut(
        id=line.room.id,
        pavilion=line.pavilion.slug,
        number=line.room.number,
        type=line.type.slug if line.type else None,
        beds=period.beds if period else None,
        features=list(period.features) if period else [],
        first=period.first if period else None,
        until=period.until if period else None,
        taken=line.claim.kind if line.claim else None,
    )


def _period(period: RoomPeriod, type_slug: str) -> PeriodOut:
    names = ("first", "until", "beds", "features", "recorded_at", "recorded_by", "superseded_at", "reason")
    return PeriodOut(type=type_slug, **{name: getattr(period, name) for name in names})
