"""Forecasts: no method can see what came later, and the best one is the one that was best."""

import random

import pytest

from campus.forecast.backtest import back_test, span_of
from campus.forecast.methods import METHODS, NAIVE
from campus.forecast.views import WeeklyBooks
from campus.forecast.year_end import OpenWeek, year_end

GROWTH = (1.0, 0.9, 0.7, 0.5, 0.3)  # the share of a week that is booked at each lead, from 0 on


def weekly(weeks: int = 160, *, known_from: int = 0) -> WeeklyBooks:
    """A segment with seasons and chance, booked by the same curve each week."""
    chance = random.Random(7)
    finals = [max(10.0, 100 + 40 * ((week % 52) / 26 - 1) + chance.gauss(0, 15)) for week in range(weeks + 60)]
    return WeeklyBooks(
        {
            taken: {taken - 1: finals[taken - 1]}
            | {taken + lead: share * finals[taken + lead] for lead, share in enumerate(GROWTH)}
            for taken in range(max(1, known_from), weeks)
        }
    )


@pytest.mark.parametrize("name", METHODS)
def test_a_forecast_does_not_change_when_the_future_does(name: str) -> None:
    """Later snapshots are poisoned: whoever read one would forecast something else."""
    honest = weekly()
    poisoned = WeeklyBooks(
        {taken: books if taken <= 120 else dict.fromkeys(books, 1e9) for taken, books in honest.by_taken.items()}
    )
    for week in range(120, 140):
        assert METHODS[name](honest.view(120), week) == METHODS[name](poisoned.view(120), week)


def test_a_view_holds_nothing_of_its_own_week_or_later() -> None:
    view = weekly().view(120)
    assert max(view.finals) == 119
    assert max(week for weeks in view.booked_before.values() for week in weeks) == 119
    assert min(view.booked) == 120


def test_where_bookings_follow_a_curve_multiplicative_pick_up_is_best() -> None:
    books = weekly()
    tests = back_test([books.view(origin) for origin in range(120, 150)], books.view(159).finals)
    assert [test.best for test in tests][:1] == ["multiplicative pick-up"]
    assert tests[0].scores["multiplicative pick-up"].against_naive < 0.01
    assert tests[0].scores[NAIVE].against_naive == 1


def test_where_nothing_beats_the_naive_method_it_is_the_best_and_says_so() -> None:
    flat = WeeklyBooks({taken: {taken - 1: 50.0, taken: 50.0} for taken in range(1, 160)})
    test = back_test([flat.view(origin) for origin in range(120, 150)], flat.view(159).finals)[0]
    assert test.best == NAIVE
    assert min(score.error for score in test.scores.values()) >= test.scores[NAIVE].error


def test_without_history_nothing_is_tested_and_no_chance_is_told() -> None:
    books = weekly(20)
    tests = back_test([books.view(origin) for origin in range(5, 15)], books.view(19).finals)
    assert span_of(tests, 3) is None
    assert year_end(100, [OpenWeek(50.0, ())], 140).chance is None


def test_the_chance_of_the_target_comes_from_past_errors() -> None:
    weeks = [OpenWeek(100.0, (-20.0, -10.0, 0.0, 10.0, 20.0))] * 4
    assert year_end(1000, weeks, 1390).chance == pytest.approx(0.696, abs=0.02)
    assert year_end(1000, weeks, 1600).chance == 0
    end = year_end(1000, weeks, 1000)
    assert end.chance == 1
    assert end.low < end.expected < end.high
    assert end.expected == pytest.approx(1400, abs=2)


def test_never_fewer_than_what_is_booked_are_expected() -> None:
    end = year_end(0, [OpenWeek(100.0, (-90.0,), booked=80.0)], 50)
    assert (end.low, end.expected) == (80.0, 80.0)


def test_a_year_that_is_over_is_what_was_sold() -> None:
    assert year_end(25_100, [], 25_000).chance == 1
    assert year_end(24_900, [], 25_000).chance == 0
