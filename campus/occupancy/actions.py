"""Every change of claims. A change writes a new version; the nights it takes are kept beside it, one row each.

Nobody allocates a room twice: the key of `room_night` forbids it in the database itself. Writers queue
(`core/database.py`), so what is looked up here is still true when it is written.

A change may name the `version` that it is based on, by its id: then it is refused when somebody else was quicker.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.known import Recorded, supersede
from campus.months import adjustments
from campus.nights import Nights
from campus.occupancy import guests, promises, queries, rules
from campus.occupancy.models import Claim, RoomNight
from campus.occupancy.rules import Kind, Status
from campus.places import queries as places
from campus.places.models import Event, Party, Segment
from campus.places.rules import checked_text
from core import clock, trail
from core.errors import Conflict, InvalidInput
from core.i18n import format_date, today
from core.i18n import gettext as _

VERSIONED = tuple(one.name for one in Claim.__table__.columns if one.name not in {"id", *Recorded.__annotations__})
TOLD = tuple(name for name in VERSIONED if name != "note")  # which may hold a guest's name: the trail is kept for good
KNOWN = {"party_id": Party, "segment_id": Segment, "event_id": Event}


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What a claim says beside its room and nights. All but the note is of stays; the rate is in cents a night."""

    party_id: int | None = None
    segment_id: int | None = None
    event_id: int | None = None
    guests: int = 0
    rate_cents: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted(Details):
    """A claim to be made. `block` is the number of the block that a stay is picked from."""

    kind: Kind
    room_id: int
    nights: Nights
    block: int | None = None


def claim_room(session: Session, wanted: Wanted, actor: str, *, booking: int | None = None, reason: str = "") -> Claim:
    """Claim a room. Raises `InvalidInput` for what cannot be, `Conflict` naming the nights that are taken already.

    In a month that is closed a reason is needed, as for every change.
    """
    if wanted.block is not None and wanted.kind is not Kind.STAY:
        raise InvalidInput(_("only a stay can be picked from a block"), place="block")
    if wanted.block is not None and queries.current_block(session, wanted.block).status != Status.BOOKED:
        raise Conflict(_("This block was cancelled."))
    values = {one.name: getattr(wanted, one.name) for one in fields(wanted) if one.name != "nights"}
    values |= _checked(session, wanted.kind, wanted)
    number = queries.next_number(session)
    values |= {"number": number, "booking": booking or number, "status": Status.BOOKED}
    with promises.kept(session, (wanted.kind, wanted.room_id, wanted.nights)):
        return _write(session, values | _range(wanted.nights), actor, "claim.make", reason)


def change_details(
    session: Session, number: int, details: Details, actor: str, reason: str, *, version: int | None = None
) -> Claim:
    """Other guests, rate, party, segment, event or note. Room and nights stay as they are."""
    claim = _booked(session, number, version)
    changes = _checked(session, Kind(claim.kind), details)
    return _change(session, claim, actor, "claim.change", reason, changes)


def change_nights(
    session: Session, number: int, nights: Nights, actor: str, reason: str, *, version: int | None = None
) -> Claim:
    """Shorten or lengthen a claim, or put it on other nights."""
    claim = _booked(session, number, version)
    nights = Nights.checked(nights.first, nights.until)
    _refuse_elsewhere(session, claim, nights)
    with promises.kept(session, _takes(claim), (Kind(claim.kind), claim.room_id, nights)):
        changed = _change(session, claim, actor, "claim.nights", reason, _range(nights))
    guests.put_off(session, changed.booking)
    return changed


def move(
    session: Session,
    number: int,
    room_id: int,
    actor: str,
    reason: str,
    *,
    starting: date | None = None,
    version: int | None = None,
) -> list[Claim]:
    """Move a claim into another room, as a whole or from a night on: then it is parted, and stays one booking."""
    claim = _booked(session, number, version)
    nights = Nights(max(starting or claim.first, claim.first), claim.until)
    if not nights:
        raise InvalidInput(_("must be a night of the stay"), place="starting")
    if room_id == claim.room_id:
        raise InvalidInput(_("must be another one than now"), place="room")
    with promises.kept(session, _takes(claim), (Kind(claim.kind), room_id, nights)):
        if nights.first == claim.first:
            return [_change(session, claim, actor, "claim.move", reason, {"room_id": room_id})]
        before = _change(session, claim, actor, "claim.move", reason, {"until": nights.first})
        rest = {"room_id": room_id, "first": nights.first, "number": queries.next_number(session)}
        return [before, _write(session, _values(claim) | rest, actor, "claim.move", reason)]


def swap(
    session: Session,
    first: int,
    second: int,
    actor: str,
    reason: str,
    *,
    versions: tuple[int | None, int | None] = (None, None),
) -> list[Claim]:
    """Two claims exchange their rooms in one step: each may need nights that only the other gives up."""
    if first == second:
        raise InvalidInput(_("must be another claim"), place="other")
    one, other = _booked(session, first, versions[0]), _booked(session, second, versions[1])
    if one.room_id == other.room_id:
        raise InvalidInput(_("must be a claim of another room"), place="other")
    rooms = [(one, other.room_id), (other, one.room_id)]
    return _change_rooms(session, rooms, actor, "claim.swap", reason)


def move_together(session: Session, rooms: Mapping[int, int], actor: str, reason: str) -> None:
    """Several claims (number → room) change their rooms in one step, also in a circle. When it raises, keep none."""
    pairs = [(_booked(session, number, None), room_id) for number, room_id in rooms.items()]
    _change_rooms(session, pairs, actor, "claim.move", reason)


def put_back(session: Session, versions: Mapping[int, Claim | None], actor: str, reason: str) -> None:
    """Claims (number → an earlier version) say again what they said then, in one step; None cancels one.

    Raises `Conflict` where a night that they take back is taken by now. When it raises, keep none.
    """
    pairs = []
    for number, version in versions.items():
        now = queries.claim(session, number)
        pairs.append((now, _values(now) | {"status": Status.CANCELLED} if version is None else _values(version)))
    spans = [_takes(now) for now, _values_then in pairs]
    spans += [(Kind(then["kind"]), then["room_id"], Nights(then["first"], then["until"])) for _now, then in pairs]
    with promises.kept(session, *spans):
        for now, _then in pairs:
            _end_version(session, now)
        for now, then in pairs:
            _write(session, then, actor, "claim.put_back", reason, before=now)
    for booking in {then["booking"] for _now, then in pairs}:
        guests.put_off(session, booking)


def cancel(session: Session, number: int, actor: str, reason: str, *, version: int | None = None) -> Claim:
    """End a claim that will not be used: room and revenue are free."""
    return _step(session, number, Status.CANCELLED, actor, "claim.cancel", reason, version)


def mark_no_show(session: Session, number: int, actor: str, reason: str, *, version: int | None = None) -> Claim:
    """The guest did not turn up: the revenue counts, the room does not."""
    return _step(session, number, Status.NO_SHOW, actor, "claim.no_show", reason, version)


def reinstate(session: Session, number: int, actor: str, reason: str, *, version: int | None = None) -> Claim:
    """Take a cancellation or a no-show back, if the room is still free. Raises `Conflict` when it is not."""
    return _step(session, number, Status.BOOKED, actor, "claim.reinstate", reason, version)


def _step(
    session: Session, number: int, to: Status, actor: str, action: str, reason: str, version: int | None
) -> Claim:
    claim = _based_on(session, number, version)
    rules.check_step(Status(claim.status), to, Kind(claim.kind), claim.first, today())
    if to is not Status.BOOKED:
        return _change(session, claim, actor, action, reason, {"status": to})
    _refuse_elsewhere(session, claim, Nights(claim.first, claim.until))
    with promises.kept(session, _takes(claim)):
        return _change(session, claim, actor, action, reason, {"status": to})


def _based_on(session: Session, number: int, version: int | None) -> Claim:
    claim = queries.claim(session, number)
    if version is not None and claim.id != version:
        raise Conflict(_("Somebody else changed this claim meanwhile. Look at it again, then change it."))
    return claim


def _booked(session: Session, number: int, version: int | None) -> Claim:
    claim = _based_on(session, number, version)
    rules.check_booked(Status(claim.status))
    return claim


def _checked(session: Session, kind: Kind, details: Details) -> dict[str, Any]:
    """The details as they are stored. Raises `InvalidInput` for what cannot be, or is not there."""
    values = {one.name: getattr(details, one.name) for one in fields(Details)}
    values["note"] = checked_text(details.note, "note")
    if kind is not Kind.STAY:
        if any(values[name] for name in values if name != "note"):
            raise InvalidInput(_("only a stay has guests, a rate, a party, a segment or an event"), place="kind")
        return values
    rules.check_stay(details.guests, details.rate_cents)
    for name, table in KNOWN.items():
        place = name.removesuffix("_id")
        if values[name] is None and name != "event_id":
            raise InvalidInput(_("is needed for a stay"), place=place)
        if values[name] is not None and session.get(table, values[name]) is None:
            raise InvalidInput(_("is not known"), place=place)
    return values


def _change(session: Session, claim: Claim, actor: str, action: str, reason: str, changes: dict[str, Any]) -> Claim:
    _end_version(session, claim)
    return _write(session, _values(claim) | changes, actor, action, reason, before=claim)


def _change_rooms(
    session: Session, rooms: Sequence[tuple[Claim, int]], actor: str, action: str, reason: str
) -> list[Claim]:
    """All leave before any enters: each may need nights that only another gives up."""
    leaving = [_takes(claim) for claim, _room_id in rooms]
    entering = [(Kind(claim.kind), room_id, Nights(claim.first, claim.until)) for claim, room_id in rooms]
    with promises.kept(session, *leaving, *entering):
        for claim, _room_id in rooms:
            _end_version(session, claim)
        return [
            _write(session, _values(claim) | {"room_id": room_id}, actor, action, reason, before=claim)
            for claim, room_id in rooms
        ]


def _write(
    session: Session, values: dict[str, Any], actor: str, action: str, reason: str = "", *, before: Claim | None = None
) -> Claim:
    """Store a version in place of the one `before`, and take its nights."""
    reason = checked_text(reason, "reason")
    claim = Claim(**values, recorded_at=clock.now(), recorded_by=actor, reason=reason)
    nights = Nights.checked(claim.first, claim.until)
    takes = rules.takes_nights(Kind(claim.kind), Status(claim.status))
    if takes:
        _refuse_taken(session, claim, nights)
    places.check_is_room(session, claim.room_id, nights)
    session.add(claim)
    session.flush()
    if takes:
        rows = [{"room_id": claim.room_id, "night": night, "claim_id": claim.id} for night in nights]
        session.execute(sa.insert(RoomNight), rows)
    adjustments.note_claim(session, before, claim)
    trail.record(session, actor, action, "claim", claim.number, before=before and _told(before), after=_told(claim))
    return claim


def _end_version(session: Session, claim: Claim) -> None:
    """Free its nights, and believe something else from now on."""
    session.execute(sa.delete(RoomNight).where(RoomNight.claim_id == claim.id))
    supersede(session, claim)


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
                kind=rules.in_words(holder.kind),
            )
        )


def _refuse_elsewhere(session: Session, claim: Claim, nights: Nights) -> None:
    """Guests who moved on their way sleep in one room a night."""
    for part in queries.parts(session, claim.booking):
        common = nights.clipped(Nights(part.first, part.until))
        if part.number != claim.number and part.status == Status.BOOKED and common:
            raise Conflict(
                _(
                    "In the night of %(night)s this stay is in room %(room)s already: change claim %(number)s first.",
                    night=format_date(common.first),
                    room=places.room_name(session, part.room_id),
                    number=part.number,
                )
            )


def _takes(claim: Claim) -> promises.Span:
    return Kind(claim.kind), claim.room_id, Nights(claim.first, claim.until)


def _range(nights: Nights) -> dict[str, date]:
    return {"first": nights.first, "until": nights.until}


def _values(claim: Claim) -> dict[str, Any]:
    return {name: getattr(claim, name) for name in VERSIONED}


def _told(claim: Claim) -> dict[str, Any]:
    """The version for the trail."""
    return {name: getattr(claim, name) for name in TOLD}
