"""What closed nights mean for a year, computed by hand."""

from collections.abc import Mapping
from datetime import date, timedelta

import pytest

from campus.closures.consequences import Kept, LostStay, WeekAhead, YearChange, year_changes
from campus.forecast.year_end import YearEnd
from campus.nights import Nights

FIRST = date(2027, 3, 1)
COURSES, CONFERENCES = 1, 2


def week(forecast: float, sellable: int, number: int = 0, first: date = FIRST) -> WeekAhead:
    start = first + timedelta(weeks=number)
    return WeekAhead(Nights(start, start + timedelta(days=7)), forecast, sellable, {COURSES: 30.0, CONFERENCES: 10.0})


def kept(*weeks: WeekAhead) -> Kept:
    end = YearEnd(to_date=1000, expected=2000, most=5000, target=1950, sellable=6000, spread=100, independent=40)
    return Kept(FIRST, weeks, {2026: end, 2027: end}, {2026: 1950, 2027: 1950}, {COURSES: 50_00, CONFERENCES: 80_00})


def closed(rooms: int, nights: int = 7, first: date = FIRST) -> Mapping[date, int]:
    return {first + timedelta(days=number): rooms for number in range(nights)}


def only(rows: list[YearChange]) -> YearChange:
    (row,) = rows
    return row


def test_demand_that_still_fits_is_not_lost_unless_nothing_moves() -> None:
    row = only(year_changes(closed(2), {}, [], kept(week(70, 140))))
    assert (row.lost, row.no_longer_fits, row.income) == (14, 0, {})
    assert row.before
    assert row.moves
    assert row.stays_away
    assert (row.before.expected, row.moves.expected) == (2000, 2000)
    assert row.stays_away.expected == pytest.approx(2000 - 14 * 70 / 140)
    chances = [row.before.chance, row.moves.chance, row.stays_away.chance]
    assert chances[0] == chances[1]
    assert chances[1] is not None
    assert chances[2] is not None
    assert chances[1] > chances[2] > 0.5


def test_what_no_longer_fits_costs_the_usual_rates_by_demand_still_to_come() -> None:
    row = only(year_changes(closed(10), {}, [], kept(week(100, 140))))
    assert row.no_longer_fits == pytest.approx(100 - (140 - 70))
    assert row.income == {COURSES: round(30 * 0.75 * 50_00), CONFERENCES: round(30 * 0.25 * 80_00)}
    assert row.moves is not None
    assert row.moves.expected == pytest.approx(1970)


def test_stays_without_a_room_cost_their_own_rate_and_make_place_for_others() -> None:
    stay = LostStay(tuple(closed(1)), COURSES, 62_00)
    row = only(year_changes(closed(9), closed(1), [stay], kept(week(100, 140))))
    assert (row.lost, row.waiting, row.lost_stays) == (63, 7, 7)
    assert row.no_longer_fits == pytest.approx(100 - 7 - (140 - 70))
    assert row.income[COURSES] == pytest.approx(7 * 62_00 + 23 * 0.75 * 50_00, abs=1)


def test_reopened_rooms_regain_what_did_not_fit_and_the_pessimist_counts_on_nothing() -> None:
    row = only(year_changes(closed(-3), {}, [], kept(week(150, 140))))
    assert (row.lost, row.no_longer_fits) == (-21, pytest.approx(-10))
    assert row.income_cents < 0
    assert row.moves
    assert row.stays_away
    assert (row.moves.expected, row.stays_away.expected) == (pytest.approx(2010), 2000)


def test_a_week_at_the_turn_of_the_year_counts_for_both() -> None:
    first = date(2026, 12, 29)
    rows = year_changes(closed(10, first=first), {}, [], kept(week(140, 140, first=first)))
    assert [(row.year, row.lost, round(row.no_longer_fits)) for row in rows] == [(2026, 30, 30), (2027, 40, 40)]


def test_without_a_forecast_only_what_is_certain_is_told() -> None:
    row = only(year_changes(closed(2), {}, [], None))
    assert (row.lost, row.target, row.before, row.moves) == (14, None, None, None)


def test_nights_that_no_forecast_reaches_are_named() -> None:
    row = only(year_changes(closed(2, nights=10), {}, [], kept(week(70, 140))))
    assert row.beyond == 6


def test_no_change_is_no_row() -> None:
    assert year_changes({}, {}, [], kept(week(70, 140))) == []
