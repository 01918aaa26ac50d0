"""One code path for SQLite and PostgreSQL.

Both lose concurrent read-modify-writes without an error when their drivers have their way. Here both keep the same
promise: whoever writes waits for the writer before, reads what that one wrote, and fails after `BUSY_TIMEOUT_MS` of
waiting; whoever reads sees one moment. On SQLite that is BEGIN IMMEDIATE, on PostgreSQL a lock taken at BEGIN.
Transactions are therefore short, and none is open while something else than the database is waited for.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Connection, Dialect, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.orm import DeclarativeBase, Session, sessionmaker

from core.errors import Unavailable

BUSY_TIMEOUT_MS = 30_000  # a very large audit takes most of that to close
CONNECT_SECONDS = 10
CONNECTIONS = 40  # as many as the web process has threads, beyond the pool of idle ones
FORGOTTEN_TRANSACTION_MS = 300_000
WRITER_LOCK = 0x63616D707573  # "campus": any number that no other program on the same PostgreSQL database uses
NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

Json = sa.JSON().with_variant(JSONB(), "postgresql")


class UtcDateTime(sa.types.TypeDecorator[datetime]):
    """An aware instant; SQLite keeps it as naive UTC."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime is no instant")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """Base of every table of the service."""

    metadata = sa.MetaData(naming_convention=NAMES)
    type_annotation_map = {datetime: UtcDateTime, dict[str, Any]: Json, list[str]: Json}


class Database:
    """A database and the two ways to talk to it: `read` and `write`, each one short transaction."""

    def __init__(self, url: str) -> None:
        self.engine = _engine(url)
        self._readers = sessionmaker(_one_moment(self.engine), expire_on_commit=False)
        self._writers = sessionmaker(self.engine.execution_options(campus_write=True), expire_on_commit=False)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session for looking; whatever it changed is rolled back."""
        with self._readers() as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A session whose changes are committed together at the end, or not at all."""
        with self._writers.begin() as session:
            yield session

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()


def _engine(url: str) -> sa.Engine:
    try:
        address = make_url(url)
    except ArgumentError:
        raise Unavailable("CAMPUS_DATABASE_URL is not the address of a database") from None  # it may hold a password
    if address.get_backend_name() == "sqlite":
        if address.database and address.database != ":memory:":
            Path(address.database).parent.mkdir(parents=True, exist_ok=True)
        engine = sa.create_engine(address, connect_args={"timeout": BUSY_TIMEOUT_MS / 1000}, hide_parameters=True)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    if address.get_backend_name() == "postgresql":
        limits = f"-c lock_timeout={BUSY_TIMEOUT_MS} -c idle_in_transaction_session_timeout={FORGOTTEN_TRANSACTION_MS}"
        arguments = {"options": limits, "connect_timeout": CONNECT_SECONDS}
        engine = sa.create_engine(
            address, pool_pre_ping=True, max_overflow=CONNECTIONS, connect_args=arguments, hide_parameters=True
        )
        event.listen(engine, "begin", _begin_postgresql)
        return engine
    raise Unavailable(f"CAMPUS_DATABASE_URL: {address.get_backend_name()} is not supported; use sqlite or postgresql")


def _one_moment(engine: sa.Engine) -> sa.Engine:
    """SQLite reads from one snapshot anyway; PostgreSQL must be told."""
    return engine.execution_options(isolation_level="REPEATABLE READ") if engine.name == "postgresql" else engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the driver must not begin transactions of its own
    for pragma in (
        f"busy_timeout={BUSY_TIMEOUT_MS}",
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
        "secure_delete=ON",  # what is deleted of guests is overwritten
        "recursive_triggers=ON",  # else INSERT OR REPLACE deletes without asking the triggers
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    write = connection.get_execution_options().get("campus_write")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


def _begin_postgresql(connection: Connection) -> None:
    if connection.get_execution_options().get("campus_write"):
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITER_LOCK})")
