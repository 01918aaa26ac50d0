"""Earned value of a package: as planned, earned and paid, and as it was known on a past day."""

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from api.money_told import notes, said
from campus.money import budgets
from campus.money.performance import Course, Performance, month_ends, performance
from campus.renovation import actions as works
from campus.renovation.actions import WantedMilestone
from campus.renovation.network import Span, Wanted
from core.database import Database
from tests.campus.books import TEST, on
from tests.campus.money.books_of_money import commit, open_books, pay

FIRST = date(2026, 1, 1)
STEPS = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 400), st.integers(0, 500)), min_size=1, max_size=5)


def performed(course: Course, on_: date) -> Performance:
    return Performance(on_, None, None, course)


def test_the_figures_come_from_budget_milestones_and_payments(database: Database) -> None:
    with database.write() as session:
        package, source = open_books(session)
        with on("2026-01-05"):
            keys = []
            for name, month in (("Design", 1), ("Construction", 2), ("Handed over", 4)):
                span = Span(FIRST.replace(month=month), FIRST.replace(month=month, day=28))
                version = works.add_milestone(session, package, WantedMilestone(name=name), Wanted(span), TEST)
                keys.append(version.milestone_id)
            works.approve_baseline(session, package, TEST, "plan")
            budgets.approve(session, package, {("works", 2026): 300_00}, TEST, "board")
            number = commit(session, package, source, 200_00).number
        with on("2026-02-10"):
            ended = Wanted(Span(FIRST, date(2026, 2, 5)), begun=True, ended=True)
            works.report(session, keys[0], date(2026, 2, 5), ended, TEST)
            pay(session, number, "1", 150_00)
        late = performance(session, package.id, date(2026, 2, 28))
        value = late.value
        assert (value.bac, value.pv, value.ev, value.ac) == (300_00, 200_00, 100_00, 150_00)
        assert (value.sv, value.cv, value.spi, value.cpi) == (-100_00, -50_00, Fraction(1, 2), Fraction(2, 3))
        assert (value.eac, value.etc, value.vac) == (450_00, 300_00, -150_00)
        assert (late.earned_months, late.elapsed_months, late.time_index) == (1, 2, Fraction(1, 2))
        assert [(day, one.ev, one.ac) for day, one in late.months()] == [
            (date(2026, 1, 31), 0, 0),
            (date(2026, 2, 28), 100_00, 150_00),
        ]
        assert late.plan()[-1] == (date(2026, 4, 28), 300_00)
        early = performance(session, package.id, date(2026, 1, 31))
        assert (early.value.pv, early.value.ev, early.value.ac) == (100_00, 0, 0)
        as_planned = performance(session, package.id, date(2026, 2, 14))
        assert (as_planned.value.sv, as_planned.elapsed_months, as_planned.time_index) == (0, Fraction(3, 2), 1)
        before = performance(session, package.id, date(2026, 1, 4))
        assert (before.budget, before.baseline, before.value.bac) == (None, None, 0)


def test_guard_cases_are_said_in_words(database: Database) -> None:
    with database.write() as session:
        package, source = open_books(session)
        nothing = performance(session, package.id, date(2026, 1, 1))
        assert "No budget is approved yet" in said(nothing)
        assert any("Without a baseline" in one for one in notes(nothing))
        with on("2026-01-05"):
            budgets.approve(session, package, {("works", 2026): 0}, TEST, "board")
            assert "The approved budget is zero" in said(performance(session, package.id, date(2026, 1, 5)))
            budgets.approve(session, package, {("works", 2026): 100_00}, TEST, "board")
            assert any("best estimate" in one for one in notes(performance(session, package.id, date(2026, 1, 5))))
            pay(session, commit(session, package, source, 50_00).number, "1", 50_00)
            spent = performance(session, package.id, date(2026, 1, 5))
        assert spent.value.eac is None
        assert any("Money is paid and nothing is earned yet" in one for one in notes(spent))


def test_works_that_ended_late_have_an_spi_of_one_and_a_time_index_below() -> None:
    span, end = Span(FIRST, date(2026, 2, 28)), date(2026, 4, 30)
    course = Course(100_00, {1: 1}, {1: end}, {1: 1}, {1: span}, [])
    found = performed(course, date(2026, 12, 31))
    assert (found.value.spi, found.days_late) == (1, 61)
    assert found.time_index == Fraction(2, 4)
    assert any("61 days late" in one for one in notes(found))


@given(STEPS, st.integers(0, 10**9), st.lists(st.tuples(st.integers(0, 400), st.integers(1, 10**8)), max_size=4))
def test_the_months_of_any_works_add_up(
    steps: list[tuple[int, int, int]], bac: int, paid: list[tuple[int, int]]
) -> None:
    weights = {key: weight for key, (weight, _planned, _ended) in enumerate(steps)}
    planned = {key: Span(FIRST, FIRST + timedelta(days)) for key, (_weight, days, _ended) in enumerate(steps)}
    ended = {key: FIRST + timedelta(days) for key, (_weight, _planned, days) in enumerate(steps) if days < 400}
    payments = [(FIRST + timedelta(days), cents) for days, cents in paid]
    course = Course(bac, weights, ended, weights, planned, payments)
    found = performed(course, FIRST + timedelta(days=420))
    months = [value for _day, value in found.months()]
    assert months[-1] == found.value
    assert found.value.ac == sum(cents for _day, cents in payments)
    for before, after in pairwise(months):
        assert before.ev <= after.ev <= bac
        assert before.ac <= after.ac
        assert (before.pv or 0) <= (after.pv or 0) <= bac
    if found.earned_months is not None:
        assert 0 <= found.earned_months <= len(month_ends(FIRST, course.planned_end or FIRST))
    if any(weights.values()) and ended.keys() == weights.keys() and max(ended.values()) <= found.on:
        assert found.value.ev == bac
