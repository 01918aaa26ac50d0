"""Whether a figure changed between two quarters."""

from dataclasses import replace

import numpy as np
import pytest

from campus.feedback.figures.changes import area_change, change, standard_error
from campus.feedback.figures.intervals import Estimate, net_promoter_score, share
from campus.feedback.figures.reading import Figure, by_area


def figure(estimate: Estimate, kind: str = "rating", **more: object) -> Figure:
    made = Figure(
        measure="food",
        kind=kind,
        area="food",
        n=estimate.n,
        value=estimate.value,
        low=estimate.low,
        high=estimate.high,
        method=estimate.method,
        mean=None,
        deviation=None,
        suppressed=False,
        wordings=("a",),
    )
    return replace(made, **more)  # type: ignore[arg-type]


def test_the_difference_of_shares_is_newcombes_published_example() -> None:
    """Newcombe (1998), Statistics in Medicine 17, table II, example (a): 56/70 less 48/80, method 10."""
    found = change(figure(share(56, 70)), figure(share(48, 80)))
    assert found is not None
    assert (found.change, found.low, found.high) == pytest.approx((0.2, 0.0524, 0.3339), abs=5e-5)
    assert found.arrow == 1


def test_an_arrow_needs_more_where_many_are_shown_together() -> None:
    newer, older = figure(share(56, 70)), figure(share(48, 80))
    found = change(newer, older, comparisons=20)
    assert found is not None
    assert found.arrow == 0
    assert found.low == pytest.approx(0.0524, abs=5e-5)  # the interval that is shown stays that of 95 %


def test_the_difference_of_scores_adds_both_errors() -> None:
    newer, older = net_promoter_score(60, 25, 15), net_promoter_score(45, 30, 25)
    found = change(figure(newer, "score"), figure(older, "score"))
    p, d, q, e = 60.75 / 103, 15.75 / 103, 45.75 / 103, 25.75 / 103
    half = 195.996 * np.sqrt((p + d - (p - d) ** 2) / 103 + (q + e - (q - e) ** 2) / 103)
    assert found is not None
    assert found.change == 25
    assert (found.low, found.high) == pytest.approx(
        (100 * (p - d - q + e) - half, 100 * (p - d - q + e) + half), abs=0.01
    )


def test_a_score_at_the_end_of_its_scale_has_the_error_that_it_was_made_with() -> None:
    found = standard_error(figure(net_promoter_score(9, 0, 0), "score"))
    p, d = 9.75 / 12, 0.75 / 12
    assert found == pytest.approx(100 * np.sqrt((p + d - (p - d) ** 2) / 12))


def test_nothing_is_told_of_what_is_suppressed_or_was_asked_in_other_words() -> None:
    told = figure(share(9, 10))
    hidden = replace(told, n=None, value=None, low=None, high=None, suppressed=True)
    assert change(told, hidden) is change(None, told) is change(told, replace(told, wordings=("b",))) is None
    assert change(told, replace(told, wordings=("a", "b"))) is None


def test_an_area_changes_by_the_mean_of_its_questions_with_their_bounds() -> None:
    new = [figure(share(56, 70)), figure(share(40, 70), measure="bar")]
    old = [figure(share(48, 80)), figure(share(40, 80), measure="bar")]
    found = area_change(by_area(new)[0], by_area(old)[0])
    parts = [change(*pair) for pair in zip(new, old, strict=True)]
    assert found is not None
    assert found.low == pytest.approx(np.mean([one.low for one in parts if one]))


def test_of_guests_who_did_not_change_few_arrows_point_anywhere() -> None:
    draws = np.random.default_rng(7).binomial(60, 0.7, (2000, 2))
    found = [change(figure(share(int(a), 60)), figure(share(int(b), 60))) for a, b in draws]
    assert sum(bool(one and one.arrow) for one in found) / len(found) <= 0.06
