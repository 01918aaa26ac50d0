"""Entries of running costs are entered, corrected and withdrawn, and nothing is lost on the way."""

from datetime import date

import pytest

from campus.known import end_of
from campus.running_costs import actions, queries
from campus.running_costs.rules import Kind, Line
from core.database import Database
from core.errors import Conflict, InvalidInput
from tests.campus.books import TEST, on, open_campus
from tests.campus.running_costs.entries import enter, place

JANUARY = place(Line.CLEANING, Kind.ACTUAL, "2026-01-01", "2026-02-01")


def test_a_correction_needs_its_reason_and_keeps_what_was_believed_before(database: Database) -> None:
    with database.write() as session:
        open_campus(session)
        with on("2026-02-03"):
            made = enter(session, JANUARY, 20_000, note="invoice")
        with on("2026-02-10"):
            with pytest.raises(InvalidInput, match="needs its reason"):
                enter(session, JANUARY, 21_000)
            enter(session, JANUARY, 21_000, reason="second invoice")
        with on("2026-02-12"):
            assert enter(session, JANUARY, 21_000).id == queries.entry(session, made.number).id
        assert [one.cents for one in queries.versions(session, made.number)] == [21_000_00, 20_000_00]
        for day, cents in ((date(2026, 2, 3), 20_000_00), (date(2026, 2, 10), 21_000_00)):
            assert [one.cents for one in queries.entries(session, at=end_of(day))] == [cents]
        assert queries.entries(session, at=end_of(date(2026, 2, 2))) == []


def test_what_was_withdrawn_counts_no_more_and_can_count_again(database: Database) -> None:
    with database.write() as session:
        open_campus(session)
        made = enter(session, JANUARY, 20_000)
        with pytest.raises(InvalidInput, match="say why"):
            actions.withdraw(session, made.number, " ", TEST)
        actions.withdraw(session, made.number, "entered twice", TEST)
        assert queries.entries(session) == []
        with pytest.raises(Conflict, match="was withdrawn"):
            actions.correct(session, made.number, 1, "", "why", TEST)
        actions.restore(session, made.number, TEST)
        assert [one.cents for one in queries.entries(session)] == [20_000_00]
        with pytest.raises(Conflict, match="counts already"):
            actions.restore(session, made.number, TEST)


def test_another_period_of_the_same_line_and_kind_may_not_share_a_day(database: Database) -> None:
    with database.write() as session:
        campus = open_campus(session)
        made = enter(session, JANUARY, 20_000)
        quarter = place(Line.CLEANING, Kind.ACTUAL, "2026-01-01", "2026-04-01")
        with pytest.raises(InvalidInput, match=r"overlaps the entry of 1 Jan 2026 to 31 Jan 2026"):
            enter(session, quarter, 60_000)
        enter(session, place(Line.CLEANING, Kind.BUDGET, "2026-01-01", "2026-04-01"), 60_000)
        enter(session, place(Line.RENT, Kind.ACTUAL, "2026-01-01", "2026-04-01", campus.party), 60_000)
        actions.withdraw(session, made.number, "by quarters now", TEST)
        enter(session, quarter, 60_000)
        with pytest.raises(Conflict, match="cannot count again"):
            actions.restore(session, made.number, TEST)


@pytest.mark.parametrize(
    ("line", "first", "until", "party", "cents", "where"),
    [
        (Line.WASTE, "2026-02-01", "2026-02-01", False, 1, "last"),
        (Line.WASTE, "1950-02-01", "2026-02-01", False, 1, "last"),
        (Line.WASTE, "2026-02-01", "2026-03-01", True, 1, "party"),
        (Line.RENT, "2026-02-01", "2026-03-01", False, 1, "party"),
        (Line.WASTE, "2026-02-01", "2026-03-01", False, -1, "amount"),
        (Line.WASTE, "2026-02-01", "2026-03-01", False, 10**17, "amount"),
    ],
)
def test_what_no_entry_may_be_is_refused_with_its_place(
    sqlite_database: Database, line: Line, first: str, until: str, party: bool, cents: int, where: str
) -> None:
    with sqlite_database.write() as session:
        campus = open_campus(session)
        wanted = place(line, Kind.ACTUAL, first, until, campus.party if party else None)
        with pytest.raises(InvalidInput) as refused:
            actions.enter(session, wanted, cents, TEST)
        assert refused.value.place == where
        assert queries.entries(session) == []
