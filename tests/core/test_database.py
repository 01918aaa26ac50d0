"""Reading and writing through one code path on both databases."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.exc import OperationalError, StatementError

from core.clock import now
from core.database import Database
from core.errors import Unavailable
from core.job_runs import JobRun

THREADS, ROUNDS = 12, 25


def _run(result: int) -> JobRun:
    return JobRun(job="counter", planned_at=now(), result=result)


def test_concurrent_read_modify_writes_lose_nothing(database: Database) -> None:
    with database.write() as session:
        session.add(_run(0))

    def count_up(_: int) -> None:
        for _round in range(ROUNDS):
            with database.write() as session:
                row = session.scalars(sa.select(JobRun)).one()
                row.result = int(row.result or 0) + 1

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(count_up, range(THREADS)))

    with database.read() as session:
        assert session.scalars(sa.select(JobRun.result)).one() == THREADS * ROUNDS


def test_what_a_reader_changed_is_not_kept(database: Database) -> None:
    with database.read() as session:
        session.add(_run(1))
        session.flush()

    with database.read() as session:
        assert session.scalar(sa.select(sa.func.count(JobRun.id))) == 0


def test_a_failed_write_leaves_nothing_behind(database: Database) -> None:
    def write_and_fail() -> None:
        with database.write() as session:
            session.add(_run(1))
            session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_and_fail()

    with database.read() as session:
        assert session.scalar(sa.select(sa.func.count(JobRun.id))) == 0


def test_a_reader_sees_one_moment_while_others_write(database: Database) -> None:
    count = sa.select(sa.func.count(JobRun.id))
    with database.read() as reader:
        assert reader.scalar(count) == 0
        with database.write() as writer:
            writer.add(_run(1))
        assert reader.scalar(count) == 0

    with database.read() as reader:
        assert reader.scalar(count) == 1


@pytest.mark.parametrize("url", ["mysql://db.invalid/campus", "postgres://db.invalid/campus", "nonsense hush", ""])
def test_an_address_that_is_none_of_the_two_databases_is_refused_without_showing_it(url: str) -> None:
    with pytest.raises(Unavailable, match="CAMPUS_DATABASE_URL") as caught:
        Database(url)
    assert "hush" not in str(caught.value)


def test_instants_come_back_aware_and_naive_ones_are_refused(database: Database) -> None:
    noon = datetime(2026, 11, 21, 12, tzinfo=ZoneInfo("Europe/Rome"))
    with database.write() as session:
        session.add(JobRun(job="noon", planned_at=noon))
    with database.read() as session:
        kept = session.scalars(sa.select(JobRun.planned_at)).one()
    assert kept == noon
    assert kept.utcoffset() == timedelta(0)

    with pytest.raises(StatementError), database.write() as session:
        session.add(JobRun(job="naive", planned_at=noon.replace(tzinfo=None)))


def test_a_writer_waits_for_another_and_gives_up_after_the_limit(database: Database) -> None:
    impatient = {"sqlite": "PRAGMA busy_timeout=50", "postgresql": "SET lock_timeout='50ms'"}[database.engine.name]

    def hurry(connection: Any, *_: Any) -> None:
        connection.execute(impatient)

    event.listen(database.engine, "checkout", hurry)
    with database.write() as first:
        first.add(_run(1))
        first.flush()
        with pytest.raises(OperationalError), database.write() as second:
            second.add(_run(2))
    event.remove(database.engine, "checkout", hurry)
