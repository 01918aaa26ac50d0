"""Blocks as JSON."""

from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel, Field

from api.dependencies import LARGEST_ID
from api.rest.given import Given
from campus.blocks.rules import MOST_NIGHTS, MOST_ROOMS
from campus.occupancy.rules import MOST_GUESTS, MOST_TEXT
from campus.rates import MOST_CENTS

Cents = Field(0, ge=0, le=MOST_CENTS, description="A room and night, in cents.")
Wash = Field(
    0.0, ge=0, le=1, description="The share of what is not picked up yet that is expected never to be, 0 to 1."
)


class BlockNightOut(BaseModel):
    """Rooms of a type in a night: contracted, picked up, and still held for the block."""

    type: str
    night: date
    contracted: int
    picked: int
    held: int


class BlockOut(BaseModel):
    """A block and what comes of it, in room-nights.

    `expected` is picked + held × (1 − expected wash); `wash` is 1 − picked ÷ contracted. `state` is `held`, `released`
    (past its cut-off), `over` or `cancelled`; only the first keeps rooms from others.
    """

    number: int
    name: str
    state: str
    party: str
    segment: str
    event: str | None
    first: date
    until: date
    cut_off: date
    expected_wash: float
    rate_cents: int
    contracted: int
    picked: int
    held: int
    expected: float
    wash: float | None
    nights: list[BlockNightOut]


class BlockStepOut(BaseModel):
    """What happened to a block. A `release` follows from the date alone; its room-nights are those given back."""

    day: date
    at: datetime | None
    what: str
    by: str
    reason: str
    room_nights: int
    cut_off: date


class GivenRooms(Given):
    """So many rooms of a type for every night from `first` until the day before `until`."""

    type: str = Field(max_length=64, description="The room type's short name.")
    first: date
    until: date
    rooms: int = Field(ge=0, le=MOST_ROOMS)


Rooms = Field(
    min_length=1,
    max_length=MOST_NIGHTS * 10,
    description="Where two entries speak of the same type and night, the later one counts.",
)


class GivenBlock(Given):
    """A block to hold."""

    name: str = Field(min_length=1, max_length=200)
    party: str = Field(max_length=64, description="The party's short name.")
    segment: str = Field(max_length=64, description="The segment's short name.")
    event: str | None = Field(None, max_length=64, description="The event's short name.")
    cut_off: date
    expected_wash: float = Wash
    rate_cents: int = Cents
    rooms: list[GivenRooms] = Rooms


class BlockChange(Given):
    """What to change of a block, and why; what is left out stays. `rooms` replaces all that is contracted."""

    reason: str = Field(min_length=1, max_length=500)
    name: str | None = Field(None, min_length=1, max_length=200)
    party: str | None = Field(None, max_length=64)
    segment: str | None = Field(None, max_length=64)
    event: str | None = Field(None, max_length=64, description="null for none")
    cut_off: date | None = None
    expected_wash: float | None = Field(None, ge=0, le=1)
    rate_cents: int | None = Field(None, ge=0, le=MOST_CENTS)
    rooms: list[GivenRooms] | None = Field(None, min_length=1, max_length=MOST_NIGHTS * 10)


class GivenReason(Given):
    """Why."""

    reason: str = Field(min_length=1, max_length=500)


class GivenPick(Given):
    """A room to pick. The names are shown to those who keep the books only, and deleted after the stay."""

    room: int = Field(ge=1, le=LARGEST_ID, description="The room's number in the books, as `rooms` tells it.")
    first: date
    until: date
    guests: int = Field(1, ge=1, le=MOST_GUESTS)
    names: str = Field("", max_length=MOST_TEXT)


class GivenPicks(Given):
    """Rooms to pick, all of them or none."""

    picks: list[GivenPick] = Field(min_length=1, max_length=500)


class PickedOut(BaseModel):
    """A stay of the block; its number is that of the claim."""

    claim: int
    room: int
    first: date
    until: date
    guests: int
    status: str


class FittingRoomOut(BaseModel):
    """A room that is empty through all the nights. `slack`: empty nights around them, null when nobody follows."""

    room: int
    name: str
    type: str
    beds: int
    slack: int | None


class MoveOut(BaseModel):
    """A stay into another room; `version` is that of its claim."""

    claim: int
    version: int
    from_room: int
    to_room: int
    first: date
    until: date


class UnplacedOut(BaseModel):
    """Whole stays of a block for which there is no single room."""

    block: int
    first: date
    until: date
    rooms: int


class AssignmentOut(BaseModel):
    """Whether the whole stays that are still promised of a type fit into single rooms.

    `fits` after the `moves`; `moves` are empty when nobody has to move. `proven`: fewer stays without a room, and then
    fewer moves, are impossible. Otherwise the search ended at its time bound, and at least `at_least` moves are needed.
    """

    type: str
    answer: Literal["fits", "fits after moves", "does not fit", "not known"]
    fits: bool
    proven: bool
    at_least: int
    moves: list[MoveOut]
    unplaced: list[UnplacedOut]


class GivenMove(Given):
    """A move as the check told it."""

    claim: int = Field(ge=1, le=LARGEST_ID)
    version: int = Field(ge=1, le=LARGEST_ID)
    to_room: int = Field(ge=1, le=LARGEST_ID)


class GivenMoves(Given):
    """Moves to make, all of them or none."""

    moves: list[GivenMove] = Field(min_length=1, max_length=500)
    reason: str = Field(min_length=1, max_length=500)
