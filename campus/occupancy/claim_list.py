"""The list of claims: found by their nights, kind, party, segment, block, number, room, and by a guest's name."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.known import known
from campus.occupancy.models import Claim, GuestName
from campus.occupancy.rules import Kind, Status
from campus.places.models import Event, Party, Pavilion, Room, Segment


class ClaimSort(StrEnum):
    """What the list is ordered by."""

    ARRIVAL = "arrival"
    DEPARTURE = "departure"
    ROOM = "room"
    NUMBER = "number"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimFilter:
    """Which claims are wanted; all where nothing is given. They meet the nights from `first` until before `until`.

    `guest` is a part of a guest's name: for keepers alone.
    """

    first: date | None = None
    until: date | None = None
    kind: Kind | None = None
    status: Status | None = None
    party: str = ""
    segment: str = ""
    pavilion: str = ""
    block: int | None = None
    number: int | None = None
    room: str = ""
    room_id: int | None = None
    guest: str = ""


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """A claim with what its numbers stand for."""

    claim: Claim
    room: Room
    pavilion: Pavilion
    party: Party | None
    segment: Segment | None
    event: Event | None


def claim_list(
    session: Session,
    wanted: ClaimFilter,
    sort: ClaimSort = ClaimSort.ARRIVAL,
    *,
    descending: bool = False,
    offset: int = 0,
    limit: int = 50,
) -> tuple[list[ClaimLine], int]:
    """The claims as they are now, and how many there are on all pages."""
    conditions = _conditions(wanted)
    order = [one.desc() if descending else one for one in _order(sort)]
    query = _lines().where(*conditions).order_by(*order, Claim.number)
    total = session.scalar(sa.select(sa.func.count()).select_from(_lines().where(*conditions).subquery())) or 0
    return [ClaimLine(*row) for row in session.execute(query.offset(offset).limit(limit))], total


def lines_of(session: Session, claims: list[Claim]) -> dict[int, ClaimLine]:
    """Claims, or versions of one, by their id."""
    query = _lines().where(Claim.id.in_([one.id for one in claims]))
    return {row[0].id: ClaimLine(*row) for row in session.execute(query)}


def _lines() -> sa.Select[Claim, Room, Pavilion, Party, Segment, Event]:
    return (
        sa.select(Claim, Room, Pavilion, Party, Segment, Event)
        .join(Room, Room.id == Claim.room_id)
        .join(Pavilion, Pavilion.id == Room.pavilion_id)
        .outerjoin(Party, Party.id == Claim.party_id)
        .outerjoin(Segment, Segment.id == Claim.segment_id)
        .outerjoin(Event, Event.id == Claim.event_id)
    )


def _conditions(wanted: ClaimFilter) -> list[sa.ColumnElement[bool]]:
    found = [known(Claim, None)]
    exact = (
        (Claim.kind, wanted.kind and wanted.kind.value),
        (Claim.status, wanted.status and wanted.status.value),
        (Claim.block, wanted.block),
        (Claim.number, wanted.number),
        (Claim.room_id, wanted.room_id),
        (Party.slug, wanted.party or None),
        (Segment.slug, wanted.segment or None),
        (Pavilion.slug, wanted.pavilion or None),
        (Room.number, wanted.room or None),
    )
    found += [column == value for column, value in exact if value is not None]
    if wanted.first is not None:
        found.append(Claim.until > wanted.first)
    if wanted.until is not None:
        found.append(Claim.first < wanted.until)
    if wanted.guest:
        of_guest = sa.select(GuestName.booking).where(GuestName.names.icontains(wanted.guest, autoescape=True))
        found.append(Claim.booking.in_(of_guest))
    return found


def _order(sort: ClaimSort) -> list[sa.ColumnElement[Any]]:
    columns: dict[ClaimSort, list[sa.ColumnElement[Any]]] = {
        ClaimSort.ARRIVAL: [Claim.first.expression, Claim.until.expression],
        ClaimSort.DEPARTURE: [Claim.until.expression],
        ClaimSort.ROOM: [Pavilion.name.expression, Room.number.expression],
        ClaimSort.NUMBER: [Claim.number.expression],
    }
    return columns[sort]
