"""Pavilions and room types."""

from dataclasses import asdict
from typing import Annotated, Any

import sqlalchemy as sa
from fastapi import Path, Query
from sqlalchemy.orm import Session
from starlette.responses import Response

from api import rest
from api.dependencies import Reading, Writing
from api.paging import Paging, WantedPart
from api.rest import rest_router
from api.rest.campus import Keeper, Reader
from api.rest.campus.places_schemas import (
    GivenPavilion,
    GivenRoomType,
    PavilionChange,
    PavilionOut,
    RoomTypeChange,
    RoomTypeOut,
    Use,
    given_changes,
)
from api.rest.lists import tell_pages
from api.rest.preconditions import ExpectedVersion, etag, must_be
from campus.places import actions, queries
from campus.places.actions import WantedPavilion, WantedRoomType
from campus.places.models import Pavilion, RoomType
from campus.places.overview import pavilions_on
from core.i18n import today

router = rest_router("places")

PlaceSlug = Annotated[str, Path(alias="slug", pattern="^[a-z0-9-]+$", max_length=64, description="Its short name.")]


@router.get("/pavilions")
def list_pavilions(
    _caller: Reader,
    session: Reading,
    part: WantedPart,
    response: Response,
    use: Annotated[Use | None, Query(description="Only those that are used for this.")] = None,
) -> list[PavilionOut]:
    """Pavilions by name."""
    found = [one.pavilion for one in pavilions_on(session, today()) if use is None or use in one.pavilion.uses]
    tell_pages(response, part, len(found))
    return [PavilionOut.model_validate(one) for one in found[part.offset : part.offset + part.size]]


@router.post("/pavilions", status_code=201)
def create_pavilion(given: GivenPavilion, caller: Keeper, session: Writing, response: Response) -> PavilionOut:
    """Add a pavilion."""
    made = actions.add(session, Pavilion, WantedPavilion(**given.model_dump()), caller.actor)
    response.headers["Location"] = f"{rest.PREFIX}/pavilions/{made.slug}"
    return PavilionOut.model_validate(versioned(made, response))


@router.get("/pavilions/{slug}")
def get_pavilion(slug: PlaceSlug, _caller: Reader, session: Reading, response: Response) -> PavilionOut:
    """One pavilion."""
    return PavilionOut.model_validate(versioned(queries.by_slug(session, Pavilion, slug), response))


@router.patch("/pavilions/{slug}")
def change_pavilion(
    slug: PlaceSlug,
    change: PavilionChange,
    caller: Keeper,
    session: Writing,
    version: ExpectedVersion,
    response: Response,
) -> PavilionOut:
    """Change name, uses or area."""
    found = at_version(queries.by_slug(session, Pavilion, slug), version)
    now = WantedPavilion(name=found.name, uses=found.uses, area_m2=found.area_m2)
    wanted = WantedPavilion(**asdict(now) | given_changes(change, "area_m2"))
    actions.change(session, found, wanted, caller.actor, version=version)
    return PavilionOut.model_validate(versioned(found, response))


@router.delete("/pavilions/{slug}", status_code=204)
def delete_pavilion(slug: PlaceSlug, caller: Keeper, session: Writing, version: ExpectedVersion) -> None:
    """Take away a pavilion that nothing refers to."""
    found = at_version(queries.by_slug(session, Pavilion, slug), version)
    actions.delete(session, found, caller.actor, version=version)


@router.get("/room-types")
def list_room_types(_caller: Reader, session: Reading, part: WantedPart, response: Response) -> list[RoomTypeOut]:
    """Room types by name."""
    found = part_of(session, sa.select(RoomType).order_by(RoomType.name, RoomType.id), part, response)
    return [RoomTypeOut.model_validate(one) for one in found]


@router.post("/room-types", status_code=201)
def create_room_type(given: GivenRoomType, caller: Keeper, session: Writing, response: Response) -> RoomTypeOut:
    """Add a room type."""
    made = actions.add(session, RoomType, WantedRoomType(**given.model_dump()), caller.actor)
    response.headers["Location"] = f"{rest.PREFIX}/room-types/{made.slug}"
    return RoomTypeOut.model_validate(versioned(made, response))


@router.get("/room-types/{slug}")
def get_room_type(slug: PlaceSlug, _caller: Reader, session: Reading, response: Response) -> RoomTypeOut:
    """One room type."""
    return RoomTypeOut.model_validate(versioned(queries.by_slug(session, RoomType, slug), response))


@router.patch("/room-types/{slug}")
def change_room_type(
    slug: PlaceSlug,
    change: RoomTypeChange,
    caller: Keeper,
    session: Writing,
    version: ExpectedVersion,
    response: Response,
) -> RoomTypeOut:
    """Change the name."""
    found = at_version(queries.by_slug(session, RoomType, slug), version)
    wanted = WantedRoomType(**{"name": found.name} | given_changes(change))
    actions.change(session, found, wanted, caller.actor, version=version)
    return RoomTypeOut.model_validate(versioned(found, response))


@router.delete("/room-types/{slug}", status_code=204)
def delete_room_type(slug: PlaceSlug, caller: Keeper, session: Writing, version: ExpectedVersion) -> None:
    """Take away a room type that nothing refers to."""
    found = at_version(queries.by_slug(session, RoomType, slug), version)
    actions.delete(session, found, caller.actor, version=version)


def versioned(thing: queries.Named, response: Response) -> queries.Named:
    """The same thing, its version told as ETag."""
    response.headers["ETag"] = etag(thing.version)
    return thing


def at_version(thing: queries.Named, version: int) -> queries.Named:
    """The same thing. Raises 412 when it was changed meanwhile."""
    must_be(thing.version, version)
    return thing


def part_of(session: Session, query: sa.Select[Any], part: Paging, response: Response) -> list[Any]:
    """The rows of the page that is wanted; the answer tells how many there are."""
    total = session.scalar(sa.select(sa.func.count()).select_from(query.order_by(None).subquery())) or 0
    tell_pages(response, part, total)
    return list(session.scalars(query.offset(part.offset).limit(part.size)))
