"""Prints: kept for good, equal when they are replayed, and every difference is told where there is one."""

import pytest
import sqlalchemy as sa

from campus.capacity import prints
from campus.capacity.prints import Difference
from campus.capacity.queries import Cut
from campus.capacity.report import Moment, Question
from campus.nights import Nights
from campus.occupancy.models import Claim
from core import trail
from core.database import Database
from core.errors import InvalidInput, NotFound
from tests.campus.books import TEST, nights, open_campus

ASKED = Question(nights("2026-03-01", "2026-05-01"), Cut.PAVILION)


def test_a_print_stays_equal_when_the_books_go_on(database: Database) -> None:
    with database.write() as session:
        campus = open_campus(session)
        campus.stay(session, 0, "2026-03-30", "2026-04-02")
        kept = prints.keep(session, "  Report to the board ", ASKED, Moment.now(), TEST)
    with database.write() as session:
        campus.stay(session, 1, "2026-03-30", "2026-04-02")
        again = prints.get(session, kept.id)
        assert (again.title, again.asked, again.content["total"]["sold"]) == ("Report to the board", ASKED, 3)
        assert prints.replay(session, again) == []
        assert [entry.action for entry in trail.entries(session, "print", kept.id)] == ["print.keep"]


def test_where_somebody_changed_the_past_every_figure_that_differs_is_told(database: Database) -> None:
    with database.write() as session:
        campus = open_campus(session)
        stay = campus.stay(session, 0, "2026-03-30", "2026-04-02")
        kept = prints.keep(session, "Sample", ASKED, Moment.now(), TEST)
        session.execute(sa.update(Claim).where(Claim.id == stay.id).values(guests=2))
        north = str(campus.pavilions[0])
        assert prints.replay(session, kept) == [
            Difference("over", "", "guest_nights", 3, 6),
            Difference("steps", "2026-03-01", "guest_nights", 2, 4),
            Difference("steps", "2026-04-01", "guest_nights", 1, 2),
            Difference("things", north, "guest_nights", 3, 6),
            Difference("total", "", "guest_nights", 3, 6),
        ]


def test_what_only_one_of_two_reports_has_differs_from_nothing() -> None:
    told = list(prints.differences({"total": {}, "things": {"3": {"sold": 2}}}, {"total": {"held": 1}}))
    assert told == [Difference("things", "3", "sold", 2, 0), Difference("total", "", "held", 0, 1)]


def test_the_database_itself_keeps_prints_as_they_are(database: Database) -> None:
    with database.write() as session:
        open_campus(session)
        prints.keep(session, "Sample", ASKED, Moment.now(), TEST)
    for statement in ("DELETE FROM capacity_print", "UPDATE capacity_print SET title = 'other'"):
        with pytest.raises(sa.exc.IntegrityError, match="never changed or deleted"), database.write() as session:
            session.execute(sa.text(statement))


def test_prints_are_listed_the_newest_first(database: Database) -> None:
    with database.write() as session:
        for number in range(3):
            asked = Question(Nights.year(2026 + number))
            prints.keep(session, f"Sample {number}", asked, Moment.now(), TEST)
        found, total = prints.prints(session, offset=1, limit=1)
        assert ([one.title for one in found], total) == (["Sample 1"], 3)
        with pytest.raises(NotFound, match="no such print"):
            prints.get(session, 99)
        with pytest.raises(InvalidInput, match="title: must be 1 to 200 characters"):
            prints.keep(session, " ", ASKED, Moment.now(), TEST)
