"""Earned value by its published formulas, and where they have no answer."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from campus.money.earned_value import EarnedValue, earned_schedule, time_index

CENTS = st.integers(0, 10**12)


def test_a_worked_example() -> None:
    """Half of 1,000.00 should be earned, 400.00 is, and it cost 500.00."""
    value = EarnedValue(bac=1000_00, pv=500_00, ev=400_00, ac=500_00)
    assert (value.sv, value.cv) == (-100_00, -100_00)
    assert (value.spi, value.cpi) == (Fraction(4, 5), Fraction(4, 5))
    assert (value.eac, value.etc, value.vac) == (1250_00, 750_00, -250_00)


def test_where_nothing_is_earned_yet_there_is_no_estimate() -> None:
    value = EarnedValue(bac=1000_00, pv=0, ev=0, ac=10_00)
    assert value.spi is None
    assert value.cpi == Fraction(0)
    assert (value.eac, value.etc, value.vac) == (None, None, None)


def test_where_nothing_is_spent_yet_the_budget_is_the_estimate() -> None:
    value = EarnedValue(bac=1000_00, pv=100_00, ev=0, ac=0)
    assert (value.cpi, value.eac, value.vac) == (None, 1000_00, 0)


def test_without_a_budget_there_are_no_ratios() -> None:
    value = EarnedValue(0, 0, 0, 0)
    assert (value.spi, value.cpi, value.eac) == (None, None, 0)
    assert earned_schedule([0, 0], 0) == 0
    assert time_index(Fraction(0), 0) is None


@given(CENTS, CENTS, CENTS, CENTS)
def test_the_identities_hold(bac: int, pv: int, ev: int, ac: int) -> None:
    value = EarnedValue(bac, pv, ev, ac)
    assert (value.sv, value.cv) == (ev - pv, ev - ac)
    if value.eac is not None:
        assert value.etc is not None
        assert value.vac is not None
        assert value.etc + ac == value.eac
        assert value.vac + value.eac == bac
    if value.cpi and value.eac is not None and ac:
        assert abs(value.eac * value.cpi - bac) <= value.cpi / 2  # EAC is rounded to the cent


def test_schedule_is_earned_in_parts_of_a_period() -> None:
    assert earned_schedule([100, 300, 600], 200) == Fraction(3, 2)
    assert earned_schedule([100, 300, 600], 50) == Fraction(1, 2)
    assert earned_schedule([100, 300, 600], 300) == 2


def test_a_late_end_is_late_in_earned_schedule_where_spi_says_one() -> None:
    planned = [250, 500, 750, 1000]
    assert EarnedValue(1000, 1000, 1000, 900).spi == 1
    assert time_index(earned_schedule(planned, 1000), 5) == Fraction(4, 5)


def test_a_plan_that_stands_still_counts_from_when_it_was_reached() -> None:
    assert earned_schedule([100, 100, 100, 200], 100) == 1
    assert earned_schedule([100, 200, 200], 200) == 2


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=12), CENTS)
def test_earned_schedule_never_falls_and_never_leaves_the_plan(steps: list[int], earned: int) -> None:
    planned = [sum(steps[: number + 1]) for number in range(len(steps))]
    one, more = earned_schedule(planned, earned), earned_schedule(planned, earned + 1)
    assert 0 <= one <= more <= len(planned)
