"""Daily counts: entered once, corrected with a reason, held against the claims."""

from datetime import date, timedelta

import pytest

from campus.counts import actions, queries
from campus.counts.rules import Seen, Standing
from core.database import Database
from core.errors import InvalidInput
from core.i18n import today
from tests.campus.books import TEST, nights, open_campus

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
