"""The values that the service counts itself, of both halves; and what happens where it cannot."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa

from accessibility.ledger.tickets.conformity import PlatformPages, pages_without_failure
from campus.capacity.report import Moment
from campus.results import actions, built_in, queries, rules
from campus.results.models import IndicatorValue
from core.database import Database
from jobs import indicator_values
from jobs.cli import main
from jobs.indicator_values import MEASURES, record_monthly, record_values
from tests.accessibility.ledger.nights import COURSE, HOME, Nights, audited, not_audited, problem
from tests.accessibility.seeded import history, history_folder  # noqa: F401
from tests.campus.books import TEST
from tests.campus.feedback import guests
from tests.campus.sample_campus import add_campus


@pytest.fixture
def books(database: Database) -> Database:
    """A campus with works, and the built-in indicators without any value."""
    add_campus(database, "works")
    with database.write() as session:
        built_in.add_missing(session, TEST)
    return database


def test_every_measure_has_a_way() -> None:
    assert set(MEASURES) == set(rules.MEASURES)


def test_what_can_be_counted_has_a_value_and_the_rest_says_why_not(books: Database) -> None:
    done = record_monthly(books)
    with books.read() as session:
        last = {line.slug: line.last for line in queries.lines(session, Moment.now())}
    assert done == {"recorded": 2, "not measured": 6, "failed": 0}
    slugs = ("guest-satisfaction", "renovation-progress", "platforms-conformity")
    satisfaction, progress, conformity = (last[slug] for slug in slugs)
    assert satisfaction is not None
    assert progress is not None
    assert conformity is not None
    assert (satisfaction.value, satisfaction.note) == (None, "No quarter of guests' feedback is closed yet.")
    assert progress.value == pytest.approx(4 / 13)
    assert (conformity.value, conformity.note) == (None, "No platform has been audited yet.")


def test_guest_satisfaction_is_that_of_the_newest_closed_quarter_and_says_how_sure_it_is(books: Database) -> None:
    [older, newer] = guests.past_quarters(2)
    with books.write() as session:
        version = guests.published(session)
        for quarter, rating, others in ((older, "1", "2"), (newer, "5", "2")):
            for answer in (rating,) * 9 + (others,) * 3:
                guests.respond(session, version, quarter.first + timedelta(days=20), {"food": answer})
        guests.close_all(session, [older, newer])
    record_values(books)
    with books.read() as session:
        last = queries.line(session, "guest-satisfaction", Moment.now()).last
    assert last is not None
    assert (last.value, last.n) == (0.75, 12)
    assert last.note == f"{newer}, between 46.7% and 91.1% with 95% confidence."


def test_recording_again_on_the_same_day_adds_nothing(books: Database) -> None:
    record_values(books)
    again = record_values(books)
    with books.read() as session:
        count = session.scalar(sa.select(sa.func.count()).select_from(IndicatorValue))
    assert not any(one.new for one in again)
    assert count == len(again)


def test_a_measure_that_fails_is_recorded_as_not_measured_never_as_the_old_value(
    books: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    record_values(books)

    def broken(*_given: object) -> None:
        raise RuntimeError("sample fault")

    monkeypatch.setattr(indicator_values, "MEASURES", {**MEASURES, rules.PROGRESS: broken})
    assert record_monthly(books)["failed"] == 1
    with books.read() as session:
        line = queries.line(session, "renovation-progress", Moment.now())
    assert line.status is rules.Status.NOT_REPORTED
    assert line.last is not None
    assert (line.last.value, line.last.note) == (None, "Could not be measured: sample fault")


def test_a_page_counts_when_it_was_audited_and_shows_no_failure(
    database: Database, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    nights = Nights(database, tmp_path_factory.mktemp("evidence"), monkeypatch)
    nights.run(audited(HOME), audited(COURSE, problem()), not_audited(f"{HOME}away"))
    with database.read() as session:
        found = pages_without_failure(session)
    assert found == [PlatformPages("Sample platform 0", planned=3, seen=2, without_failure=1)]
    assert found[0].incomplete


def test_the_ready_history_gives_a_share_and_names_what_is_incomplete(history: Database) -> None:  # noqa: F811
    record_values(history)
    with history.read() as session:
        line = queries.line(session, "platforms-conformity", Moment.now())
    assert line.last is not None
    assert line.last.value is not None
    assert 0 <= line.last.value < 1
    assert line.last.n
    assert "No failure found by automated tests and reviews on" in line.last.note


def test_the_command_records_and_shows_them(
    sqlite_database: Database,
    configure: Callable[..., None],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    add_campus(sqlite_database, "works")
    with sqlite_database.write() as session:
        built_in.add_missing(session, TEST)
        missing = actions.current(session, "renovation-slip")
        missing.measured_of = "nothing-has-this-name"
    configure(database_url=sqlite_database.engine.url)
    assert main(["results", "record"]) == 2
    said = capsys.readouterr()
    assert "Progress of the renovation" in said.out
    assert "Slip of the renovation" in said.err
