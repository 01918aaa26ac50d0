"""Empty and filled databases of each kind."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from core.database import Database
from jobs.database import filling_anew
from tests.accessibility.seeded import history, history_folder  # noqa: F401  (fixtures)
from tests.jobs.sample_rows import fill
from tests.refilled import refilled

KINDS = ["sqlite", "postgresql"]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "campus.backup"


@pytest.fixture(params=KINDS)
def empty(request: pytest.FixtureRequest, empty_databases: Callable[[str], Database]) -> Database:
    return empty_databases(request.param)


@pytest.fixture
def empty_databases(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[str], Database]]:
    """Makes empty databases of each kind."""
    made: list[Database] = []
    names: list[str] = []

    def new(kind: str) -> Database:
        if kind == "sqlite":
            url = f"sqlite:///{tmp_path / f'empty-{len(made)}.sqlite'}"
        else:
            names.append(f"campus_restore_{len(made)}")
            server = request.getfixturevalue("postgres_server")
            server.run(f"CREATE DATABASE {names[-1]}")
            url = server.url(names[-1])
        made.append(Database(url))
        return made[-1]

    yield new
    for database in made:
        database.close()
    for name in names:
        request.getfixturevalue("postgres_server").run(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def filled(database: Database, tmp_path: Path) -> Database:
    """A database with rows in every table."""
    return _filled(database, tmp_path)


@pytest.fixture
def filled_sqlite(sqlite_database: Database, tmp_path: Path) -> Database:
    """The same, where the kind of what is backed up proves nothing more."""
    return _filled(sqlite_database, tmp_path)


def _filled(database: Database, folder: Path) -> Database:
    def anew() -> None:
        with filling_anew(database) as connection:
            fill(connection)

    refilled(database, "rows in every table", anew, folder)
    return database
