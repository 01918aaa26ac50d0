"""What runs by clock, and the sample requests of the demonstration."""

import os
from collections.abc import Callable
from datetime import timedelta

from campus.requests import actions, photos, plans, queries
from campus.requests.actions import Wanted
from campus.requests.plans import WantedPlan
from campus.requests.rules import RequestKind, State, is_overdue
from campus.sample.requests import add_requests
from core import clock
from core.i18n import today
from jobs.schedule import EVERY_DAY
from tests.campus.books import TEST
from tests.campus.requests.conftest import Place
from tests.campus.sample_requests import picture


def run(place: Place, name: str) -> object:
    (job,) = (one for one in EVERY_DAY if one.name == name)
    assert job.work is not None
    return job.work(place.database)


def test_planned_work_becomes_a_request_in_the_night(small: Place) -> None:
    with small.database.write() as session:
        plans.add(session, WantedPlan(room_id=small.campus.rooms[0], text="Sample", first=today()), TEST)
    assert run(small, "planned maintenance") == {"made": 1, "rooms_taken": 0}
    assert run(small, "planned maintenance") == {"made": 0, "rooms_taken": 0}


def test_a_photo_is_deleted_from_the_disk_some_time_after_the_end(small: Place, configure: Callable[..., None]) -> None:
    configure(data_dir=small.folder.parent, guest_report_days=30)
    photo = photos.keep(small.folder, picture())
    wanted = Wanted(room_id=small.campus.rooms[0], kind=RequestKind.FAULT, text="Sample", photo=photo)
    with small.database.write() as session:
        request, _secret = actions.report_as_guest(session, wanted, "Sample Guest")
        actions.step(session, request, State.DONE, TEST)
    (file,) = small.folder.glob("*/*.jpg")
    long_ago = (clock.now() - timedelta(days=40)).timestamp()
    os.utime(file, (long_ago, long_ago))
    assert run(small, "guests of requests") == {"forgotten": 0}
    run(small, "evidence retention")
    assert file.exists()
    with small.database.write() as session:
        queries.request(session, request.id).ended_at = clock.now() - timedelta(days=31)
    assert run(small, "guests of requests") == {"forgotten": 1}
    run(small, "evidence retention")
    assert not file.exists()


def test_the_demonstration_has_requests_in_every_state_one_overdue_and_one_that_keeps_a_room(small: Place) -> None:
    with small.database.write() as session:
        add_requests(session)
    found = [line.request for line in small.all()]
    assert {one.state for one in found} == set(State) - {State.DUPLICATE}
    assert any(is_overdue(one.state, one.due, today()) for one in found)
    assert sum(one.claim is not None for one in found) == 1
