"""Events: courses, conferences and others, with participants on site and online."""

from typing import Annotated, Any, Literal

from fastapi import Query
from sqlalchemy.orm import Session
from starlette.responses import Response

from api import rest
from api.dependencies import Reading, Writing
from api.paging import WantedPart
from api.rest import rest_router
from api.rest.campus import Keeper, Reader
from api.rest.campus.places import PlaceSlug, at_version, versioned
from api.rest.campus.places_schemas import EventChange, EventOut, GivenEvent, given_changes, id_of
from api.rest.lists import tell_pages
from api.rest.preconditions import ExpectedVersion
from campus.places import actions, queries
from campus.places.actions import WantedEvent
from campus.places.models import Event, Party, Segment
from campus.places.overview import EventFilter, events_of
from core.i18n import today

router = rest_router("places")


@router.get("/events")
def list_events(
    _caller: Reader,
    session: Reading,
    part: WantedPart,
    response: Response,
    when: Annotated[Literal["upcoming", "past", "all"], Query(description="Upcoming until the last day.")] = "all",
    segment: Annotated[str, Query(max_length=64, description="Only of this segment.")] = "",
    party: Annotated[str, Query(max_length=64, description="Only of this party.")] = "",
    text: Annotated[str, Query(max_length=200, description="Only with this in the name.")] = "",
) -> list[EventOut]:
    """Events by their first day."""
    wanted = EventFilter(when, segment, party, text)
    found, total = events_of(session, today(), wanted, offset=part.offset, limit=part.size)
    tell_pages(response, part, total)
    return [_out(event, of.slug, by.slug) for event, of, by in found]


@router.post("/events", status_code=201)
def create_event(given: GivenEvent, caller: Keeper, session: Writing, response: Response) -> EventOut:
    """Add an event."""
    made = actions.add(session, Event, _wanted(session, given.model_dump()), caller.actor)
    response.headers["Location"] = f"{rest.PREFIX}/events/{made.slug}"
    return _answer(session, made, response)


@router.get("/events/{slug}")
def get_event(slug: PlaceSlug, _caller: Reader, session: Reading, response: Response) -> EventOut:
    """One event."""
    return _answer(session, queries.by_slug(session, Event, slug), response)


@router.patch("/events/{slug}")
def change_event(
    slug: PlaceSlug,
    change: EventChange,
    caller: Keeper,
    session: Writing,
    version: ExpectedVersion,
    response: Response,
) -> EventOut:
    """Change an event; stays and blocks that belong to it stay as they are."""
    found = at_version(queries.by_slug(session, Event, slug), version)
    now = _answer(session, found, response).model_dump(exclude={"version", "slug"})
    actions.change(session, found, _wanted(session, now | given_changes(change)), caller.actor, version=version)
    return _answer(session, found, response)


@router.delete("/events/{slug}", status_code=204)
def delete_event(slug: PlaceSlug, caller: Keeper, session: Writing, version: ExpectedVersion) -> None:
    """Take away an event that nothing refers to."""
    found = at_version(queries.by_slug(session, Event, slug), version)
    actions.delete(session, found, caller.actor, version=version)


def _wanted(session: Session, values: dict[str, Any]) -> WantedEvent:
    segment = id_of(session, Segment, values.pop("segment"), "segment")
    party = id_of(session, Party, values.pop("party"), "party")
    return WantedEvent(segment_id=segment, party_id=party, **values)


def _answer(session: Session, event: Event, response: Response) -> EventOut:
    segment, party = session.get_one(Segment, event.segment_id), session.get_one(Party, event.party_id)
    return _out(versioned(event, response), segment.slug, party.slug)


def _out(event: Event, segment: str, party: str) -> EventOut:
    names = ("slug", "name", "first", "until", "on_site", "online", "version")
    return EventOut(segment=segment, party=party, **{name: getattr(event, name) for name in names})
