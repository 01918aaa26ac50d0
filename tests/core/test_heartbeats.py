"""Signs of life: when a worker counts as alive, and what is left of it."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from core import clock, heartbeats
from core.database import Database
from core.heartbeats import WorkerHeartbeat

NOON = clock.now().replace(microsecond=0)


def sign(worker: str = "host-1:7:ab") -> WorkerHeartbeat:
    facts = {"browser": "Sample browser 1", "browser_error": "", "sandbox": True}
    return WorkerHeartbeat(worker=worker, host="host", version="1", started_at=NOON, seen_at=NOON, facts=facts)


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[timedelta], datetime]:
    def set_now(later: timedelta) -> datetime:
        monkeypatch.setattr(clock, "now", lambda: NOON + later)
        return NOON + later

    return set_now


def test_a_worker_lives_until_it_was_silent_for_the_limit(
    database: Database, at: Callable[[timedelta], datetime]
) -> None:
    at(timedelta(0))
    with database.write() as session:
        heartbeats.beat(session, sign(), {"clean sign-ins": NOON})
    with database.read() as session:
        found = heartbeats.workers(session)
    assert [one.planned for one in found] == [{"clean sign-ins": NOON.isoformat()}]
    assert found[0].is_alive(NOON + heartbeats.limit())
    assert not found[0].is_alive(NOON + heartbeats.limit() + timedelta(seconds=1))


def test_each_beat_renews_the_one_row(database: Database, at: Callable[[timedelta], datetime]) -> None:
    mine = sign()
    for minutes in (0, 1, 2):
        at(timedelta(minutes=minutes))
        with database.write() as session:
            heartbeats.beat(session, mine, {})
    with database.read() as session:
        found = heartbeats.workers(session)
    assert [(one.started_at, one.seen_at) for one in found] == [(NOON, NOON + timedelta(minutes=2))]


def test_one_that_ends_in_good_order_leaves_nothing_and_a_lost_one_is_told_for_a_day(
    database: Database, at: Callable[[timedelta], datetime]
) -> None:
    at(timedelta(0))
    with database.write() as session:
        heartbeats.beat(session, sign("ended"), {})
        heartbeats.beat(session, sign("lost"), {})
        heartbeats.end(session, "ended")
    for later, left in ((timedelta(hours=23), ["lost"]), (timedelta(hours=25), [])):
        at(later)
        with database.write() as session:
            heartbeats.forget_lost(session)
            assert [one.worker for one in heartbeats.workers(session)] == left
