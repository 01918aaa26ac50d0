"""Planned times of a cron line, with the clock changes of Rome: 29 March 2026 at 2:00 and 25 October 2026 at 3:00."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from core.cron import check, latest_time, next_time
from core.errors import InvalidInput

ROME = "Europe/Rome"


def times(line: str, start: datetime, end: datetime) -> list[datetime]:
    found = []
    at = next_time(line, ROME, start)
    while at is not None and at < end:
        found.append(at)
        at = next_time(line, ROME, at)
    return found


def local(*fields: int) -> datetime:
    return datetime(*fields, tzinfo=ZoneInfo(ROME))  # type: ignore[misc,arg-type]


def test_a_nightly_line_keeps_the_local_hour_over_the_year() -> None:
    assert next_time("0 1 * * *", ROME, local(2026, 1, 10, 12)) == datetime(2026, 1, 11, 0, 0, tzinfo=UTC)
    assert next_time("0 1 * * *", ROME, local(2026, 7, 10, 12)) == datetime(2026, 7, 10, 23, 0, tzinfo=UTC)


def test_a_night_whose_local_time_does_not_exist_runs_exactly_once() -> None:
    found = times("30 2 * * *", local(2026, 3, 28, 12), local(2026, 3, 30, 12))
    assert found == [datetime(2026, 3, 29, 1, 0, tzinfo=UTC), local(2026, 3, 30, 2, 30)]


def test_a_night_whose_local_time_exists_twice_runs_exactly_once() -> None:
    found = times("30 2 * * *", local(2026, 10, 24, 12), local(2026, 10, 26, 12))
    assert found == [datetime(2026, 10, 25, 0, 30, tzinfo=UTC), local(2026, 10, 26, 2, 30)]


def test_asked_from_within_the_doubled_hour_it_does_not_repeat_that_night() -> None:
    second_pass = datetime(2026, 10, 25, 1, 10, tzinfo=UTC)  # 2:10 for the second time
    assert next_time("30 2 * * *", ROME, second_pass) == local(2026, 10, 26, 2, 30)


def test_a_year_of_nights_is_365_runs() -> None:
    for hour in (0, 1, 2, 3):
        found = times(f"30 {hour} * * *", local(2026, 1, 1), local(2027, 1, 1))
        assert len(found) == len(set(found)) == 365


def test_an_hourly_line_goes_forward_through_both_changes() -> None:
    for day in (datetime(2026, 3, 28, 12, tzinfo=UTC), datetime(2026, 10, 24, 12, tzinfo=UTC)):
        found = times("*/20 * * * *", day, day + timedelta(days=1))
        assert found == sorted(set(found))


@pytest.mark.parametrize(
    ("weekday", "names"),
    [
        ("0", "Sunday"),
        ("7", "Sunday"),
        ("1", "Monday"),
        ("sun", "Sunday"),
        ("5-7", "Friday Saturday Sunday"),
        ("sat-sun", "Saturday Sunday"),
        ("*/3", "Sunday Wednesday Saturday"),
        ("1-5", "Monday Tuesday Wednesday Thursday Friday"),
    ],
)
def test_weekdays_are_counted_as_cron_counts_them(weekday: str, names: str) -> None:
    found = times(f"0 12 * * {weekday}", local(2026, 5, 1), local(2026, 5, 8))
    assert {at.strftime("%A") for at in found} == set(names.split())


def test_the_latest_time_is_found_within_the_limit_only() -> None:
    week = timedelta(days=7)
    noon = local(2026, 5, 6, 12)
    assert latest_time("0 1 * * *", ROME, noon, week) == local(2026, 5, 6, 1)
    assert latest_time("* * * * *", ROME, noon, week) == noon
    assert latest_time("0 1 * * 1", ROME, noon, week) == local(2026, 5, 4, 1)
    assert latest_time("0 1 1 * *", ROME, local(2026, 5, 20), week) is None


@pytest.mark.parametrize(
    ("line", "zone", "said"),
    [
        ("0 1 * *", ROME, "five fields"),
        ("61 1 * * *", ROME, "61"),
        ("0 1 * * 8", ROME, "weekday"),
        ("0 1 * * 1-", ROME, "weekday"),
        ("0 1 * * */0", ROME, "schedule"),
        ("0 1 * * */x", ROME, "schedule"),
        ("0 1 30 2 *", ROME, "never"),
        ("0 1 * * *", "Europe/Atlantis", "time_zone"),
        ("0 1 * * *", "../etc/passwd", "time_zone"),
    ],
)
def test_a_wrong_schedule_is_refused_with_its_place(line: str, zone: str, said: str) -> None:
    with pytest.raises(InvalidInput, match=said):
        check(line, zone)
