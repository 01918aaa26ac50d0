"""Verdicts on improvement actions, from what quarters are published with."""

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.stats import ttest_ind

from campus.improvement.verdict import Effect, Sides, Summary, Verdict, detectable, effect, pooled

ANSWERS, QUARTERS, SEEDS = 80, 4, 1000
Ratings = NDArray[np.float64]


def ratings(chance: np.random.Generator, middle: float) -> Ratings:
    """Ratings from 1 to 5 about a mean with a standard deviation of 1: of each seed, by quarter."""
    drawn = chance.normal(middle, 1, (SEEDS, QUARTERS, ANSWERS // QUARTERS))
    return np.clip(np.rint(drawn), 1, 5)


def published(drawn: Ratings) -> Iterator[list[Summary]]:
    """What each seed's quarters are published with."""
    means, deviations = drawn.mean(axis=2).tolist(), drawn.std(axis=2, ddof=1).tolist()
    for some in zip(means, deviations, strict=True):
        yield [Summary(drawn.shape[2], *one) for one in zip(*some, strict=True)]


def verdicts(change: float, *, comparison: float | None = None) -> list[Verdict]:
    """Of a thousand actions that change so much, while the comparison changes by itself."""
    chance = np.random.default_rng(6)
    middles = (3, 3 + change) if comparison is None else (3, 3 + change, 3, 3 + comparison)
    found = []
    for before, after, *other in zip(*(published(ratings(chance, one)) for one in middles), strict=True):
        found.append(effect(Sides(before, after), Sides(*other) if other else None).verdict)
    return found


def summary(answers: list[float]) -> Summary:
    return Summary(len(answers), float(np.mean(answers)), float(np.std(answers, ddof=1)) if len(answers) > 1 else None)


@pytest.mark.parametrize("comparison", [None, 0.0, 0.4])
def test_without_an_effect_the_verdict_is_false_in_at_most_65_of_1000(comparison: float | None) -> None:
    found = verdicts(comparison or 0.0, comparison=comparison)
    assert sum(one is not Verdict.NO_EFFECT for one in found) <= 65


def test_half_a_point_on_five_is_detected_in_at_least_800_of_1000() -> None:
    found = verdicts(0.5)
    assert sum(one is Verdict.BETTER for one in found) >= 800
    assert Verdict.WORSE not in found


def test_half_a_point_less_is_worse() -> None:
    assert sum(one is Verdict.WORSE for one in verdicts(-0.5)) >= 800


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.integers(1, 5), min_size=1, max_size=9), min_size=1, max_size=5))
def test_pooled_quarters_say_the_same_as_all_their_answers(quarters: list[list[int]]) -> None:
    parts = [summary([float(one) for one in some]) for some in quarters]
    whole = summary([float(one) for some in quarters for one in some])
    together = pooled(parts)
    assert together is not None
    assert (together.n, together.mean) == (whole.n, pytest.approx(whole.mean))
    assert together.deviation == (None if whole.deviation is None else pytest.approx(whole.deviation, abs=1e-9))


def test_the_interval_without_a_comparison_is_that_of_welch_over_all_answers() -> None:
    chance = np.random.default_rng(3)
    before, after = (np.clip(np.rint(chance.normal(one, 1, (2, 40))), 1, 5) for one in (3, 3.4))
    theirs = ttest_ind(after.ravel(), before.ravel(), equal_var=False).confidence_interval()
    found = effect(Sides([summary(list(one)) for one in before], [summary(list(one)) for one in after]))
    assert (found.low, found.high) == pytest.approx((theirs.low, theirs.high))


def test_few_answers_on_any_side_are_too_early() -> None:
    enough, few = [Summary(40, 3.5, 1.0)], [Summary(5, 4.0, 1.0), Summary(4, 4.0, 1.0)]
    assert effect(Sides(enough, few)) == effect(Sides(enough, enough), Sides(few, enough)) == Effect(Verdict.TOO_EARLY)
    assert effect(Sides([], enough)) == Effect(Verdict.TOO_EARLY)


def test_what_everybody_answered_alike_is_certain() -> None:
    assert effect(Sides([Summary(10, 3.0, 0.0)], [Summary(10, 4.0, 0.0)])) == Effect(Verdict.BETTER, 1, 1, 1)


def test_only_what_got_better_has_a_price_for_each_point_with_its_interval() -> None:
    assert Effect(Verdict.BETTER, 0.5, 0.25, 1.0).cost_per_point(10_000_00) == (20_000_00, 10_000_00, 40_000_00)
    assert Effect(Verdict.NO_EFFECT, 0.1, -0.2, 0.4).cost_per_point(10_000_00) is None
    assert Effect(Verdict.WORSE, -0.5, -0.8, -0.2).cost_per_point(10_000_00) is None


def test_what_is_called_detectable_is_found_in_about_four_of_five() -> None:
    drawn = ratings(np.random.default_rng(7), 3).ravel()
    smallest = detectable(Summary(ANSWERS, 3.0, float(drawn.std(ddof=1))))
    assert smallest is not None
    found = verdicts(smallest)
    assert 760 <= sum(one is Verdict.BETTER for one in found) <= 840


def test_a_comparison_makes_the_smallest_detectable_effect_larger_and_few_answers_hide_it() -> None:
    side = Summary(80, 3.0, 1.0)
    alone, beside = detectable(side), detectable(side, side, compared=True)
    assert alone is not None
    assert beside is not None
    assert beside > 1.3 * alone
    assert detectable(Summary(9, 3.0, 1.0)) is detectable(None) is detectable(side, None, compared=True) is None
