"""Opens the service's database, its tables brought up to date first. Every process starts with this."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Connection
from sqlalchemy.exc import OperationalError

from core.database import WRITER_LOCK, Database
from core.errors import Unavailable
from core.settings import settings
from jobs.migrations import alembic_config

MIGRATION_LOCK = WRITER_LOCK + 1


def open_database() -> Database:
    """The database of the settings, up to date. Raises `Unavailable` when it cannot be reached or is too new."""
    database = Database(settings().database)
    with reaching(database):
        bring_up_to_date(database)
    return database


@contextmanager
def reaching(database: Database) -> Iterator[None]:
    """Turns what the driver says of a database out of reach into `Unavailable`, without a password."""
    try:
        yield
    except OperationalError as error:
        address = database.engine.url.render_as_string(hide_password=True)
        raise Unavailable(f"CAMPUS_DATABASE_URL: {address} cannot be used: {str(error.orig).strip()}") from None


@contextmanager
def opened_database() -> Iterator[Database]:
    """`open_database` for a command, closed at the end."""
    database = open_database()
    try:
        yield database
    finally:
        database.close()


def bring_up_to_date(database: Database) -> None:
    """Apply the migrations that this database lacks, all or none; of processes that start together one does it.

    Raises `Unavailable` for a database of a newer version of the service, or of another program.
    """
    with _one_at_a_time(database.engine):
        with database.engine.connect() as connection:
            up_to_date = revision(connection) == newest_revision()
        if not up_to_date:
            with _all_or_nothing(database.engine) as connection:
                upgrade(connection)


@contextmanager
def filling_anew(database: Database) -> Iterator[Connection]:
    """One transaction that may replace every table: nobody migrates meanwhile, and it is kept whole or not at all.

    On SQLite references are not enforced in it, but looked at before it is committed.
    """
    with _one_at_a_time(database.engine), _all_or_nothing(database.engine) as connection:
        if database.engine.name == "postgresql":  # what it is filled with may take its time
            connection.exec_driver_sql("SET LOCAL idle_in_transaction_session_timeout = 0")
        yield connection


def upgrade(connection: Connection, to: str = "head") -> None:
    """Apply the migrations up to a revision, in the transaction of the connection."""
    config = alembic_config()
    config.attributes["connection"] = connection
    command.upgrade(config, to)


def newest_revision() -> str | None:
    """The revision to which this version of the service brings its database; None before the first migration."""
    return _scripts().get_current_head()


def is_known(wanted: str) -> bool:
    """Whether this version of the service knows the revision; it does not know those of newer versions."""
    return any(script.revision == wanted for script in _scripts().walk_revisions())


def revision(connection: Connection) -> str | None:
    """The revision of a database of ours, None for an empty one.

    Raises `Unavailable` for a database of a newer version of the service, or of another program.
    """
    present = MigrationContext.configure(connection).get_current_revision()
    tables = set(sa.inspect(connection).get_table_names()) - {"alembic_version"}
    if present and not is_known(present):
        raise Unavailable(
            f"The database was brought up to date by a newer version of the service (revision {present}). "
            "Start that version, or restore the backup made before it."
        )
    if tables and not present:
        raise Unavailable(
            f"The database holds tables of another program ({min(tables)}). Name an empty one in CAMPUS_DATABASE_URL."
        )
    return present


def our_revision() -> str:
    """The revision of the tables that this version of the service works with."""
    return _scripts().get_current_head() or ""


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(alembic_config())


@contextmanager
def _one_at_a_time(engine: sa.Engine) -> Iterator[None]:
    """Waits as long as it takes: a migration may need longer than any writer is allowed to."""
    if engine.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.detach()  # closed afterwards, and its lock and setting with it
            connection.exec_driver_sql("SET lock_timeout = 0")
            connection.exec_driver_sql(f"SELECT pg_advisory_lock({MIGRATION_LOCK})")
            yield
    else:
        with Path(f"{engine.url.database}.lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)  # released when the file is closed, also by the end of the process
            yield


@contextmanager
def _all_or_nothing(engine: sa.Engine) -> Iterator[Connection]:
    """A writing transaction; on SQLite it does not enforce foreign keys, as altering a table means replacing it."""
    with engine.connect().execution_options(campus_write=True) as connection:
        if engine.name == "sqlite":
            _foreign_keys(connection, "OFF")
        try:
            with connection.begin():
                yield connection
                _check_references(connection)
        finally:
            if engine.name == "sqlite":
                _foreign_keys(connection, "ON")


def _foreign_keys(connection: Connection, switch: str) -> None:
    driver = connection.connection.driver_connection
    assert driver is not None
    driver.execute(f"PRAGMA foreign_keys={switch}")  # past SQLAlchemy: it has no effect within a transaction


def _check_references(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
        assert broken is None, f"a reference into nothing: {broken}"
