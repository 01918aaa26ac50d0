"""Forecasts: no method can see what came later, and the best one is the one that was best."""

import random

import numpy as np
import pytest

from campus.forecast import backtest, views
from campus.forecast.backtest import back_test
from campus.forecast.methods import HORIZON, METHODS, NAIVE, Method, View
from campus.forecast.views import LEADS, WeeklyBooks
from campus.forecast.weeks import forecast_segment, together

GROWTH = np.exp(-np.arange(LEADS) / 4)  # the share of a week that is booked at each lead
QUICK: dict[str, Method] = {name: one for name, one in METHODS.items() if name != "exponential smoothing"}


def books(finals: list[float], evenings: int, growth: np.ndarray = GROWTH) -> WeeklyBooks:
    """A segment whose weeks are booked by the same curve each; week k ends with evening k."""
    sold = np.zeros((evenings, LEADS + 1))
    for evening in range(evenings):
        sold[evening, 0] = finals[evening]
        sold[evening, 1:] = np.asarray(finals[evening + 1 : evening + 1 + LEADS]) * growth
    return WeeklyBooks(sold, np.zeros_like(sold))


def seasonal(evenings: int = 160) -> WeeklyBooks:
    """Seasons and chance."""
    chance = random.Random(7)
    weeks = range(evenings + LEADS + 1)
    return books([max(10.0, 100 + 40 * ((week % 52) / 26 - 1) + chance.gauss(0, 15)) for week in weeks], evenings)


def poisoned(honest: WeeklyBooks, after: int) -> WeeklyBooks:
    """The same up to an evening; whoever reads a later one forecasts something else."""
    rows = np.arange(len(honest.sold))[:, None] > after
    return WeeklyBooks(np.where(rows, 1e9, honest.sold), np.where(rows, 1e9, honest.held))


def leaks(name: str) -> bool:
    """Whether a method's forecasts of past evenings change when only later snapshots do."""
    honest, after = seasonal(), 120
    other = poisoned(honest, after)
    return any(
        not np.array_equal(METHODS[name](honest.view(one)), METHODS[name](other.view(one)), equal_nan=True)
        for one in (after - 30, after - 1, after)
    )


@pytest.mark.parametrize("name", METHODS)
def test_a_forecast_does_not_change_when_the_future_does(name: str) -> None:
    assert not leaks(name)


@pytest.mark.parametrize("name", ["naive", "same time last year", "additive pick-up", "multiplicative pick-up"])
def test_a_back_test_that_could_read_a_later_snapshot_would_be_found_out(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A leak of one week is planted: the view of an evening is made from the snapshot a week after it."""
    view = WeeklyBooks.view
    monkeypatch.setattr(views.WeeklyBooks, "view", lambda self, evening: view(self, evening + 1))
    assert leaks(name)


def test_the_back_test_itself_changes_for_no_origin_before_the_poison() -> None:
    honest, after = seasonal(), 120
    errors, others = back_test(honest, QUICK).errors, back_test(poisoned(honest, after), QUICK).errors
    origins = range(len(honest.sold) - 1 - backtest.ORIGINS, len(honest.sold) - 1)
    known = [row for row, evening in enumerate(origins) if evening + 4 <= after]
    assert len(known) > 50
    for name in QUICK:
        assert np.array_equal(errors[name][known, :4], others[name][known, :4], equal_nan=True)


def test_a_view_holds_nothing_of_its_own_week_or_later() -> None:
    view = seasonal().view(120)
    assert len(view.finals) == len(view.sold_before) == len(view.held_before) == 120
    assert view.finals[-1] == seasonal().sold[120, 0]


def test_where_bookings_follow_a_curve_multiplicative_pick_up_is_best_close_by() -> None:
    test = back_test(seasonal(), QUICK).span(0)
    assert test is not None
    assert test.best == "multiplicative pick-up"
    best, naive = test.scores[test.best], test.scores[NAIVE]
    assert best.against_naive is not None
    assert best.against_naive < 0.01
    assert naive.against_naive == 1
    assert best.forecasts == naive.forecasts > 300


def test_far_ahead_multiplicative_pick_up_is_last_year_and_does_not_run_away() -> None:
    view = seasonal().view(159)
    far = slice(8, HORIZON)  # less than three tenths are on the books
    last_year = METHODS["same time last year"](view)
    assert np.array_equal(METHODS["multiplicative pick-up"](view)[far], last_year[far], equal_nan=True)


def test_where_nothing_beats_the_naive_method_it_is_the_best_and_says_so() -> None:
    test = back_test(books([50.0] * 300, 160), QUICK).span(0)
    assert test is not None
    assert test.best == NAIVE
    assert min(score.error for score in test.scores.values()) >= test.scores[NAIVE].error
    assert test.scores[NAIVE].against_naive is None


def test_a_segment_without_any_night_is_forecast_as_nothing() -> None:
    told = forecast_segment(books([0.0] * 300, 70))
    assert np.all(told.nights == 0)
    assert np.all(told.high[:4] == 0)


def test_without_history_nothing_is_tested_and_what_is_booked_is_told() -> None:
    told = forecast_segment(books([50.0] * 300, 1))
    assert not any(test.scores for test in told.spans)
    assert told.methods[0] == "booked"
    assert told.nights[0] == 50
    assert np.isnan(told.low).all()


def test_evenings_without_a_snapshot_are_unknown_and_not_zero() -> None:
    honest = seasonal(60)
    sold = honest.sold.copy()
    sold[[20, 33, 50]] = np.nan
    view = WeeklyBooks(sold, honest.held).view(59)
    for name in ("additive pick-up", "multiplicative pick-up"):
        said, full = METHODS[name](view)[:2], METHODS[name](honest.view(59))[:2]
        assert said == pytest.approx(full, rel=0.15)


def test_held_rooms_count_where_groups_pick_them_up() -> None:
    honest = seasonal()
    held = np.zeros_like(honest.sold)
    for evening in range(len(held)):
        held[evening, 1:13] = honest.sold[evening, 1:13] * (1.25 / GROWTH[:12] - 1)
    test = back_test(WeeklyBooks(honest.sold, held), QUICK).span(4)
    assert test is not None
    assert test.scores["multiplicative pick-up with groups"].error < test.scores["multiplicative pick-up"].error / 10


def test_all_together_is_the_sum_of_the_segments_and_so_are_its_errors() -> None:
    one, other = forecast_segment(seasonal(70)), forecast_segment(books([50.0] * 300, 70))
    whole = together([one, other])
    assert np.allclose(whole.nights, one.nights + other.nights)
    assert np.allclose(whole.paths[:, :4], one.paths[:, :4] + other.paths[:, :4], equal_nan=True)
    assert whole.spans[0].best == "best by segment"


def test_the_same_books_give_the_same_forecast() -> None:
    told = [forecast_segment(seasonal(60)) for _ in range(2)]
    assert np.array_equal(told[0].nights, told[1].nights, equal_nan=True)


def test_a_week_that_a_method_cannot_tell_is_nan_for_the_whole_horizon() -> None:
    blank = np.zeros((0, LEADS))
    view = View(np.zeros(0), np.zeros(LEADS), np.zeros(LEADS), blank, blank)
    for method in METHODS.values():
        assert np.isnan(method(view)).all()
        assert len(method(view)) == HORIZON
