"""Rooms of a type may be empty and still be promised: no change may take what a group holds.

Two changes together may do what neither could alone (a swap, a move within a type), so what counts is how many rooms
of each type are free before the change and after it, night by night.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session

from campus.nights import LATEST, Nights
from campus.occupancy import availability
from campus.occupancy.rules import SOLD_OR_USED, Kind
from campus.places import queries as places
from core.errors import Conflict
from core.i18n import format_date
from core.i18n import gettext as _

Span = tuple[Kind, int, Nights]  # what a claim takes or gives up: its kind, the room, the nights


@contextmanager
def kept(session: Session, *spans: Span) -> Iterator[None]:
    """Around a change that takes or gives up these. Raises `Conflict` naming the first night with too few rooms.

    A night on which too much was promised before is no reason to refuse a change that makes it no worse. Closures and
    faults are never refused: they are facts.
    """
    if not any(kind in SOLD_OR_USED for kind, _room, _nights in spans):
        yield
        return
    nights = Nights(min(one.first for _k, _r, one in spans), max(one.until for _k, _r, one in spans))
    types = {type_id for _kind, room_id, _nights in spans for type_id in _types(session, room_id, nights)}
    before = availability.free_rooms(session, types, nights)
    yield
    if min(before.values(), default=len(spans)) >= len(spans):  # a claim takes one room at most
        return
    after = availability.free_rooms(session, types, nights)
    for type_id, night in sorted(after, key=lambda key: (key[1], key[0])):
        if after[type_id, night] < min(0, before[type_id, night]):
            raise Conflict(
                _(
                    "The last rooms of type “%(type)s” are held for a group in the night of %(night)s.",
                    type=places.type_name(session, type_id),
                    night=format_date(night),
                )
            )


def _types(session: Session, room_id: int, nights: Nights) -> list[int]:
    periods = places.periods(session, room_id)
    return [one.type_id for one in periods if nights.clipped(Nights(one.first, one.until or LATEST))]
