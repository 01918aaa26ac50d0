"""Amounts count where their whole period lies within what is asked, and are compared over the same days alone."""

import hypothesis.strategies as st
from hypothesis import given, settings

from campus.nights import Nights
from campus.running_costs import periods
from campus.running_costs.periods import Compared, Figure
from campus.running_costs.report import report_of
from campus.running_costs.rules import COSTS, Kind, Line
from tests.campus.books import nights

YEAR = nights("2026-01-01", "2027-01-01")
MONTHS = YEAR.months()


def _span(first: int, last: int) -> Nights:
    return Nights(MONTHS[first].first, MONTHS[last].until)


def test_an_amount_of_two_years_is_never_parted() -> None:
    both = nights("2026-01-01", "2028-01-01")
    assert periods.figure({both: 100}, YEAR) == Figure(0, 0, 365, (both,))
    assert periods.figure({both: 100}, both).complete


def test_a_period_that_is_covered_in_part_says_so() -> None:
    found = periods.figure({MONTHS[0]: 5, MONTHS[1]: 6}, YEAR)
    assert (found.cents, found.days, found.complete) == (11, 59, False)


def test_actual_and_budget_are_compared_over_the_days_that_both_tile() -> None:
    budget = {_span(0, 2): 300, _span(3, 5): 300, _span(6, 11): 600}
    actual = {MONTHS[number]: 110 for number in (0, 1, 2, 3, 4, 5, 6)}
    found = periods.compared(actual, budget)
    assert found == Compared(660, 600, (_span(0, 5),))
    assert (found.difference, found.share) == (60, 0.1)
    assert periods.compared(actual, {}) is None


def test_a_gap_ends_what_can_be_compared_and_does_not_hide_what_comes_after() -> None:
    budget = {_span(0, 2): 300, MONTHS[3]: 100}
    actual = {MONTHS[0]: 90, MONTHS[2]: 90, MONTHS[3]: 90}
    assert periods.compared(actual, budget) == Compared(90, 100, (MONTHS[3],))


def test_nothing_has_no_share() -> None:
    assert Compared(5, 0).share is None


def test_all_lines_are_compared_over_the_days_that_all_have() -> None:
    tiles = {(line, None, Kind.BUDGET): {YEAR.months()[0]: 100, YEAR.months()[1]: 100} for line in COSTS}
    tiles |= {(line, None, Kind.ACTUAL): {MONTHS[0]: 90} for line in COSTS}
    tiles[Line.WASTE, None, Kind.ACTUAL] = {MONTHS[0]: 90, MONTHS[1]: 500}
    found = report_of(tiles, YEAR)
    assert found.total.actual == Compared(450, 500, (MONTHS[0],))
    assert found.lines[Line.WASTE].actual == Compared(90, 100, (MONTHS[0],))


TILES = st.dictionaries(
    st.tuples(st.integers(0, 5), st.integers(1, 3)).map(lambda one: (2 * one[0], min(12, 2 * one[0] + one[1]))),
    st.integers(0, 1000),
    max_size=5,
)


def _tiles(given: dict[tuple[int, int], int]) -> dict[Nights, int]:
    """Periods of whole months that do not overlap."""
    found: dict[Nights, int] = {}
    for (first, until), cents in sorted(given.items()):
        one = _span(first, until - 1)
        if not any(len(one.clipped(other)) for other in found):
            found[one] = cents
    return found


@settings(max_examples=60, deadline=None)
@given(st.lists(TILES, min_size=15, max_size=15), st.integers(1, 11))
def test_parts_add_up_to_the_whole_and_lines_to_their_total(drawn: list[dict[tuple[int, int], int]], at: int) -> None:
    rows = [(line, None, kind) for line in COSTS for kind in Kind]
    tiles = {row: _tiles(one) for row, one in zip(rows, drawn, strict=True)}
    whole, early, late = (report_of(tiles, span) for span in (YEAR, _span(0, at - 1), _span(at, 11)))
    for kind in Kind:
        assert whole.total.figures[kind].cents == sum(row.figures[kind].cents for row in whole.lines.values())
        crossing = sum(
            cents
            for line in COSTS
            for one, cents in tiles[line, None, kind].items()
            if one.first < MONTHS[at].first < one.until
        )
        parts = early.total.figures[kind].cents + late.total.figures[kind].cents
        assert parts + crossing == whole.total.figures[kind].cents
        assert whole.net[kind] == whole.total.figures[kind].cents
    if whole.total.actual:
        assert whole.total.actual.cents == sum(row.actual.cents for row in whole.lines.values() if row.actual)
        assert whole.total.actual.against == sum(row.actual.against for row in whole.lines.values() if row.actual)


@settings(max_examples=60, deadline=None)
@given(TILES, TILES)
def test_what_is_compared_is_what_both_cover_there(
    left: dict[tuple[int, int], int], right: dict[tuple[int, int], int]
) -> None:
    mine, others = _tiles(left), _tiles(right)
    found = periods.common(mine, others)
    for span, (cents, against) in found.items():
        assert sum(periods.within(mine, [span]).values()) == cents
        assert sum(periods.within(others, [span]).values()) == against
        assert sum(map(len, periods.within(mine, [span]))) == len(span) == sum(map(len, periods.within(others, [span])))
    assert {one: pair[::-1] for one, pair in found.items()} == periods.common(others, mine)
    for one in mine.keys() & others.keys():
        assert any(span.first <= one.first and one.until <= span.until for span in found)
