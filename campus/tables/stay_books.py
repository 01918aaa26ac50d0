"""What the books know of the stays of a file: read at once, then asked row by row."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.known import known
from campus.months import queries as months
from campus.months.rules import month_of
from campus.nights import EARLIEST, LATEST, Nights
from campus.occupancy import availability
from campus.occupancy.models import Block, Claim, GuestName
from campus.occupancy.rules import Kind, Status, takes_nights
from campus.places.queries import types_by_room
from campus.tables.bulk import chunks
from campus.tables.models import StayReference, TableImport
from campus.tables.names import Names
from campus.tables.rooms_taken import Occupied, Promises, Taken
from campus.tables.rules import State

FIELDS = tuple(
    "id number booking kind status room_id first until party_id segment_id event_id block guests rate_cents "
    "note".split()
)
CLAIM = sa.select(*(getattr(Claim, name) for name in FIELDS)).where(known(Claim, None))
Stay = dict[str, Any]
Key = tuple[int, date, int]  # room, arrival, party


class StayBooks:
    """Claims, references, blocks and rooms around the nights of a file."""

    def __init__(self, session: Session, nights: Nights, numbers: Iterable[int], references: Iterable[str]) -> None:
        self.session, self.names = session, Names(session)
        self.references = _references(session, references)
        self.stays: dict[int, Stay] = {}
        self.by_key: dict[Key, int] = {}
        self._forget = undone_stays(session)
        taken = []
        for claim in _claims(session, nights, {*numbers, *self.references.values()}):
            self._note(claim)
            if takes_nights(Kind(claim["kind"]), Status(claim["status"])):
                taken.append((claim["room_id"], Taken(claim["first"], claim["until"], claim["number"])))
        self.occupied = Occupied(taken)
        self.periods = {
            room: sorted(types, key=lambda one: one[1].first) for room, types in types_by_room(session).items()
        }
        self.closed = set(months.closed(session, Nights(EARLIEST, LATEST)))
        self.blocks = {block.number: block for block in session.scalars(sa.select(Block).where(known(Block, None)))}
        self.promises = _promises(session, nights)

    def _note(self, claim: Stay) -> None:
        if claim["kind"] != Kind.STAY or claim["number"] in self._forget:
            return
        self.stays[claim["number"]] = claim
        key = claim["room_id"], claim["first"], claim["party_id"]
        there = self.by_key.get(key)
        if there is None or claim["status"] == Status.BOOKED:  # a booked stay before one that has ended
            self.by_key[key] = claim["number"]

    def type_on(self, room_id: int, night: date) -> int | None:
        """The room's type in a night."""
        return next((type_id for type_id, nights in self.periods.get(room_id, []) if night in nights), None)

    def is_closed(self, nights: Nights) -> bool:
        """Whether any of the nights lies in a month that is closed."""
        return bool(self.closed) and any(month_of(part.first) in self.closed for part in nights.months())


def undone_stays(session: Session) -> set[int]:
    """The stays of imports that were undone: for the next import they never were."""
    found = session.scalars(sa.select(TableImport.written).where(TableImport.state == State.UNDONE.value))
    return {number for written in found for number in written.get("stays", [])}


def references_of(session: Session, numbers: Iterable[int]) -> dict[int, str]:
    """Claim → what another system calls it."""
    found: dict[int, str] = {}
    for part in chunks(sorted(set(numbers))):
        query = sa.select(StayReference.claim_number, StayReference.reference)
        found |= dict(session.execute(query.where(StayReference.claim_number.in_(part))).all())
    return found


def names_of(session: Session, bookings: Iterable[int]) -> dict[int, str]:
    """Booking → the names of its guests."""
    found: dict[int, str] = {}
    for part in chunks(sorted(set(bookings))):
        query = sa.select(GuestName.booking, GuestName.names).where(GuestName.booking.in_(part))
        found |= dict(session.execute(query).all())
    return found


def _references(session: Session, references: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for part in chunks(sorted(set(references))):
        query = sa.select(StayReference.reference, StayReference.claim_number)
        found |= dict(session.execute(query.where(StayReference.reference.in_(part))).all())
    return found


def _claims(session: Session, nights: Nights, numbers: set[int]) -> Iterable[Stay]:
    """The claims that meet the nights, and those of these numbers wherever they are; each once."""
    seen = set()
    meets = sa.and_(Claim.first < nights.until, Claim.until > nights.first)
    for row in session.execute(CLAIM.where(meets)):
        seen.add(row.number)
        yield dict(zip(FIELDS, row, strict=True))
    for part in chunks(sorted(numbers - seen)):
        for row in session.execute(CLAIM.where(Claim.number.in_(part))):
            yield dict(zip(FIELDS, row, strict=True))


def _promises(session: Session, nights: Nights) -> Promises:
    contracted = availability.promised_rooms(session, nights)
    if not contracted:
        return Promises({}, {}, {})
    held = [night for _block, _type, night in contracted]
    span = Nights(min(held), date.fromordinal(max(held).toordinal() + 1))
    free = availability.free_rooms(session, {type_id for _block, type_id, _night in contracted}, span)
    return Promises(free, contracted, availability.picked_rooms(session, span))
