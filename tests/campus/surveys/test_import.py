"""Earlier surveys from files."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from campus.feedback.comments.models import Comment
from campus.feedback.figures import closing
from campus.feedback.quarters import quarter_of
from campus.feedback.responses.models import Answer, Response
from campus.surveys import actions, mapping, queries
from campus.surveys.models import SurveyImport
from campus.surveys.plan import Plan, make_plan
from core.database import Database
from core.errors import Conflict, InvalidInput
from core.i18n import today
from tests.campus.books import TEST, open_campus
from tests.campus.feedback import guests
from tests.campus.sample_surveys import FINE, LONG_AGO, STRANGE, carry_out, lines, uploaded

VERY_GOOD = {"room_comfort": {"Very good": "5", "Good": "4"}}


@pytest.fixture
def books(database: Database) -> Database:
    with database.write() as session:
        open_campus(session)
        guests.published(session)
    return database


def _plan(database: Database, content: bytes, **chosen: object) -> Plan:
    with database.write() as session:
        found = uploaded(session, content)
        asked, sheet = queries.content_of(session, found), queries.sheet_of(found)
        choices = mapping.Choices(**{**found.choices, **chosen})  # type: ignore[arg-type]
        return make_plan(session, found.version_id, asked, sheet, choices)


def test_columns_are_known_by_the_question_in_any_language_and_every_row_becomes_a_response(books: Database) -> None:
    with books.write() as session:
        found = uploaded(session, FINE.replace(b"your room?", b"your room? (it)"))
        assert carry_out(session, found) == 12
        assert session.scalar(sa.select(sa.func.count()).select_from(Response)) == 12
        assert session.scalar(sa.select(sa.func.count()).select_from(Answer)) == 36
        assert {one.weekday() for one in session.scalars(sa.select(Response.week))} == {0}
        assert found.content is None


def test_rows_that_cannot_be_understood_are_named_with_their_field(books: Database) -> None:
    plan = _plan(books, STRANGE)

    told = [(one.row, one.column) for one in plan.problems]
    assert told == [(2, "room_comfort"), (3, "pavilion"), (4, "room_comfort")]
    assert "near to it" not in plan.problems[1].message


def test_a_person_says_what_strange_answers_mean(books: Database) -> None:
    plan = _plan(books, STRANGE, values=VERY_GOOD)

    assert [(row.number, dict(row.given.answers)) for row in plan.rows] == [
        (2, {"room_comfort": "5", "food": "5", "recommend": "9"})
    ]
    assert [(one.row, one.column) for one in plan.problems] == [(3, "pavilion"), (4, "recommend")]


def test_what_is_the_same_for_all_rows_stands_in_for_empty_cells(books: Database) -> None:
    content = b"recommend;Building\r\n9;\r\n3;sample-south\r\n"
    same = {"date": LONG_AGO, "language": "it", "pavilion": "Sample North"}
    plan = _plan(books, content, same=same)

    pavilions = [row.given.pavilion_id for row in plan.rows]
    assert len(set(pavilions)) == 2
    assert {row.given.language for row in plan.rows} == {"it"}


def test_refused_rows_leave_everything_as_it_was_unless_one_agrees(books: Database) -> None:
    with books.write() as session, pytest.raises(Conflict, match="refused"):
        carry_out(session, uploaded(session, STRANGE), values=VERY_GOOD)
    with books.write() as session:
        assert carry_out(session, uploaded(session, STRANGE), values=VERY_GOOD, only_fine=True) == 1


def test_what_guests_wrote_is_redacted_as_it_comes_in(books: Database) -> None:
    with books.write() as session:
        carry_out(session, uploaded(session, lines(f"{LONG_AGO};en;;4;4;9;Write to guest@example.org please")))
        [text] = session.scalars(sa.select(Comment.text))
    assert "guest@example.org" not in text


def test_nothing_comes_into_a_closed_quarter(books: Database) -> None:
    with books.write() as session:
        closing.close(session, quarter_of(today()).plus(-12), TEST)
    plan = _plan(books, FINE)

    assert plan.rows == []
    assert "closed" in plan.problems[0].message


def test_days_to_come_and_dates_with_two_readings_are_refused(books: Database) -> None:
    tomorrow = today() + timedelta(days=1)
    plan = _plan(books, lines(f"{tomorrow};en;;4;4;9;", "03/04/2023;en;;4;4;9;"))

    assert [(one.row, one.column) for one in plan.problems] == [(2, "date"), (3, "date")]
    read = _plan(books, lines("03/04/2023;en;;4;4;9;"), order="day first")
    assert [str(row.day) for row in read.rows] == ["2023-04-03"]


def test_an_import_is_undone_until_its_figures_are_published(books: Database) -> None:
    with books.write() as session:
        first = uploaded(session, FINE)
        carry_out(session, first)
        with pytest.raises(Conflict, match="imported already"):
            uploaded(session, FINE)
        assert actions.undo(session, first, TEST) == 12
        assert session.scalar(sa.select(sa.func.count()).select_from(Comment)) == 0

        again = uploaded(session, FINE)
        carry_out(session, again)
        closing.close(session, quarter_of(today()).plus(-12), TEST)
        with pytest.raises(Conflict, match="published"):
            actions.undo(session, again, TEST)


def test_the_order_of_the_file_is_not_kept(books: Database) -> None:
    with books.write() as session:
        found = uploaded(session, FINE)
        carry_out(session, found)
        assert found.written == sorted(found.written)


def test_files_that_nobody_brings_in_are_deleted(books: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    with books.write() as session:
        uploaded(session, FINE)
    monkeypatch.setattr(actions, "today", lambda: today() + timedelta(days=3))
    with books.write() as session:
        assert actions.forget(session) == 1
        assert session.scalars(sa.select(SurveyImport)).all() == []


def test_columns_that_cannot_be_are_named(books: Database) -> None:
    with books.write() as session:
        found = uploaded(session, FINE)
        content, headings = queries.content_of(session, found), queries.sheet_of(found).headings
    for columns, place in (
        ({"food": 4}, "date"),
        ({"date": 99, "food": 4}, "date"),
        ({"date": 0, "food": 0}, "food"),
        ({"date": 0, "food": 4}, "language"),
    ):
        with pytest.raises(InvalidInput) as error:
            mapping.check(content, headings, mapping.Choices(columns=columns))
        assert error.value.place == place
