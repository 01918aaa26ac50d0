"""The composite index."""

from dataclasses import replace
from statistics import fmean, stdev

import numpy as np
import pytest

from campus.feedback.figures.composite import Dated, composite_index, composite_of, question_index, together
from campus.feedback.figures.reading import Figure
from campus.feedback.quarters import Quarter

NOW = Quarter(2026, 3)


def dated(ratings: list[int], weeks: float = 0.0) -> Dated:
    return Dated(len(ratings), fmean(ratings), stdev(ratings), weeks)


def rated(measure: str, area: str, mean: float, quarter: Quarter = NOW, wording: str = "a") -> Figure:
    return Figure(
        measure=measure,
        kind="rating",
        area=area,
        n=20,
        value=0.5,
        low=0.3,
        high=0.7,
        method="wilson",
        mean=mean,
        deviation=1.0,
        suppressed=False,
        quarter=str(quarter),
        wordings=(wording,),
    )


def test_an_answer_of_a_half_life_ago_counts_half() -> None:
    found = question_index([dated([5] * 10), dated([1] * 10, 26.0)])
    assert found.value == pytest.approx(100 * 2 / 3)
    assert found.effective == pytest.approx(15**2 / 12.5)
    assert found.n == 20


def test_the_index_of_moments_is_that_of_single_answers() -> None:
    new, old = [5, 3, 4, 4, 2, 5], [1, 2, 5, 3, 3, 3, 4]
    found = question_index([dated(new), dated(old, 13.0)])
    weights = np.array([1.0] * len(new) + [0.5**0.5] * len(old))
    points = (np.array(new + old) - 1) * 25
    value = np.average(points, weights=weights)
    effective = weights.sum() ** 2 / (weights**2).sum()
    error = np.sqrt(np.average((points - value) ** 2, weights=weights) / (effective - 1))
    assert (found.value, found.effective) == pytest.approx((value, effective))
    assert found.low is not None
    assert (value - found.low) / error == pytest.approx(2.2, abs=0.05)  # Student's t of about 11 degrees


def test_old_answers_alone_make_no_narrow_index() -> None:
    new, old = question_index([dated([4, 3] * 10)]), question_index([dated([4, 3] * 3), dated([4] * 14, 200.0)])
    assert new.low is not None
    assert new.high is not None
    assert old.low is not None
    assert old.high is not None
    assert old.high - old.low > new.high - new.low


def test_too_few_answers_make_no_index() -> None:
    assert question_index([dated([5] * 4)]).value is question_index([]).value is None
    assert question_index([dated([5] * 5, 26.0)]).value == 100


def test_the_composite_is_the_weighted_mean_of_its_areas() -> None:
    areas = {"rooms": question_index([dated([5, 4] * 5)]), "meals": question_index([dated([3, 2] * 5)])}
    found = composite_index(areas, {"rooms": 3.0, "meals": 1.0})
    assert found.value == pytest.approx((3 * 87.5 + 37.5) / 4)


def test_a_composite_that_lacks_an_area_is_not_told() -> None:
    areas = {"rooms": question_index([dated([5] * 10)]), "meals": question_index([dated([5] * 2)])}
    assert composite_index(areas, {"rooms": 1.0, "meals": 1.0}).value is None
    assert composite_index(areas, {"rooms": 1.0, "meals": 0.0}).value == 100
    assert composite_index(areas, {"rooms": 1.0, "garden": 1.0}).value is None


def test_questions_of_an_area_are_averaged_with_their_bounds() -> None:
    one, other = question_index([dated([5, 4] * 5)]), question_index([dated([3, 2] * 5)])
    found = together([one, other])
    assert found.value == pytest.approx((87.5 + 37.5) / 2)
    assert found.n == 10
    assert one.low is not None
    assert other.low is not None
    assert found.low == pytest.approx((one.low + other.low) / 2)


def test_a_change_of_wording_and_what_is_no_longer_asked_do_not_count() -> None:
    told = [
        rated("bed", "room", 5.0),
        rated("bed", "room", 1.0, NOW.plus(-1), "b"),
        rated("old", "shop", 1.0, NOW.plus(-1)),
    ]
    found = composite_of(told, NOW, {})
    assert (found.index.value, found.index.n, list(found.areas)) == (100.0, 20, ["room"])


def test_a_suppressed_question_leaves_its_area_to_the_others_and_an_area_of_none_without_index() -> None:
    hidden = replace(rated("food", "food", 3.0), n=None, value=None, mean=None, deviation=None, suppressed=True)
    assert composite_of([rated("bed", "room", 4.0), replace(hidden, area="room")], NOW, {}).index.value == 75
    assert composite_of([rated("bed", "room", 4.0), hidden], NOW, {}).index.value is None
