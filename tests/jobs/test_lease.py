"""A worker's hold on an audit: kept while it lives, and no write without it."""

import asyncio
import threading
from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from accessibility.ledger.audits import actions
from accessibility.ledger.audits.models import Audit
from core import clock
from core.database import Database
from jobs.lease import FencedDatabase, Lease, LeaseLost
from tests.jobs.platforms import audit, request, save

OWNER = "here:1:a"


def taken(database: Database, seconds: float = 30) -> int:
    save(database)
    audit_id = request(database)
    with database.write() as session:
        assert actions.take_audit(session, OWNER, clock.now() + timedelta(seconds=seconds))
    return audit_id


def loses(database: Database, audit_id: int, seconds: float, *, within: float) -> bool:
    """Hold a lease of `seconds` until it is lost, or so long; whether it was lost."""
    lost = threading.Event()

    def renew(session: Session, until: datetime) -> bool:
        return actions.renew_lease(session, audit_id, OWNER, until)

    async def holding() -> None:
        async with Lease(database, "audit", renew, seconds, lost.set):
            await asyncio.to_thread(lost.wait, within)

    asyncio.run(holding())
    return lost.is_set()


def test_a_held_lease_is_renewed_before_it_ends(database: Database) -> None:
    audit_id = taken(database, 3)
    before = audit(database, audit_id).lease_until
    assert not loses(database, audit_id, 3, within=1.3)
    after = audit(database, audit_id).lease_until
    assert before is not None
    assert after is not None
    assert after > before
    assert after > clock.now()


def test_a_lease_that_somebody_else_took_is_lost(database: Database) -> None:
    audit_id = taken(database)
    with database.write() as session:
        session.get_one(Audit, audit_id).lease_owner = "there:2:b"
    assert loses(database, audit_id, 0.15, within=20)


def test_a_cancelled_audit_is_lost_to_its_worker(database: Database) -> None:
    audit_id = taken(database)
    with database.write() as session:
        actions.fail(session, audit_id, "sample")
    assert loses(database, audit_id, 0.15, within=20)


def test_a_database_out_of_reach_costs_the_lease_only_when_its_time_is_over(sqlite_database: Database) -> None:
    audit_id = taken(sqlite_database)
    with sqlite_database.write() as session:
        session.connection().exec_driver_sql("ALTER TABLE audit RENAME TO audit_away")
    assert not loses(sqlite_database, audit_id, 3, within=1.3)
    assert loses(sqlite_database, audit_id, 0.2, within=20)


def test_a_fenced_write_of_the_owner_is_stored(database: Database) -> None:
    audit_id = taken(database)
    with FencedDatabase(database, audit_id, OWNER).write() as session:
        session.get_one(Audit, audit_id).waves = 7
    assert audit(database, audit_id).waves == 7


@pytest.mark.parametrize("thief", ["there:2:b", ""])
def test_a_fenced_write_after_the_lease_was_lost_stores_nothing(database: Database, thief: str) -> None:
    audit_id = taken(database)
    with database.write() as session:
        session.get_one(Audit, audit_id).lease_owner = thief

    def write() -> None:
        with FencedDatabase(database, audit_id, OWNER).write() as session:
            session.get_one(Audit, audit_id).waves = 7

    with pytest.raises(LeaseLost):
        write()
    assert audit(database, audit_id).waves == 0


def test_a_fenced_database_is_read_as_it_is(database: Database) -> None:
    audit_id = taken(database)
    with FencedDatabase(database, audit_id, "nobody").read() as session:
        assert session.get_one(Audit, audit_id).lease_owner == OWNER
