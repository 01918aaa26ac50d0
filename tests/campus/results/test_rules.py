"""When an indicator is on track: the published rule."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campus.results.rules import COUNTS_FOR, Course, Direction, Point, Status, number, status
from core.errors import InvalidInput

START, END = date(2025, 1, 1), date(2026, 12, 31)
MIDDLE = START + (END - START) / 2
GROWING = Course(Direction.HIGHER, Point(START, 0.0), (Point(END, 100.0),))


def at(value: float, course: Course = GROWING, day: date = MIDDLE) -> Status:
    return status(course, Point(day, value), day)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (60, Status.ON_TRACK),
        (50, Status.ON_TRACK),
        (49.9, Status.AT_RISK),
        (40, Status.AT_RISK),
        (39, Status.OFF_TRACK),
    ],
)
def test_half_way_half_is_required_and_a_tenth_of_the_way_may_be_missing(value: float, expected: Status) -> None:
    assert at(value) is expected


def test_where_lower_is_better_less_is_on_track() -> None:
    falling = Course(Direction.LOWER, Point(START, 100.0), (Point(END, 0.0),))
    assert [at(value, falling) for value in (40, 50, 55, 70)] == [
        Status.ON_TRACK,
        Status.ON_TRACK,
        Status.AT_RISK,
        Status.OFF_TRACK,
    ]


def test_a_target_below_the_baseline_is_required_from_the_start() -> None:
    room_nights = Course(Direction.HIGHER, Point(date(2019, 12, 31), 50_000.0), (Point(END, 25_000.0),))
    assert room_nights.required(MIDDLE) == 25_000
    assert at(25_000, room_nights) is Status.ON_TRACK
    assert at(21_000, room_nights) is Status.OFF_TRACK


def test_between_two_goals_the_way_begins_at_the_first_and_after_the_last_it_stays() -> None:
    course = Course(Direction.HIGHER, None, (Point(START, 20.0), Point(END, 40.0)))
    assert course.required(START - timedelta(days=30)) == 20
    assert course.required(START) == 20
    assert course.required(MIDDLE) == pytest.approx(30, abs=0.1)
    assert course.required(END + timedelta(days=1)) == 40


def test_without_a_value_a_goal_or_for_too_long_it_is_not_reported_and_never_zero() -> None:
    assert status(GROWING, None, MIDDLE) is Status.NOT_REPORTED
    assert status(Course(Direction.HIGHER, None, ()), Point(MIDDLE, 5.0), MIDDLE) is Status.NOT_REPORTED
    late = MIDDLE + COUNTS_FOR + timedelta(days=1)
    assert status(GROWING, Point(MIDDLE, 100.0), late) is Status.NOT_REPORTED


ORDER = [Status.OFF_TRACK, Status.AT_RISK, Status.ON_TRACK]
VALUES = st.floats(-200, 200)


@settings(max_examples=40)
@given(VALUES, VALUES, st.integers(0, 1000), st.sampled_from(list(Direction)))
def test_a_better_value_never_stands_worse(one: float, other: float, days: int, direction: Direction) -> None:
    goal = 100.0 if direction is Direction.HIGHER else -100.0
    course = Course(direction, Point(START, 0.0), (Point(END, goal),))
    better, worse = sorted((one, other), reverse=direction is Direction.HIGHER)
    day = START + timedelta(days=days)
    assert ORDER.index(at(better, course, day)) >= ORDER.index(at(worse, course, day))


@pytest.mark.parametrize(
    ("typed", "unit", "value"),
    [("25000", "room-nights", 25_000), ("25 000", "euros", 25_000), ("62,5", "share", 0.625), ("15 %", "share", 0.15)],
)
def test_numbers_are_read_as_people_type_them(typed: str, unit: str, value: float) -> None:
    assert number(typed, unit) == pytest.approx(value)


@pytest.mark.parametrize(
    ("typed", "unit"),
    [("1.234,56", "euros"), ("1,234.56", "euros"), ("25,000", "number"), ("nan", "number"), ("120", "share")],
)
def test_numbers_that_are_not_clear_are_refused_by_their_place(typed: str, unit: str) -> None:
    with pytest.raises(InvalidInput) as error:
        number(typed, unit, "goal-0-value")
    assert error.value.place == "goal-0-value"
