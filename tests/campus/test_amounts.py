"""Amounts are read in one way or refused."""

import pytest

from campus.amounts import cents
from core.errors import InvalidInput


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        ("1234", 1234_00),
        ("1234.5", 1234_50),
        ("1234,56", 1234_56),
        ("1 234,56 €", 1234_56),
        ("EUR 1\u202f234.56", 1234_56),
        (" 10'000 ", 10_000_00),
        ("1 234 567", 1_234_567_00),
        ("€ 1 234 567", 1_234_567_00),
        ("€ +5", 5_00),
    ],
)
def test_a_clear_amount_is_read_to_the_cent(text: str, value: int) -> None:
    assert cents(text) == value


@pytest.mark.parametrize(
    "text",
    [
        *("", "1.234", "1,234", "1.234,56", "1,234.56", "1.23.45", "12.345", "1e3", "٣", "1.5.", "0x1", "--1x"),
        *("1 2", "12 34", "1 2345", "1234 567", "1,5 6", "100\n20", "+-5", "-+5", "--5", "1 234 5", "1\u200b234"),
        "5 6,7",
    ],
)
def test_an_amount_that_could_mean_two_things_is_refused_with_how_to_write_it(text: str) -> None:
    with pytest.raises(InvalidInput, match=r"write it without points or commas for thousands, as in 1234\.56"):
        cents(text)


@pytest.mark.parametrize(("text", "mark"), [("1.234,56", ","), ("1,234.56", "."), ("1.234", ","), ("1.234.567", ",")])
def test_grouped_digits_are_read_where_the_column_tells_its_decimal_mark(text: str, mark: str) -> None:
    assert cents(text, decimal_mark=mark) == {"1.234": 1234_00, "1.234.567": 1234567_00}.get(text, 1234_56)


def test_the_wrong_marks_for_a_column_are_refused() -> None:
    with pytest.raises(InvalidInput):
        cents("1,234.56", decimal_mark=",")


@pytest.mark.parametrize("text", ["$5", "5 USD", "5 EUR / 6 CHF", "£1"])
def test_other_currencies_are_refused(text: str) -> None:
    with pytest.raises(InvalidInput, match="not in euros"):
        cents(text)


def test_below_zero_is_read_only_where_it_may_be() -> None:
    assert cents("-5", negative=True) == -500
    with pytest.raises(InvalidInput, match="must not be negative"):
        cents("−5")


@pytest.mark.parametrize("text", ["100000000000001", "9" * 5000])
def test_more_than_anything_costs_is_a_slip(text: str) -> None:
    with pytest.raises(InvalidInput, match="too large"):
        cents(text)
