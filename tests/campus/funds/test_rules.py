"""How a fund rolls forward: whatever the entries, parts of a period and funds together add up to the whole."""

from datetime import date, timedelta
from functools import reduce

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campus.funds.rules import Amount, Kind, Roll, checked_amount, checked_period, statement
from core.errors import InvalidInput

START = date(2024, 1, 1)
DAYS = st.integers(1, 700).map(lambda days: START + timedelta(days=days))
FLOWS = st.builds(Amount, st.sampled_from([Kind.RECEIPT, Kind.PAYMENT]), DAYS, st.integers(1, 10**9), st.booleans())
COMMITTED = st.builds(Amount, st.just(Kind.COMMITMENT), DAYS, st.integers(1, 10**9))
OPENINGS = st.lists(st.booleans(), unique=True).map(
    lambda plans: [Amount(Kind.OPENING, START, 10**6 * (1 + planned), planned) for planned in plans]
)
FUNDS = st.tuples(OPENINGS, st.lists(FLOWS | COMMITTED, max_size=8)).map(lambda parts: [*parts[0], *parts[1]])
SMALL = settings(max_examples=60)


@SMALL
@given(FUNDS, st.lists(DAYS, min_size=3, max_size=3), DAYS)
def test_parts_of_a_period_add_up_to_the_whole(fund: list[Amount], days: list[date], on: date) -> None:
    first, middle, last = sorted(days)
    after = middle + timedelta(days=1)
    whole = statement(fund, first, max(last, after), on)
    parts = statement(fund, first, middle, on), statement(fund, after, max(last, after), on)
    for name in ("planned", "actual", "forecast"):
        one, before, later = (getattr(each, name) for each in (whole, *parts))
        assert one.opening == before.opening
        assert before.closing == later.opening
        assert one.closing == later.closing == one.opening + one.receipts - one.payments
        assert (one.receipts, one.payments) == (before.receipts + later.receipts, before.payments + later.payments)
        assert min(one.receipts, one.payments) >= 0


@SMALL
@given(st.lists(FUNDS, min_size=1, max_size=3), DAYS, DAYS)
def test_funds_together_are_the_sum_of_each(funds: list[list[Amount]], last: date, on: date) -> None:
    each = [statement(one, START, last, on) for one in funds]
    total = reduce(lambda one, other: one + other, each)
    assert total.free == sum(one.free for one in each)
    assert total.actual == Roll(*(sum(getattr(one.actual, name) for one in each) for name in Roll.__slots__))
    assert total.free == total.actual.closing - total.commitments


@SMALL
@given(FUNDS, DAYS, DAYS)
def test_what_is_over_is_never_forecast(fund: list[Amount], last: date, on: date) -> None:
    found = statement(fund, START, last, on)
    if last <= on:
        assert found.forecast == found.actual
    else:
        assert found.forecast.receipts >= found.actual.receipts
        assert found.forecast.payments == max(found.actual.payments, found.planned.payments)


def test_a_forecast_adds_what_is_planned_and_has_not_come() -> None:
    fund = [
        Amount(Kind.OPENING, START, 1000),
        Amount(Kind.RECEIPT, date(2024, 12, 31), 500, planned=True),
        Amount(Kind.RECEIPT, date(2024, 3, 1), 200),
        Amount(Kind.PAYMENT, date(2024, 4, 1), 50),
        Amount(Kind.COMMITMENT, date(2024, 4, 1), 30),
    ]
    found = statement(fund, date(2024, 1, 2), date(2024, 12, 31), on=date(2024, 6, 30))
    assert (found.actual, found.forecast) == (Roll(1000, 200, 50), Roll(1000, 500, 50))
    assert (found.actual.closing, found.free, found.forecast.closing) == (1150, 1120, 1450)


def test_what_was_there_before_the_opening_balance_is_in_it() -> None:
    fund = [Amount(Kind.OPENING, START, 1000), Amount(Kind.RECEIPT, date(2023, 6, 1), 700)]
    assert statement(fund, date(2023, 1, 1), date(2024, 6, 30), START).actual == Roll(1000, 0, 0)
    assert statement(fund, date(2023, 1, 1), date(2023, 6, 30), START).actual == Roll(0, 0, 0)


def test_without_a_real_opening_balance_the_expected_one_counts_and_is_named() -> None:
    found = statement([Amount(Kind.OPENING, START, 1000, planned=True)], START, date(2024, 6, 30), START)
    assert (found.actual.closing, found.expected_opening) == (1000, True)


def test_the_difference_is_printed_less_computed() -> None:
    fund = [Amount(Kind.OPENING, START, 1000, planned=True)]
    assert statement(fund, START, date(2024, 6, 30), START, printed=900).difference == -100
    assert statement(fund, START, date(2024, 6, 30), START).difference is None


@pytest.mark.parametrize(
    ("kind", "cents"), [(Kind.RECEIPT, -1), (Kind.OPENING, -1), (Kind.PAYMENT, 0), (Kind.RECEIPT, 10**17)]
)
def test_an_amount_that_cannot_be_is_refused(kind: Kind, cents: int) -> None:
    with pytest.raises(InvalidInput) as refused:
        checked_amount(kind, cents)
    assert refused.value.place == "amount"


@pytest.mark.parametrize(
    ("first", "last", "place"),
    [
        (date(2024, 1, 2), date(2024, 1, 1), "last"),
        (date(1, 1, 1), date(2024, 1, 1), "first"),
        (date(2024, 1, 1), date(9999, 12, 31), "last"),
    ],
)
def test_a_period_that_cannot_be_is_refused(first: date, last: date, place: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        checked_period(first, last)
    assert refused.value.place == place
