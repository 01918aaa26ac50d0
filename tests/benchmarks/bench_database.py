"""What one code path for two databases costs: single-row transactions by `Database.write`, and by the bare driver."""

import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import sqlalchemy as sa

from core.database import Database
from tests.benchmarks.figure import Figure

ROUNDS = 5
WRITES = 400
NOTE = sa.Table("note", sa.MetaData(), sa.Column("id", sa.Integer, primary_key=True), sa.Column("text", sa.String))


def run() -> Iterator[Figure]:
    """Both ways in turns, on files next to each other, with the same journal and the same kind of transaction."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/ours.sqlite")
        NOTE.metadata.create_all(database.engine)
        with closing(sqlite3.connect(Path(folder, "bare.sqlite"), isolation_level=None)) as bare:
            for statement in (
                "PRAGMA journal_mode=WAL",
                "PRAGMA synchronous=NORMAL",
                "CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT)",
            ):
                bare.execute(statement)
            rounds = [(_rate(lambda: _ours(database)), _rate(lambda: _bare(bare))) for _ in range(ROUNDS)]
        database.close()
    ours, driver = (statistics.median(rates) for rates in zip(*rounds, strict=True))
    yield Figure("writes", ours, "transactions/s", f"bare sqlite3 driver {driver:,.0f}, ratio {ours / driver:.2f}")


def _rate(write: Callable[[], None]) -> float:
    start = time.perf_counter()
    for _ in range(WRITES):
        write()
    return WRITES / (time.perf_counter() - start)


def _ours(database: Database) -> None:
    with database.write() as session:
        session.execute(sa.insert(NOTE).values(text="a note"))


def _bare(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("INSERT INTO note (text) VALUES (?)", ("a note",))
    connection.execute("COMMIT")
