"""Which published quarters count for an action, and what is said of those that do not."""

from datetime import date
from typing import Any

import pytest

from campus.feedback.figures.models import PublishedCell
from campus.feedback.quarters import Quarter
from campus.improvement import measured
from campus.improvement.measured import Found, Reason
from campus.improvement.rules import Terms
from campus.improvement.verdict import Summary, Verdict
from tests.campus.sample_actions import NORTH, SOUTH, cell

FIRST = Quarter(2025, 1)
QUARTERS = [FIRST.plus(number) for number in range(8)]
DONE = date(2026, 2, 10)  # in the fifth


def cells(things: tuple[str, ...] = (NORTH,), rise: float = 0.8, **of: dict[str, Any]) -> list[PublishedCell]:
    """A cell a quarter and pavilion, a point better after the fifth quarter; `of` changes those of a quarter."""
    found = []
    for number, quarter in enumerate(QUARTERS):
        for thing in things:
            mean = 3.0 + rise * (number > 4 and thing == NORTH)
            found.append(cell(quarter, "room_bed", thing, **{"mean": mean} | of.get(f"q{number + 1}", {})))
    return found


def find(some: list[PublishedCell], comparison: tuple[str, ...] = (), closed: int = 8, **of: Any) -> Found:
    terms = Terms("room_bed", of.get("pavilions", (NORTH,)), comparison, date(2026, 12, 1), DONE)
    return measured.find(terms, DONE, measured.by_place(some), QUARTERS[:closed])


def test_four_whole_quarters_before_and_those_after_count_and_that_of_the_day_does_not() -> None:
    found = find(cells())
    assert (found.before, found.after) == (tuple(QUARTERS[:4]), tuple(QUARTERS[5:]))
    assert found.effect.verdict is Verdict.BETTER
    assert found.effect.change == pytest.approx(0.8)
    assert found.treated_before == Summary(240, 3.0, pytest.approx(0.9, abs=0.01))


def test_a_quarter_that_begins_on_the_day_counts_for_neither_side() -> None:
    terms = Terms("room_bed", (NORTH,), (), date(2026, 12, 1), date(2026, 1, 1))
    found = measured.find(terms, date(2026, 1, 1), measured.by_place(cells()), QUARTERS)
    assert QUARTERS[4] not in (*found.before, *found.after)


@pytest.mark.parametrize(("closed", "reason"), [(5, Reason.NO_AFTER), (0, Reason.NO_BEFORE)])
def test_without_a_closed_quarter_on_a_side_it_is_too_early(closed: int, reason: Reason) -> None:
    found = find(cells(), closed=closed)
    assert (found.effect.verdict, found.reason) == (Verdict.TOO_EARLY, reason)


def test_another_wording_after_it_cannot_be_compared() -> None:
    new: dict[str, Any] = {f"q{number}": {"wordings": ["new"]} for number in (6, 7, 8)}
    found = find(cells(**new))
    assert (found.effect.verdict, found.reason) == (Verdict.TOO_EARLY, Reason.WORDING)


def test_older_quarters_with_another_wording_are_left_out_and_named() -> None:
    found = find(cells(q2={"wordings": ["old"]}, q8={"wordings": ["0123456789ab", "new"]}))
    assert (found.before, found.after) == (tuple(QUARTERS[2:4]), tuple(QUARTERS[5:7]))
    assert found.left_out == (QUARTERS[0], QUARTERS[1], QUARTERS[7])
    assert found.effect.verdict is Verdict.BETTER


def test_suppressed_figures_count_as_none_and_are_named() -> None:
    masked = {"suppressed": True, "n": None, "mean": None, "deviation": None}
    some = find(cells(q6=masked))
    assert (some.masked, some.reason) == (((QUARTERS[5], NORTH),), None)
    assert some.treated_after is not None
    assert some.treated_after.n == 120
    none = find(cells(q6=masked, q7=masked, q8=masked))
    assert (none.effect.verdict, none.reason) == (Verdict.TOO_EARLY, Reason.MASKED)


def test_few_answers_are_too_early() -> None:
    few: dict[str, Any] = {f"q{number}": {"n": 3} for number in (6, 7, 8)}
    assert find(cells(**few)).reason is Reason.FEW


def test_what_changed_at_the_comparison_too_is_taken_off() -> None:
    risen: dict[str, Any] = {f"q{number}": {"mean": 3.8} for number in (6, 7, 8)}
    found = find(cells((NORTH, SOUTH), **risen), comparison=(SOUTH,))
    assert found.effect.verdict is Verdict.NO_EFFECT
    assert found.effect.change == pytest.approx(0.0)


def test_a_yes_or_no_counts_in_percentage_points_and_the_whole_campus_in_its_own_cells() -> None:
    kind = {"kind": "yes_no", "mean": 0.5, "deviation": 0.5}
    yes: dict[str, Any] = {f"q{number}": kind | {"mean": 0.5 + 0.3 * (number > 5)} for number in range(1, 9)}
    assert find(cells(("",), **yes), pavilions=()).effect.change == pytest.approx(30.0)


def test_the_baseline_is_that_of_the_last_four_closed_quarters() -> None:
    terms = Terms("room_bed", (NORTH,), (), date(2027, 12, 1), None)
    found = measured.baseline(terms, measured.by_place(cells()), QUARTERS)
    assert found.quarters == tuple(QUARTERS[4:])
    assert found.treated is not None
    assert (found.treated.n, found.comparison) == (240, None)
