"""Meeting rooms and offices, and who occupies them. A space's ETag is the number of its changes, occupants included."""

from dataclasses import fields
from datetime import date
from typing import Annotated, Any

from fastapi import Query
from sqlalchemy.orm import Session
from starlette.responses import Response

from api import rest
from api.dependencies import Id, Reading, Writing
from api.paging import WantedPart
from api.rest import rest_router
from api.rest.campus import Keeper, Reader
from api.rest.campus.places_schemas import (
    GivenOccupant,
    GivenSpace,
    OccupantOut,
    SpaceChange,
    SpaceKind,
    SpaceOut,
    given_changes,
    id_of,
)
from api.rest.lists import tell_pages
from api.rest.preconditions import ExpectedVersion, etag, must_be
from campus.places import queries, spaces
from campus.places.models import Party, Pavilion, Space, SpaceUse
from campus.places.overview import SpaceFilter, SpaceLine, space_on, spaces_on
from campus.places.spaces import WantedSpace
from core.i18n import today

router = rest_router("places")

On = Annotated[date | None, Query(description="The day whose occupant is told; today when it is left out.")]


@router.get("/spaces")
def list_spaces(
    _caller: Reader,
    session: Reading,
    part: WantedPart,
    response: Response,
    on: On = None,
    pavilion: Annotated[str, Query(max_length=64, description="Only of this pavilion.")] = "",
    kind: Annotated[SpaceKind | None, Query(description="Only of this kind.")] = None,
    party: Annotated[str, Query(max_length=64, description="Only what this party occupies on the day.")] = "",
    free: Annotated[bool, Query(description="Only what nobody occupies on the day.")] = False,
) -> list[SpaceOut]:
    """Meeting rooms and offices by pavilion and name."""
    wanted = SpaceFilter(pavilion, kind or "", party, free)
    found, total = spaces_on(session, on or today(), wanted, offset=part.offset, limit=part.size)
    tell_pages(response, part, total)
    return [_out(line) for line in found]


@router.post("/spaces", status_code=201)
def create_space(given: GivenSpace, caller: Keeper, session: Writing, response: Response) -> SpaceOut:
    """Add a meeting room or an office."""
    made = spaces.add_space(session, _wanted(session, given.model_dump()), caller.actor)
    response.headers["Location"] = f"{rest.PREFIX}/spaces/{made.id}"
    return _answer(session, made.id, response)


@router.get("/spaces/{space_id}")
def get_space(space_id: Id, _caller: Reader, session: Reading, response: Response, on: On = None) -> SpaceOut:
    """One meeting room or office, with its occupant on a day."""
    return _answer(session, space_id, response, on)


@router.patch("/spaces/{space_id}")
def change_space(
    space_id: Id, change: SpaceChange, caller: Keeper, session: Writing, version: ExpectedVersion, response: Response
) -> SpaceOut:
    """Change what it is, and from when until when."""
    space = _at_version(session, space_id, version)
    now = {one.name: getattr(space, one.name) for one in fields(WantedSpace)}
    now["pavilion"] = session.get_one(Pavilion, now.pop("pavilion_id")).slug
    wanted = _wanted(session, now | given_changes(change, "until"))
    spaces.change_space(session, space, wanted, caller.actor, version=version)
    return _answer(session, space_id, response)


@router.delete("/spaces/{space_id}", status_code=204)
def delete_space(space_id: Id, caller: Keeper, session: Writing, version: ExpectedVersion) -> None:
    """Take away a space that nobody ever occupied."""
    spaces.delete_space(session, _at_version(session, space_id, version), caller.actor, version=version)


@router.get("/spaces/{space_id}/occupants")
def list_occupants(
    space_id: Id,
    _caller: Reader,
    session: Reading,
    part: WantedPart,
    response: Response,
    history: Annotated[bool, Query(description="Also versions that do not count any more.")] = False,
) -> list[OccupantOut]:
    """Who occupies the space and when, by date; with the history the latest version first."""
    queries.space(session, space_id)
    found = queries.use_versions(session, space_id) if history else queries.uses(session, space_id)
    tell_pages(response, part, len(found))
    response.headers["ETag"] = etag(queries.changes_of(session, "space", space_id))
    return _occupants(session, found[part.offset : part.offset + part.size])


@router.post("/spaces/{space_id}/occupants", status_code=201)
def change_occupant(
    space_id: Id, given: GivenOccupant, caller: Keeper, session: Writing, version: ExpectedVersion, response: Response
) -> list[OccupantOut]:
    """A party occupies the space, or nobody does; answers all occupants that count then."""
    space = _at_version(session, space_id, version)
    party = None if given.party is None else id_of(session, Party, given.party, "party")
    spaces.occupy(session, space, party, given.first, given.until, caller.actor, given.reason)
    response.headers["ETag"] = etag(queries.changes_of(session, "space", space_id))
    return _occupants(session, queries.uses(session, space_id))


def _at_version(session: Session, space_id: int, version: int) -> Space:
    space = queries.space(session, space_id)
    must_be(queries.changes_of(session, "space", space_id), version)
    return space


def _wanted(session: Session, values: dict[str, Any]) -> WantedSpace:
    return WantedSpace(pavilion_id=id_of(session, Pavilion, values.pop("pavilion"), "pavilion"), **values)


def _answer(session: Session, space_id: int, response: Response, on: date | None = None) -> SpaceOut:
    line = space_on(session, on or today(), space_id)
    response.headers["ETag"] = etag(queries.changes_of(session, "space", space_id))
    return _out(line)


def _out(line: SpaceLine) -> SpaceOut:
    names = ("id", "name", "kind", "capacity", "first", "until")
    return SpaceOut(
        pavilion=line.pavilion.slug,
        occupant=line.party.slug if line.party else None,
        **{name: getattr(line.space, name) for name in names},
    )


def _occupants(session: Session, uses: list[SpaceUse]) -> list[OccupantOut]:
    parties = {one.id: one.slug for one in queries.every(session, Party)}
    names = ("first", "until", "recorded_at", "recorded_by", "superseded_at", "reason")
    return [OccupantOut(party=parties[one.party_id], **{name: getattr(one, name) for name in names}) for one in uses]
