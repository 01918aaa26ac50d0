"""Snapshots of most of a year, a group that has left, and two kept forecasts: what the pages of the forecast show."""

from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.forecast.keep import keep
from campus.forecast.make import make_forecast
from campus.forecast.models import OnTheBooks, Snapshot
from campus.nights import Nights
from campus.occupancy.models import Block, BlockNight
from core import clock
from core.i18n import today
from tests.campus.books import TEST, Campus

DAILY, WEEKLY, A_YEAR = 45, 280, 364  # days back: with every evening, with one a week, and one more
NIGHTS = 70  # ahead of an evening, on which anything is booked


def add_forecast(session: Session, campus: Campus) -> None:
    """Books of the first segment that fill as their nights come nearer; the second one has none."""
    backs = {*range(1, DAILY), *range(1, WEEKLY, 7), A_YEAR + 1}
    evenings = sorted(today() - timedelta(days=back) for back in backs)
    session.add_all(Snapshot(taken_on=one, made_at=clock.now(), replayed=True) for one in evenings)
    session.flush()
    rows = [
        {"taken_on": one, "night": night, "segment_id": campus.segments[0], "sold": sold, "held": held}
        for one in evenings
        for night, sold, held in _books(one)
    ]
    session.execute(sa.insert(OnTheBooks), rows)
    _group(session, campus)
    for day in (today() - timedelta(days=28), today()):
        keep(session, day, make_forecast(session, day))


def _books(evening: date) -> list[tuple[date, int, int]]:
    """Night, rooms sold and held: four to seven in the end, fewer the further ahead the night is."""
    found = []
    for ahead in range(-7, NIGHTS):
        night = evening + timedelta(days=ahead)
        final = 4 + night.toordinal() // 7 % 4
        sold = final if ahead <= 0 else round(final * (1 - ahead / NIGHTS))
        if sold:
            found.append((night, sold, final - sold))
    return found


def _group(session: Session, campus: Campus) -> None:
    """Contracted 12 room-nights, used 8."""
    nights = Nights(today() - timedelta(days=20), today() - timedelta(days=16))
    number = (session.scalar(sa.select(sa.func.max(Block.number))) or 0) + 1
    block = Block(
        number=number,
        name="Sample course that is over",
        status="booked",
        party_id=campus.party,
        segment_id=campus.segments[0],
        cut_off=nights.first - timedelta(days=14),
        expected_wash=0.1,
        recorded_at=clock.now() - timedelta(days=120),
        recorded_by=TEST,
    )
    session.add(block)
    session.flush()
    rows = [{"block_id": block.id, "type_id": campus.types[0], "night": night, "rooms": 3} for night in nights]
    session.execute(sa.insert(BlockNight), rows)
    for room in (0, 2):
        campus.stay(session, room, nights.first.isoformat(), nights.until.isoformat(), block=number)
