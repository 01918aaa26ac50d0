"""What runs by clock: the list of jobs, and which planned time is due."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from accessibility.ledger.audits.models import Audit
from accessibility.ledger.platforms import actions, queries
from accessibility.ledger.platforms.models import Platform
from core.database import Database
from core.job_runs import claim
from jobs.nightly import queue_audit
from jobs.schedule import EVERY_DAY, LATE_AFTER, Job, is_late, scheduled_jobs
from jobs.scheduler import PlannedTimes
from tests.jobs.platforms import NIGHTLY, SLUG, save

ROME = ZoneInfo("Europe/Rome")
NOON = datetime(2026, 5, 6, 12, 0, tzinfo=ROME)


def jobs_by_name(database: Database) -> dict[str, Job]:
    with database.read() as session:
        return {job.name: job for job in scheduled_jobs(session)}


def test_every_active_platform_with_a_schedule_has_its_nightly_audit(sqlite_database: Database) -> None:
    save(sqlite_database, schedule="30 2 * * *", time_zone="Europe/Paris")
    save(sqlite_database, slug="by-hand")
    nightly = set(jobs_by_name(sqlite_database)) - {job.name for job in EVERY_DAY}
    assert nightly == {NIGHTLY}
    with sqlite_database.write() as session:
        actions.deactivate(session, queries.get(session, SLUG), "command")
    assert NIGHTLY not in jobs_by_name(sqlite_database)


def test_a_nightly_audit_runs_in_the_platforms_time_zone_or_else_the_campuss(sqlite_database: Database) -> None:
    save(sqlite_database, schedule="30 2 * * *", time_zone="America/New_York")
    job = jobs_by_name(sqlite_database)[NIGHTLY]
    assert job.next_time(NOON) == datetime(2026, 5, 7, 2, 30, tzinfo=ZoneInfo("America/New_York"))
    save(sqlite_database, schedule="30 2 * * *")
    job = jobs_by_name(sqlite_database)[NIGHTLY]
    assert job.next_time(NOON) == datetime(2026, 5, 7, 2, 30, tzinfo=ROME)


def test_a_schedule_that_cannot_be_read_does_not_stop_the_others(sqlite_database: Database) -> None:
    save(sqlite_database, schedule="30 2 * * *")
    save(sqlite_database, slug="broken", schedule="30 2 * * *")
    with sqlite_database.write() as session:
        platform = queries.get(session, "broken")
        platform.settings = platform.settings | {"schedule": "every night"}
    assert set(jobs_by_name(sqlite_database)) == {NIGHTLY} | {job.name for job in EVERY_DAY}


def test_of_several_missed_nights_only_the_latest_is_due() -> None:
    job = Job("sample", "0 1 * * *")
    assert job.due(NOON) == datetime(2026, 5, 6, 1, 0, tzinfo=ROME)


def test_a_weekly_job_is_made_up_for_days_later_and_a_monthly_one_not_weeks_later() -> None:
    assert Job("sample", "0 1 * * sun").due(NOON) == datetime(2026, 5, 3, 1, 0, tzinfo=ROME)
    assert Job("sample", "0 1 20 * *").due(NOON) is None


def test_a_night_before_the_schedule_began_was_not_missed() -> None:
    assert Job("sample", "0 1 * * *", since=NOON).due(NOON) is None
    assert Job("sample", "0 1 * * *", since=NOON).due(NOON + timedelta(days=1)) is not None


def test_a_run_is_late_when_its_time_has_long_passed() -> None:
    assert not is_late(NOON, NOON + LATE_AFTER)
    assert is_late(NOON, NOON + LATE_AFTER + timedelta(seconds=1))


@pytest.mark.parametrize(
    ("evening", "changed"), [(datetime(2026, 3, 28, 20), "spring"), (datetime(2026, 10, 24, 20), "autumn")]
)
def test_the_clock_fires_once_in_the_night_in_which_the_time_changes(evening: datetime, changed: str) -> None:
    trigger = PlannedTimes(Job("sample", "30 2 * * *"))
    start = evening.replace(tzinfo=ROME)
    first = trigger.get_next_fire_time(None, start)
    assert first is not None
    second = trigger.get_next_fire_time(first, first)
    assert first - start.astimezone(UTC) < timedelta(hours=8), changed
    assert second == datetime(evening.year, evening.month, evening.day + 2, 2, 30, tzinfo=ROME)


def test_platforms_have_a_moment_since_which_their_schedule_holds(sqlite_database: Database) -> None:
    save(sqlite_database, schedule="30 2 * * *")
    with sqlite_database.read() as session:
        platform: Platform = queries.get(session, SLUG)
    assert jobs_by_name(sqlite_database)[NIGHTLY].since == platform.scheduled_since


@pytest.mark.parametrize(
    ("deep_on", "planned", "profile"),
    [
        ("sunday", datetime(2026, 5, 10, 2, 30, tzinfo=ROME), "deep"),
        ("sunday", datetime(2026, 5, 9, 23, 30, tzinfo=UTC), "deep"),  # already Sunday at the campus
        ("sunday", datetime(2026, 5, 11, 2, 30, tzinfo=ROME), "standard"),
        ("every night", datetime(2026, 5, 11, 2, 30, tzinfo=ROME), "deep"),
        ("", datetime(2026, 5, 10, 2, 30, tzinfo=ROME), "standard"),
    ],
)
def test_a_night_is_deep_on_the_platforms_own_day(
    sqlite_database: Database, deep_on: str, planned: datetime, profile: str
) -> None:
    save(sqlite_database, schedule="30 2 * * *", time_zone="Europe/Rome", deep_on=deep_on)
    with sqlite_database.write() as session:
        run = claim(session, NIGHTLY, planned, "worker")
        assert run is not None
        queue_audit(SLUG, session, run)
        assert session.scalars(sa.select(Audit.profile)).one() == profile
