"""An audit as a whole: asked for, taken, kept, cancelled, failed."""

import threading
from datetime import timedelta

import pytest
import sqlalchemy as sa

from accessibility.ledger.audits import actions
from accessibility.ledger.audits.models import Audit, AuditRow
from core import trail
from core.errors import Conflict, NotFound
from tests.accessibility.ledger.nights import HOME, Nights, audited, problem


def request(nights: Nights) -> Audit:
    """Ask for an audit by hand."""
    with nights.database.write() as session:
        return actions.request_audit(session, nights.platform_id, actions.BY_HAND, None, {}, {})


def take(nights: Nights, owner: str = "worker", minutes: int = 1) -> Audit | None:
    """Take an audit for some minutes."""
    with nights.database.write() as session:
        return actions.take_audit(session, owner, nights.time + timedelta(minutes=minutes))


def test_audits_of_a_platform_are_numbered(nights: Nights) -> None:
    assert [nights.run(audited(HOME)).number for _ in range(3)] == [1, 2, 3]


def test_a_second_unfinished_audit_of_a_platform_is_refused(nights: Nights) -> None:
    request(nights)
    with pytest.raises(Conflict, match="already"):
        request(nights)


def test_a_refused_request_leaves_the_rest_of_the_transaction_alone(nights: Nights) -> None:
    request(nights)
    with nights.database.write() as session:
        with pytest.raises(Conflict):
            actions.request_audit(session, nights.platform_id, actions.BY_HAND, None, {}, {})
        trail.record(session, "command", "sample", "sample", 1)
    with nights.database.read() as session:
        assert len(trail.entries(session, "sample")) == 1


def test_the_audit_that_waits_longest_is_taken_first(nights: Nights) -> None:
    first = request(nights)
    nights.time += timedelta(minutes=1)
    second = request(Nights(nights.database, nights.evidence, nights.monkeypatch, time=nights.time))
    taken = [take(nights), take(nights), take(nights)]
    assert [audit and audit.id for audit in taken] == [first.id, second.id, None]


def test_an_audit_is_taken_by_one_of_many_workers(nights: Nights) -> None:
    request(nights)
    taken: list[Audit | None] = []
    workers = [threading.Thread(target=lambda n=n: taken.append(take(nights, f"worker {n}"))) for n in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len([audit for audit in taken if audit]) == 1


def test_an_audit_whose_worker_fell_silent_is_taken_over_and_keeps_its_start(nights: Nights) -> None:
    request(nights)
    first = take(nights, "silent")
    nights.time += timedelta(minutes=2)
    second = take(nights, "next")
    assert first is not None
    assert second is not None
    assert (second.id, second.lease_owner, second.started_at) == (first.id, "next", first.started_at)


def test_a_renewed_lease_keeps_others_away(nights: Nights) -> None:
    request(nights)
    audit = take(nights)
    assert audit is not None
    with nights.database.write() as session:
        assert actions.renew_lease(session, audit.id, "worker", nights.time + timedelta(minutes=9))
    nights.time += timedelta(minutes=2)
    assert take(nights, "next") is None


def test_a_worker_that_lost_its_audit_cannot_renew_its_lease(nights: Nights) -> None:
    request(nights)
    audit = take(nights, "silent")
    nights.time += timedelta(minutes=2)
    take(nights, "next")
    assert audit is not None
    with nights.database.write() as session:
        assert not actions.renew_lease(session, audit.id, "silent", nights.time + timedelta(minutes=9))


def test_a_released_audit_can_be_taken_at_once(nights: Nights) -> None:
    request(nights)
    audit = take(nights)
    assert audit is not None
    with nights.database.write() as session:
        actions.release(session, audit.id, "worker")
    nights.time += timedelta(seconds=1)
    assert take(nights, "next") is not None


def test_a_cancelled_audit_leaves_no_work_and_another_may_follow(nights: Nights) -> None:
    audit = nights.begin()
    worklist = nights.worklist(audit)
    visit = audited(HOME, problem())
    nights.plan(worklist, visit)
    worklist.finish(visit.key, visit.result)
    with nights.database.write() as session:
        assert actions.cancel(session, audit.id, nights.person().id).state == "cancelled"
        assert session.scalar(sa.select(sa.func.count()).select_from(AuditRow)) == 0
    assert nights.run(audited(HOME)).number == 2
    assert nights.tickets() == []


def test_a_failed_audit_says_why(nights: Nights) -> None:
    audit = nights.begin()
    with nights.database.write() as session:
        failed = actions.fail(session, audit.id, "no browser was found")
    assert (failed.state, failed.error, failed.ended_at) == ("failed", "no browser was found", nights.time)


def test_an_audit_that_ended_cannot_end_again(nights: Nights) -> None:
    audit = nights.run(audited(HOME))
    with nights.database.write() as session:
        with pytest.raises(Conflict):
            actions.cancel(session, audit.id, 1)
        with pytest.raises(NotFound):
            actions.fail(session, 999, "")


def test_every_change_of_an_audit_stands_in_the_trail(nights: Nights) -> None:
    audit = nights.run(audited(HOME))
    with nights.database.read() as session:
        entries = trail.entries(session, "audit", audit.id)
    assert [(entry.actor, entry.action) for entry in entries] == [
        (f"audit:{audit.id}", "audit.close"),
        ("clock", "audit.request"),
    ]
