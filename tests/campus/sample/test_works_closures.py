"""The sample's works on Americas 2 close its rooms by a rule that agrees with the claims."""

from datetime import timedelta

import pytest

from campus.closures import queries, reading, scenarios
from campus.occupancy.rules import Kind
from campus.renovation import actions as works
from campus.renovation.actions import WantedMilestone, WantedPackage
from campus.renovation.network import Span, Wanted
from campus.sample.works_closures import BUILDING, DAYS_AFTER, FIRST, LAST, SLUG, write_closures
from core.database import Database
from tests.campus.books import TEST, Campus, open_campus
from tests.campus.closures.works import day


@pytest.fixture
def campus(sqlite_database: Database) -> Campus:
    """The second pavilion is closed from a month ago until a week after it is handed over."""
    with sqlite_database.write() as session:
        campus = open_campus(session, 4)
        for room in (1, 3):
            until = day(100 + DAYS_AFTER + 1).isoformat()
            campus.claim(session, Kind.EXTENDED_CLOSURE, room, day(-30).isoformat(), until)
    return campus


def test_rule_claims_and_a_what_if_are_written(sqlite_database: Database, campus: Campus) -> None:
    with sqlite_database.write() as session:
        package = works.add_package(
            session, WantedPackage(name="Sample works", slug=SLUG, pavilion_id=campus.pavilions[1]), TEST
        )
        for name, first, last in ((FIRST, -30, -20), (BUILDING, -19, 90), (LAST, 100, 100)):
            planned = Wanted(Span(day(first), day(last)), begun=first < 0, ended=last < 0)
            works.add_milestone(session, package, WantedMilestone(name=name), planned, TEST)
        assert write_closures(session, TEST) == 2
        (standing,) = reading.standings(session)
        assert standing.matches
        plan, late = scenarios.compare(session, queries.scenarios(session))
        assert plan.lost == 0
        assert late.spans
        assert {span.finish for span in late.spans.values()} == {day(90) + timedelta(weeks=6)}


def test_without_the_works_nothing_is_written(sqlite_database: Database, campus: Campus) -> None:
    with sqlite_database.write() as session:
        assert write_closures(session, TEST) == 0
        works.add_package(session, WantedPackage(name="Bare", slug=SLUG, pavilion_id=campus.pavilions[1]), TEST)
        assert write_closures(session, TEST) == 0
