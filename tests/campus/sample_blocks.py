"""What the pages of blocks and calendars show, beside the block of `sample_campus.py`, which is number 1."""

from datetime import date, timedelta

from sqlalchemy.orm import Session

from campus.blocks import actions as blocks
from campus.blocks import picking
from campus.blocks.picking import Pick
from campus.calendars import actions as calendars
from campus.nights import Nights
from campus.occupancy.models import Block
from core.i18n import today
from tests.campus.books import TEST, Campus

AHEAD = 40  # days; no room of the sample is taken around then


def add_blocks(session: Session, campus: Campus) -> None:
    """2: enough rooms in each night, not enough for whole stays; 3: released; 4: cancelled. Calendars of both kinds."""
    _tight(session, campus)
    _released(session, campus)
    cancelled = blocks.hold(session, _wanted(campus, "Sample seminar", 60), _rooms(campus, 1, 60, 63), TEST)
    blocks.cancel(session, cancelled.number, TEST, "called off")
    calendars.make(session, TEST, block=1)
    _key, ended = calendars.make(session, TEST, pavilion_id=campus.pavilions[0])
    calendars.revoke(session, TEST, ended.id)
    block = session.get(Block, 1)
    assert block is not None
    nights = Nights(today() + timedelta(days=20), today() + timedelta(days=22))
    room = picking.rooms_that_fit(session, [campus.types[0]], nights)[0]
    names = "Sample Guest, Sample Companion"
    picking.pick(session, 1, [Pick(room_id=room.id, nights=nights, guests=2, names=names)], TEST)


def _tight(session: Session, campus: Campus) -> None:
    """Of the second type three rooms are open: two of them are taken for two nights each of the four."""
    middle = AHEAD + 2
    for room, first, until in ((1, AHEAD, middle), (5, middle, middle + 2)):
        campus.stay(session, room, _day(first).isoformat(), _day(until).isoformat())
    rooms = {(campus.types[1], _day(AHEAD + night)): 2 for night in range(4)}
    blocks.hold(session, _wanted(campus, "Sample workshop with a tight fit", 30, expected_wash=0.2), rooms, TEST)


def _released(session: Session, campus: Campus) -> None:
    """Its cut-off came since it was held."""
    block = blocks.hold(session, _wanted(campus, "Sample retreat", 50), _rooms(campus, 2, 50, 53), TEST)
    block.cut_off = today() - timedelta(days=2)
    block.recorded_at -= timedelta(days=9)


def _wanted(campus: Campus, name: str, days: int, **values: object) -> blocks.WantedBlock:
    return campus.block(name=name, cut_off=_day(days), **values)


def _rooms(campus: Campus, rooms: int, first: int, until: int) -> dict[tuple[int, date], int]:
    return {(campus.types[0], _day(day)): rooms + (day == first) for day in range(first, until)}


def _day(days: int) -> date:
    return today() + timedelta(days=days)
