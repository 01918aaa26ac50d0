"""Intervals of shares and scores."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from campus.feedback.figures.intervals import net_promoter_score, share


@pytest.mark.parametrize(("n", "low", "high"), [(10, -19, 65), (30, 1, 54), (400, 22, 37)])
def test_the_published_examples_of_a_split_of_50_30_20_come_out(n: int, low: int, high: int) -> None:
    found = net_promoter_score(n * 5 // 10, n * 3 // 10, n * 2 // 10)
    assert found.value == 30
    assert (round(found.low or 0), round(found.high or 0)) == (low, high)


def test_the_interval_of_the_score_holds_the_truth_as_often_as_it_says() -> None:
    draws = np.random.default_rng(1964).multinomial(10, [0.5, 0.3, 0.2], size=10_000)
    found = [net_promoter_score(*map(int, draw)) for draw in draws]
    covered = sum((one.low or 0) <= 30 <= (one.high or 0) for one in found) / len(found)
    assert 0.93 <= covered <= 0.97


@given(st.integers(1, 300).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_of_a_share_is_that_of_scipy(numbers: tuple[int, int]) -> None:
    those, n = numbers
    found, theirs = share(those, n), binomtest(those, n).proportion_ci(method="wilson")
    assert found.low == pytest.approx(theirs.low, abs=1e-9)
    assert found.high == pytest.approx(theirs.high, abs=1e-9)
    assert found.low is not None
    assert found.value is not None
    assert found.high is not None
    assert found.low <= found.value <= found.high


def test_nothing_is_told_of_no_answer() -> None:
    assert net_promoter_score(0, 0, 0).value is share(0, 0).value is None


def test_the_score_never_leaves_its_scale() -> None:
    assert net_promoter_score(2, 0, 0).high == 100
    assert net_promoter_score(0, 0, 2).low == -100
