"""The small jobs of every day."""

import os
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from accessibility.ledger.alerts import outbox
from accessibility.ledger.alerts.models import Message
from accessibility.ledger.tickets.models import Component, Ticket
from core import clock, picture_store
from core.database import Database
from core.people.models import Person, SignIn
from jobs.clean_alerts import clean_alerts
from jobs.clean_sign_ins import KEEP, clean_sign_ins
from jobs.evidence_retention import drop_old_evidence
from jobs.expire_exceptions import expire_exceptions
from jobs.overdue_tickets import tell_of_overdue
from tests.accessibility.ledger.nights import HOME, Nights, audited, problem


@pytest.fixture
def nights(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, configure: Callable[..., None]
) -> Nights:
    configure(data_dir=tmp_path, evidence_days=100)
    return Nights(database, tmp_path / "evidence", monkeypatch)


def pictured(nights: Nights, key: str) -> str:
    """Give the component a picture, stored at the time of the nights; its hash."""
    sha256 = picture_store.store(nights.evidence, key.encode())
    stored_at = nights.time.timestamp()
    os.utime(picture_store.path_of(nights.evidence, sha256), (stored_at, stored_at))
    with nights.database.write() as session:
        session.scalars(sa.select(Component).where(Component.key == key)).one().evidence = sha256
    return sha256


def pictures(nights: Nights) -> set[str]:
    return {file.stem for file in nights.evidence.glob("*/*.png")}


def test_a_picture_is_deleted_long_after_its_problem_has_ended(nights: Nights) -> None:
    nights.run(audited(HOME, problem("ended"), problem("open")))
    ended, still_there = pictured(nights, "ended"), pictured(nights, "open")
    nights.run(audited(HOME, problem("open")))
    nights.run(audited(HOME, problem("open")))
    nights.time += timedelta(days=99)
    assert drop_old_evidence(nights.database) == {"forgotten": 0, "deleted": 0}
    nights.time += timedelta(days=2)
    assert drop_old_evidence(nights.database) == {"forgotten": 1, "deleted": 1}
    assert ended not in pictures(nights)
    assert pictures(nights) == {still_there}


def test_a_picture_that_another_problem_shows_too_stays(nights: Nights) -> None:
    nights.run(audited(HOME, problem("ended"), problem("open")))
    shared = pictured(nights, "open")
    with nights.database.write() as session:
        session.scalars(sa.select(Component).where(Component.key == "ended")).one().evidence = shared
    for _ in range(2):
        nights.run(audited(HOME, problem("open")))
    nights.time += timedelta(days=101)
    assert drop_old_evidence(nights.database) == {"forgotten": 1, "deleted": 0}
    assert pictures(nights) == {shared}


def test_a_file_that_was_just_stored_is_left_for_its_row_to_come(nights: Nights) -> None:
    sha256 = picture_store.store(nights.evidence, b"sample")
    os.utime(picture_store.path_of(nights.evidence, sha256), (nights.time.timestamp(), nights.time.timestamp()))
    assert drop_old_evidence(nights.database)["deleted"] == 0
    nights.time += timedelta(days=2)
    assert drop_old_evidence(nights.database)["deleted"] == 1


def test_an_old_picture_that_is_found_again_is_not_swept_before_its_row_is_written(tmp_path: Path) -> None:
    sha256 = picture_store.store(tmp_path, b"sample")
    os.utime(picture_store.path_of(tmp_path, sha256), (0, 0))
    assert picture_store.store(tmp_path, b"sample") == sha256
    assert picture_store.sweep(tmp_path, set(), clock.now() - timedelta(days=1)) == 0


def test_sessions_are_forgotten_some_time_after_their_end(database: Database) -> None:
    now = clock.now()
    long_ago, lately = now - KEEP - timedelta(hours=1), now - timedelta(hours=1)
    with database.write() as session:
        person = Person(email="lead@example.org", name="Sample", password_hash="", roles=[], created_at=now)
        session.add(person)
        session.flush()
        common: dict[str, Any] = {"person_id": person.id, "created_at": long_ago}
        session.add(SignIn(key_hash="over", expires_at=long_ago, **common))
        session.add(SignIn(key_hash="revoked", expires_at=now + KEEP, revoked_at=long_ago, **common))
        session.add(SignIn(key_hash="over lately", expires_at=lately, **common))
        session.add(SignIn(key_hash="open", expires_at=now + KEEP, **common))
    assert clean_sign_ins(database) == {"deleted": 2}
    with database.read() as session:
        assert set(session.scalars(sa.select(SignIn.key_hash))) == {"over lately", "open"}


def test_a_ticket_is_overdue_when_its_day_is_over_at_the_campus(nights: Nights, configure: Callable[..., None]) -> None:
    configure(time_zone="Pacific/Kiritimati")  # 14 hours ahead
    nights.run(audited(HOME, problem()))
    with nights.database.write() as session:
        session.scalars(sa.select(Ticket)).one().due = date(2026, 12, 1)
    nights.time = nights.time.replace(month=12, day=1, hour=9)
    assert tell_of_overdue(nights.database) == {"overdue": 0}
    nights.time = nights.time.replace(hour=11)
    assert tell_of_overdue(nights.database) == {"overdue": 1}
    assert tell_of_overdue(nights.database) == {"overdue": 0}


def test_messages_are_deleted_90_days_after_their_end(nights: Nights) -> None:
    lead = nights.person()
    with nights.database.write() as session:
        sent, given_up, waiting = (outbox.put_test(session, "sample", person_id=lead.id) for _ in range(3))
        for _ in range(2):
            outbox.take_next(session, "worker", mail=True)
        outbox.mark_sent(session, sent.id, "worker")
        outbox.mark_failed(session, given_up.id, "worker", "550", for_good=True)
    nights.time += timedelta(days=90)
    assert clean_alerts(nights.database) == {"deleted": 0}
    nights.time += timedelta(seconds=1)
    assert clean_alerts(nights.database) == {"deleted": 2}
    with nights.database.read() as session:
        assert list(session.scalars(sa.select(Message.id))) == [waiting.id]


def test_an_exception_ends_after_its_last_day_at_the_campus(
    nights: Nights, monkeypatch: pytest.MonkeyPatch, configure: Callable[..., None]
) -> None:
    configure(time_zone="Pacific/Kiritimati")  # 14 hours ahead: the day ends there long before it does in UTC
    nights.run(audited(HOME, problem()))
    with nights.database.write() as session:
        ticket = session.scalars(sa.select(Ticket)).one()
        ticket.state, ticket.state_before_exception = "accepted risk", "open"
        ticket.exception_reason, ticket.exception_until = "sample", date(2026, 12, 1)
    nights.time = nights.time.replace(month=12, day=1, hour=9)
    assert expire_exceptions(nights.database) == {"expired": 0}
    nights.time = nights.time.replace(hour=11)
    assert expire_exceptions(nights.database) == {"expired": 1}
    assert nights.states() == ["open"]
