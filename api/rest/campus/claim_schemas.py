"""Claims and free rooms as JSON. Money is in cents, dates are local; a night belongs to the day on which it begins."""

from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel, Field

from api.dependencies import LARGEST_ID
from api.rest.given import Given
from campus.nights import EARLIEST, LATEST
from campus.occupancy.claim_list import ClaimLine
from campus.occupancy.offers import Offer
from campus.occupancy.rules import MOST_GUESTS, MOST_TEXT, Kind, Status
from campus.rates import MOST_CENTS

FIRST = Field(ge=EARLIEST, le=LATEST, description="The first night.", examples=["2027-03-01"])
UNTIL = Field(ge=EARLIEST, le=LATEST, description="The day of departure, whose night is not taken.")
ROOM = Field(ge=1, le=LARGEST_ID, description="The room's id.")
REASON = Field("", max_length=MOST_TEXT, description="Stays in the history; no names of guests.")


class RoomOut(BaseModel):
    """A room and where it is."""

    id: int
    pavilion: str
    number: str


class VersionOut(BaseModel):
    """What was believed of a claim from `recorded_at` on; `superseded_at` is null for what is believed now."""

    kind: Kind
    status: Status
    room: RoomOut
    first: date
    until: date
    nights: int
    party: str | None
    segment: str | None
    event: str | None
    block: int | None
    guests: int
    rate_cents: int
    note: str
    recorded_at: datetime
    recorded_by: str
    superseded_at: datetime | None
    reason: str


class ClaimOut(VersionOut):
    """A claim as it is now. `booking` is the number of the stay's first claim; the same in all its parts."""

    number: int
    booking: int


class WholeClaimOut(ClaimOut):
    """A claim with all its versions, the oldest first, and the numbers of the stay's other parts.

    `guest_names` is null for who may not read them, and where none are kept.
    """

    parts: list[int]
    versions: list[VersionOut]
    guest_names: list[str] | None


class FreeRoomOut(RoomOut):
    """A room that is free over all the nights. `out_of_service`: it has a small fault in some of them."""

    type: str
    beds: int
    features: list[str]
    out_of_service: bool


class _Details(Given):
    party: str | None = Field(None, max_length=64, description="A party's short name; needed for a stay.")
    segment: str | None = Field(None, max_length=64, description="A segment's short name; needed for a stay.")
    event: str | None = Field(None, max_length=64, description="An event's short name, or null.")
    guests: int | None = Field(None, ge=0, le=MOST_GUESTS)
    rate_cents: int | None = Field(None, ge=0, le=MOST_CENTS, description="A night; new: the segment's usual rate.")
    note: str | None = Field(None, max_length=MOST_TEXT, description="Kept for good; no names of guests.")
    guest_names: list[str] | None = Field(None, max_length=MOST_GUESTS, description="Deleted after the stay.")


class GivenClaim(_Details):
    """A claim to make. Only stays have a party, a segment, an event, a block, guests, names and a rate."""

    kind: Literal["stay", "house use", "out of order", "out of service", "seasonal closure", "extended closure"]
    room: int = ROOM
    first: date = FIRST
    until: date = UNTIL
    block: int | None = Field(None, ge=1, le=LARGEST_ID, description="Number of the block that it is picked from.")


class ClaimChange(_Details):
    """What to change of a claim; what is left out stays. A room is changed by moving."""

    first: date | None = Field(None, ge=EARLIEST, le=LATEST)
    until: date | None = Field(None, ge=EARLIEST, le=LATEST)
    reason: str = REASON


class Move(Given):
    """Another room, for the whole claim or from the night `starting` on."""

    room: int = ROOM
    starting: date | None = Field(None, ge=EARLIEST, le=LATEST)
    reason: str = REASON


class Swap(Given):
    """The claim to exchange rooms with, and the ETag under which it was seen: both must be as they were."""

    other: int = Field(ge=1, le=LARGEST_ID, description="Its number.")
    other_etag: str = Field(max_length=20, examples=['"v12"'], description="The ETag of `GET /claims/{other}`.")
    reason: str = REASON


class Reason(Given):
    """Why."""

    reason: str = REASON


def version_values(line: ClaimLine) -> dict[str, object]:
    """A version's fields."""
    claim = line.claim
    same = ("kind", "status", "first", "until", "block", "guests", "rate_cents", "note")
    told = ("recorded_at", "recorded_by", "superseded_at", "reason")
    return {name: getattr(claim, name) for name in (*same, *told)} | {
        "room": RoomOut(id=line.room.id, pavilion=line.pavilion.slug, number=line.room.number),
        "nights": (claim.until - claim.first).days,
        "party": line.party.slug if line.party else None,
        "segment": line.segment.slug if line.segment else None,
        "event": line.event.slug if line.event else None,
    }


def claim_out(line: ClaimLine) -> ClaimOut:
    """A claim as it is now."""
    return ClaimOut.model_validate(version_values(line) | {"number": line.claim.number, "booking": line.claim.booking})


def free_room_out(offer: Offer) -> FreeRoomOut:
    """A room that is offered."""
    return FreeRoomOut(
        id=offer.room.id,
        pavilion=offer.pavilion.slug,
        number=offer.room.number,
        type=offer.type.slug,
        beds=offer.beds,
        features=list(offer.features),
        out_of_service=offer.faulty,
    )
