"""The nightly jobs of the books: snapshots made up for, the forecast after them, and nothing where nothing is."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from campus.forecast import snapshots
from campus.forecast.models import Forecast, OnTheBooks, Snapshot
from core import clock
from core.database import Database
from core.i18n import today
from jobs.schedule import EVERY_DAY
from jobs.snapshots import make_forecast, take_since, take_snapshots
from tests.campus.books import open_campus

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
def days(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """`days[0]` is the present moment."""
    moment = [NOW]
    monkeypatch.setattr(clock, "now", lambda: moment[0])
    return moment


def booked(database: Database) -> None:
    with database.write() as session:
        campus = open_campus(session)
        campus.stay(session, 0, "2026-03-10", "2026-03-20")


def test_missed_evenings_are_made_up_for_in_parts_and_the_forecast_follows(
    database: Database, days: list[datetime], monkeypatch: pytest.MonkeyPatch
) -> None:
    booked(database)
    monkeypatch.setattr(snapshots, "MOST_AT_ONCE", 2)
    days[0] += timedelta(days=5)
    told: list[tuple[int, int]] = []
    assert take_since(database, None, lambda done, of: told.append((done, of))) == 5
    assert told == [(2, 5), (4, 5), (5, 5)]
    days[0] += timedelta(days=1)
    assert make_forecast(database) == {"snapshots": 1, "forecasts": 1}
    assert make_forecast(database) == {"snapshots": 0, "forecasts": 1}
    with database.read() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Snapshot)) == 6
        assert session.scalar(sa.select(sa.func.sum(OnTheBooks.sold))) == 60
        kept = session.get_one(Forecast, today())
    assert kept.content["years"]["2026"]["expected"] == 10
    assert kept.content["years"]["2026"]["chance"] is None


def test_a_campus_without_claims_is_passed_over_quietly(database: Database) -> None:
    assert take_snapshots(database) == {"snapshots": 0}
    assert make_forecast(database) == {"snapshots": 0, "forecasts": 0}
    with database.read() as session:
        assert session.scalar(sa.select(Forecast)) is None


def test_an_evening_that_another_worker_noted_meanwhile_stays_as_it_is(
    database: Database, days: list[datetime]
) -> None:
    booked(database)
    days[0] += timedelta(days=2)
    with database.read() as session:
        missing = snapshots.missing_days(session, today())
    assert take_snapshots(database) == {"snapshots": 2}
    with database.write() as session:
        assert snapshots.store(session, missing, [], today()) == 0


def test_snapshots_come_just_after_midnight_and_the_forecast_after_them() -> None:
    times = {job.name: job.next_time(NOW) for job in EVERY_DAY}
    snapshot, forecast = times["book snapshots"], times["room-night forecast"]
    assert snapshot is not None
    assert forecast is not None
    assert snapshot < forecast < snapshot + timedelta(hours=1)
