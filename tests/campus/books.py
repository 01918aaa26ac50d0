"""Small books for the tests: a campus with a few rooms, and claims in one line each."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from campus.blocks.actions import WantedBlock
from campus.nights import Nights
from campus.occupancy.actions import Wanted, claim_room
from campus.occupancy.models import Claim
from campus.occupancy.rules import Kind
from campus.places.models import Party, Pavilion, Room, RoomPeriod, RoomType, Segment
from core import clock
from core.i18n import today

TEST = "command"


def nights(first: str, until: str) -> Nights:
    """`nights("2026-03-01", "2026-03-04")` are three."""
    return Nights(date.fromisoformat(first), date.fromisoformat(until))


@contextmanager
def on(day: str) -> Iterator[None]:
    """What is done inside happens at noon of a day."""
    now, then = clock.now, datetime.fromisoformat(f"{day}T12:00+00:00")
    clock.now = lambda: then
    try:
        yield
    finally:
        clock.now = now


@dataclass
class Campus:
    """A pavilion with rooms of one or two beds, a party and two segments."""

    rooms: list[int] = field(default_factory=list)
    types: list[int] = field(default_factory=list)
    segments: list[int] = field(default_factory=list)
    pavilions: list[int] = field(default_factory=list)
    party: int = 0

    def stay(self, session: Session, room: int, first: str, until: str, **values: object) -> Claim:
        """A stay of one guest at 50 euros."""
        given: dict[str, object] = {"guests": 1, "rate_cents": 50_00, "party_id": self.party}
        given |= {"segment_id": self.segments[0]} | values
        wanted = Wanted(kind=Kind.STAY, room_id=self.rooms[room], nights=nights(first, until), **given)  # type: ignore[arg-type]
        return claim_room(session, wanted, TEST)

    def block(self, **values: object) -> WantedBlock:
        """A group of the second segment that holds its rooms until tomorrow."""
        given: dict[str, object] = {"name": "Sample course", "party_id": self.party, "segment_id": self.segments[1]}
        return WantedBlock(**given | {"cut_off": today() + timedelta(days=1)} | values)  # type: ignore[arg-type]

    def claim(self, session: Session, kind: Kind, room: int, first: str, until: str) -> Claim:
        """Any other claim."""
        return claim_room(session, Wanted(kind=kind, room_id=self.rooms[room], nights=nights(first, until)), TEST)


def open_campus(session: Session, rooms: int = 4, first: str = "2020-01-01") -> Campus:
    """Rooms 101, 102, … in two pavilions in turn, of two types in turn: one bed, then two."""
    campus = Campus()
    for slug in ("sample-north", "sample-south"):
        pavilion = Pavilion(slug=slug, name=slug.replace("-", " ").title(), uses=["hotel"], area_m2=1000, invented=True)
        session.add(pavilion)
        session.flush()
        campus.pavilions.append(pavilion.id)
    for slug in ("single", "double"):
        kind = RoomType(slug=slug, name=slug.title())
        session.add(kind)
        session.flush()
        campus.types.append(kind.id)
    for position, slug in enumerate(("courses", "conferences")):
        segment = Segment(slug=slug, name=slug.title(), position=position, rate_cents=50_00)
        session.add(segment)
        session.flush()
        campus.segments.append(segment.id)
    party = Party(slug="sample-programme", name="Sample programme", kind="own")
    session.add(party)
    session.flush()
    campus.party = party.id
    for number in range(rooms):
        room = Room(pavilion_id=campus.pavilions[number % 2], number=str(101 + number), created_at=clock.now())
        session.add(room)
        session.flush()
        period = RoomPeriod(
            room_id=room.id,
            type_id=campus.types[number % 2],
            first=date.fromisoformat(first),
            until=None,
            beds=1 + number % 2,
            features=[],
            recorded_at=clock.now(),
            recorded_by=TEST,
        )
        session.add(period)
        campus.rooms.append(room.id)
    session.flush()
    return campus
