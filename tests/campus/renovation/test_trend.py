"""Milestone trend analysis: forecasts by the day of the report."""

from datetime import date, timedelta

from campus.renovation.network import Dependency, Span, Wanted
from campus.renovation.trend import report_days, told_by, trends

DAY = date(2026, 1, 1)


def at(days: int) -> date:
    return DAY + timedelta(days)


def forecast(first: int, last: int, *, ended: bool = False) -> Wanted:
    return Wanted(Span(at(first), at(last)), begun=ended, ended=ended)


HISTORY = {
    1: [(at(0), forecast(0, 20)), (at(10), forecast(0, 35)), (at(40), forecast(0, 38, ended=True))],
    2: [(at(0), forecast(20, 30)), (at(50), forecast(45, 55))],
}
AFTER = [Dependency(1, 2)]


def test_a_milestone_that_waits_has_a_new_forecast_when_the_other_is_reported() -> None:
    first, second = trends(HISTORY, AFTER, [1, 2])
    assert [(one.on, one.finish, one.reported) for one in second.points] == [
        (at(0), at(30), True),
        (at(10), at(45), False),
        (at(40), at(48), False),
        (at(50), at(55), True),
    ]
    assert (second.days, second.changes, second.ended) == (25, 3, False)
    assert (first.days, first.changes, first.ended) == (18, 2, True)


def test_a_line_ends_with_the_report_that_it_is_done() -> None:
    first, _second = trends(HISTORY, AFTER, [1, 2])
    assert [(one.on, one.ended) for one in first.points] == [(at(0), False), (at(10), False), (at(40), True)]


def test_what_a_milestone_waits_for_in_other_works_counts_too() -> None:
    (alone,) = trends(HISTORY, AFTER, [2])
    assert [one.on for one in alone.points] == [at(0), at(10), at(40), at(50)]


def test_nothing_is_told_of_days_before_the_first_report() -> None:
    assert told_by(HISTORY, at(-1)) == {}
    assert report_days(HISTORY, [2]) == [at(0), at(50)]


def test_of_several_reports_of_a_day_the_last_one_counts() -> None:
    history = {1: [(at(0), forecast(0, 20)), (at(0), forecast(0, 25))]}
    (only,) = trends(history, [], [1])
    assert [(one.on, one.finish) for one in only.points] == [(at(0), at(25))]
