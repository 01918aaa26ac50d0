"""Parties and segments: who rooms are held for, and which part of the demand they are."""

from dataclasses import asdict
from typing import Annotated

import sqlalchemy as sa
from fastapi import Query
from starlette.responses import Response

from api import rest
from api.dependencies import Reading, Writing
from api.paging import WantedPart
from api.rest import rest_router
from api.rest.campus import Keeper, Reader
from api.rest.campus.places import PlaceSlug, at_version, part_of, versioned
from api.rest.campus.places_schemas import (
    GivenParty,
    GivenSegment,
    PartyChange,
    PartyKind,
    PartyOut,
    SegmentChange,
    SegmentOut,
    given_changes,
)
from api.rest.preconditions import ExpectedVersion
from campus.places import actions, queries
from campus.places.actions import WantedParty, WantedSegment
from campus.places.models import Party, Segment

router = rest_router("places")


@router.get("/parties")
def list_parties(
    _caller: Reader,
    session: Reading,
    part: WantedPart,
    response: Response,
    kind: Annotated[PartyKind | None, Query(description="Only those of this kind.")] = None,
) -> list[PartyOut]:
    """Parties by name."""
    query = sa.select(Party).order_by(Party.name, Party.id)
    found = part_of(session, query.where(Party.kind == kind) if kind else query, part, response)
    return [PartyOut.model_validate(one) for one in found]


@router.post("/parties", status_code=201)
def create_party(given: GivenParty, caller: Keeper, session: Writing, response: Response) -> PartyOut:
    """Add a party."""
    made = actions.add(session, Party, WantedParty(**given.model_dump()), caller.actor)
    response.headers["Location"] = f"{rest.PREFIX}/parties/{made.slug}"
    return PartyOut.model_validate(versioned(made, response))


@router.get("/parties/{slug}")
def get_party(slug: PlaceSlug, _caller: Reader, session: Reading, response: Response) -> PartyOut:
    """One party."""
    return PartyOut.model_validate(versioned(queries.by_slug(session, Party, slug), response))


@router.patch("/parties/{slug}")
def change_party(
    slug: PlaceSlug,
    change: PartyChange,
    caller: Keeper,
    session: Writing,
    version: ExpectedVersion,
    response: Response,
) -> PartyOut:
    """Change name or kind."""
    found = at_version(queries.by_slug(session, Party, slug), version)
    wanted = WantedParty(**{"name": found.name, "kind": found.kind} | given_changes(change))
    actions.change(session, found, wanted, caller.actor, version=version)
    return PartyOut.model_validate(versioned(found, response))


@router.delete("/parties/{slug}", status_code=204)
def delete_party(slug: PlaceSlug, caller: Keeper, session: Writing, version: ExpectedVersion) -> None:
    """Take away a party that nothing refers to."""
    found = at_version(queries.by_slug(session, Party, slug), version)
    actions.delete(session, found, caller.actor, version=version)


@router.get("/segments")
def list_segments(_caller: Reader, session: Reading, part: WantedPart, response: Response) -> list[SegmentOut]:
    """Segments in their order."""
    found = part_of(session, sa.select(Segment).order_by(Segment.position, Segment.id), part, response)
    return [SegmentOut.model_validate(one) for one in found]


@router.post("/segments", status_code=201)
def create_segment(given: GivenSegment, caller: Keeper, session: Writing, response: Response) -> SegmentOut:
    """Add a segment."""
    made = actions.add(session, Segment, WantedSegment(**given.model_dump()), caller.actor)
    response.headers["Location"] = f"{rest.PREFIX}/segments/{made.slug}"
    return SegmentOut.model_validate(versioned(made, response))


@router.get("/segments/{slug}")
def get_segment(slug: PlaceSlug, _caller: Reader, session: Reading, response: Response) -> SegmentOut:
    """One segment."""
    return SegmentOut.model_validate(versioned(queries.by_slug(session, Segment, slug), response))


@router.patch("/segments/{slug}")
def change_segment(
    slug: PlaceSlug,
    change: SegmentChange,
    caller: Keeper,
    session: Writing,
    version: ExpectedVersion,
    response: Response,
) -> SegmentOut:
    """Change name, place in lists or usual rate."""
    found = at_version(queries.by_slug(session, Segment, slug), version)
    now = WantedSegment(name=found.name, position=found.position, rate_cents=found.rate_cents)
    wanted = WantedSegment(**asdict(now) | given_changes(change))
    actions.change(session, found, wanted, caller.actor, version=version)
    return SegmentOut.model_validate(versioned(found, response))


@router.delete("/segments/{slug}", status_code=204)
def delete_segment(slug: PlaceSlug, caller: Keeper, session: Writing, version: ExpectedVersion) -> None:
    """Take away a segment that nothing refers to."""
    found = at_version(queries.by_slug(session, Segment, slug), version)
    actions.delete(session, found, caller.actor, version=version)
