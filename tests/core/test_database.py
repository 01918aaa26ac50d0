"""Reading and writing through one code path on both databases."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from core.clock import now
from core.database import Database
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
                row.result = row.result + 1

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
