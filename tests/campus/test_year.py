"""A year against its target: to date and expected, as known on a day, and never by a forecast of later knowledge."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from campus.capacity.report import Moment, Question, make_report, steps_of
from campus.forecast.models import Forecast
from campus.forecast.outlook import Outlook
from campus.forecast.targets import PUBLISHED, set_target, target_of, versions
from campus.forecast.year_end import YearEnd
from campus.known import end_of
from campus.nights import Nights
from campus.occupancy.rules import Kind
from campus.year import year_report
from core import clock
from core.database import Database
from core.errors import InvalidInput
from tests.campus.books import TEST, nights, open_campus

KEYS = (
    "inventory extended_closed out_of_order house_use sellable sold held free occupancy target to_date expected "
    "chance_of_target year as_of"
)
JUNE = datetime(2026, 6, 1, 9, tzinfo=UTC)


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """`now[0]` is the present moment."""
    moment = [JUNE]
    monkeypatch.setattr(clock, "now", lambda: moment[0])
    return moment


def keep_forecast(session: Session, made_on: date, **values: Any) -> None:
    given: dict[str, Any] = {"to_date": 1, "expected": 40.4, "most": 60_000, "target": PUBLISHED, "sellable": 60_000}
    said = YearEnd(**given | {"low": 30.0, "high": 50.0, "chance": 0.25, "spread": 8.0} | values).as_json()
    made_at = datetime(made_on.year, made_on.month, made_on.day, 3, tzinfo=UTC)
    session.add(Forecast(made_on=made_on, made_at=made_at, content={"segments": [], "years": {"2026": said}}))
    session.flush()


def test_the_target_is_shown_against_what_can_be_sold_and_what_is_sold(database: Database, now: list[datetime]) -> None:
    with database.write() as session:
        campus = open_campus(session, rooms=2)
        campus.claim(session, Kind.EXTENDED_CLOSURE, 0, "2026-05-01", "2026-07-01")
        campus.stay(session, 1, "2026-05-30", "2026-06-03")
        keep_forecast(session, now[0].date())
        report = year_report(session, 2026, Moment.now())
    assert (report.report.over.sellable, report.bridge.sellable) == (2 * 151 - 31, 2 * 365 - 61)
    assert (report.to_date, report.bridge.sold, report.end.expected, report.target) == (2, 4, 40.4, PUBLISHED)
    told = report.as_json()
    assert list(told) == KEYS.split()
    assert (told["to_date"], told["expected"], told["chance_of_target"], told["as_of"]) == (2, 40, 0.25, "2026-06-01")
    assert list(told["occupancy"]) == ["total_inventory", "usali", "net_sellable", "eurostat_bed_places"]


def test_without_a_kept_forecast_what_is_expected_is_not_known(database: Database, now: list[datetime]) -> None:
    with database.write() as session:
        open_campus(session)
        assert year_report(session, 2026, Moment.now()).end == Outlook()
        keep_forecast(session, now[0].date())
        assert year_report(session, 2029, Moment.now()).end == Outlook()
        assert year_report(session, 2026, Moment.evening(date(2026, 5, 31))).end == Outlook()


def test_as_of_a_day_the_forecast_is_the_last_one_of_then(database: Database, now: list[datetime]) -> None:
    with database.write() as session:
        open_campus(session)
        for day in (1, 10, 20):
            keep_forecast(session, date(2026, 5, day), expected=float(day))
        ends = [year_report(session, 2026, Moment.evening(date(2026, 5, day))).end for day in (9, 10, 19)]
    assert [(end.expected, end.made_on) for end in ends] == [
        (1.0, date(2026, 5, 1)),
        (10.0, date(2026, 5, 10)),
        (10.0, date(2026, 5, 10)),
    ]


def test_the_chance_is_that_of_the_target_of_now_whichever_the_forecast_knew(
    database: Database, now: list[datetime]
) -> None:
    with database.write() as session:
        open_campus(session)
        keep_forecast(session, date(2026, 6, 1))
        chances = []
        for target in (PUBLISHED, 41, 1, 60_001):
            set_target(session, 2026, target, "Sample budget", TEST)
            chances.append(year_report(session, 2026, Moment.now()).end.chance)
            now[0] += timedelta(seconds=1)
    assert chances[0] == 0.25
    assert [round(one or 0, 2) for one in chances[1:]] == [0.48, 1.0, 0.0]


def test_a_year_that_is_over_ended_with_what_was_sold(database: Database, now: list[datetime]) -> None:
    with database.write() as session:
        campus = open_campus(session)
        campus.stay(session, 0, "2025-12-30", "2026-01-02")
        set_target(session, 2025, 2, "Sample budget", TEST)
        report = year_report(session, 2025, Moment.now())
    assert report.ended
    assert report.end == Outlook(2.0, 2.0, 2.0, 1.0)


def test_a_target_keeps_everything_that_was_entered(database: Database, now: list[datetime]) -> None:
    with database.write() as session:
        set_target(session, 2026, 24_000, " Sample budget ", TEST)
        now[0] += timedelta(days=1)
        set_target(session, 2026, 26_000, "Sample decision", TEST, "more rooms")
        set_target(session, 2026, 26_000, "Sample decision", TEST, "again, which changes nothing")
        told = [(one.room_nights, one.source, one.reason) for one in versions(session, 2026)]
        known = [target_of(session, 2026, end_of(date(2026, 5, 31) + timedelta(days=day))) for day in range(3)]
    assert told == [(26_000, "Sample decision", "more rooms"), (24_000, "Sample budget", "")]
    assert known == [PUBLISHED, 24_000, 26_000]


@pytest.mark.parametrize(
    ("room_nights", "source", "place"), [(0, "x", "room_nights"), (1_000_001, "x", "room_nights"), (1, " ", "source")]
)
def test_a_target_that_cannot_be_is_refused(database: Database, room_nights: int, source: str, place: str) -> None:
    with pytest.raises(InvalidInput, match=f"^{place}: "), database.write() as session:
        set_target(session, 2026, room_nights, source, TEST)


def test_a_report_parts_the_present_month_where_the_past_ends(database: Database, now: list[datetime]) -> None:
    with database.write() as session:
        campus = open_campus(session, rooms=1)
        campus.stay(session, 0, "2026-05-30", "2026-06-15")
        report = make_report(session, Question(nights("2026-05-15", "2026-07-11")), Moment(None, date(2026, 6, 10)))
    assert [(step.first.isoformat(), len(step), bridge.sold) for step, bridge in report.steps] == [
        ("2026-05-15", 17, 2),
        ("2026-06-01", 30, 14),
        ("2026-07-01", 10, 0),
    ]
    assert (report.total.sold, report.over.sold, report.over.inventory) == (16, 11, 26)


def test_a_long_period_is_told_by_years() -> None:
    assert [len(step) for step in steps_of(nights("2020-12-30", "2024-01-03"))] == [2, 365, 365, 365, 2]
    assert len(steps_of(Nights(date(2025, 1, 1), date(2027, 1, 1)))) == 24
