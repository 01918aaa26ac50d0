"""`campus facts load`, `campus funds` and `campus discrepancies`, as somebody types them."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from campus.capacity.report import Moment
from campus.money import queries as money
from campus.nights import Nights
from campus.places.models import Pavilion
from campus.renovation.actions import WantedPackage, add_package
from campus.running_costs.report import make_report
from campus.running_costs.rules import Kind
from core.database import Database
from core.i18n import today
from jobs.cli import main

FACTS = Path(__file__).parents[1] / "campus" / "funds" / "facts.toml"
Printed = pytest.CaptureFixture[str]


@pytest.fixture
def books(sqlite_database: Database, configure: Callable[..., None]) -> Database:
    """The published figures are loaded into what the commands open."""
    configure(database_url=sqlite_database.engine.url)
    assert main(["facts", "load", str(FACTS)]) == 0
    return sqlite_database


def told(capsys: Printed, *args: str) -> Any:
    capsys.readouterr()
    assert main(list(args)) == 0
    return json.loads(capsys.readouterr().out)


@pytest.mark.usefixtures("books")
def test_a_script_gets_the_funds_in_cents(capsys: Printed) -> None:
    improvement, *_others, fellowship = told(capsys, "funds", "--json")
    assert improvement == {
        "name": "Campus Improvement Fund",
        "opening": 928_300_000,
        "receipts": 50_000_000,
        "payments": 250_000_000,
        "closing": 728_300_000,
        "printed": 728_300_000,
        "difference": 0,
    }
    assert (fellowship["printed"], fellowship["closing"], fellowship["difference"]) == (
        107_000_000,
        150_400_000,
        -43_400_000,
    )


@pytest.mark.usefixtures("books")
def test_golden_every_fund_of_the_facts_file_adds_up_as_printed_but_one(capsys: Printed) -> None:
    found = {one["name"]: one for one in told(capsys, "funds", "--json")}
    improvement = found["Campus Improvement Fund"]
    opening, receipts, payments = (improvement[key] // 100 for key in ("opening", "receipts", "payments"))
    assert (opening, receipts, payments) == (9_283_000, 500_000, 2_500_000)
    assert opening + receipts - payments == improvement["closing"] // 100 == improvement["printed"] // 100 == 7_283_000
    for one in found.values():
        assert one["opening"] + one["receipts"] - one["payments"] == one["closing"]
        assert one["printed"] - one["closing"] == one["difference"]
    assert [one["difference"] for one in found.values()] == [0, 0, 0, -43_400_000]


@pytest.mark.usefixtures("books")
def test_golden_the_four_disagreements_of_the_facts_file_and_no_others(capsys: Printed) -> None:
    found = [tuple(one.values()) for one in told(capsys, "discrepancies", "--json")]
    item_18, item_23 = "Item 18, campus running costs", "Item 23, information technology"
    assert found == [
        ("Fellowship Fund, closing 2025-12-31", "table of funds", 107_000_000, 150_400_000, -43_400_000),
        (f"{item_18}, 2022-23 forecast", "summary table", 564_500_000, 549_500_000, 15_000_000),
        (f"{item_23}, 2022-23 budget", "summary table", 320_100_000, 322_900_000, -2_800_000),
        (f"{item_23}, 2022-23 forecast", "summary table", 318_500_000, 291_900_000, 26_600_000),
    ]
    assert all(printed - other == difference for _item, _where, printed, other, difference in found)


def test_golden_one_facts_file_fills_running_costs_and_the_money_of_works(books: Database, capsys: Printed) -> None:
    with books.write() as session:
        sources = {one.name: money.standing(session)[one.id] for one in money.sources(session)}
        assert {name: (one.pledged, one.received) for name, one in sources.items()} == {
            "Host government": (800_000_000, 800_000_000),
            "Own contribution of the centre": (50_000_000, 0),
        }
        totals = [
            make_report(session, Nights(date(first, 1, 1), date(first + 2, 1, 1)), Moment.now()).total.figures[kind]
            for first, kind in ((2022, Kind.BUDGET), (2022, Kind.FORECAST), (2024, Kind.BUDGET))
        ]
        assert [one.cents for one in totals] == [472_300_000, 549_500_000, 494_000_000]
        pavilion = Pavilion(slug="americas-2", name="Americas 2", uses=["hotel"], area_m2=1000, invented=True)
        session.add(pavilion)
        session.flush()
        package = add_package(session, WantedPackage(name="Sample works", pavilion_id=pavilion.id), "test")
    assert main(["facts", "load", str(FACTS)]) == 0  # what was left out has its place now
    assert "300,000.00 EUR" in capsys.readouterr().out
    with books.read() as session:
        (budget,) = money.budgets(session, package.id)
        lines = {kind: cents for (kind, _year), cents in money.budget_lines(session, [budget])[budget.id].items()}
    assert lines == {"design": 30_000_000, "works": 200_000_000, "control": 20_000_000}
    assert 250_000_000 - lines["works"] - lines["control"] == lines["design"]


@pytest.mark.usefixtures("books")
def test_another_period_and_what_really_happened_can_be_asked_for(capsys: Printed) -> None:
    (first, *_) = told(
        capsys, "funds", "--json", "--figures", "actual", "--first", "2024-01-01", "--last", "2024-12-31"
    )
    assert (first["opening"], first["receipts"], first["printed"], first["difference"]) == (928_300_000, 0, None, None)


@pytest.mark.usefixtures("books")
def test_before_the_file_was_loaded_nothing_was_known(capsys: Printed) -> None:
    yesterday = (today() - timedelta(days=1)).isoformat()
    assert told(capsys, "discrepancies", "--json", "--as-of", yesterday) == []
    assert {one["closing"] for one in told(capsys, "funds", "--json", "--as-of", yesterday)} == {0}


@pytest.mark.usefixtures("books")
def test_people_get_tables(capsys: Printed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    assert main(["funds"]) == 0
    assert main(["discrepancies"]) == 0
    said = capsys.readouterr().out
    assert all(text in said for text in ("7,283,000.00", "-434,000.00", "+150,000.00"))


def test_loading_tells_each_change_and_a_trial_changes_nothing(
    sqlite_database: Database, configure: Callable[..., None], capsys: Printed
) -> None:
    configure(database_url=sqlite_database.engine.url)
    assert main(["facts", "load", "--dry-run", str(FACTS)]) == 0
    assert capsys.readouterr().out.endswith("60 changes to come\n")
    assert told(capsys, "funds", "--json") == []
    assert main(["discrepancies"]) == 0
    assert main(["facts", "load", str(FACTS)]) == 0
    assert main(["facts", "load", str(FACTS)]) == 0
    said = capsys.readouterr().out
    assert "left out: renovation_funding.americas_2: there is no pavilion of this name" in said
    assert all(text in said for text in ("no discrepancy", "9,283,000.00 EUR", "25,000 room-nights"))
    assert said.endswith("nothing changes\n")


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["facts", "load", "missing.toml"], "missing.toml: cannot be read"),
        (["funds", "--first", "soon"], "--first: must be a date"),
        (["funds", "--as-of", (today() + timedelta(days=1)).isoformat()], "--as-of: must not lie in the future"),
        (["funds", "--first", "2025-01-02", "--last", "2025-01-01"], "last: must not come before the first day"),
        (["discrepancies", "--as-of", "2024"], "--as-of: must be a date"),
    ],
)
@pytest.mark.usefixtures("books")
def test_wrong_use_is_told_with_its_place(args: list[str], said: str, capsys: Printed) -> None:
    assert main(args) == 3
    assert said in capsys.readouterr().err


@pytest.mark.usefixtures("books")
def test_a_wrong_file_is_refused_with_file_and_place(tmp_path: Path, capsys: Printed) -> None:
    wrong = tmp_path / "wrong.toml"
    wrong.write_text(FACTS.read_text(encoding="utf-8").replace("= 9_283_000", '= "9.283.000"'), encoding="utf-8")
    assert main(["facts", "load", str(wrong)]) == 3
    assert f"{wrong}: fund.0.opening_2023_12_31: must be a whole number" in capsys.readouterr().err
    assert told(capsys, "funds", "--json")[0]["opening"] == 928_300_000


@pytest.mark.usefixtures("books")
def test_a_period_of_one_end_is_filled_in(capsys: Printed) -> None:
    assert told(capsys, "funds", "--json", "--first", "2026-01-01", "--figures", "actual")[0]["printed"] is None
