"""One block of the sample that has enough rooms in every night and still not enough for whole stays.

It holds every accessible room that is empty for a working week, and one more: that one is only there in halves, as two
rooms are each taken for a part of the week. The assignment check finds it, and the one move that mends it.
"""

from datetime import timedelta

from sqlalchemy.orm import Session

from campus.blocks import actions as blocks
from campus.blocks import picking
from campus.blocks.actions import WantedBlock
from campus.nights import Nights
from campus.occupancy.actions import Wanted, claim_room
from campus.occupancy.availability import free_rooms
from campus.occupancy.rules import Kind
from core.i18n import today

AHEAD_DAYS = 35
NAME = "Sample workshop in accessible rooms"


def add_tight_block(session: Session, type_id: int, party_id: int, segment_id: int, actor: str) -> bool:
    """Add it in the first week from `AHEAD_DAYS` on in which it can be made; whether there was one within half a year.

    Nothing is left to chance: the same books and the same day give the same block.
    """
    start = today() + timedelta(days=AHEAD_DAYS)
    monday = start + timedelta(days=-start.weekday() % 7)
    for week in range(26):
        first = monday + timedelta(weeks=week)
        nights, middle = Nights(first, first + timedelta(days=4)), first + timedelta(days=2)
        empty = picking.rooms_that_fit(session, [type_id], nights)
        free = free_rooms(session, [type_id], nights)
        if len(empty) < 3 or min(free.values()) < len(empty):
            continue
        for room, part in zip(empty, (Nights(first, middle), Nights(middle, nights.until)), strict=False):
            stay = Wanted(
                kind=Kind.STAY,
                room_id=room.id,
                nights=part,
                party_id=party_id,
                segment_id=segment_id,
                guests=1,
                rate_cents=88_00,
            )
            claim_room(session, stay, actor)
        wanted = WantedBlock(
            name=NAME,
            party_id=party_id,
            segment_id=segment_id,
            cut_off=first - timedelta(days=14),
            expected_wash=0.1,
            rate_cents=88_00,
        )
        blocks.hold(session, wanted, {(type_id, night): len(empty) - 1 for night in nights}, actor)
        return True
    return False
