"""A request takes its room out of order by a claim, and gives it back: nights that are over stay lost."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from campus.nights import Nights
from campus.occupancy import actions as occupancy
from campus.occupancy import queries as claims
from campus.occupancy.models import RoomNight
from campus.occupancy.rules import Kind
from campus.requests import actions, out_of_order, queries
from campus.requests.rules import State
from core import clock
from core.errors import Conflict, InvalidInput
from core.i18n import today
from tests.campus.books import TEST
from tests.campus.requests.conftest import Place


def around(first: int, until: int) -> Nights:
    return Nights(today() + timedelta(days=first), today() + timedelta(days=until))


def take(place: Place, number: int, nights: Nights, kind: Kind = Kind.OUT_OF_ORDER) -> int:
    with place.database.write() as session:
        return out_of_order.take(session, queries.request(session, number), kind, nights, TEST).number


def finish(place: Place, number: int, to: State = State.DONE) -> None:
    with place.database.write() as session:
        actions.step(session, queries.request(session, number), to, TEST, reason="Sample")


def nights_of(place: Place) -> list[date]:
    with place.database.read() as session:
        return list(session.scalars(sa.select(RoomNight.night).order_by(RoomNight.night)))


@pytest.fixture
def days_pass(monkeypatch: pytest.MonkeyPatch) -> object:
    """`days_pass(2)`: the service lives two days later."""
    now = clock.now()

    def pass_days(days: int) -> None:
        noon = datetime.combine(now.date() + timedelta(days=days), now.time(), ZoneInfo("UTC"))
        monkeypatch.setattr(clock, "now", lambda: noon)

    return pass_days


def test_done_gives_the_room_back_from_tonight_and_what_is_over_stays_lost(place: Place, days_pass: object) -> None:
    number = place.request()
    first = today()
    claim = take(place, number, around(0, 6))
    assert len(nights_of(place)) == 6
    days_pass(2)  # type: ignore[operator]
    finish(place, number)
    assert nights_of(place) == [first, first + timedelta(days=1)]
    with place.database.read() as session:
        assert claims.claim(session, claim).status == "booked"
        assert [one.until for one in claims.versions(session, claim)] == [
            first + timedelta(days=6),
            first + timedelta(days=2),
        ]


@pytest.mark.parametrize("to", [State.DONE, State.REFUSED])
def test_a_room_that_was_to_go_out_later_never_does(small: Place, to: State) -> None:
    number = small.request()
    claim = take(small, number, around(3, 6))
    finish(small, number, to)
    assert nights_of(small) == []
    with small.database.read() as session:
        assert claims.claim(session, claim).status == "cancelled"


def test_works_that_last_longer_lengthen_the_claim(place: Place) -> None:
    number = place.request()
    claim = take(place, number, around(0, 2))
    assert take(place, number, around(0, 5)) == claim
    assert len(nights_of(place)) == 5


def test_a_stay_in_the_way_is_named_with_its_nights_and_nothing_changes(place: Place) -> None:
    number = place.request()
    claim = take(place, number, around(0, 2))
    nights = around(3, 5)
    with place.database.write() as session:
        stay = place.campus.stay(session, 0, nights.first.isoformat(), nights.until.isoformat()).number
    before = nights_of(place)
    with pytest.raises(Conflict, match="taken"):
        take(place, number, around(0, 4))
    assert nights_of(place) == before
    with place.database.read() as session:
        found = out_of_order.in_the_way(session, queries.request(session, number), around(0, 5))
        assert [(one.nights, one.claim.number) for one in found] == [(nights, stay)]
        assert claims.claim(session, claim).until == today() + timedelta(days=2)


def test_out_of_service_takes_no_night_and_is_given_back_too(small: Place) -> None:
    number = small.request()
    claim = take(small, number, around(0, 4), Kind.OUT_OF_SERVICE)
    assert nights_of(small) == []
    finish(small, number)
    with small.database.read() as session:
        assert claims.claim(session, claim).status == "cancelled"


def test_the_past_cannot_be_changed(small: Place, days_pass: object) -> None:
    number = small.request()
    with pytest.raises(InvalidInput, match="past"):
        take(small, number, around(-1, 2))
    take(small, number, around(0, 5))
    days_pass(2)  # type: ignore[operator]
    with pytest.raises(InvalidInput, match="stay lost"):
        take(small, number, around(1, 5))
    with pytest.raises(InvalidInput, match="past"):
        take(small, number, around(-2, 0))
    take(small, number, around(-2, 1))


def test_only_these_two_kinds_of_claims_can_be_made_and_one_at_a_time(small: Place) -> None:
    number = small.request()
    with pytest.raises(InvalidInput):
        take(small, number, around(0, 2), Kind.STAY)
    take(small, number, around(0, 2))
    with pytest.raises(Conflict, match="already"):
        take(small, number, around(0, 2), Kind.OUT_OF_SERVICE)


def test_a_claim_that_somebody_else_ended_is_not_given_back_twice(small: Place) -> None:
    number = small.request()
    claim = take(small, number, around(0, 4))
    with small.database.write() as session:
        occupancy.cancel(session, claim, TEST, "Sample")
    finish(small, number)
    with small.database.read() as session:
        assert len(claims.versions(session, claim)) == 2


def test_whoever_saw_the_old_nights_must_look_again(small: Place) -> None:
    number = small.request()
    take(small, number, around(0, 4))
    with small.database.read() as session:
        seen = queries.request(session, number).version
    take(small, number, around(0, 6))
    with pytest.raises(Conflict), small.database.write() as session:
        actions.current(session, number, seen)
