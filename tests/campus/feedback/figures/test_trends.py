"""How figures go over the quarters."""

from dataclasses import replace

import numpy as np

from campus.feedback.figures.intervals import share
from campus.feedback.figures.reading import Figure
from campus.feedback.figures.trends import Course, Trend, trend_of
from campus.feedback.quarters import Quarter
from tests.campus.feedback.figures.test_changes import figure

FIRST = Quarter(2024, 1)
QUARTERS = [FIRST.plus(number) for number in range(8)]


def told(shares: list[int], n: int = 100) -> list[Figure]:
    return [
        replace(figure(share(those, n)), quarter=str(quarter)) for those, quarter in zip(shares, QUARTERS, strict=False)
    ]


def trend(found: list[Figure]) -> Trend:
    return trend_of("food", found, QUARTERS)


def test_what_rises_by_more_than_noise_rises_and_says_by_how_much() -> None:
    found = trend(told([50, 54, 58, 62, 66, 70, 74, 78]))
    assert found.course is Course.RISING
    assert found.change is not None
    assert 0.25 < found.change < 0.31
    assert found.low is not None
    assert found.low > 0
    assert (found.first, found.last) == (QUARTERS[0], QUARTERS[-1])
    assert trend(told([78, 74, 70, 66, 62, 58, 54, 50])).course is Course.FALLING


def test_noise_is_no_detectable_change() -> None:
    assert trend(told([60, 62, 59, 61, 60, 63, 58, 61])).course is Course.NONE


def test_a_figure_that_jumps_about_more_than_its_errors_does_not_rise() -> None:
    assert trend(told([30, 90, 20, 80, 40, 90, 40, 95])).course is Course.NONE


def test_of_figures_that_never_changed_one_in_twenty_at_most_is_said_to() -> None:
    draws = np.random.default_rng(11).binomial(60, 0.8, (1000, 6))
    found = [trend(told([int(one) for one in some], 60)) for some in draws]
    assert sum(one.course is not Course.NONE for one in found) / len(found) <= 0.06


def test_two_quarters_are_no_trend() -> None:
    found = trend(told([10, 90]))
    assert (found.course, found.change) == (None, None)


def test_a_change_of_wording_is_marked_and_nothing_is_said_across_it() -> None:
    before, after = told([20, 20, 20, 20, 80, 80, 80, 80])[:4], told([20, 20, 20, 20, 80, 80, 80, 80])[4:]
    found = trend(before + [replace(one, wordings=("b",)) for one in after])
    assert [one.reworded for one in found.points] == [number == 4 for number in range(8)]
    assert (found.course, found.first) == (Course.NONE, QUARTERS[4])


def test_a_quarter_of_two_wordings_begins_anew_and_counts_for_neither() -> None:
    figures = told([20, 20, 50, 80, 80])
    figures[2] = replace(figures[2], wordings=("a", "b"))
    figures[3:] = [replace(one, wordings=("b",)) for one in figures[3:]]
    found = trend(figures)
    assert [one.reworded for one in found.points[:5]] == [False, False, True, False, False]
    assert found.course is None


def test_suppressed_quarters_and_those_without_the_question_are_gaps() -> None:
    figures = told([50, 54, 58, 62, 66])
    figures[1] = replace(figures[1], n=None, value=None, low=None, high=None, suppressed=True)
    del figures[3]
    found = trend(figures)
    assert [one.gap for one in found.points] == [False, True, False, True, False, True, True, True]
    assert found.course is not None
