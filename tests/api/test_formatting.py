"""How scores are shown: the same number wherever it stands, and 100 only for all of it."""

import pytest

from api.formatting import change, tenths, whole


@pytest.mark.parametrize(
    ("score", "in_short", "in_full"), [(57.96, 57, 57.9), (99.99, 99, 99.9), (100.0, 100, 100.0), (0.0, 0, 0.0)]
)
def test_a_score_is_rounded_down_in_short_and_in_full(score: float, in_short: int, in_full: float) -> None:
    assert (whole(score), tenths(score)) == (in_short, in_full)


def test_a_change_is_that_of_the_numbers_shown() -> None:
    assert change((57.96, 57.01)) == ""
    assert change((58.0, 57.99)) == "(+1)"
    assert change((57.99, 70.0)) == "(−13)"
