"""Golden: Americas 2 as published. Its money in the sample is that of the facts, to the cent."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from campus.funds import facts
from campus.money import queries
from campus.money.performance import performance
from campus.money.rules import by_cost_type
from campus.places.models import Pavilion
from campus.reimbursements import queries as reimbursements
from campus.renovation import queries as works
from campus.sample import works_money as sample
from core import clock
from core.database import Database
from core.i18n import today
from tests.campus.books import TEST

EURO = 100
FACTS = Path(__file__).parent.parent / "funds" / "facts.toml"


@pytest.fixture
def books(database: Database, monkeypatch: pytest.MonkeyPatch) -> Database:
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 3, 10, 11, tzinfo=UTC))
    with database.write() as session:
        session.add(Pavilion(slug="americas-2", name="Americas 2", uses=["hotel"], area_m2=1000, invented=True))
        session.flush()
        sample.write_money(session, TEST)
    return database


def test_the_sources_are_those_of_the_facts(books: Database) -> None:
    found = facts.read(FACTS.read_bytes()).renovation_funding["americas_2"]
    with books.read() as session:
        sums = queries.standing(session)
        names = {one.name: sums[one.id] for one in queries.sources(session)}
    assert names["Host government"].pledged == found.host_government * EURO == 8_000_000_00
    assert names["Own contribution of the centre"].pledged == found.own_contribution * EURO == 500_000_00
    assert sum(one.received for one in names.values()) == 8_500_000_00
    assert all(one.paid <= one.committed <= one.allocated <= one.pledged for one in names.values())


def test_the_plan_of_2024_25_leaves_300_000_for_design_and_consultants(books: Database) -> None:
    found = facts.read(FACTS.read_bytes()).renovation_funding["americas_2"]
    with books.read() as session:
        package = works.packages(session)[0]
        first = queries.budgets(session, package.id)[0]
        lines = queries.budget_lines(session, [first])[first.id]
    planned = by_cost_type((kind, cents) for (kind, year), cents in lines.items() if year in (2024, 2025))
    assert sum(planned.values()) == found.planned_spend_2024_25 * EURO == 2_500_000_00
    assert planned["works"] == found.planned_works_contracts * EURO == 2_000_000_00
    assert planned["control"] == found.planned_project_control * EURO == 200_000_00
    assert planned["design"] == found.planned_design_and_consultants * EURO == 300_000_00
    spent_before = sum(cents for (_kind, year), cents in lines.items() if year < 2024)
    assert 8_500_000_00 - spent_before == found.reserved_at_2023_12_31 * EURO


def test_the_whole_budget_is_what_is_pledged(books: Database) -> None:
    with books.read() as session:
        value = performance(session, works.packages(session)[0].id, today()).value
    assert value.bac == 8_500_000_00
    assert value.ac > 0


def test_the_city_pays_back_180_000_a_year_until_2026(books: Database) -> None:
    found = facts.read(FACTS.read_bytes()).running_costs_thousand_eur
    assert found is not None
    with books.read() as session:
        (line,) = reimbursements.lines(session)
    yearly = found.city_contribution_to_extraordinary_maintenance_per_year * facts.THOUSAND
    assert [(one.year, one.agreed) for one in line.years] == [(year, yearly) for year in range(2022, 2027)]
    assert all(one.received <= one.claimed <= min(one.spent, one.agreed) for one in line.years)
    assert [one.year for one in line.open(today())] == [2025]
