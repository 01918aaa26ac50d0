"""The keys of the codes on the doors. A key that is renewed opens nothing from then on."""

from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.places import queries as places
from campus.printed_keys import new_key, unspelt
from campus.requests.models import RoomKey
from core import clock, trail


def room_of(session: Session, given: str) -> int | None:
    """The room whose code holds this key, however it was typed; None for no key of ours."""
    return session.scalar(sa.select(RoomKey.room_id).where(RoomKey.key == unspelt(given)))


def make_missing(session: Session, room_ids: Iterable[int], actor: str) -> int:
    """Give a key to each room that has none; how many."""
    wanted = set(room_ids)
    there = set(session.scalars(sa.select(RoomKey.room_id).where(RoomKey.room_id.in_(wanted))))
    for room_id in sorted(wanted - there):
        session.add(RoomKey(room_id=room_id, key=new_key(), made_at=clock.now()))
        trail.record(session, actor, "room_key.make", "room_key", room_id)
    session.flush()
    return len(wanted - there)


def renew(session: Session, room_id: int, actor: str) -> None:
    """Make the room's key anew: the code on its door no longer works. Raises `NotFound`."""
    places.room_name(session, room_id)
    session.execute(sa.delete(RoomKey).where(RoomKey.room_id == room_id))
    session.add(RoomKey(room_id=room_id, key=new_key(), made_at=clock.now()))
    trail.record(session, actor, "room_key.renew", "room_key", room_id)
    session.flush()
