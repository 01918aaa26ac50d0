"""Snapshots: what is on the books each evening, and the same when it is made up for later."""

import random
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.blocks import actions as blocks
from campus.capacity.queries import Cut, capacity
from campus.forecast.models import OnTheBooks, Snapshot
from campus.known import end_of, known
from campus.nights import Nights
from campus.occupancy import actions
from campus.occupancy.models import Block, Claim
from campus.occupancy.rules import Status
from core import clock
from core.database import Database
from core.errors import Conflict, InvalidInput, NotFound
from tests.campus.books import TEST, Campus, open_campus
from tests.campus.evenings import take_missing

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
def days(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """`days[0]` is the present moment."""
    moment = [MONDAY]
    monkeypatch.setattr(clock, "now", lambda: moment[0])
    return moment


def books(session: Session) -> list[tuple[object, ...]]:
    columns = (OnTheBooks.taken_on, OnTheBooks.night, OnTheBooks.segment_id, OnTheBooks.sold, OnTheBooks.held)
    return [tuple(row) for row in session.execute(sa.select(*columns).order_by(*columns))]


def live(database: Database, days: list[datetime], *, every_evening: bool) -> None:
    """Four days with changes on each; snapshots on each evening, or all of them at the end."""
    with database.write() as session:
        campus = open_campus(session)
        stay = campus.stay(session, 0, "2026-03-10", "2026-03-13")
        contracted = {(campus.types[0], night): 1 for night in Nights(date(2026, 3, 10), date(2026, 3, 12))}
        block = blocks.hold(session, campus.block(cut_off=date(2026, 3, 5)), contracted, TEST)
    steps = [
        lambda session: campus.stay(session, 1, "2026-03-10", "2026-03-12", segment_id=campus.segments[1]),
        lambda session: actions.cancel(session, stay.number, TEST, ""),
        lambda session: campus.stay(session, 2, "2026-03-11", "2026-03-12", block=block.number),
    ]
    for step in steps:
        days[0] += timedelta(days=1)
        with database.write() as session:
            if every_evening:
                take_missing(session, days[0].date())
            step(session)
    days[0] += timedelta(days=1)
    with database.write() as session:
        take_missing(session, days[0].date())


def test_a_snapshot_equals_the_capacity_report_as_known_on_its_evening(
    database: Database, days: list[datetime]
) -> None:
    live(database, days, every_evening=True)
    with database.read() as session:
        noted = {(day, night, segment): (sold, held) for day, night, segment, sold, held in books(session)}
        for taken_on in session.scalars(sa.select(Snapshot.taken_on)):
            nights = [Nights(night, night + timedelta(1)) for night in Nights(date(2026, 3, 9), date(2026, 3, 14))]
            report = capacity(session, nights, Cut.SEGMENT, at=end_of(taken_on), on=taken_on)
            told = {(nights[part].first, key): (one.sold, one.held) for (part, key), one in report.items() if key}
            assert told == {(night, key): both for (day, night, key), both in noted.items() if day == taken_on}
    assert noted[date(2026, 3, 2), date(2026, 3, 10), 2] == (0, 1)


def test_missed_evenings_are_made_up_for_exactly(database: Database, days: list[datetime]) -> None:
    live(database, days, every_evening=False)
    with database.read() as session:
        replayed = [(one.taken_on.day, one.replayed) for one in session.scalars(sa.select(Snapshot))]
        late = books(session)
    assert replayed == [(2, True), (3, True), (4, True), (5, False)]
    with database.write() as session:
        session.execute(sa.delete(Snapshot))
        take_missing(session, date(2026, 3, 6), date(2026, 3, 2))
        assert books(session) == late


def test_no_evening_is_noted_twice(database: Database, days: list[datetime]) -> None:
    live(database, days, every_evening=True)
    with database.write() as session:
        assert take_missing(session, days[0].date()) == []


def test_before_anything_is_known_there_is_nothing_to_note(database: Database) -> None:
    with database.write() as session:
        assert take_missing(session, date(2026, 3, 6)) == []


def step(session: Session, campus: Campus, draw: random.Random) -> None:
    """Something that happens at a campus; what is refused does not happen."""
    first = MONDAY.date() + timedelta(days=draw.randrange(30))
    nights = Nights(first, first + timedelta(days=draw.randrange(1, 6)))
    claims = list(session.scalars(sa.select(Claim).where(known(Claim, None), Claim.status == Status.BOOKED)))
    held = list(session.scalars(sa.select(Block.number).where(known(Block, None), Block.status == Status.BOOKED)))
    number = draw.choice(claims).number if claims else 0
    room, segment = draw.randrange(4), draw.choice(campus.segments)
    block = draw.choice([None, *held])
    contracted = {(draw.choice(campus.types), night): draw.randrange(1, 3) for night in nights}
    wanted = campus.block(cut_off=MONDAY.date() + timedelta(days=draw.randrange(40, 60)), segment_id=segment)
    dates = nights.first.isoformat(), nights.until.isoformat()
    steps: list[Callable[[], object]] = [
        lambda: campus.stay(session, room, *dates, segment_id=segment, block=block),
        lambda: campus.stay(session, room, *dates, segment_id=segment, block=block),
        lambda: blocks.hold(session, wanted, contracted, TEST),
        lambda: actions.cancel(session, number, TEST, ""),
        lambda: actions.mark_no_show(session, number, TEST, ""),
        lambda: actions.change_nights(session, number, nights, TEST, ""),
        lambda: blocks.cancel(session, draw.choice(held), TEST, "") if held else None,
    ]
    with suppress(Conflict, InvalidInput, NotFound), session.begin_nested():
        draw.choice(steps)()


@pytest.mark.parametrize("seed", [1, 2])
def test_of_any_history_the_replay_is_what_was_noted_each_evening_and_what_the_capacity_report_says(
    database: Database, days: list[datetime], seed: int
) -> None:
    draw = random.Random(seed)
    with database.write() as session:
        campus = open_campus(session)
        campus.stay(session, 0, "2026-03-10", "2026-03-13")
        for _ in range(12):
            for _ in range(6):
                step(session, campus, draw)
            days[0] += timedelta(days=1)
            take_missing(session, days[0].date())
        evenings = list(session.scalars(sa.select(Snapshot.taken_on)))
        noted = books(session)
        session.execute(sa.delete(OnTheBooks))
        session.execute(sa.delete(Snapshot))
        assert take_missing(session, days[0].date(), evenings[0]) == evenings
        assert books(session) == noted
        span = [Nights(night, night + timedelta(1)) for night in Nights(evenings[-1], evenings[-1] + timedelta(40))]
        report = capacity(session, span, Cut.SEGMENT, at=end_of(evenings[-1]), on=evenings[-1])
    told = {(span[part].first, key): (one.sold, one.held) for (part, key), one in report.items() if key}
    of_last = {(n, s): (sold, held) for day, n, s, sold, held in noted if day == evenings[-1] and n >= evenings[-1]}
    assert len(of_last) > 3
    assert {key: one for key, one in told.items() if any(one)} == of_last
