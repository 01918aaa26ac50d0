"""What the assignment check looks at: rooms of a type, who is in them, and what is promised, from today on."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.blocks.assignment import Placed, Promise, Rooms, near, whole_stays
from campus.known import known
from campus.nights import LATEST, Nights
from campus.occupancy import rules
from campus.occupancy.availability import held_rooms
from campus.occupancy.models import Claim
from campus.occupancy.rules import Kind, Status
from campus.places.queries import types_by_room
from core.i18n import today


@dataclass(frozen=True, slots=True)
class Question:
    """The rooms of one type, and the whole stays that are promised of it, as far as they bear on one block."""

    type_id: int
    rooms: Rooms
    promises: list[Promise]


def questions(session: Session, number: int) -> list[Question]:
    """For each room type of which the block still holds rooms, what has to fit."""
    promised = _promises(session)
    found = []
    for type_id, promises in sorted(promised.items()):
        own = [one.nights for one in promises if one.block == number]
        if own:
            found.append(Question(type_id, rooms_of_type(session, type_id), near(promises, own)))
    return found


def rooms_of_type(session: Session, type_id: int) -> Rooms:
    """From today on: stays that arrive today or later may be moved; those in house and all other claims stay."""
    ahead = Nights(today(), LATEST)
    taken: dict[int, list[Nights]] = {}
    own: dict[int, list[Nights]] = {}
    for room, periods in types_by_room(session).items():
        own[room] = [nights for one, nights in periods if one == type_id]
        if any(len(nights.clipped(ahead)) for nights in own[room]):
            taken[room] = _gaps(own[room], ahead)
    placed = []
    for claim in session.scalars(sa.select(Claim).where(known(Claim, None), Claim.until > ahead.first)):
        nights = Nights(claim.first, claim.until)
        if claim.room_id not in taken or not rules.takes_nights(Kind(claim.kind), Status(claim.status)):
            continue
        of_type = any(len(nights.clipped(one)) == len(nights) for one in own[claim.room_id])
        if claim.kind == Kind.STAY and claim.first >= ahead.first and of_type:
            placed.append(Placed(claim.number, claim.room_id, nights, claim.id))
        else:
            taken[claim.room_id].append(nights)
    return Rooms(taken, placed)


def _gaps(periods: list[Nights], within: Nights) -> list[Nights]:
    """The nights outside of all periods."""
    gaps, first = [], within.first
    for period in sorted(periods, key=lambda one: one.first):
        if period.first > first:
            gaps.append(Nights(first, period.first))
        first = max(first, period.until)
    return [*gaps, Nights(first, within.until)] if first < within.until else gaps


def _promises(session: Session) -> Mapping[int, list[Promise]]:
    """Room type → the whole stays that every block is still promised."""
    rest: dict[tuple[int, int], dict[date, int]] = defaultdict(dict)
    for (block, type_id, night), rooms in held_rooms(session, Nights(today(), LATEST)).items():
        rest[block, type_id][night] = rooms
    found: dict[int, list[Promise]] = defaultdict(list)
    for (block, type_id), nights in rest.items():
        found[type_id] += [Promise(block, stay, rooms) for stay, rooms in whole_stays(nights).items()]
    return found
