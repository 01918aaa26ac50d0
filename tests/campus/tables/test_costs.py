"""Running costs, recoveries and rents come in from files as they would be entered by hand, and go out again."""

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, given, settings
from openpyxl import Workbook

from campus.nights import EARLIEST, LATEST, Nights
from campus.running_costs import actions, queries
from campus.running_costs.rules import COSTS, INCOMES, Kind, Line, Place
from campus.tables import exports, undo
from campus.tables import queries as imports
from campus.tables.rules import Table
from core.database import Database
from core.errors import Conflict
from tests.campus.books import TEST, nights, open_campus
from tests.campus.tables.files import brought_in, csv, exported, looked_at, saved, told, xlsx

COLUMNS = ("First day", "Last day", "Cost line", "Kind of amount", "Amount in euros", "Note")
JANUARY = ("2026-01-01", "2026-01-31")
YEAR = nights("2026-01-01", "2027-01-01")


def costs(*rows: tuple[object, ...]) -> bytes:
    return csv(COLUMNS, *rows, delimiter=";")


def test_a_file_of_costs_is_entered_once_and_corrected_with_a_reason(database: Database) -> None:
    with database.write() as session:
        open_campus(session)
    content = costs(
        (*JANUARY, "utilities", "actual", "70 123,45", "sample"), (*JANUARY, "Nettoyage", "budget", 20000, "")
    )
    brought_in(database, Table.COSTS, content)
    with database.read() as session:
        assert [(one.cost_line, one.cents) for one in queries.entries(session)] == [
            ("utilities", 70_123_45),
            ("cleaning", 20_000_00),
        ]
        assert looked_at(session, Table.COSTS, content).counts["same"] == 2
        more = content.replace(b"20000", b"21000")
        assert told(looked_at(session, Table.COSTS, more)) == [(3, "reason", "a correction needs its reason")]
    brought_in(database, Table.COSTS, more, reason="second invoice")
    with database.read() as session:
        assert [one.cents for one in queries.versions(session, 2)] == [21_000_00, 20_000_00]


@pytest.mark.parametrize(
    ("amounts", "read"),
    [
        (("1.234,56", "1.500"), [1234_56, 1500_00]),
        (("1,234.56", "1,500"), [1234_56, 1500_00]),
        (("1.234,56 €", "EUR 2"), [1234_56, 2_00]),
    ],
)
def test_a_column_of_amounts_tells_its_marks(
    sqlite_database: Database, amounts: tuple[str, str], read: list[int]
) -> None:
    with sqlite_database.write() as session:
        open_campus(session)
        rows = [
            (*JANUARY, line, "actual", amount, "") for line, amount in zip(("waste", "other"), amounts, strict=True)
        ]
        plan = looked_at(session, Table.COSTS, costs(*rows))
        assert [line.values["cents"] for line in plan.lines] == read


@pytest.mark.parametrize(
    ("cells", "column", "message"),
    [
        (("waste", "actual", "1.500", ""), "amount", "not clear"),
        (("waste", "actual", "5 USD", ""), "amount", "not in euros"),
        (("waste", "actual", "5 EUR / 6 CHF", ""), "amount", "not in euros"),
        (("waste", "actual", "-5", ""), "amount", "negative"),
        (("heat", "actual", "5", ""), "line", "none of utilities, waste"),
        (("rent", "actual", "5", ""), "line", "none of utilities, waste"),
        (("waste", "guess", "5", ""), "kind", "none of budget, forecast and actual"),
        (("waste", "actual", "5", "x" * 501), "note", "at most 500"),
    ],
)
def test_a_row_that_is_not_clear_is_refused_by_row_and_column(
    sqlite_database: Database, cells: tuple[str, ...], column: str, message: str
) -> None:
    with sqlite_database.write() as session:
        open_campus(session)
        found = told(looked_at(session, Table.COSTS, costs((*JANUARY, *cells))))
        assert [one[:2] for one in found] == [(2, column)]
        assert message in found[0][2]


def test_two_ways_to_write_thousands_in_one_column_are_both_refused(sqlite_database: Database) -> None:
    with sqlite_database.write() as session:
        open_campus(session)
        rows = ((*JANUARY, "waste", "actual", "1.234,56", ""), (*JANUARY, "other", "actual", "1,234.56", ""))
        found = told(looked_at(session, Table.COSTS, costs(*rows)))
        assert [one[:2] for one in found] == [(2, "amount"), (3, "amount")]


def test_a_currency_beside_the_amount_must_be_the_euro(sqlite_database: Database) -> None:
    with sqlite_database.write() as session:
        open_campus(session)
        rows = [(*JANUARY, line, "actual", 5, currency) for line, currency in (("waste", "EUR"), ("other", "chf"))]
        plan = looked_at(session, Table.COSTS, xlsx((*COLUMNS[:5], "Currency"), *rows), "sample.xlsx")
        assert told(plan) == [(3, "currency", "“chf” is not the euro")]


def test_days_that_two_rows_or_a_row_and_the_books_share_are_refused(sqlite_database: Database) -> None:
    with sqlite_database.write() as session:
        open_campus(session)
        actions.enter(session, Place(Line.WASTE, Kind.BUDGET, YEAR), 5, TEST)
        rows = (
            (*JANUARY, "waste", "budget", 5, ""),
            (*JANUARY, "other", "budget", 5, ""),
            ("2026-01-31", "2026-02-01", "other", "budget", 5, ""),
            ("2026-01-31", "2026-01-30", "other", "budget", 5, ""),
        )
        found = told(looked_at(session, Table.COSTS, costs(*rows)))
        assert [one[:2] for one in found] == [(2, "first"), (4, "first"), (5, "last")]
        assert found[0][2].startswith("overlaps the entry of")


def test_an_import_of_rents_is_undone_as_long_as_nobody_changed_them(database: Database) -> None:
    with database.write() as session:
        open_campus(session)
    heading = ("First day", "Last day", "Recovery or rent", "Party", "Kind of amount", "Amount in euros")
    content = csv(heading, (*JANUARY, "rent", "Sample programme", "actual", 900))
    number = brought_in(database, Table.INCOMES, content)
    with database.write() as session:
        undo.undo(session, imports.get(session, number), TEST)
        assert queries.entries(session) == []
    number = brought_in(database, Table.INCOMES, content)
    with database.write() as session:
        (entry,) = queries.entries(session)
        assert entry.number == 1
        actions.correct(session, 1, 5, "", "sample", TEST)
        with pytest.raises(Conflict, match="changed since"):
            undo.undo(session, imports.get(session, number), TEST)


ENTRY = st.tuples(
    st.sampled_from((*COSTS, Line.SECURITY, *INCOMES)),
    st.sampled_from(tuple(Kind)),
    st.integers(0, 11),
    st.integers(0, 10**9),
    st.sampled_from(["", "=1+1", "two\nlines", " é; "]),
)


def test_an_export_that_is_brought_in_again_changes_nothing(database: Database) -> None:
    @settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(ENTRY, min_size=3, max_size=8, unique_by=lambda one: one[:3]))
    def unchanged(drawn: list[tuple[Line, Kind, int, int, str]]) -> None:
        with database.write() as session:
            campus = open_campus(session)
            for line, kind, month, cents, note in drawn:
                party = campus.party if line in INCOMES else None
                actions.enter(session, Place(line, kind, YEAR.months()[month], party), cents, TEST, note=note)
            for table in (Table.COSTS, Table.INCOMES):
                wanted = exports.Wanted(table, Nights(EARLIEST, LATEST))
                number = len(list(exports.rows(session, wanted)))
                for ending in (".csv", ".xlsx") if number else ():
                    plan = looked_at(session, table, exported(session, wanted, ending), f"sample{ending}")
                    assert plan.counts["same"] == number == plan.counts["rows"]
            session.rollback()

    unchanged()


def test_an_amount_that_a_workbook_shows_in_another_currency_is_no_euro(sqlite_database: Database) -> None:
    book = Workbook()
    book.active.append(COLUMNS[:5])
    for line, shown in (("utilities", "[$$-409]#,##0.00"), ("waste", "[$CHF] 0.00"), ("cleaning", "0.00 [$€-1]")):
        book.active.append([*JANUARY, line, "actual", 12.5])
        book.active.cell(book.active.max_row, 5).number_format = shown
    with sqlite_database.write() as session:
        open_campus(session)
        plan = looked_at(session, Table.COSTS, saved(book), "sample.xlsx")
        assert told(plan) == [
            (2, "amount", "“12.5 $” is not in euros"),
            (3, "amount", "“12.5 CHF” is not in euros"),
        ]
        assert plan.counts["add"] == 1
