"""Claims of rooms: stays, house use, faults and closures, every version of them, and the rooms that are free."""

from datetime import date
from typing import Annotated

import sqlalchemy as sa
from fastapi import Query
from sqlalchemy.orm import Session
from starlette.responses import Response

from api import rest
from api.callers import Caller
from api.dependencies import LARGEST_ID, Id, Reading, Writing
from api.paging import WantedPart
from api.rest import rest_router
from api.rest.campus import Keeper, Reader
from api.rest.campus.claim_schemas import (
    ClaimChange,
    ClaimOut,
    FreeRoomOut,
    GivenClaim,
    VersionOut,
    WholeClaimOut,
    claim_out,
    free_room_out,
    version_values,
)
from api.rest.lists import tell_pages
from api.rest.preconditions import ExpectedVersion, etag, must_be
from campus.nights import EARLIEST, LATEST, Nights
from campus.occupancy import actions, guests, offers, queries
from campus.occupancy.actions import Details, Wanted
from campus.occupancy.claim_list import ClaimFilter, ClaimSort, claim_list, lines_of
from campus.occupancy.models import Claim, GuestName
from campus.occupancy.offers import Wish
from campus.occupancy.rules import MOST_GUESTS, Kind, Status
from campus.places.models import Event, Party, Pavilion, RoomType, Segment
from campus.places.rules import FEATURES, checked_words
from core.errors import InvalidInput
from core.i18n import gettext as _
from core.people.rules import CAMPUS_WRITE

router = rest_router("claims")

Slug = Annotated[str, Query(max_length=64)]
Day = Annotated[date | None, Query(ge=EARLIEST, le=LATEST)]
Number = Annotated[int | None, Query(ge=1, le=LARGEST_ID)]
Named = Party | Segment | Event | Pavilion | RoomType


@router.get("/claims")
def list_claims(
    _caller: Reader,
    session: Reading,
    part: WantedPart,
    response: Response,
    first: Day = None,
    until: Day = None,
    kind: Kind | None = None,
    status: Status | None = None,
    pavilion: Slug = "",
    room: Number = None,
    party: Slug = "",
    segment: Slug = "",
    block: Number = None,
    sort: ClaimSort = ClaimSort.ARRIVAL,
    descending: bool = False,
) -> list[ClaimOut]:
    """Claims as they are now: those that meet the nights from `first` until before `until`, and fit the rest."""
    wanted = ClaimFilter(
        first=first,
        until=until,
        kind=kind,
        status=status,
        pavilion=pavilion,
        room_id=room,
        party=party,
        segment=segment,
        block=block,
    )
    lines, total = claim_list(session, wanted, sort, descending=descending, offset=part.offset, limit=part.size)
    tell_pages(response, part, total)
    return [claim_out(line) for line in lines]


@router.post("/claims", status_code=201)
def make_claim(given: GivenClaim, caller: Keeper, session: Writing, response: Response) -> WholeClaimOut:
    """Claim a room. 409 names the night on which it is taken, or its type held for a group."""
    kind = Kind(given.kind)
    details = _details(session, given, Details())
    segment = session.get(Segment, details.segment_id) if details.segment_id else None
    values = {name: getattr(details, name) for name in Details.__dataclass_fields__}
    if given.rate_cents is None and segment:
        values["rate_cents"] = segment.rate_cents
    nights = Nights.checked(given.first, given.until)
    wanted = Wanted(kind=kind, room_id=given.room, nights=nights, block=given.block, **values)
    made = actions.claim_room(session, wanted, caller.actor)
    _keep_names(session, made, given.guest_names, caller)
    response.headers["Location"] = f"{rest.PREFIX}/claims/{made.number}"
    return answer(session, made.number, caller, response)


@router.get("/claims/{number}")
def get_claim(number: Id, caller: Reader, session: Reading, response: Response) -> WholeClaimOut:
    """A claim as it is now, with every version of it."""
    return answer(session, number, caller, response)


@router.patch("/claims/{number}")
def change_claim(
    number: Id, change: ClaimChange, caller: Keeper, session: Writing, version: ExpectedVersion, response: Response
) -> WholeClaimOut:
    """Other nights, guests, rate, party, segment, event, note or names. All of it, or nothing."""
    claim = queries.claim(session, number)
    must_be(claim.id, version)
    sent = change.model_fields_set
    if sent & {"first", "until"}:
        nights = Nights.checked(change.first or claim.first, change.until or claim.until)
        actions.change_nights(session, number, nights, caller.actor, change.reason)
    if sent & {"party", "segment", "event", "guests", "rate_cents", "note"}:
        before = queries.claim(session, number)
        present = Details(**{name: getattr(before, name) for name in Details.__dataclass_fields__})
        actions.change_details(session, number, _details(session, change, present), caller.actor, change.reason)
    _keep_names(session, claim, change.guest_names, caller)
    return answer(session, number, caller, response)


@router.get("/free-rooms")
def list_free_rooms(
    _caller: Reader,
    session: Reading,
    part: WantedPart,
    response: Response,
    first: Annotated[date, Query(ge=EARLIEST, le=LATEST)],
    until: Annotated[date, Query(ge=EARLIEST, le=LATEST)],
    pavilion: Slug = "",
    type: Slug = "",
    feature: Annotated[list[str], Query(description=", ".join(FEATURES))] = [],  # noqa: B006 - FastAPI copies it
    beds: Annotated[int, Query(ge=0, le=MOST_GUESTS)] = 0,
    block: Number = None,
) -> list[FreeRoomOut]:
    """Rooms that are free over all the nights and not promised to a group, `block` being the group that asks."""
    wish = Wish(
        nights=Nights.checked(first, until),
        pavilion_id=_id_of(session, Pavilion, pavilion or None, "pavilion"),
        type_id=_id_of(session, RoomType, type or None, "type"),
        features=checked_words(feature, FEATURES, "feature"),
        beds=beds,
        block=block,
    )
    found, _left_out = offers.free_rooms(session, wish)
    tell_pages(response, part, len(found))
    return [free_room_out(one) for one in found[part.offset : part.offset + part.size]]


def answer(session: Session, number: int, caller: Caller, response: Response) -> WholeClaimOut:
    """The whole claim; its ETag is that of its present version."""
    session.flush()
    versions = queries.versions(session, number)
    now = next(one for one in versions if one.superseded_at is None)
    lines = lines_of(session, versions)
    names = session.get(GuestName, now.booking) if caller.access.may(CAMPUS_WRITE) else None
    response.headers["ETag"] = etag(now.id)
    return WholeClaimOut(
        **claim_out(lines[now.id]).model_dump(),
        parts=[one.number for one in queries.parts(session, now.booking) if one.number != number],
        versions=[VersionOut.model_validate(version_values(lines[one.id])) for one in versions],
        guest_names=names.names.splitlines() if names else None,
    )


def _details(session: Session, given: GivenClaim | ClaimChange, present: Details) -> Details:
    """The present details with what was sent in place."""
    sent = given.model_fields_set

    def chosen(name: str, table: type[Party | Segment | Event]) -> int | None:
        if name in sent:
            return _id_of(session, table, getattr(given, name), name)
        found: int | None = getattr(present, f"{name}_id")
        return found

    return Details(
        party_id=chosen("party", Party),
        segment_id=chosen("segment", Segment),
        event_id=chosen("event", Event),
        guests=present.guests if given.guests is None else given.guests,
        rate_cents=present.rate_cents if given.rate_cents is None else given.rate_cents,
        note=present.note if given.note is None else given.note,
    )


def _id_of(session: Session, table: type[Named], slug: str | None, place: str) -> int | None:
    if slug is None:
        return None
    found = session.scalar(sa.select(table.id).where(table.slug == slug))
    if found is None:
        raise InvalidInput(_("is not known"), place=place)
    return found


def _keep_names(session: Session, claim: Claim, names: list[str] | None, caller: Caller) -> None:
    if names is None:
        return
    if claim.kind != Kind.STAY:
        raise InvalidInput(_("only a stay has guests"), place="guest_names")
    guests.keep_names(session, claim.booking, "\n".join(names), caller.actor)
