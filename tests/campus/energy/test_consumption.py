"""From readings to months: nothing is lost or made up, whatever the days that are asked for."""

from datetime import date, timedelta
from itertools import pairwise

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from campus.energy.consumption import Shown, Stretch, by_month, check, gaps, jumps, stretches
from campus.energy.rules import CHANGED, ROLL_OVER, checked_price, decimal
from campus.nights import Nights
from core.errors import InvalidInput

START = date(2025, 1, 10)


def day(number: int) -> date:
    return START + timedelta(days=number)


def counter(*shown: tuple[int, int]) -> list[Shown]:
    """Readings of a counter: days from the start, whole units."""
    return [Shown(day(number), value * 100) for number, value in shown]


@given(
    steps=st.lists(st.tuples(st.integers(1, 70), st.integers(0, 10**7)), min_size=1, max_size=8),
    cuts=st.lists(st.integers(0, 600), max_size=6),
)
@settings(max_examples=40, deadline=None)
def test_the_parts_of_any_partition_add_up_to_what_was_read(steps: list[tuple[int, int]], cuts: list[int]) -> None:
    readings, at, value = [Shown(START, 0)], 0, 0
    for days, used in steps:
        at, value = at + days, value + used
        readings.append(Shown(day(at), value))
    found = stretches(readings, 9)
    ends = sorted({0, *(min(cut, at) for cut in cuts), at})
    parts = [Nights(day(first), day(until)) for first, until in pairwise(ends)]
    assert sum(one.within(part) for one in found for part in parts) == value
    months = by_month(found, Nights(START, day(at)))
    assert sum(one.used for one in months) == value
    assert all(one.whole for one in months)


def test_a_month_that_readings_cover_in_part_says_so() -> None:
    january, february = by_month(stretches(counter((0, 0), (30, 300)), 6), Nights(date(2025, 1, 1), date(2025, 3, 1)))
    assert (january.used, january.covered, january.whole) == (220_00, 22, False)
    assert (february.used, february.covered, february.whole) == (80_00, 8, False)


def test_a_lower_reading_is_refused_unless_it_is_said_why() -> None:
    with pytest.raises(InvalidInput, match="is lower than the reading before it, of 10 Jan 2025"):
        check(counter((0, 999_990), (10, 30)), 6)
    rolled = [Shown(day(0), 999_990_00), Shown(day(10), 30_00, kind=ROLL_OVER)]
    check(rolled, 6)
    assert stretches(rolled, 6) == [Stretch(Nights(day(0), day(10)), 40_00)]
    changed = [Shown(day(0), 500_00), Shown(day(5), 520_00, kind=CHANGED, new_value=7_00), Shown(day(9), 9_00)]
    check(changed, 6)
    assert [one.used for one in stretches(changed, 6)] == [20_00, 2_00]


@pytest.mark.parametrize(
    ("readings", "digits", "problem"),
    [
        ([Shown(day(0), 1000_00)], 3, "3 digits only"),
        ([Shown(day(0), 10_00), Shown(day(1), 20_00, kind=ROLL_OVER)], 6, "rolled over shows less"),
        ([Shown(day(0), 10_00, kind=CHANGED)], 6, "first value of a new counter"),
        ([Shown(day(0), 10_00, since=day(0))], 6, "without a counter only"),
        ([Shown(day(0), 10_00)], None, "on which day the period begins"),
        ([Shown(day(0), 10_00, since=day(1))], None, "must not begin after its end"),
        ([Shown(day(5), 1, since=day(0)), Shown(day(9), 1, since=day(5))], None, "begins before that until 15 Jan"),
    ],
)
def test_readings_that_cannot_be_are_refused(readings: list[Shown], digits: int | None, problem: str) -> None:
    with pytest.raises(InvalidInput, match=problem):
        check(readings, digits)


def test_days_that_no_period_covers_are_named() -> None:
    periods = [Shown(day(4), 10, since=day(0)), Shown(day(14), 10, since=day(10))]
    assert gaps(stretches(periods, None), Nights(day(-2), day(20))) == [
        Nights(day(-2), day(0)),
        Nights(day(5), day(10)),
        Nights(day(15), day(20)),
    ]


def test_a_stretch_of_many_times_the_usual_use_stands_out() -> None:
    found = stretches(counter((0, 0), (10, 100), (20, 205), (30, 300), (40, 1300), (50, 1400)), 6)
    assert jumps(found) == [found[3]]
    assert jumps(found[:3]) == []


@pytest.mark.parametrize("text", ["1,234", "1.234", "1.234,56", "1,234.56", "-5", "12 kWh", "", "1e5"])
def test_a_number_with_two_readings_or_none_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput, match="is not clear"):
        decimal(text, 2, "value")


def test_numbers_are_read_exactly() -> None:
    assert decimal("12 345,6", 2, "value") == 12_345_60
    assert checked_price("0,2145") == 2145
    for wrong in ("0", "100.01"):
        with pytest.raises(InvalidInput, match="more than 0"):
            checked_price(wrong)
