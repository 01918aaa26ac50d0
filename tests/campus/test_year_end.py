"""The year's end: an interval that is as wide as it must be, and a chance that follows from it."""

from itertools import pairwise

import numpy as np
import pytest

from campus.forecast.backtest import back_test
from campus.forecast.methods import HORIZON, METHODS, NAIVE
from campus.forecast.views import LEADS, WeeklyBooks
from campus.forecast.weeks import interval
from campus.forecast.year_end import YearEnd, chance_of, distribution, year_end

QUICK = {name: METHODS[name] for name in (NAIVE, "same time last year", "additive pick-up", "multiplicative pick-up")}


def ended(paths: np.ndarray, weeks: int = 4, target: int = 1390, **given: int) -> YearEnd:
    """1,000 room-nights sold, and weeks of 100 to come."""
    values = {"to_date": 1000, "target": target, "sellable": 9000, "sellable_still": 5000} | given
    return year_end(weeks=np.full(weeks, 100.0), shares=[1.0] * weeks, paths=paths, **values)


def simulated(seed: int, evenings: int = 156) -> tuple[WeeklyBooks, np.ndarray]:
    """Books of three years whose level wanders, and the year that comes after them."""
    draw = np.random.default_rng(seed)
    weeks = evenings + LEADS + 1
    level = np.zeros(weeks)
    for week in range(1, weeks):
        level[week] = 0.9 * level[week - 1] + draw.normal(0, 0.12)
    seasons = 1 + 0.4 * np.sin(2 * np.pi * np.arange(weeks) / 52)
    finals = 100 * seasons * np.exp(level) * np.maximum(0.2, 1 + draw.normal(0, 0.2, weeks))
    booked = np.clip(np.exp(-np.arange(LEADS) / 8) + draw.normal(0, 0.05, (weeks, 1)), 0, 1)
    sold = np.zeros((evenings, LEADS + 1))
    for evening in range(evenings):
        sold[evening, 0] = finals[evening]
        ahead = np.arange(evening + 1, evening + 1 + LEADS)
        sold[evening, 1:] = finals[ahead] * booked[ahead, np.arange(LEADS)]
    return WeeklyBooks(sold, np.zeros_like(sold)), finals[evenings:]


@pytest.mark.parametrize(("weeks", "least"), [(8, 0.68), (26, 0.68)])
def test_four_of_five_simulated_years_end_within_the_interval(weeks: int, least: float) -> None:
    """Were each week drawn for itself, far fewer would: the errors of a forecast's weeks go the same way."""
    inside, inside_if_independent = [], []
    for seed in range(40):
        books, future = simulated(seed)
        tested, view = back_test(books, QUICK), books.view(len(books.sold) - 1)
        spans = [tested.span(lead) for lead in range(weeks)]
        said = np.asarray([QUICK[span.best](view)[lead] for lead, span in enumerate(spans) if span])
        paths = tested.paths()
        limits = {"to_date": 0, "target": 1, "sellable": 10**6, "sellable_still": 10**6}
        end = year_end(weeks=said, shares=[1.0] * weeks, paths=paths, **limits)
        assert end.low is not None
        assert end.high is not None
        came = future[:weeks].sum()
        inside.append(end.low <= came <= end.high)
        alone = 1.28 * np.sqrt(np.nanmean(paths[:, :weeks] ** 2, axis=0).sum())
        inside_if_independent.append(abs(came - said.sum()) <= alone)
    assert least <= np.mean(inside) <= 0.97
    assert np.mean(inside_if_independent) < np.mean(inside)


def test_most_simulated_weeks_come_within_their_interval() -> None:
    """Four of five are meant; that the method is chosen by the same errors makes it a little fewer."""
    inside = []
    for seed in range(20):
        books, future = simulated(seed)
        tested, view = back_test(books, QUICK), books.view(len(books.sold) - 1)
        said = np.full(HORIZON, np.nan)
        for span in tested.spans:
            said[span.first : span.until] = QUICK[span.best](view)[span.first : span.until]
        low, high = interval(said, tested.paths(), tested.forecasts(), tested.spans)
        inside += [low[week] <= future[week] <= high[week] for week in range(50)]
    assert 0.68 <= np.mean(inside) <= 0.92


def test_errors_that_go_the_same_way_make_the_interval_wider_than_those_that_do_not() -> None:
    draw = np.random.default_rng(1)
    alone = draw.normal(0, 10, (60, 4))
    together = np.repeat(draw.normal(0, 10, (60, 1)), 4, axis=1)
    wide, narrow = ended(together).spread, ended(alone).spread
    assert wide is not None
    assert narrow is not None
    assert wide == pytest.approx(2 * narrow, rel=0.3)


def test_the_chance_falls_as_the_target_rises_and_fits_the_interval() -> None:
    end = ended(np.random.default_rng(2).normal(0, 10, (60, 4)))
    assert end.low is not None
    assert end.high is not None
    assert end.expected == 1400
    assert chance_of(end, 1400) == pytest.approx(0.5)
    assert chance_of(end, end.low) == pytest.approx(0.9)
    assert chance_of(end, end.high) == pytest.approx(0.1)
    assert chance_of(end, 1000) == 1
    assert chance_of(end, 6001) == 0


def test_where_too_few_forecasts_went_so_far_there_is_no_chance_and_no_interval() -> None:
    end = ended(np.full((60, 4), np.nan))
    assert (end.chance, end.low, end.high, end.expected) == (None, None, None, 1400)
    assert distribution(end) == []


def test_no_more_is_expected_than_can_be_sold() -> None:
    end = ended(np.random.default_rng(2).normal(0, 90, (60, 4)), sellable_still=350)
    assert end.expected == end.high == 1350
    assert end.chance == 0


def test_a_year_that_is_over_is_what_was_sold() -> None:
    over = {
        "weeks": np.zeros(3),
        "shares": [0.0] * 3,
        "paths": np.zeros((0, 3)),
        "sellable": 50_000,
        "sellable_still": 0,
    }
    assert year_end(to_date=25_100, target=25_000, **over).chance == 1
    assert year_end(to_date=24_900, target=25_000, **over).chance == 0


def test_the_outcomes_of_the_distribution_add_up_to_all_of_them() -> None:
    end = ended(np.random.default_rng(3).normal(0, 10, (60, 4)))
    bins = distribution(end)
    assert sum(one.share for one in bins) == pytest.approx(1)
    assert all(one.until == following.first for one, following in pairwise(bins))
    assert 10 <= len(bins) <= 40


def test_a_forecast_of_a_few_weeks_counts_only_the_open_nights_of_the_year() -> None:
    end = year_end(
        to_date=1000,
        weeks=np.full(3, 70.0),
        shares=[5 / 7, 1.0, 2 / 7],
        paths=np.zeros((60, 3)),
        target=1100,
        sellable=9000,
        sellable_still=5000,
    )
    assert end.expected == pytest.approx(1140)
    assert end.chance == 1
