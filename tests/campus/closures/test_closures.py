"""What a slip asks of the rooms: proposed, confirmed in one step, undone exactly."""

from datetime import date

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.blocks import actions as blocks
from campus.capacity.queries import capacity, total
from campus.closures import actions, queries, reading
from campus.closures.actions import Outdated
from campus.closures.models import ClosureRule
from campus.months.models import Adjustment, ClosedMonth
from campus.nights import Nights
from campus.occupancy import actions as claims
from campus.occupancy.queries import claim, claims_in
from campus.occupancy.rules import Kind, Status
from core import clock
from core.database import Database
from core.errors import Conflict, InvalidInput
from core.i18n import today
from tests.campus.books import TEST, Campus, nights, on, open_campus
from tests.campus.closures.works import Works, add_works, day


def opened(session: Session, **values: int) -> tuple[Campus, Works]:
    """Six rooms; the second pavilion's three are closed as the plan says."""
    campus = open_campus(session, 6)
    works = add_works(session, campus, **values)
    works.confirm(session)
    return campus, works


def stay(campus: Campus, session: Session, room: int, first: int, until: int, **values: object) -> int:
    return campus.stay(session, room, day(first).isoformat(), day(until).isoformat(), **values).number


def sellable(session: Session, nights: Nights) -> int:
    return total(capacity(session, [nights], on=today())).sellable


def test_a_slip_of_the_pen_in_a_year_closes_no_room_for_centuries(sqlite_database: Database) -> None:
    with sqlite_database.write() as session:
        campus = open_campus(session, 2)
        works = add_works(session, campus)
        works.report(session, (date(2198, 12, 31) - today()).days)
        proposal = works.proposal(session)
        (room,) = proposal.rooms
        assert proposal.closure.until.year >= 2199
        assert [(one.first, one.until) for one in room.close] == [(today(), day(3653))]
        works.confirm(session)
        assert works.proposal(session).is_empty


def test_the_first_proposal_closes_every_room_from_today_on_and_then_there_is_none(database: Database) -> None:
    with database.write() as session:
        campus = open_campus(session, 6)
        works = add_works(session, campus)
        proposal = works.proposal(session)
        assert [one.room.name for one in proposal.rooms] == [f"Sample South {number}" for number in (102, 104, 106)]
        assert {one.close for one in proposal.rooms} == {(Nights(today(), day(24)),)}
        works.confirm(session)
        assert works.proposal(session).is_empty
        assert [one.matches for one in reading.standings(session)] == [True]


def test_a_slip_closes_longer_and_an_earlier_finish_reopens(database: Database) -> None:
    with database.write() as session:
        _campus, works = opened(session)
        works.report(session, 30)
        assert {one.close for one in works.proposal(session).rooms} == {(Nights(day(24), day(34)),)}
        works.report(session, 10)
        proposal = works.proposal(session)
        assert (proposal.closes, proposal.reopens) == (0, 30)
        assert {one.reopen for one in proposal.rooms} == {(Nights(day(14), day(24)),)}


def test_nights_that_are_over_stay_as_they_were(database: Database) -> None:
    with database.write() as session:
        with on("2026-01-05"):
            _campus, works = opened(session, finish=40)
        with on("2026-02-10"):
            works.report(session, -30, start=-60)
            works.confirm(session)
            closed = queries.own_claims(session, [works.package.id])[works.package.id]
            assert {one.nights for one in closed} == {nights("2026-01-05", "2026-02-10")}


def test_what_is_closed_or_out_of_order_already_is_closed_around(database: Database) -> None:
    with database.write() as session:
        campus, works = opened(session)
        fault = campus.claim(session, Kind.OUT_OF_ORDER, 1, day(26).isoformat(), day(28).isoformat())
        campus.claim(session, Kind.SEASONAL_CLOSURE, 3, day(20 + 10).isoformat(), day(60).isoformat())
        works.report(session, 30)
        nights = {one.room.name[-3:]: one.close for one in works.proposal(session).rooms}
        assert nights["102"] == (Nights(day(24), day(26)), Nights(day(28), day(34)))
        assert nights["104"] == (Nights(day(24), day(30)),)
        works.confirm(session)
        assert claim(session, fault.number).superseded_at is None
        assert works.proposal(session).is_empty


def test_stays_in_conflict_get_rooms_that_fit_and_no_two_the_same(database: Database) -> None:
    with database.write() as session:
        campus, works = opened(session)
        numbers = [stay(campus, session, room, 25, 28, guests=1) for room in (1, 3)]
        big = stay(campus, session, 5, 26, 29, guests=2)
        works.report(session, 30)
        proposal = works.proposal(session)
        chosen = {one.claim.number: one.chosen for one in proposal.conflicts}
        assert {chosen[number] for number in numbers} <= {campus.rooms[number] for number in (0, 2, 4)}
        assert chosen[numbers[0]] != chosen[numbers[1]]
        assert chosen[big] is None  # no room in the other pavilion has two beds
        works.confirm(session)
        assert {claim(session, number).room_id for number in numbers} == {chosen[number] for number in numbers}
        rest = works.proposal(session)
        assert [one.claim.number for one in rest.conflicts] == [big]
        assert sum(rest.waiting.values()) == 3
        assert rest.changes_nothing
        assert not rest.is_empty


def test_who_is_there_already_moves_on_the_day(database: Database) -> None:
    with database.write() as session:
        campus = open_campus(session, 6)
        guest = stay(campus, session, 1, -2, 3)
        works = add_works(session, campus)
        change = works.confirm(session)
        first, second = sorted(claims_in(session, Nights(day(-2), day(3))), key=lambda one: one.first)[:2]
        assert (first.number, first.until) == (guest, today())
        actions.undo(session, queries.change(session, change), TEST)
        assert (claim(session, guest).until, claim(session, guest).room_id) == (day(3), campus.rooms[1])
        assert {one.status for one in claims_in(session, Nights(day(-2), day(3))) if one.number != guest} == {
            Status.CANCELLED
        }
        assert second.booking == guest


def test_a_choice_that_clashes_or_does_not_fit_is_refused_naming_the_claim(database: Database) -> None:
    with database.write() as session:
        campus, works = opened(session)
        one, other = (stay(campus, session, room, 25, 28) for room in (1, 3))
        works.report(session, 30)
        for choices, named in (
            ({one: campus.rooms[0], other: campus.rooms[0]}, other),
            ({one: campus.rooms[5]}, one),
            ({other: 999}, other),
        ):
            with pytest.raises(InvalidInput) as refused:
                reading.proposal_of(session, works.package, choices=choices)
            assert refused.value.place == f"move-{named}"


def test_a_stay_may_be_left_and_its_nights_stay_open(database: Database) -> None:
    with database.write() as session:
        campus, works = opened(session)
        left = stay(campus, session, 1, 25, 28)
        works.report(session, 30)
        works.confirm(session, **{f"claim_{left}": None})
        assert claim(session, left).room_id == campus.rooms[1]
        closed = queries.own_claims(session, [works.package.id])[works.package.id]
        of_room = [one.nights for one in closed if one.room_id == campus.rooms[1]]
        assert of_room == [Nights(today(), day(25)), Nights(day(28), day(34))]


def test_a_group_that_lacks_rooms_is_named_with_its_nights_and_other_types(database: Database) -> None:
    with database.write() as session:
        campus, works = opened(session)
        wanted = campus.block(cut_off=day(10))
        nights = Nights(day(25), day(27))
        block = blocks.hold(session, wanted, {(campus.types[1], night): 2 for night in nights}, TEST)
        works.report(session, 30)
        (short,) = works.proposal(session).blocks
        assert (short.block, short.type_id, short.most) == (block.number, campus.types[1], 2)
        assert dict(short.rooms) == dict.fromkeys(nights, 2)
        assert dict(short.instead) == {campus.types[0]: 3}


def test_a_proposal_that_is_out_of_date_is_refused(database: Database) -> None:
    with database.write() as session:
        campus, works = opened(session)
        works.report(session, 30)
        digest = works.proposal(session).digest
        stay(campus, session, 1, 25, 28)
        with pytest.raises(Outdated):
            actions.confirm(session, works.package, digest, {}, TEST, "Sample slip")


def test_undoing_names_what_was_changed_since(database: Database) -> None:
    with database.write() as session:
        campus, works = opened(session)
        moved = stay(campus, session, 1, 25, 28)
        works.report(session, 30)
        change = queries.change(session, works.confirm(session))
        claims.cancel(session, moved, TEST, "Not coming")
        with pytest.raises(Conflict, match=rf"changed since: {moved}\."):
            actions.undo(session, change, TEST)


def test_undoing_once_is_enough(database: Database) -> None:
    with database.write() as session:
        _campus, works = opened(session)
        works.report(session, 30)
        change = queries.change(session, works.confirm(session))
        actions.undo(session, change, TEST)
        assert sellable(session, Nights(day(24), day(34))) == 60
        with pytest.raises(Conflict, match="already"):
            actions.undo(session, change, TEST)


def test_without_a_reason_nothing_is_confirmed(database: Database) -> None:
    with database.write() as session:
        works = add_works(session, open_campus(session, 4))
        with pytest.raises(InvalidInput) as refused:
            actions.confirm(session, works.package, works.proposal(session).digest, {}, TEST, " ")
        assert refused.value.place == "why"


def test_closures_that_stand_already_can_be_made_those_of_the_works(database: Database) -> None:
    with database.write() as session:
        campus = open_campus(session, 4)
        for room in (1, 3):
            campus.claim(session, Kind.EXTENDED_CLOSURE, room, day(-30).isoformat(), day(24).isoformat())
        works = add_works(session, campus)
        assert works.proposal(session).is_empty  # closed for another reason
        assert len(actions.adopt(session, works.package, TEST)) == 2
        works.report(session, 10)
        assert works.proposal(session).reopens == 20


def test_the_rule_keeps_its_versions_and_names_what_is_wrong(database: Database) -> None:
    with database.write() as session:
        works = add_works(session, open_campus(session, 4))
        wanted = actions.WantedRule(works.building, 3, works.building, 0)
        actions.set_rule(session, works.package, wanted, TEST, "Sample reason")
        kept = sa.select(ClosureRule.days_before).where(ClosureRule.package_id == works.package.id)
        assert list(session.scalars(kept.order_by(ClosureRule.id.desc()))) == [3, 0]
        assert works.proposal(session).closure == Nights(day(-33), day(21))
        for wrong, place in (
            (actions.WantedRule(999, 0, works.building, 0), "start"),
            (actions.WantedRule(works.building, 0, works.building, 367), "days_after"),
        ):
            with pytest.raises(InvalidInput) as refused:
                actions.set_rule(session, works.package, wrong, TEST)
            assert refused.value.place == place


def test_a_closed_month_is_changed_with_the_reason_that_was_given(database: Database) -> None:
    with database.write() as session:
        with on("2026-01-05"):
            _campus, works = opened(session, finish=60)
        january = date(2026, 1, 1)
        closed = ClosedMonth(month=january, closed_at=clock.now(), closed_by=TEST, figures={})
        session.add(closed)
        session.flush()
        with on("2026-02-10"):
            works.report(session, 40, start=-60)
            actions.undo(session, queries.change(session, works.confirm(session)), TEST)
        said = {one.why for one in session.scalars(sa.select(Adjustment).where(Adjustment.month == january))}
        assert "Sample slip" in said
