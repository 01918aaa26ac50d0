"""What may become of a request, who may have it, and what two people at once do to it."""

import threading
from datetime import timedelta

import pytest

from campus.requests import actions, queries, retention
from campus.requests.actions import Wanted
from campus.requests.models import GuestContact, ServicePhoto
from campus.requests.photos import Photo
from campus.requests.rules import STEPS, Priority, RequestKind, State
from core import clock, trail
from core.errors import Conflict, InvalidInput
from core.i18n import today
from tests.api.people import add_person
from tests.campus.books import TEST
from tests.campus.requests.conftest import Place


def step(place: Place, number: int, to: State, **values: object) -> None:
    with place.database.write() as session:
        actions.step(session, queries.request(session, number), to, TEST, **values)  # type: ignore[arg-type]


def test_day_and_priority_follow_from_the_kind(place: Place) -> None:
    for kind in RequestKind:
        place.request(kind=kind)
    found = [(line.request.kind, line.request.due, line.request.priority) for line in place.all()]
    assert found == [
        ("fault", today() + timedelta(days=3), Priority.NORMAL),
        ("cleaning", today() + timedelta(days=1), Priority.NORMAL),
        ("accessibility", today() + timedelta(days=2), Priority.HIGH),
    ]


def test_it_goes_from_new_to_done_and_back_and_the_trail_keeps_each_step(place: Place) -> None:
    number = place.request()
    for to in (State.ACCEPTED, State.IN_WORK, State.DONE):
        step(place, number, to)
    step(place, number, State.REOPENED, reason="It drips again.")
    with place.database.read() as session:
        entries = trail.entries(session, "service_request", number)
        states = [entry.after["state"] for entry in reversed(entries) if "state" in (entry.after or {})]
        assert states == ["accepted", "in work", "done", "reopened"]
        assert queries.request(session, number).ended_at is None
        assert "drips again" not in str([entry.after for entry in entries])  # the trail is kept for good


def test_only_steps_of_the_table_are_possible(small: Place) -> None:
    for state in (State.NEW, State.ACCEPTED, State.IN_WORK, State.DONE):
        number = small.request()
        for on_the_way in {State.NEW: []}.get(state, [state]):
            step(small, number, on_the_way)
        for to in set(State) - STEPS[state]:
            with pytest.raises(Conflict):
                step(small, number, to, reason="Sample", duplicate_of=number)


def test_a_refusal_needs_a_reason_and_a_duplicate_its_original(small: Place) -> None:
    first, second = small.request(), small.request()
    with pytest.raises(InvalidInput, match="Say why"):
        step(small, first, State.REFUSED, reason=" ")
    for wrong in (None, second, 999):
        with pytest.raises(InvalidInput):
            step(small, second, State.DUPLICATE, duplicate_of=wrong)
    step(small, second, State.DUPLICATE, duplicate_of=first)
    with pytest.raises(InvalidInput):
        step(small, first, State.DUPLICATE, duplicate_of=second)
    with small.database.read() as session:
        assert queries.duplicates(session, first) == [second]


def test_it_can_be_given_to_those_only_who_may_work_on_it(small: Place) -> None:
    number, keeper = small.request(), add_person(small.database, "facilities")
    viewer = add_person(small.database, "viewer")
    with small.database.write() as session:
        actions.assign(session, queries.request(session, number), keeper.id, TEST)
    with pytest.raises(InvalidInput, match="keeps"), small.database.write() as session:
        actions.assign(session, queries.request(session, number), viewer.id, TEST)
    assert small.all()[0].assignee == keeper.name


def test_of_two_people_who_change_it_at_once_the_second_is_told(place: Place) -> None:
    number = place.request()
    outcomes: list[str] = []
    together = threading.Barrier(8)

    def change() -> None:
        together.wait()
        try:
            with place.database.write() as session:
                actions.step(session, actions.current(session, number, 1), State.ACCEPTED, TEST)
            outcomes.append("done")
        except Conflict:
            outcomes.append("told")

    threads = [threading.Thread(target=change) for _one in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["done"] + ["told"] * 7


def test_overdue_comes_first_and_is_counted(place: Place) -> None:
    later, sooner = place.request(), place.request(kind=RequestKind.CLEANING)
    with place.database.write() as session:
        found = queries.request(session, later)
        actions.schedule(session, found, today() - timedelta(days=1), Priority.LOW, TEST)
    with place.database.read() as session:
        lines, total = queries.requests(session, queries.Filter())
        assert ([line.request.id for line in lines], total) == ([later, sooner], 2)
        assert queries.waiting(session, today()) == queries.Waiting(2, 1, 2)
        overdue = queries.requests(session, queries.Filter(overdue_on=today()))[0]
        assert [line.request.id for line in overdue] == [later]


def test_contact_and_photo_are_deleted_some_time_after_the_end_and_the_rest_stays(place: Place) -> None:
    wanted = Wanted(room_id=place.campus.rooms[0], kind=RequestKind.FAULT, text="Sample", photo=Photo("a" * 64, 60, 40))
    with place.database.write() as session:
        number = actions.report_as_guest(session, wanted, "Sample Guest")[0].id
        assert retention.forget(session, clock.now()) == 0  # it has not ended
    step(place, number, State.DONE)
    with place.database.write() as session:
        assert retention.forget(session, clock.now() - timedelta(days=1)) == 0
        assert queries.photos_in_use(session) == {"a" * 64}
        assert retention.forget(session, clock.now()) == 1
        assert retention.forget(session, clock.now()) == 0
    with place.database.read() as session:
        assert session.get(GuestContact, number) is None
        assert session.get(ServicePhoto, number) is None
        assert queries.photos_in_use(session) == set()
        assert queries.request(session, number).text == "Sample"
