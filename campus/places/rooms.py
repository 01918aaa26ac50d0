"""Every change of guest rooms: what a room is like from a night on, until when it is one, and what its door says.

A change lays a new period over those that are there. It is refused where somebody would lose a room by it: a claim
whose nights would have none, or a group that was promised rooms of the type.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from campus.known import supersede
from campus.nights import EARLIEST, Nights
from campus.occupancy import availability
from campus.occupancy.queries import current_block
from campus.places import claimed, queries, rules, stretches
from campus.places.models import Pavilion, Room, RoomPeriod, RoomType
from campus.places.stretches import Stretch
from core import clock, trail
from core.errors import Conflict, InvalidInput
from core.i18n import format_date, format_list, ngettext
from core.i18n import gettext as _

MOST_NAMED = 5  # claims that a refusal names


@dataclass(frozen=True, slots=True)
class RoomKind:
    """What a room is like. `features` are any of `rules.FEATURES`, in their order."""

    type_id: int
    beds: int
    features: tuple[str, ...] = ()


def add_rooms(
    session: Session,
    pavilion: Pavilion,
    numbers: Sequence[str],
    kind: RoomKind,
    first: date,
    until: date | None,
    actor: str,
) -> list[Room]:
    """Add rooms that are alike. `Conflict` naming those that are there already: then none is added."""
    kind, nights = _checked(session, kind), _checked_nights(first, until)
    there = {room.number: room for room in queries.rooms_of(session, pavilion.id, numbers)}
    if taken := [number for number, room in there.items() if queries.periods(session, room.id)]:
        raise Conflict(
            _("%(pavilion)s has these rooms already: %(rooms)s.", pavilion=pavilion.name, rooms=format_list(taken))
        )
    rooms = [there.get(number) or _new_room(session, pavilion, number) for number in numbers]
    for room in rooms:
        _store(session, room, [Stretch(nights, kind)], actor, "")
        told = {"pavilion": pavilion.slug, "number": room.number} | _told(queries.periods(session, room.id))
        trail.record(session, actor, "room.add", "room", room.id, after=told)
    return rooms


def change_room(
    session: Session, room: Room, kind: RoomKind | None, first: date, until: date | None, actor: str, reason: str
) -> None:
    """From one night until another the room is of this kind, or no room at all. Nothing is written if it is so already.

    Raises `InvalidInput` for what cannot be, `Conflict` naming the claims or the night that would lose their room.
    """
    nights = _checked_nights(first, until)
    reason = rules.checked_name(reason, 500, "reason")
    before = queries.periods(session, room.id)
    wanted = stretches.changed(_stretches(before), nights, kind and _checked(session, kind))
    if wanted == _stretches(before):
        return
    _refuse_claimed(session, room, nights, wanted)
    promises = _Promises(session, before, nights)
    _store(session, room, wanted, actor, reason)
    promises.refuse_broken()
    after = _told(queries.periods(session, room.id)) | {"reason": reason}
    trail.record(session, actor, "room.change", "room", room.id, before=_told(before), after=after)


def take_away(session: Session, room: Room, actor: str, reason: str) -> None:
    """It never was a room. What was known of it until now stays in the reports of the past."""
    change_room(session, room, None, EARLIEST, None, actor, reason)


def renumber(session: Session, room: Room, number: str, actor: str) -> None:
    """Another number on the door. `Conflict` when the pavilion has it already."""
    number = rules.checked_room_number(number)
    if number == room.number:
        return
    if queries.rooms_of(session, room.pavilion_id, [number]):
        raise Conflict(_("The pavilion has a room %(number)s already.", number=number))
    before, room.number = room.number, number
    session.flush()
    trail.record(session, actor, "room.renumber", "room", room.id, before={"number": before}, after={"number": number})


def _checked(session: Session, kind: RoomKind) -> RoomKind:
    if session.get(RoomType, kind.type_id) is None:
        raise InvalidInput(_("is not known"), place="type")
    features = rules.checked_words(kind.features, rules.FEATURES, "features")
    return RoomKind(kind.type_id, rules.checked_beds(kind.beds), tuple(features))


def _checked_nights(first: date, until: date | None) -> Nights:
    if until is not None and until <= first:
        raise InvalidInput(_("must be after the first night"), place="until")
    nights = stretches.nights_of(first, until)
    return Nights.checked(nights.first, nights.until)


def _new_room(session: Session, pavilion: Pavilion, number: str) -> Room:
    room = Room(pavilion_id=pavilion.id, number=rules.checked_room_number(number), created_at=clock.now())
    session.add(room)
    session.flush()
    return room


def _store(session: Session, room: Room, wanted: Sequence[Stretch[RoomKind]], actor: str, reason: str) -> None:
    """Periods that stay as they are keep their version; the others are superseded, and new ones written."""
    now = queries.periods(session, room.id)
    for period, stretch in zip(now, _stretches(now), strict=True):
        if stretch not in wanted:
            supersede(session, period)
    kept = _stretches(now)
    for stretch in wanted:
        if stretch not in kept:
            session.add(
                RoomPeriod(
                    room_id=room.id,
                    type_id=stretch.what.type_id,
                    first=stretch.nights.first,
                    until=stretches.end_of(stretch.nights),
                    beds=stretch.what.beds,
                    features=list(stretch.what.features),
                    recorded_at=clock.now(),
                    recorded_by=actor,
                    reason=reason,
                )
            )
    session.flush()


def _stretches(periods: Sequence[RoomPeriod]) -> list[Stretch[RoomKind]]:
    return [
        Stretch(stretches.nights_of(one.first, one.until), RoomKind(one.type_id, one.beds, tuple(one.features)))
        for one in periods
    ]


def _refuse_claimed(session: Session, room: Room, nights: Nights, wanted: Sequence[Stretch[RoomKind]]) -> None:
    """Whatever claims a night needs a room in it, also what is past: else reports would lose it."""
    losing = [
        claim
        for claim in claimed.claims_of(session, room.id, nights)
        if not stretches.covers(wanted, Nights(claim.first, claim.until))
    ]
    if losing:
        named = [
            _(
                "%(number)s (%(first)s to %(until)s)",
                number=one.number,
                first=format_date(one.first),
                until=format_date(one.until),
            )
            for one in losing[:MOST_NAMED]
        ]
        more = len(losing) - len(named)
        named += [ngettext("one more", "%(n)s more", more)] if more else []
        raise Conflict(
            ngettext(
                "A claim would lose its room: %(claims)s. Move, shorten or cancel it first.",
                "%(n)s claims would lose their room: %(claims)s. Move, shorten or cancel them first.",
                len(losing),
                claims=format_list(named),
            )
        )


class _Promises:
    """What was promised to groups of the types that a room leaves, before it leaves them."""

    def __init__(self, session: Session, periods: Sequence[RoomPeriod], nights: Nights) -> None:
        self._session = session
        self._types = {one.type_id for one in periods if len(stretches.nights_of(one.first, one.until).clipped(nights))}
        last = claimed.last_promised_night(session, self._types)
        self._nights = nights.clipped(Nights(nights.first, date.fromordinal(last.toordinal() + 1))) if last else None
        self._free = self._count()

    def refuse_broken(self) -> None:
        """`Conflict` naming the first night in which fewer rooms are left than were promised."""
        for (type_id, night), free in sorted(self._count().items(), key=lambda one: one[0][::-1]):
            if free < min(0, self._free[type_id, night]):
                held = availability.held_rooms(self._session, Nights(night, date.fromordinal(night.toordinal() + 1)))
                names = [current_block(self._session, one).name for one, of_type, _night in held if of_type == type_id]
                raise Conflict(
                    _(
                        "The last rooms of type “%(type)s” are promised in the night of %(night)s: %(blocks)s.",
                        type=queries.type_name(self._session, type_id),
                        night=format_date(night),
                        blocks=format_list(names),
                    )
                )

    def _count(self) -> dict[tuple[int, date], int]:
        return availability.free_rooms(self._session, self._types, self._nights) if self._nights else {}


def _told(periods: Sequence[RoomPeriod]) -> dict[str, Any]:
    """The periods as plain JSON for the trail."""
    return {
        "periods": [
            {
                "first": one.first.isoformat(),
                "until": one.until and one.until.isoformat(),
                "type": one.type_id,
                "beds": one.beds,
                "features": list(one.features),
            }
            for one in periods
        ]
    }
