"""The sample works agree with the closures that the sample has, then and now."""

from datetime import date, datetime, time, timedelta

import pytest

from campus.known import end_of
from campus.places.models import Pavilion
from campus.renovation import network, overview, queries
from campus.renovation.queries import Plan
from campus.sample import plan as sample
from campus.sample import works_packages
from campus.sample.works_packages import DAYS_AFTER, FIRST, LAST, WORKS, write_packages
from core import clock
from core.database import Database
from core.i18n import zone

NOW = datetime(2026, 11, 21, 12, tzinfo=zone())


@pytest.fixture
def books(sqlite_database: Database, monkeypatch: pytest.MonkeyPatch) -> Database:
    """The sample works, of a day in November 2026."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    with sqlite_database.write() as session:
        for number, one in enumerate(WORKS):
            session.add(Pavilion(slug=f"sample-{number}", name=one.pavilion, uses=[], area_m2=1, invented=True))
        session.flush()
        assert write_packages(session) == len(WORKS)
    return sqlite_database


def named(plan: Plan, package_id: int) -> dict[str, int]:
    return {plan.milestones[key].name: key for key in plan.of(package_id)}


def test_works_lie_where_the_closures_were_known_to_lie(books: Database) -> None:
    with books.read() as session:
        for closure in sample.CLOSURES:
            package = queries.package(session, closure.pavilion.lower().replace(" ", "-"))
            for known, until in closure.ends:
                plan = queries.plan(session, end_of(known))
                keys = named(plan, package.id)
                first, last = plan.placed[keys[FIRST]].span.start, plan.placed[keys[LAST]].span.finish
                free = last + timedelta(days=DAYS_AFTER + 1)
                assert (first, free) == (closure.first, until), (package.slug, known)


def test_the_present_forecast_ends_with_the_present_closure(books: Database) -> None:
    with books.read() as session:
        plan = queries.plan(session)
        lines = {one.package.slug: one for one in overview.lines(session, plan, date(2026, 11, 21))}
        assert lines["americas-2"].finish == date(2027, 2, 21)
        assert lines["americas-2"].slip == 6
        assert lines["americas-2"].overdue == []
        assert lines["africa-10"].ended
        assert lines["africa-11"].ended
        numbers = [one.number for one in queries.baselines(session, lines["americas-2"].package.id)]
        assert numbers == [1, 2]


def test_reports_are_in_order_and_say_what_can_have_been_known() -> None:
    for works in WORKS:
        for _weight, reports in works.milestones.values():
            days = [one.on for one in reports]
            assert days == sorted(days)
            for one in reports:
                network.checked_span(date.fromisoformat(one.start), date.fromisoformat(one.finish), works.name)
                assert not one.state or one.start <= one.on
                assert one.state != "ended" or one.finish <= one.on


def test_what_has_not_come_yet_is_not_written(sqlite_database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    early = datetime.combine(date(2022, 1, 1), time(12), zone())
    monkeypatch.setattr(clock, "now", lambda: early)
    with sqlite_database.write() as session:
        for one in WORKS:
            session.add(Pavilion(slug=one.slug, name=one.pavilion, uses=[], area_m2=1, invented=True))
        session.flush()
        assert write_packages(session) == 2
        assert queries.baselines(session, queries.package(session, "africa-10").id)[0].approved_at < early
        assert max(one.recorded_at for one in queries.last_reports(session).values()) <= early + timedelta(days=1)
        assert works_packages.WORKS[2].slug == "americas-2"
