"""What cells say: dates of one reading, numbers as people write them, text that is no formula."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campus.tables import mapping
from campus.tables.cells import Raw, read
from campus.tables.column import Cell
from campus.tables.columns import COLUMNS
from campus.tables.dates import Order, order_of
from campus.tables.rules import Choices, Table
from campus.tables.sheets import read_sheet
from campus.tables.texts import escaped, tidy, unescaped
from core.errors import InvalidInput
from core.i18n import using
from tests.campus.tables.files import csv


@pytest.mark.parametrize(
    ("raw", "cell", "value"),
    [
        ("2026-03-27", Cell.DATE, date(2026, 3, 27)),
        ("27.3.2026", Cell.DATE, date(2026, 3, 27)),
        ("27/03/2026", Cell.DATE, date(2026, 3, 27)),
        ("03/27/2026", Cell.DATE, "no such day"),
        ("05/05/2026", Cell.DATE, date(2026, 5, 5)),
        ("03/04/2025", Cell.DATE, "two readings, 2025-04-03 and 2025-03-04"),
        ("3.4.25", Cell.DATE, "year of two digits"),
        ("31.02.2026", Cell.DATE, "no such day"),
        ("soon", Cell.DATE, "is no date"),
        (45720, Cell.DATE, "is a number, not a date"),
        (datetime(2026, 3, 27), Cell.DATE, date(2026, 3, 27)),
        ("12", Cell.WHOLE, 12),
        (12.0, Cell.WHOLE, 12),
        ("12.0", Cell.WHOLE, 12),
        ("1,5", Cell.WHOLE, "no whole number"),
        (1.5, Cell.WHOLE, "no whole number"),
        (float("nan"), Cell.WHOLE, "no whole number"),
        (True, Cell.WHOLE, "neither text nor a number"),
        ("62,50", Cell.MONEY, 62_50),
        ("€ 62.5", Cell.MONEY, 62_50),
        ("1 234,50", Cell.MONEY, 1234_50),
        ("1.234,50", Cell.MONEY, 1234_50),
        ("1,234", Cell.MONEY, "two readings"),
        ("62.505", Cell.MONEY, "two readings"),
        (62.5, Cell.MONEY, 62_50),
        (62.505, Cell.MONEY, "whole cents"),
        (float("inf"), Cell.MONEY, "whole cents"),
        ("-5", Cell.MONEY, "no amount"),
        (101.0, Cell.TEXT, "101"),
        ("007", Cell.TEXT, "007"),
        ("NA", Cell.TEXT, "NA"),
        ("#REF!", Cell.TEXT, "error #REF!"),
        ("x" * 2001, Cell.TEXT, "longer than 2000"),
        ("a\x07b", Cell.TEXT, "no text may hold"),
        ("  ", Cell.TEXT, None),
    ],
)  # fmt: skip
def test_a_cell_is_read_or_refused(raw: Raw, cell: Cell, value: object) -> None:
    try:
        found, _note = read(raw, cell)
    except InvalidInput as error:
        assert isinstance(value, str)
        assert value in error.message  # noqa: PT017
    else:
        assert found == value


def test_a_time_of_day_is_left_out_and_told() -> None:
    assert read("2026-03-27 14:30", Cell.DATE) == (date(2026, 3, 27), "the time of day was left out")
    assert read(datetime(2026, 3, 27, 14, 30), Cell.DATE)[1] == "the time of day was left out"
    assert read("2026-03-27T00:00:00", Cell.DATE) == (date(2026, 3, 27), "")


def test_the_other_dates_of_a_column_decide_how_one_is_read() -> None:
    assert order_of(["03/04/2025", "27/03/2025"]) is Order.DAY_FIRST
    assert order_of(["03/04/2025", "03/27/2025"]) is Order.MONTH_FIRST
    assert order_of(["27/03/2025", "03/27/2025"]) is None
    head = ("Night", "Pavilion", "Rooms", "Guests")
    sheet = read_sheet(csv(head, ("03/04/2025", "x", 1, 1), ("27/03/2025", "x", 1, 1)), "sample.csv")
    choices = Choices(columns=mapping.proposed(Table.COUNTS, sheet.headings))
    rows, _notes = mapping.given_rows(Table.COUNTS, sheet, choices)
    assert [row.values["night"] for row in rows] == [date(2025, 4, 3), date(2025, 3, 27)]
    assert mapping.doubtful(Table.COUNTS, sheet, choices.columns) == {}


def test_a_person_decides_where_no_date_does() -> None:
    head = ("Night", "Pavilion", "Rooms", "Guests")
    sheet = read_sheet(csv(head, ("03/04/2025", "x", 1, 1)), "sample.csv")
    columns = mapping.proposed(Table.COUNTS, sheet.headings)
    assert mapping.doubtful(Table.COUNTS, sheet, columns) == {"night": "03/04/2025"}
    rows, _notes = mapping.given_rows(Table.COUNTS, sheet, Choices(columns=columns))
    assert "two readings" in rows[0].problems[0].message
    rows, _notes = mapping.given_rows(Table.COUNTS, sheet, Choices(columns=columns, orders={"night": "month first"}))
    assert rows[0].values["night"] == date(2025, 3, 4)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("table", Table)
def test_our_own_headings_are_recognised_in_both_languages(table: Table, language: str) -> None:
    with using(language):
        headings = [one.shown for one in COLUMNS[table]]
    assert mapping.proposed(table, headings) == {one.key: place for place, one in enumerate(COLUMNS[table])}


def test_columns_that_are_missing_unknown_or_chosen_twice_are_named() -> None:
    headings = ["Night", "Pavilion", "Rooms", "Guests", ""]
    for columns, message in (
        ({"night": 0}, "pavilion: choose the column of the file"),
        ({"night": 0, "pavilion": 4}, "pavilion: there is no such column in the file"),
        ({"night": 0, "pavilion": 0}, "pavilion: is the same column as “Night”"),
    ):
        with pytest.raises(InvalidInput, match=message):
            mapping.check(Table.COUNTS, headings, Choices(columns=columns))


@given(st.text())
def test_no_text_begins_like_a_formula_once_escaped_and_each_comes_back(text: str) -> None:
    assert not escaped(text).startswith(("=", "+", "-", "@", "\t", "\r", *"＝＋－＠"))
    assert unescaped(escaped(text)) == text


@given(st.text())
def test_tidy_text_stays_as_it_is(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)
