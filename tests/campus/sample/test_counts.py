"""The counts of the sample campus."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.counts import queries
from campus.counts.models import DailyCount
from campus.counts.rules import Standing
from campus.decisions import decisions
from campus.months import queries as months
from campus.nights import Nights
from campus.sample import counts as sample
from core import clock
from core.database import Database
from tests.campus.books import open_campus
from tests.refilled import refilled

TODAY = date(2026, 3, 10)


@pytest.fixture
def books(sqlite_database: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Database:
    """Half a year of stays and their counts, made at noon of a day in March."""
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 3, 10, 11, tzinfo=UTC))
    monkeypatch.setattr(sample, "START", date(2025, 9, 1))
    refilled(sqlite_database, "counts of half a year", lambda: fill(sqlite_database), tmp_path)
    return sqlite_database


def fill(database: Database) -> None:
    with database.write() as session:
        campus = open_campus(session, rooms=12)
        for room in range(10):
            for week in range(0, 190, 7):
                first = date(2025, 9, 1) + timedelta(days=week + room % 3)
                campus.stay(session, room, first.isoformat(), (first + timedelta(days=4)).isoformat(), guests=2)
        sample.write_counts(session, 7)


def rows(session: Session) -> list[tuple[object, ...]]:
    table = DailyCount.__table__
    return [tuple(row) for row in session.execute(sa.select(table).order_by(table.c.id))]


def test_every_night_but_the_last_is_counted_and_one_difference_is_unexplained(books: Database) -> None:
    with books.read() as session:
        lines = queries.lines(session, Nights(date(2025, 9, 1), TODAY))
        found = decisions(session, TODAY)
    standings = [line.standing for line in lines if line.night < TODAY - timedelta(days=1)]
    assert Standing.MISSING not in standings
    assert standings.count(Standing.DIFFERS) == 1
    assert standings.count(Standing.AGREES) > 0.95 * len(standings)
    assert [line.count for line in found.last_night] == [None, None]
    assert found.differing[0][0].night == TODAY - sample.UNEXPLAINED


def test_they_were_entered_in_the_evening_of_their_night(books: Database) -> None:
    with books.read() as session:
        first: dict[queries.Place, datetime] = {}
        for count in session.scalars(sa.select(DailyCount).order_by(DailyCount.id)):
            first.setdefault((count.pavilion_id, count.night), count.recorded_at)
    assert {(at.date() - night).days for (_pavilion, night), at in first.items()} == {0}


def test_months_are_closed_until_two_months_ago_and_one_has_an_adjustment(books: Database) -> None:
    with books.read() as session:
        found, total = months.statements(session)
        assert decisions(session, TODAY).closable == [date(2026, 2, 1)]
    assert (total, found[0].month.month) == (5, date(2026, 1, 1))
    assert [one.unexplained for one in found] == [{}] * 5
    assert [len(one.adjustments) for one in found] == [0, 1, 0, 0, 0]


def test_the_same_seed_gives_the_same_counts(books: Database) -> None:
    with books.write() as session:
        before = rows(session)
        for table in ("adjustment_no_update", "adjustment_no_delete"):
            session.execute(sa.text(f"DROP TRIGGER {table}"))
        for name in ("adjustment", "closed_month", "daily_count"):
            session.execute(sa.text(f"DELETE FROM {name}"))
        sample.write_counts(session, 7)
        assert rows(session) == before
