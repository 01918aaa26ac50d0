"""What works close over a period, as it was known on any day."""

from datetime import timedelta

from campus.capacity.report import Moment
from campus.closures import reading
from campus.closures.closed import closed
from campus.nights import Nights
from campus.renovation import queries as works
from core.database import Database
from core.i18n import today
from tests.campus.sample_campus import add_campus
from tests.campus.sample_closures import SLUG

ALWAYS = Nights(today() - timedelta(days=400), today() + timedelta(days=800))


def test_the_nights_of_the_books_are_counted_and_held_against_the_plan(database: Database) -> None:
    add_campus(database, "closures")
    with database.read() as session:
        (found,) = closed(session, ALWAYS, Moment.now())
        standing = next(one for one in reading.standings(session) if one.package.slug == SLUG)
        assert works.package(session, SLUG).id == found.package.id
    assert found.room_nights == standing.closed > 0
    assert found.plan == standing.closure
    assert found.matches is False  # six weeks late, and nobody confirmed that
    assert found.books is not None
    assert found.plan is not None
    assert (found.plan.until - found.books.until).days == 42


def test_nights_outside_of_the_period_do_not_count(sqlite_database: Database) -> None:
    add_campus(sqlite_database, "closures")
    with sqlite_database.read() as session:
        (whole,) = closed(session, ALWAYS, Moment.now())
        assert whole.books is not None
        parts = [Nights(ALWAYS.first, whole.books.first + timedelta(days=7))]
        parts.append(Nights(parts[0].until, ALWAYS.until))
        found = [closed(session, part, Moment.now())[0].room_nights for part in parts]
    assert sum(found) == whole.room_nights
    assert found[0] == 7 * whole.rooms


def test_before_there_was_a_rule_nothing_closed_and_a_past_day_tells_no_agreement(database: Database) -> None:
    add_campus(database, "closures")
    with database.read() as session:
        yesterday = Moment.evening(today() - timedelta(days=1))
        assert closed(session, ALWAYS, yesterday) == []
