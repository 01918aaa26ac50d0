"""Closed months: figures that are kept, and adjustments that lead from them to the present ones."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from campus.blocks import actions as blocks
from campus.counts import actions as counts
from campus.counts import queries as count_queries
from campus.counts.rules import Seen
from campus.months import queries
from campus.months.actions import close_month
from campus.months.rules import FIGURES, before, nights_of
from campus.occupancy import actions
from campus.occupancy import queries as occupancy
from campus.occupancy.models import Block
from campus.occupancy.rules import Kind
from core import clock
from core.database import Database
from core.errors import Conflict, InvalidInput, NotFound
from tests.campus.books import TEST, Campus, nights, on, open_campus

FEBRUARY = date(2026, 2, 1)
NOW = datetime(2026, 3, 10, 9, tzinfo=UTC)
WHY = "Found in the lists."


@pytest.fixture(autouse=True)
def _in_march(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


def count_as_claimed(session: Session, month: date = FEBRUARY) -> None:
    """Every night of a month counted as it is claimed."""
    seen: dict[date, dict[int, Seen]] = {}
    for line in count_queries.lines(session, nights_of(month)):
        seen.setdefault(line.night, {})[line.pavilion.id] = line.claimed
    for night, by_pavilion in seen.items():
        counts.enter(session, night, by_pavilion, TEST)


def closed(session: Session, rooms: int = 4) -> Campus:
    """A campus whose February is closed, with two stays in it; the second goes on into March."""
    campus = open_campus(session, rooms)
    campus.stay(session, 0, "2026-02-10", "2026-02-15", guests=2)
    campus.stay(session, 1, "2026-02-26", "2026-03-03")
    count_as_claimed(session)
    close_month(session, FEBRUARY, TEST)
    return campus


def test_a_month_closes_when_all_is_counted_and_explained(database: Database) -> None:
    with database.write() as session:
        north, south = open_campus(session).pavilions
        for night in list(nights_of(FEBRUARY))[1:]:
            counts.enter(session, night, {north: Seen(0, 0), south: Seen(0, 0)}, TEST)
    refusal = "2 counts of this month are missing or unexplained; the first: Sample North, 1 Feb 2026"
    with pytest.raises(Conflict, match=refusal), database.write() as session:
        close_month(session, FEBRUARY, TEST)
    with database.write() as session:
        counts.enter(session, FEBRUARY, {north: Seen(0, 0), south: Seen(1, 1)}, TEST)
        counts.explain(session, south, FEBRUARY, "a guard slept there", TEST)
        close_month(session, FEBRUARY, TEST)
        assert list(queries.closed(session, nights_of(FEBRUARY))) == [FEBRUARY]
    with pytest.raises(Conflict, match="closed already"), database.write() as session:
        close_month(session, FEBRUARY, TEST)


def test_only_a_month_that_is_over_and_had_rooms_can_be_closed(sqlite_database: Database) -> None:
    with sqlite_database.write() as session:
        open_campus(session)
    for month, message in ((date(2026, 3, 1), "month that is over"), (date(2026, 2, 2), "month that is over")):
        with pytest.raises(InvalidInput, match=message), sqlite_database.write() as session:
            close_month(session, month, TEST)
    with pytest.raises(Conflict, match="no rooms in this month"), sqlite_database.write() as session:
        close_month(session, date(2019, 1, 1), TEST)


def test_a_closed_month_keeps_the_figures_of_its_closing(database: Database) -> None:
    with database.write() as session:
        closed(session)
        found = queries.statement(session, FEBRUARY)
    assert {name: value for name, value in found.month.figures.items() if value} == {
        "sold": 8,
        "guest_nights": 13,
        "counted": 8,
        "guests_counted": 13,
    }
    assert (found.present, found.unexplained) == (found.month.figures, {})


def hold_before(session: Session, campus: Campus, rooms: dict[tuple[int, date], int]) -> Block:
    with on("2026-02-01"):
        return blocks.hold(session, campus.block(), rooms, TEST)


def test_without_a_reason_nothing_of_a_closed_month_can_be_changed(database: Database) -> None:
    with database.write() as session:
        campus = closed(session)
        claim = campus.stay(session, 2, "2026-03-01", "2026-03-05")
    north = campus.pavilions[0]
    for change in (
        lambda session: counts.enter(session, date(2026, 2, 3), {north: Seen(1, 1)}, TEST),
        lambda session: campus.stay(session, 2, "2026-02-03", "2026-02-04"),
        lambda session: actions.change_nights(session, claim.number, nights("2026-02-27", "2026-03-05"), TEST, " "),
        lambda session: hold_before(session, campus, {(campus.types[0], date(2026, 2, 20)): 1}),
    ):
        with pytest.raises(InvalidInput, match=r"reason: .*needs its reason"), database.write() as session:
            change(session)
    with database.read() as session:
        found = queries.statement(session, FEBRUARY)
        assert (found.adjustments, found.unexplained) == ([], {})


def test_a_claim_that_only_ends_before_the_closed_month_needs_no_reason(sqlite_database: Database) -> None:
    with sqlite_database.write() as session:
        campus = closed(session)
        campus.stay(session, 2, "2026-01-30", "2026-02-01")
        campus.stay(session, 2, "2026-03-01", "2026-03-02")
        assert queries.adjustments(session, FEBRUARY) == []


def test_a_change_is_an_adjustment_of_the_nights_that_lie_in_the_month(database: Database) -> None:
    with database.write() as session:
        closed(session)
        stay = occupancy.claim(session, 2)
        actions.change_nights(session, stay.number, nights("2026-02-27", "2026-03-06"), TEST, WHY)
        (one,) = queries.adjustments(session, FEBRUARY)
    assert (one.subject, one.number, one.why, one.recorded_by) == ("claim", 2, WHY, TEST)
    assert one.changes == {"sold": -1, "guest_nights": -1}


def test_a_move_or_a_name_for_another_guest_is_told_though_no_figure_changes(database: Database) -> None:
    with database.write() as session:
        campus = closed(session)
        actions.move(session, 1, campus.rooms[2], TEST, WHY)
        assert [one.changes for one in queries.adjustments(session, FEBRUARY)] == [{}]


def test_a_stay_entered_late_with_its_reason_is_an_adjustment(database: Database) -> None:
    with database.write() as session:
        campus = closed(session)
        wanted = actions.Wanted(
            kind=Kind.OUT_OF_ORDER, room_id=campus.rooms[2], nights=nights("2026-01-30", "2026-02-04")
        )
        actions.claim_room(session, wanted, TEST, reason=WHY)
        (one,) = queries.adjustments(session, FEBRUARY)
    assert one.changes == {"out_of_order": 3}


def test_a_change_over_two_closed_months_is_an_adjustment_of_each(sqlite_database: Database) -> None:
    with sqlite_database.write() as session:
        campus = closed(session)
        count_as_claimed(session, before(FEBRUARY))
        close_month(session, before(FEBRUARY), TEST)
        wanted = actions.Wanted(kind=Kind.HOUSE_USE, room_id=campus.rooms[2], nights=nights("2026-01-30", "2026-02-02"))
        actions.claim_room(session, wanted, TEST, reason=WHY)
        months = [queries.adjustments(session, month)[0].changes for month in (before(FEBRUARY), FEBRUARY)]
    assert months == [{"house_use": 2}, {"house_use": 1}]


def test_a_block_of_a_closed_month_that_is_cancelled_takes_its_rooms_out(sqlite_database: Database) -> None:
    with sqlite_database.write() as session:
        campus = open_campus(session)
        held = {(campus.types[0], date(2026, 2, 27)): 1, (campus.types[0], date(2026, 3, 27)): 1}
        block = hold_before(session, campus, held)
        count_as_claimed(session)
        close_month(session, FEBRUARY, TEST)
        blocks.cancel(session, block.number, TEST, WHY)
        found = queries.statement(session, FEBRUARY)
    assert (found.month.figures["contracted"], found.adjusted["contracted"], found.present["contracted"]) == (1, -1, 0)


CHANGES = st.lists(
    st.tuples(
        st.sampled_from(["stay", "out of order", "nights", "move", "cancel", "no show", "swap", "count"]),
        st.integers(0, 3),
        st.integers(-3, 30),
        st.integers(1, 12),
    ),
    max_size=12,
)


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(changes=CHANGES)
def test_closed_figures_and_adjustments_always_make_the_present_figures(
    sqlite_database: Database, changes: list[tuple[str, int, int, int]]
) -> None:
    with sqlite_database.engine.connect().execution_options(campus_write=True) as connection:
        session = Session(connection, expire_on_commit=False)
        campus = closed(session)
        for change in changes:
            _try(session, campus, *change)
        found = queries.statement(session, FEBRUARY)
        assert found.unexplained == {}
        kept = found.month.figures
        assert {name: kept[name] + found.adjusted[name] for name in FIGURES} == found.present
        session.rollback()


def _try(session: Session, campus: Campus, what: str, room: int, start: int, length: int) -> None:
    """One change around February; what the books refuse changes nothing."""
    first = FEBRUARY + timedelta(days=start)
    span = nights(first.isoformat(), (first + timedelta(days=length)).isoformat())
    number = 1 + length % 3
    try:
        with session.begin_nested():
            match what:
                case "stay":
                    wanted = {"party_id": campus.party, "segment_id": campus.segments[0], "guests": 2}
                    claim = actions.Wanted(kind=Kind.STAY, room_id=campus.rooms[room], nights=span, **wanted)  # type: ignore[arg-type]
                    actions.claim_room(session, claim, TEST, reason=WHY)
                case "out of order":
                    claim = actions.Wanted(kind=Kind.OUT_OF_ORDER, room_id=campus.rooms[room], nights=span)
                    actions.claim_room(session, claim, TEST, reason=WHY)
                case "nights":
                    actions.change_nights(session, number, span, TEST, WHY)
                case "move":
                    actions.move(session, number, campus.rooms[room], TEST, WHY, starting=first)
                case "swap":
                    actions.swap(session, number, 1 + (number + room) % 3, TEST, WHY)
                case "cancel":
                    actions.cancel(session, number, TEST, WHY)
                case "no show":
                    actions.mark_no_show(session, number, TEST, WHY)
                case _:
                    seen = {campus.pavilions[room % 2]: Seen(room % 3, room % 3)}
                    counts.enter(session, first, seen, TEST, reason=WHY)
    except (Conflict, InvalidInput, NotFound):
        pass
