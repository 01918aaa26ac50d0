"""Databases for the tests, real ones, made once per process, fresh for each test; and settings of their own."""

import gc
import logging
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest
import structlog
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from core.database import Database
from core.settings import PREFIX, settings
from jobs.migrations import alembic_config
from jobs.migrations.models import metadata
from tests import postgres
from tests.databases import opened

pytest_plugins = ["pytester"]  # for the tests of these fixtures themselves
KINDS = ["sqlite", "postgresql"]
LONGEST = {  # files that take a process a quarter of a minute and more
    *("test_demo_audit", "test_kill", "test_own_pages", "test_own_campus_pages", "test_accessibility_pages"),
    *("test_login", "test_cli_audit", "test_backup", "test_state_page", "test_room_chart", "test_slip"),
    *("test_losses", "test_documented_commands", "test_ci_docs", "test_suite", "test_ground_pages", "test_frames"),
    *("test_loading", "test_hostile_forms", "test_shared_components", "test_gate_run", "test_audit_run"),
    *("test_languages_of_pages", "test_stored_script", "test_worker", "test_recheck_run", "test_count_form"),
    *("test_survey", "test_load", "test_serve", "test_redirects", "test_forged_requests", "test_sign_of_life"),
    *("test_own_pages_deep",),
}


def pytest_configure(config: pytest.Config) -> None:
    """bin/test judges a commit by the same examples each time; pytest by hand looks for new ones."""
    hypothesis.settings.register_profile(
        "campus",
        deadline=None,  # a busy machine proves nothing about the code
        derandomize=config.option.markexpr == "not long",
    )
    hypothesis.settings.load_profile("campus")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest tests come first: begun last, one process would work on them while the others wait."""
    items.sort(key=lambda item: item.path.stem not in LONGEST)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """What is imported stays: the search for garbage need not walk through it, neither meanwhile nor later."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.collect()
        gc.freeze()
        gc.set_threshold(20_000, 20, 20)  # a process of tests ends soon: it may keep garbage a little longer
        gc.enable()


@pytest.fixture(scope="session", autouse=True)
def _no_settings_of_the_developer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Nothing of the environment counts, and nothing is written into the working tree."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith(PREFIX)]:
            patch.delenv(name)
        patch.setenv(f"{PREFIX}DATA_DIR", str(tmp_path_factory.mktemp("data")))
        settings.cache_clear()
        yield
    settings.cache_clear()


@pytest.fixture(autouse=True)
def _plain_logs() -> Iterator[None]:
    """structlog's own default prints the local variables of every traceback, which takes seconds; and a command that
    ran in the test's process leaves no log behind that goes to a stream of that test.
    """
    structlog.configure([structlog.processors.format_exc_info, structlog.processors.KeyValueRenderer()])
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers, root.level = handlers, level
    structlog.reset_defaults()


@pytest.fixture
def configure(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """`configure(session_hours=1)` sets settings for one test."""

    def set_settings(**values: object) -> None:
        for name, value in values.items():
            monkeypatch.setenv(PREFIX + name.upper(), str(value))
        settings.cache_clear()

    yield set_settings
    monkeypatch.undo()
    settings.cache_clear()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[postgres.Server]:
    """One PostgreSQL server per test process. Where it cannot run, the tests fail: none is left out silently."""
    try:
        with postgres.running_server() as server:
            yield server
    except postgres.Missing as missing:
        pytest.fail(str(missing), pytrace=False)


@pytest.fixture(scope="session")
def _postgres_with_tables(postgres_server: postgres.Server) -> Iterator[postgres.Emptied]:
    postgres_server.run("CREATE DATABASE campus_tests")
    _make_tables(postgres_server.url("campus_tests"))
    with postgres_server.emptied("campus_tests", metadata.tables) as emptied:
        yield emptied


@pytest.fixture(scope="session")
def _postgres_without_tables(postgres_server: postgres.Server) -> str:
    postgres_server.run("CREATE DATABASE campus_empty")
    return "campus_empty"


@pytest.fixture(scope="session")
def _sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("template") / "campus.sqlite"
    _make_tables(f"sqlite:///{file}")
    return file


def _make_tables(url: str) -> None:
    database = Database(url)
    with database.engine.begin() as connection:
        metadata.create_all(connection)
        MigrationContext.configure(connection).stamp(ScriptDirectory.from_config(alembic_config()), "head")
    database.close()


@pytest.fixture(params=KINDS)
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Address of a database without any table, on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.sqlite'}"
    else:
        server = request.getfixturevalue("postgres_server")
        name = request.getfixturevalue("_postgres_without_tables")
        yield server.url(name)
        server.end_connections(name)
        server.run("DROP SCHEMA public CASCADE", "CREATE SCHEMA public", database=name)


@pytest.fixture(params=KINDS)
def database_url(request: pytest.FixtureRequest) -> str:
    """Address of a database with fresh tables, on SQLite and on PostgreSQL; for what starts other processes."""
    url: str = request.getfixturevalue(f"_{request.param}_url")
    return url


@pytest.fixture
def _sqlite_url(_sqlite_template: Path, tmp_path: Path) -> str:
    file = tmp_path / "campus.sqlite"
    shutil.copy(_sqlite_template, file)
    return f"sqlite:///{file}"


@pytest.fixture
def _postgresql_url(_postgres_with_tables: postgres.Emptied) -> Iterator[str]:
    """Always the same database, emptied after each test: that takes a hundredth of making another."""
    yield _postgres_with_tables.url
    _postgres_with_tables.empty()


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A database with fresh tables, on SQLite and on PostgreSQL."""
    yield from opened(database_url)


@pytest.fixture
def sqlite_database(_sqlite_url: str) -> Iterator[Database]:
    """A database with fresh tables on SQLite, for what has nothing to do with the kind of database."""
    yield from opened(_sqlite_url)


@pytest.fixture
def postgres_database(_postgresql_url: str) -> Iterator[Database]:
    """A database with fresh tables on PostgreSQL, for what only it can do."""
    yield from opened(_postgresql_url)
