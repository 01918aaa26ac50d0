"""Loading a facts file: golden figures of the published one, and what a second file changes."""

from datetime import date, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.forecast import targets
from campus.funds import actions, queries, report
from campus.funds.actions import WantedEntry
from campus.funds.loading import Change, Loaded, Told, changes_of, load
from campus.funds.models import FactsLoad, Fund, FundEntry, PrintedFigure
from campus.funds.rules import Kind
from campus.known import end_of
from core.database import Database
from core.errors import InvalidInput
from core.i18n import today
from core.trail import TrailEntry
from tests.campus.books import TEST, on

FACTS = Path(__file__).with_name("facts.toml").read_text(encoding="utf-8")
FUNDS = {  # euros: opening, receipts, payments, closing, printed
    "Campus Improvement Fund": (9_283_000, 500_000, 2_500_000, 7_283_000, 7_283_000),
    "Innovation Fund": (587_000, 400_000, 200_000, 787_000, 787_000),
    "Information Technology Development Fund": (334_000, 300_000, 525_000, 109_000, 109_000),
    "Fellowship Fund": (1_504_000, 1_200_000, 1_200_000, 1_504_000, 1_070_000),
}
ITEM_18, ITEM_23 = "Item 18, campus running costs", "Item 23, information technology"
FOUR = [
    ("Fellowship Fund, closing 2025-12-31", "table of funds", 107_000_000, 150_400_000, -43_400_000),
    (f"{ITEM_18}, 2022-23 forecast", "summary table", 564_500_000, 549_500_000, 15_000_000),
    (f"{ITEM_23}, 2022-23 budget", "summary table", 320_100_000, 322_900_000, -2_800_000),
    (f"{ITEM_23}, 2022-23 forecast", "summary table", 318_500_000, 291_900_000, 26_600_000),
]
Found = list[tuple[str, str, int, int, int]]


def loaded(session: Session, text: str = FACTS) -> Loaded:
    return load(session, text.encode(), "sample-facts.toml", TEST)


def found(session: Session, as_of: date | None = None) -> Found:
    every = report.found(session, end_of(as_of) if as_of else None)
    return [(one.item, one.where, one.printed, one.other, one.difference) for one in every]


def euros(session: Session, as_of: date | None = None) -> dict[str, tuple[int | None, ...]]:
    """Opening, receipts, payments, closing and printed of each fund, in euros."""
    lines = report.lines(session, report.asked(session, None, None, as_of))
    return {one.fund.name: tuple(map(_euros, _cents(one))) for one in lines}


def _cents(line: report.FundLine) -> tuple[int | None, ...]:
    roll = line.statement.planned
    return roll.opening, roll.receipts, roll.payments, roll.closing, line.statement.printed


def _euros(cents: int | None) -> int | None:
    return cents if cents is None else cents // 100


def rows(session: Session) -> int:
    tables = (Fund, FundEntry, PrintedFigure, FactsLoad, TrailEntry)
    return sum(session.scalar(sa.select(sa.func.count()).select_from(one)) or 0 for one in tables)


def test_three_funds_reconcile_to_the_cent_and_the_fourth_is_shown_as_printed(database: Database) -> None:
    with database.write() as session:
        loaded(session)
        lines = report.lines(session, report.asked(session, None, None))
        differences = {one.fund.name: one.statement.difference for one in lines}
        assert euros(session) == FUNDS
    assert differences == dict.fromkeys(list(FUNDS)[:3], 0) | {"Fellowship Fund": -43_400_000}


def test_exactly_the_four_disagreements_are_found(database: Database) -> None:
    with database.write() as session:
        loaded(session)
        assert found(session) == FOUR


def test_targets_of_room_nights_are_entered_with_their_source(database: Database) -> None:
    with database.write() as session:
        loaded(session)
        target = targets.target(session, 2024)
    assert target is not None
    assert (target.room_nights, target.source) == (25_000, "sample-facts.toml, Campus capacity, target_2024")


def test_the_same_file_again_changes_nothing_even_after_a_correction(database: Database) -> None:
    with database.write() as session:
        loaded(session)
        entry = queries.entries(session)[0]
        wanted = WantedEntry(kind=Kind.OPENING, day=entry.day, cents=5, what=entry.what, planned=True)
        actions.change_entry(session, entry.number, wanted, TEST, "As the auditors found")
        before = rows(session)
        assert loaded(session) == Loaded(None, ())
        assert (rows(session), queries.entry(session, entry.number).cents) == (before, 5)


def test_a_changed_file_makes_new_versions_and_tells_them(database: Database) -> None:
    yesterday = today() - timedelta(days=1)
    changed = FACTS.replace("use_2024_25 = 2_500_000", "use_2024_25 = 2_500_001").replace("3_201", "3_229")
    with database.write() as session:
        with on(yesterday.isoformat()):
            loaded(session)
        told = loaded(session, changed)
        assert told.changes == (
            Change("Campus Improvement Fund, planned payments 2024-2025", 250_000_000, 250_000_100),
            Change(f"{ITEM_23}, 2022-23 budget (summary table)", 320_100_000, 322_900_000),
        )
        assert changes_of(queries.load(session, told.load_id or 0)) == list(told.changes)
        error = ("Campus Improvement Fund, closing 2025-12-31", "table of funds", 728_300_000, 728_299_900, 100)
        assert found(session) == [error, *(one for one in FOUR if "budget" not in one[0])]
        assert (euros(session, yesterday), found(session, yesterday)) == (FUNDS, FOUR)


def test_what_a_file_says_no_more_is_withdrawn_and_other_sections_stay(database: Database) -> None:
    fewer = FACTS[: FACTS.index("[[fund]]")] + FACTS[FACTS.index('[[fund]]\nname = "Innovation Fund"') :]
    with database.write() as session:
        loaded(session)
        told = loaded(session, fewer[: fewer.index("# What the source prints in two places")])
        assert {one.what: (one.before, one.after) for one in told.changes} == {
            "Campus Improvement Fund, opening 2023-12-31": (928_300_000, None),
            "Campus Improvement Fund, planned receipts 2024-2025": (50_000_000, None),
            "Campus Improvement Fund, planned payments 2024-2025": (250_000_000, None),
            "Campus Improvement Fund, closing 2025-12-31 (table of funds)": (728_300_000, None),
        }
        assert found(session) == FOUR


def test_a_wrong_file_writes_nothing(database: Database) -> None:
    with pytest.raises(InvalidInput, match=r"fund\.3\.use_2024_25"), database.write() as session:
        loaded(session, FACTS.replace("use_2024_25 = 1_200_000", 'use_2024_25 = "1.200.000"'))
    with database.read() as session:
        assert rows(session) == 0


def test_a_later_loader_that_refuses_leaves_nothing_behind(database: Database) -> None:
    def refuse(*_: object) -> Told:
        raise InvalidInput("cannot be", place="running_costs_thousand_eur.other")

    with pytest.raises(InvalidInput), database.write() as session:
        load(session, FACTS.encode(), "sample-facts.toml", TEST, {"Running costs": refuse})
    with database.read() as session:
        assert rows(session) == 0


def test_what_other_books_read_of_the_file_is_told(database: Database) -> None:
    with database.write() as session:
        change = Change("Running costs", None, 18, "amounts")
        told = load(session, FACTS.encode(), "sample-facts.toml", TEST, {"costs": lambda *_: Told((change,))})
        assert told.changes[-1] == change


def test_the_discrepancy_follows_a_correction_of_what_is_planned(database: Database) -> None:
    with database.write() as session:
        loaded(session)
        fund = queries.fund(session, "fellowship-fund")
        opening = next(one for one in queries.entries(session, None, fund.id) if one.kind == Kind.OPENING)
        wanted = WantedEntry(
            kind=Kind.OPENING, day=opening.day, cents=107_000_000, what="Balance of the audit", planned=True
        )
        actions.change_entry(session, opening.number, wanted, TEST, "Checked with the auditors")
        assert found(session) == FOUR[1:]
