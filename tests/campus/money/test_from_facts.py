"""The funding of works from a copy of the facts: what is pledged, received and planned, and what has no place yet."""

from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.funds.loading import Change, LeftOut, Loaded, Why, changes_of, left_out_of
from campus.funds.models import FactsLoad
from campus.money import budgets, queries, sources
from campus.money.from_facts import GOVERNMENT, OWN
from campus.money.models import BudgetLine, FundingSource, Pledge, SourceReceipt
from campus.money.sources import WantedAllocation
from campus.places.models import Pavilion
from campus.published import load_facts
from campus.renovation import actions as works
from campus.renovation.actions import WantedPackage
from campus.renovation.models import WorksPackage
from core.database import Database
from core.errors import InvalidInput
from core.trail import TrailEntry
from tests.campus.books import TEST

FACTS = (Path(__file__).parents[1] / "funds" / "facts.toml").read_text(encoding="utf-8")
EURO = 100
PLANNED = {("design", 2025): 300_000_00, ("works", 2025): 2_000_000_00, ("control", 2025): 200_000_00}


def load(session: Session, text: str = FACTS) -> Loaded:
    return load_facts(session, text.encode(), "sample-facts.toml", TEST)


def of_works(loaded: Loaded) -> list[Change]:
    """What a file changed of the works' money."""
    return [one for one in loaded.changes if one.what.startswith((GOVERNMENT, OWN, "Sample works"))]


def americas_2(session: Session) -> WorksPackage:
    pavilion = session.scalar(sa.select(Pavilion))
    if pavilion is None:
        pavilion = Pavilion(slug="americas-2", name="Americas 2", uses=["hotel"], area_m2=1000, invented=True)
        session.add(pavilion)
        session.flush()
    return works.add_package(session, WantedPackage(name="Sample works", pavilion_id=pavilion.id), TEST)


def planned(session: Session, package: WorksPackage) -> dict[tuple[str, int], int]:
    """The last budget."""
    last = queries.budgets(session, package.id)[-1]
    return queries.budget_lines(session, [last])[last.id]


def rows(session: Session) -> int:
    tables = (FundingSource, Pledge, SourceReceipt, BudgetLine, FactsLoad, TrailEntry)
    return sum(session.scalar(sa.select(sa.func.count()).select_from(one)) or 0 for one in tables)


def test_pledges_the_receipt_and_the_budget_of_2024_25_come_with_the_file(database: Database) -> None:
    with database.write() as session:
        package = americas_2(session)
        loaded = load(session)
        standing = {one.name: queries.standing(session)[one.id] for one in queries.sources(session)}
        assert {name: (one.pledged, one.received) for name, one in standing.items()} == {
            GOVERNMENT: (8_000_000_00, 8_000_000_00),
            OWN: (500_000_00, 0),
        }
        assert planned(session, package) == PLANNED
        assert sum(PLANNED.values()) == 2_500_000_00
        assert loaded.left_out == ()
        assert of_works(loaded) == [
            Change("Host government, pledged", None, 8_000_000_00),
            Change("Own contribution of the centre, pledged", None, 500_000_00),
            Change("Host government, received", None, 8_000_000_00),
            Change("Sample works, budget 2024-25, design", None, 300_000_00),
            Change("Sample works, budget 2024-25, works", None, 2_000_000_00),
            Change("Sample works, budget 2024-25, control", None, 200_000_00),
        ]
        before = rows(session)
        assert (load(session), rows(session)) == (Loaded(None), before)
        assert of_works(load(session, FACTS + "\n# another file that says the same\n")) == []


def test_a_budget_without_a_place_is_told_and_loaded_once_there_is_one(database: Database) -> None:
    place = "renovation_funding.americas_2"
    with database.write() as session:
        first = load(session)
        assert first.left_out == (LeftOut(place, Why.NO_PAVILION),)
        made = session.scalars(sa.select(FactsLoad)).one()
        assert left_out_of(made) == list(first.left_out)
        pledge = queries.source(session, "host-government")
        sources.pledge(session, pledge, 7_900_000_00, made.at.date(), TEST, "As the treaty says")
        before = rows(session)
        assert (load(session), rows(session)) == (Loaded(None, (), first.left_out), before)
        package = americas_2(session)
        again = load(session)
        assert (again.left_out, len(again.changes)) == ((), 3)
        assert planned(session, package) == PLANNED
        assert queries.pledged(session, pledge.id) == 7_900_000_00  # what people corrected since stays
        assert load(session) == Loaded(None)
        assert [len(changes_of(one)) for one in session.scalars(sa.select(FactsLoad).order_by(FactsLoad.id))] == [60, 3]


def test_of_several_works_on_a_pavilion_none_is_guessed(database: Database) -> None:
    with database.write() as session:
        first = americas_2(session)
        americas_2_again = WantedPackage(name="Sample roof", pavilion_id=first.pavilion_id)
        works.add_package(session, americas_2_again, TEST)
        assert [one.why for one in load(session).left_out] == [Why.SEVERAL_PACKAGES]
        assert queries.budgets(session, first.id) == []


def test_another_file_changes_what_it_says_and_leaves_the_rest_of_a_budget(database: Database) -> None:
    with database.write() as session:
        package = americas_2(session)
        load(session)
        parted = {("works", 2024): 500_000_00, ("works", 2025): 1_500_000_00, ("works", 2026): 7_00}
        parted |= {("design", 2025): 300_000_00, ("control", 2025): 200_000_00, ("contingency", 2025): 9_00}
        budgets.approve(session, package, parted, TEST, "Parted by year")
        assert of_works(load(session, FACTS.replace("use_2024_25 = 200_000", "use_2024_25 = 200_001"))) == []
        more = FACTS.replace("planned_spend_2024_25 = 2_500_000", "planned_spend_2024_25 = 2_600_000")
        told = load(session, more.replace("own_contribution = 500_000", "own_contribution = 600_000"))
        assert of_works(told) == [
            Change("Own contribution of the centre, pledged", 500_000_00, 600_000_00),
            Change("Sample works, budget 2024-25, design", 300_000_00, 400_000_00),
        ]
        assert planned(session, package) == parted | {("design", 2025): 400_000_00}
        assert len(queries.budgets(session, package.id)) == 3


def test_what_people_booked_as_received_is_not_booked_again(database: Database) -> None:
    with database.write() as session:
        load(session)
        government = queries.source(session, "host-government")
        (receipt,) = queries.receipts(session, government.id)
        sources.reverse_receipt(session, receipt.number, TEST, "In two parts")
        for cents in (3_000_000_00, 5_000_000_00):
            sources.receive(session, government, cents, receipt.day, "Part", TEST)
        sources.change_source(session, government, "Sample ministry", None, TEST)
        assert of_works(load(session, FACTS + "\n#\n")) == []
        fewer = FACTS.replace("contribution of 8,000,000", "contribution of 7,000,000")
        assert LeftOut("renovation.2.milestones.1", Why.MORE_RECEIVED) in load(session, fewer).left_out
        later = FACTS.replace('received", date = "2023"', 'received", date = "soon"')
        assert LeftOut("renovation.2.milestones.1", Why.NOT_OVER) in load(session, later).left_out
        assert queries.standing(session)[government.id].received == 8_000_000_00


def lower(session: Session) -> None:
    """The government pays for more than the file then says that it has pledged."""
    wanted = WantedAllocation(package_id=americas_2(session).id, cost_type="works", cents=8_000_000_00)
    sources.allocate(session, queries.source(session, "host-government"), wanted, TEST)


@pytest.mark.parametrize(
    ("changed", "place", "prepared"),
    [
        ("host_government = 7_000_000", "renovation_funding: Host government", lower),
        ('host_government = "8.000.000"', "renovation_funding.americas_2.host_government", lambda _session: None),
    ],
)
def test_a_file_that_cannot_be_loads_nothing_at_all(
    database: Database, changed: str, place: str, prepared: Callable[[Session], None]
) -> None:
    with database.write() as session:
        load(session)
        prepared(session)
        before = rows(session)
    text = FACTS.replace("host_government = 8_000_000", changed).replace("cleaning = [465,", "cleaning = [466,")
    with pytest.raises(InvalidInput, match=place), database.write() as session:
        load(session, text)
    with database.read() as session:
        assert rows(session) == before
