"""What a proposal looks at: rooms, and what takes them, as plain data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from campus.nights import Nights
from campus.occupancy.rules import Kind, TypeNight


@dataclass(frozen=True, slots=True)
class Period:
    """While a room is a room of this type."""

    type_id: int
    nights: Nights
    beds: int
    features: frozenset[str]


@dataclass(frozen=True, slots=True)
class Room:
    """A room by its id. `name` is that of the pavilion and its number; `order` sorts such names."""

    id: int
    name: str
    pavilion_id: int
    order: tuple[str, int, str]
    periods: tuple[Period, ...]

    def on(self, night: date) -> Period | None:
        """What the room is in a night; None when it is no room."""
        return next((one for one in self.periods if night in one.nights), None)

    def through(self, nights: Nights) -> Period | None:
        """What the room is through all the nights; None when it changes or is no room."""
        return next((one for one in self.periods if len(one.nights.clipped(nights)) == len(nights)), None)


@dataclass(frozen=True, slots=True)
class Holder:
    """A current claim that keeps everybody else out of its room. `version` is the id of its version."""

    number: int
    version: int
    kind: Kind
    room_id: int
    nights: Nights
    guests: int = 0
    segment_id: int | None = None
    rate_cents: int = 0


@dataclass(frozen=True, slots=True)
class Books:
    """The campus from `today` on. `own` are the closures of the package, those that are over too.

    `free` and `held` are those of `occupancy/availability.py`: rooms neither taken nor held, by type and night; and
    what blocks hold, by block, type and night. `faulty` holds the nights in which rooms are out of service.
    """

    today: date
    rooms: Mapping[int, Room]
    holders: Sequence[Holder]
    own: Sequence[Holder] = ()
    free: Mapping[TypeNight, int] = field(default_factory=dict)
    held: Mapping[tuple[int, int, date], int] = field(default_factory=dict)
    faulty: Mapping[int, Sequence[Nights]] = field(default_factory=dict)
