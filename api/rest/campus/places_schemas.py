"""Places as JSON. `until` is always the first day or night that is not in it any more; null where no end is known."""

from datetime import date, datetime
from typing import Any, Literal

import sqlalchemy as sa
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.orm import Session

from api.rest.given import Given
from campus.places.models import Event, Party, Pavilion, RoomType, Segment
from core.errors import InvalidInput
from core.i18n import gettext as _

Use = Literal["hotel", "classrooms", "offices"]
Feature = Literal["step-free", "wide door", "roll-in shower", "grab rails", "visual alarm", "hearing loop"]
PartyKind = Literal["own", "partner", "third party"]
SpaceKind = Literal["meeting room", "office"]
LARGEST = 2**31 - 1
SLUG = Field(
    "", max_length=64, description="Stands in addresses and cannot be changed; left out, it is made of the name."
)


class _Out(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class PavilionOut(_Out):
    """A building. `invented` says that its rooms are sample data."""

    slug: str
    name: str
    uses: list[Use]
    area_m2: int | None
    invented: bool
    version: int


class GivenPavilion(Given):
    """A pavilion to add."""

    name: str = Field(max_length=120)
    uses: list[Use] = []
    area_m2: int | None = Field(None, ge=1, le=LARGEST)
    slug: str = SLUG


class PavilionChange(Given):
    """What to change of a pavilion; what is left out stays."""

    name: str | None = Field(None, max_length=120)
    uses: list[Use] | None = None
    area_m2: int | None = Field(None, ge=1, le=LARGEST)


class RoomTypeOut(_Out):
    """A kind of room that can be promised before a room is known."""

    slug: str
    name: str
    version: int


class GivenRoomType(Given):
    """A room type to add."""

    name: str = Field(max_length=120)
    slug: str = SLUG


class RoomTypeChange(Given):
    """What to change of a room type."""

    name: str | None = Field(None, max_length=120)


class PartyOut(_Out):
    """An organisation that rooms are held for."""

    slug: str
    name: str
    kind: PartyKind
    version: int


class GivenParty(Given):
    """A party to add."""

    name: str = Field(max_length=120)
    kind: PartyKind
    slug: str = SLUG


class PartyChange(Given):
    """What to change of a party; what is left out stays."""

    name: str | None = Field(None, max_length=120)
    kind: PartyKind | None = None


class SegmentOut(_Out):
    """A part of the demand. `rate_cents` is its usual rate of a room and night; `position` its place in lists."""

    slug: str
    name: str
    position: int
    rate_cents: int
    version: int


class GivenSegment(Given):
    """A segment to add."""

    name: str = Field(max_length=120)
    position: int = Field(0, ge=0, le=LARGEST)
    rate_cents: int = Field(0, ge=0, le=LARGEST)
    slug: str = SLUG


class SegmentChange(Given):
    """What to change of a segment; what is left out stays."""

    name: str | None = Field(None, max_length=120)
    position: int | None = Field(None, ge=0, le=LARGEST)
    rate_cents: int | None = Field(None, ge=0, le=LARGEST)


class EventOut(_Out):
    """A course, conference or other event."""

    slug: str
    name: str
    segment: str
    party: str
    first: date
    until: date
    on_site: int
    online: int
    version: int


class GivenEvent(Given):
    """An event to add. `segment` and `party` are short names."""

    name: str = Field(max_length=200)
    segment: str = Field(max_length=64)
    party: str = Field(max_length=64)
    first: date
    until: date = Field(description="The day after the last one.")
    on_site: int = Field(0, ge=0, le=LARGEST)
    online: int = Field(0, ge=0, le=LARGEST)
    slug: str = SLUG


class EventChange(Given):
    """What to change of an event; what is left out stays."""

    name: str | None = Field(None, max_length=200)
    segment: str | None = Field(None, max_length=64)
    party: str | None = Field(None, max_length=64)
    first: date | None = None
    until: date | None = None
    on_site: int | None = Field(None, ge=0, le=LARGEST)
    online: int | None = Field(None, ge=0, le=LARGEST)


class RoomOut(BaseModel):
    """A room on a day: without a `type` it is none then. `taken` is the kind of claim that takes its night."""

    id: int
    pavilion: str
    number: str
    type: str | None
    beds: int | None
    features: list[Feature]
    first: date | None
    until: date | None
    taken: str | None


class GivenRooms(Given):
    """Rooms that are alike, to be added in one step."""

    pavilion: str = Field(max_length=64)
    numbers: str = Field(max_length=2000, examples=["101–128, 201"])
    type: str = Field(max_length=64)
    beds: int = Field(ge=1, le=LARGEST)
    features: list[Feature] = []
    first: date
    until: date | None = None


class RoomChange(Given):
    """Another number on the door."""

    number: str = Field(max_length=20)


class PeriodOut(BaseModel):
    """A version of what a room is in a period. It counts while `superseded_at` is null."""

    first: date
    until: date | None
    type: str
    beds: int
    features: list[Feature]
    recorded_at: datetime
    recorded_by: str
    superseded_at: datetime | None
    reason: str


class GivenPeriod(Given):
    """What a room is from a night until another; without a `type` it is no room in them."""

    first: date
    until: date | None = None
    type: str | None = Field(None, max_length=64)
    beds: int = Field(1, ge=1, le=LARGEST)
    features: list[Feature] = []
    reason: str = Field(max_length=500)


class SpaceOut(BaseModel):
    """A meeting room or an office. `occupant` is the party that occupies it on the day that was asked for."""

    id: int
    pavilion: str
    name: str
    kind: SpaceKind
    capacity: int
    first: date
    until: date | None
    occupant: str | None


class GivenSpace(Given):
    """A meeting room or an office to add."""

    pavilion: str = Field(max_length=64)
    name: str = Field(max_length=120)
    kind: SpaceKind
    capacity: int = Field(ge=1, le=LARGEST)
    first: date
    until: date | None = None


class SpaceChange(Given):
    """What to change of a space; what is left out stays."""

    pavilion: str | None = Field(None, max_length=64)
    name: str | None = Field(None, max_length=120)
    kind: SpaceKind | None = None
    capacity: int | None = Field(None, ge=1, le=LARGEST)
    first: date | None = None
    until: date | None = None


class OccupantOut(BaseModel):
    """A version of who occupies a space in a period. It counts while `superseded_at` is null."""

    party: str
    first: date
    until: date | None
    recorded_at: datetime
    recorded_by: str
    superseded_at: datetime | None
    reason: str


class GivenOccupant(Given):
    """Who occupies a space from a day until another; null for nobody."""

    party: str | None = Field(max_length=64)
    first: date
    until: date | None = None
    reason: str = Field("", max_length=500)


def id_of(session: Session, table: type[Pavilion | RoomType | Party | Segment | Event], slug: str, place: str) -> int:
    """The number behind a short name of the body. Raises `InvalidInput`."""
    found = session.scalar(sa.select(table.id).where(table.slug == slug))
    if found is None:
        raise InvalidInput(_("is not known"), place=place)
    return found


def given_changes(change: Given, *nullable: str) -> dict[str, Any]:
    """What a change sets. Null means nothing, except for a `nullable` name."""
    sent = change.model_dump(exclude_unset=True)
    return {name: value for name, value in sent.items() if value is not None or name in nullable}
