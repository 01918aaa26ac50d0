"""Every change of claims. A change writes a new version; the nights it takes are kept beside it, one row each.

Nobody allocates a room twice: the key of `room_night` forbids it in the database itself. Writers queue
(`core/database.py`), so what is looked up here is still true when it is written.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.known import Recorded, supersede
from campus.months import adjustments
from campus.nights import Nights
from campus.occupancy import availability, queries, rules
from campus.occupancy.models import Claim, RoomNight
from campus.occupancy.rules import Kind, Status
from campus.places import queries as places
from core import clock, trail
from core.errors import Conflict, InvalidInput
from core.i18n import format_date
from core.i18n import gettext as _

VERSIONED = tuple(one.name for one in Claim.__table__.columns if one.name not in {"id", *Recorded.__annotations__})


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A claim to be made. Guests, rate, party, segment, event and block are those of stays."""

    kind: Kind
    room_id: int
    nights: Nights
    party_id: int | None = None
    segment_id: int | None = None
    event_id: int | None = None
    block: int | None = None
    guests: int = 0
    rate_cents: int = 0
    note: str = ""


def claim_room(session: Session, wanted: Wanted, actor: str, *, booking: int | None = None, reason: str = "") -> Claim:
    """Claim a room. Raises `InvalidInput` for what cannot be, `Conflict` naming the nights that are taken already.

    In a month that is closed a reason is needed, as for every change.
    """
    _check(wanted)
    number = queries.next_number(session)
    values = {one.name: getattr(wanted, one.name) for one in fields(wanted) if one.name != "nights"}
    values |= {"number": number, "booking": booking or number, "status": Status.BOOKED}
    values |= {"first": wanted.nights.first, "until": wanted.nights.until}
    return _write(session, values, actor, "claim.make", reason)


def change_nights(session: Session, number: int, nights: Nights, actor: str, reason: str) -> Claim:
    """Shorten or lengthen a claim, or put it on other nights."""
    return _change(session, number, actor, reason, first=nights.first, until=nights.until)


def move(
    session: Session, number: int, room_id: int, actor: str, reason: str, *, starting: date | None = None
) -> list[Claim]:
    """Move a claim into another room, as a whole or from a night on: then it is parted, and stays one booking."""
    claim = queries.claim(session, number)
    if starting is None or starting <= claim.first:
        return [_change(session, number, actor, reason, room_id=room_id)]
    if starting >= claim.until:
        raise InvalidInput(_("must be a night of the stay"), place="starting")
    rest = _values(claim) | {"room_id": room_id, "first": starting, "number": queries.next_number(session)}
    before = _change(session, number, actor, reason, until=starting)
    return [before, _write(session, rest, actor, "claim.move", reason)]


def swap(session: Session, first: int, second: int, actor: str, reason: str) -> None:
    """Two claims exchange their rooms in one step."""
    one, other = queries.claim(session, first), queries.claim(session, second)
    if one.number == other.number or {one.status, other.status} != {Status.BOOKED.value}:
        raise Conflict(_("Only two claims that are still booked can exchange their rooms."))
    rooms = one.room_id, other.room_id
    for claim in (one, other):
        _free(session, claim)
        supersede(session, claim)
    _write(session, _values(one) | {"room_id": rooms[1]}, actor, "claim.swap", reason, before=one)
    _write(session, _values(other) | {"room_id": rooms[0]}, actor, "claim.swap", reason, before=other)


def move_together(session: Session, rooms: Mapping[int, int], actor: str, reason: str) -> None:
    """Several claims (number → room) change their rooms in one step, also in a circle. When it raises, keep none."""
    claims = [queries.claim(session, number) for number in rooms]
    if any(claim.status != Status.BOOKED for claim in claims):
        raise Conflict(_("Only claims that are still booked can change their rooms."))
    for claim in claims:
        _free(session, claim)
        supersede(session, claim)
    for claim in claims:
        _write(session, _values(claim) | {"room_id": rooms[claim.number]}, actor, "claim.move", reason, before=claim)


def cancel(session: Session, number: int, actor: str, reason: str) -> Claim:
    """End a claim that will not be used: room and revenue are free."""
    return _end(session, number, Status.CANCELLED, actor, reason)


def mark_no_show(session: Session, number: int, actor: str, reason: str) -> Claim:
    """The guest did not turn up: the revenue counts, the room does not."""
    return _end(session, number, Status.NO_SHOW, actor, reason)


def _end(session: Session, number: int, status: Status, actor: str, reason: str) -> Claim:
    claim = queries.claim(session, number)
    rules.check_step(Status(claim.status), status, Kind(claim.kind))
    return _change(session, number, actor, reason, status=status)


def _check(wanted: Wanted) -> None:
    if wanted.kind is not Kind.STAY:
        return
    rules.check_stay(wanted.guests, wanted.rate_cents)
    for name in ("party_id", "segment_id"):
        if getattr(wanted, name) is None:
            raise InvalidInput(_("is needed for a stay"), place=name.removesuffix("_id"))


def _change(session: Session, number: int, actor: str, reason: str, **changes: Any) -> Claim:
    claim = queries.claim(session, number)
    if claim.status != Status.BOOKED:
        raise Conflict(_("This claim has already ended: it is “%(status)s”.", status=claim.status))
    _free(session, claim)
    supersede(session, claim)
    return _write(session, _values(claim) | changes, actor, "claim.change", reason, before=claim)


def _write(
    session: Session, values: dict[str, Any], actor: str, action: str, reason: str = "", *, before: Claim | None = None
) -> Claim:
    """Store a version and take its nights."""
    claim = Claim(**values, recorded_at=clock.now(), recorded_by=actor, reason=reason)
    nights = Nights.checked(claim.first, claim.until)
    if rules.takes_nights(Kind(claim.kind), Status(claim.status)):
        _refuse_taken(session, claim, nights)
    places.check_is_room(session, claim.room_id, nights)
    if claim.kind in (Kind.STAY, Kind.HOUSE_USE) and claim.status == Status.BOOKED:
        _refuse_held(session, claim, nights)
    session.add(claim)
    session.flush()
    if rules.takes_nights(Kind(claim.kind), Status(claim.status)):
        rows = [{"room_id": claim.room_id, "night": night, "claim_id": claim.id} for night in nights]
        session.execute(sa.insert(RoomNight), rows)
    adjustments.note_claim(session, before, claim)
    trail.record(session, actor, action, "claim", claim.number, before=before and _told(before), after=_told(claim))
    return claim


def _refuse_taken(session: Session, claim: Claim, nights: Nights) -> None:
    taken = queries.taken(session, claim.room_id, nights)
    if taken:
        night, holder = taken[0]
        raise Conflict(
            _(
                "Room %(room)s is taken in the night of %(night)s by claim %(number)s (%(kind)s).",
                room=places.room_name(session, claim.room_id),
                night=format_date(night),
                number=holder.number,
                kind=holder.kind,
            )
        )


def _refuse_held(session: Session, claim: Claim, nights: Nights) -> None:
    """A room may be empty and still be promised to a block, with the others of its type."""
    types = {night: places.type_on(session, claim.room_id, night) for night in nights}
    free = availability.free_rooms(session, {one for one in types.values() if one is not None}, nights)
    held = availability.held_rooms(session, nights)
    for night, type_id in types.items():
        assert type_id is not None
        own = held.get((claim.block, type_id, night), 0) if claim.block is not None else 0
        if free[type_id, night] + own < 1:
            raise Conflict(
                _(
                    "The last rooms of type “%(type)s” are held for a group in the night of %(night)s.",
                    type=places.type_name(session, type_id),
                    night=format_date(night),
                )
            )


def _free(session: Session, claim: Claim) -> None:
    session.execute(sa.delete(RoomNight).where(RoomNight.claim_id == claim.id))


def _values(claim: Claim) -> dict[str, Any]:
    return {name: getattr(claim, name) for name in VERSIONED}


def _told(claim: Claim) -> dict[str, Any]:
    """The version as plain JSON for the trail."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in _values(claim).items()}
