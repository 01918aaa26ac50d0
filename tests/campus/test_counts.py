"""Daily counts: entered once, corrected with a reason, held against the claims."""

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from campus.counts import actions, queries
from campus.counts.rules import Seen, Standing
from campus.occupancy.actions import cancel
from core import clock
from core.database import Database
from core.errors import CampusError, Conflict, InvalidInput
from core.i18n import today
from tests.campus.books import TEST, Campus, nights, open_campus

NIGHT = date(2026, 3, 1)
ONE = nights("2026-03-01", "2026-03-02")


def test_a_count_is_held_against_the_claims_of_its_night(database: Database) -> None:
    with database.write() as session:
        campus = open_campus(session)
        campus.stay(session, 0, "2026-03-01", "2026-03-02", guests=2)
        north, south = campus.pavilions
        assert [line.standing for line in queries.lines(session, ONE)] == [Standing.MISSING] * 2
        actions.enter(session, NIGHT, {north: Seen(1, 2), south: Seen(1, 1)}, TEST)
        lines = queries.lines(session, ONE)
    assert [line.standing for line in lines] == [Standing.AGREES, Standing.DIFFERS]
    assert [line.difference for line in lines] == [0, 1]


def test_an_explanation_holds_until_the_difference_changes(database: Database) -> None:
    with database.write() as session:
        campus = open_campus(session)
        north = campus.pavilions[0]
        actions.enter(session, NIGHT, {north: Seen(1, 1)}, TEST)
        actions.explain(session, north, NIGHT, "arrived late in the evening", TEST)
        assert queries.lines(session, ONE)[0].standing is Standing.EXPLAINED
        campus.stay(session, 0, "2026-03-01", "2026-03-02")
        assert queries.lines(session, ONE)[0].standing is Standing.AGREES
        campus.stay(session, 2, "2026-03-01", "2026-03-02")
        assert queries.lines(session, ONE)[0].standing is Standing.DIFFERS


def test_a_correction_needs_a_reason_and_keeps_what_was_counted_first(database: Database) -> None:
    with database.write() as session:
        north = open_campus(session).pavilions[0]
        actions.enter(session, NIGHT, {north: Seen(1, 1)}, TEST)
    with pytest.raises(InvalidInput, match="reason: a correction needs its reason"), database.write() as session:
        actions.enter(session, NIGHT, {north: Seen(2, 2)}, TEST)
    with database.write() as session:
        actions.enter(session, NIGHT, {north: Seen(2, 2)}, TEST, reason="a room was overlooked")
        assert [(one.rooms, one.reason) for one in queries.versions(session, north, NIGHT)] == [
            (2, "a room was overlooked"),
            (1, ""),
        ]


def test_entering_the_same_again_changes_nothing(database: Database) -> None:
    with database.write() as session:
        north = open_campus(session).pavilions[0]
        actions.enter(session, NIGHT, {north: Seen(1, 1)}, TEST)
        assert actions.enter(session, NIGHT, {north: Seen(1, 1)}, TEST) == []


@pytest.mark.parametrize(
    ("seen", "message"),
    [
        (Seen(3, 3), "Sample North: there are 2 rooms"),
        (Seen(1, 0), "Sample North, guests: a room has 1 to 12 guests"),
        (Seen(-1, 0), "Sample North: there are 2 rooms"),
    ],
)
def test_what_cannot_have_been_seen_is_refused(database: Database, seen: Seen, message: str) -> None:
    with database.write() as session:
        north, south = open_campus(session).pavilions
    with pytest.raises(InvalidInput, match=message), database.write() as session:
        actions.enter(session, NIGHT, {south: Seen(1, 1), north: seen}, TEST)
    with database.read() as session:
        assert queries.current(session, ONE) == {}


def test_a_night_to_come_cannot_be_counted(database: Database) -> None:
    with database.write() as session:
        north = open_campus(session).pavilions[0]
    with pytest.raises(InvalidInput, match="still to come"), database.write() as session:
        actions.enter(session, today() + timedelta(1), {north: Seen(0, 0)}, TEST)


def test_who_looked_at_an_older_count_does_not_overwrite_the_newer_one(database: Database) -> None:
    with database.write() as session:
        north = open_campus(session).pavilions[0]
        (first,) = actions.enter(session, NIGHT, {north: Seen(1, 1)}, TEST, based_on={north: None})
        actions.enter(session, NIGHT, {north: Seen(2, 2)}, TEST, reason="overlooked", based_on={north: first.id})
    for seen_before in (None, first.id):
        with pytest.raises(Conflict, match="Sample North was counted meanwhile: 2 rooms"), database.write() as session:
            actions.enter(session, NIGHT, {north: Seen(0, 0)}, TEST, reason="empty", based_on={north: seen_before})


def test_an_explanation_outlives_a_correction_of_the_guests(database: Database) -> None:
    with database.write() as session:
        north = open_campus(session).pavilions[0]
        actions.enter(session, NIGHT, {north: Seen(1, 1)}, TEST)
        actions.explain(session, north, NIGHT, "arrived late in the evening", TEST)
        actions.enter(session, NIGHT, {north: Seen(1, 2)}, TEST, reason="a second guest")
        assert queries.lines(session, ONE)[0].standing is Standing.EXPLAINED


@pytest.mark.parametrize("explanation", ["", " ", "x" * 501])
def test_an_explanation_is_a_text_of_at_most_500_characters(sqlite_database: Database, explanation: str) -> None:
    with sqlite_database.write() as session:
        north = open_campus(session).pavilions[0]
        actions.enter(session, NIGHT, {north: Seen(1, 1)}, TEST)
        with pytest.raises(InvalidInput, match="1 to 500"):
            actions.explain(session, north, NIGHT, explanation, TEST)


def test_only_a_difference_can_be_explained(sqlite_database: Database) -> None:
    with sqlite_database.write() as session:
        north, south = open_campus(session).pavilions
        actions.enter(session, NIGHT, {north: Seen(0, 0)}, TEST)
        with pytest.raises(Conflict, match="nothing to explain"):
            actions.explain(session, north, NIGHT, "why", TEST)
        with pytest.raises(Conflict, match="not been counted"):
            actions.explain(session, south, NIGHT, "why", TEST)


STEPS = st.lists(
    st.tuples(st.sampled_from(["count", "explain", "stay", "cancel"]), st.integers(0, 3), st.integers(0, 2)),
    min_size=1,
    max_size=14,
)


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(steps=STEPS)
def test_counts_as_known_at_a_past_instant_are_those_that_were_read_then(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch, steps: list[tuple[str, int, int]]
) -> None:
    moment = datetime(2026, 3, 2, 8, tzinfo=UTC)
    with sqlite_database.engine.connect().execution_options(campus_write=True) as connection:
        session = Session(connection, expire_on_commit=False)
        monkeypatch.setattr(clock, "now", lambda: moment)
        campus, printed = open_campus(session), []
        for step in steps:
            moment += timedelta(minutes=1)
            with suppress(CampusError), session.begin_nested():
                _step(session, campus, *step)
            printed.append((moment, _told(session, None)))
        assert [_told(session, at) for at, _then in printed] == [then for _at, then in printed]
        session.rollback()


def _step(session: Session, campus: Campus, what: str, one: int, other: int) -> None:
    pavilion = campus.pavilions[one % 2]
    match what:
        case "count":
            actions.enter(session, NIGHT, {pavilion: Seen(other, other)}, TEST, reason="counted again")
        case "explain":
            actions.explain(session, pavilion, NIGHT, f"reason {one}", TEST)
        case "stay":
            campus.stay(session, one, "2026-02-27", "2026-03-03", guests=1 + other)
        case _:
            cancel(session, 1 + one, TEST, "not needed")


def _told(session: Session, at: datetime | None) -> list[tuple[object, ...]]:
    """What a page says of the night."""
    return [
        (line.pavilion.id, line.rooms, line.claimed, line.standing, line.difference, line.count and line.count.id)
        for line in queries.lines(session, ONE, at=at)
    ]
