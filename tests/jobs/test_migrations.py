"""Every command brings an empty or older database up to date, and a migrated database equals a fresh one."""

import ast
import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from core import clock
from core.database import Database
from core.errors import Unavailable
from core.job_runs import JobRun
from jobs.database import bring_up_to_date, open_database
from jobs.migrations import FOLDER, models
from jobs.migrations.make import make

ROOT = FOLDER.parent.parent


@pytest.fixture
def migrated(empty_database_url: str) -> Iterator[Database]:
    """A database that was empty and is brought up to date by the migrations."""
    database = Database(empty_database_url)
    bring_up_to_date(database)
    yield database
    database.close()


@pytest.fixture
def fresh(request: pytest.FixtureRequest, migrated: Database) -> Database:
    """A database of the same kind, made from the models."""
    kind = "sqlite" if migrated.engine.name == "sqlite" else "postgres"
    database: Database = request.getfixturevalue(f"{kind}_database")
    return database


def test_alembic_sees_no_difference_between_migrations_and_models(migrated: Database) -> None:
    with migrated.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, models.metadata) == []


def test_a_migrated_database_equals_a_fresh_one(migrated: Database, fresh: Database) -> None:
    assert _tables(migrated.engine) == _tables(fresh.engine)
    assert _triggers(migrated.engine) == _triggers(fresh.engine)
    assert _triggers(fresh.engine)


def _tables(engine: sa.Engine) -> dict[str, Any]:
    """Columns, keys, indexes (with their conditions) and constraints of every table, in an order of no account."""
    seen = sa.inspect(engine)
    return {
        table: {
            "columns": _sorted({**column, "type": repr(column["type"])} for column in seen.get_columns(table)),
            "key": seen.get_pk_constraint(table),
            "indexes": _sorted(seen.get_indexes(table)),
            "unique": _sorted(seen.get_unique_constraints(table)),
            "references": _sorted(seen.get_foreign_keys(table)),
            "checks": _sorted(seen.get_check_constraints(table)),
        }
        for table in seen.get_table_names()
    }


def _sorted(facts: Any) -> list[str]:
    return sorted(json.dumps(fact, default=str, sort_keys=True) for fact in facts)


def _triggers(engine: sa.Engine) -> list[str]:
    if engine.name == "sqlite":
        query = "SELECT sql FROM sqlite_master WHERE type = 'trigger' ORDER BY 1"
    else:
        query = (
            "SELECT pg_get_triggerdef(pg_trigger.oid) || prosrc FROM pg_trigger "
            "JOIN pg_proc ON pg_proc.oid = tgfoid WHERE NOT tgisinternal ORDER BY 1"
        )
    with engine.connect() as connection:
        return list(connection.scalars(sa.text(query)))


def test_every_table_of_the_packages_is_known_to_the_migrations() -> None:
    declared = set()
    for package in ("core", "accessibility", "campus", "api", "jobs"):
        for file in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__tablename__":
                    declared.add(ast.literal_eval(node.value))

    assert set(models.metadata.tables) == declared


def test_an_up_to_date_database_keeps_what_is_in_it(migrated: Database) -> None:
    with migrated.write() as session:
        session.add(JobRun(job="kept", planned_at=clock.now()))

    bring_up_to_date(migrated)

    with migrated.read() as session:
        assert session.scalars(sa.select(JobRun.job)).all() == ["kept"]


def test_foreign_keys_are_enforced_again_after_a_migration(migrated: Database) -> None:
    with pytest.raises(sa.exc.IntegrityError), migrated.write() as session:
        session.execute(sa.text("INSERT INTO page (platform_id, url, title) VALUES (99, 'https://example.org/', '')"))


def test_a_database_of_a_newer_version_is_refused_with_what_to_do(migrated: Database) -> None:
    with migrated.write() as session:
        session.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(Unavailable, match=r"newer version.*9999.*Start that version"):
        bring_up_to_date(migrated)


def test_a_database_of_another_program_is_left_alone(empty_database_url: str) -> None:
    database = Database(empty_database_url)
    with database.write() as session:
        session.execute(sa.text("CREATE TABLE orders (id INTEGER)"))

    with pytest.raises(Unavailable, match="orders"):
        bring_up_to_date(database)
    assert sa.inspect(database.engine).get_table_names() == ["orders"]
    database.close()


def test_processes_that_start_together_migrate_once(empty_database_url: str) -> None:
    start = "from jobs.database import open_database; open_database().close()"
    environment = {"CAMPUS_DATABASE_URL": empty_database_url, "PATH": ""}

    def run(_: int) -> str:
        command = [sys.executable, "-c", start]
        return subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, timeout=240).stderr

    with ThreadPoolExecutor(3) as pool:
        assert list(pool.map(run, range(3))) == ["", "", ""]


def test_a_database_that_cannot_be_reached_is_named_without_its_password(configure: Callable[..., None]) -> None:
    configure(database_url="postgresql://campus:hush@127.0.0.1:1/campus")

    with pytest.raises(Unavailable, match=r"CAMPUS_DATABASE_URL.*127\.0\.0\.1") as caught:
        open_database()

    assert "hush" not in str(caught.value)


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the migrations, so that nothing is written into the working tree."""
    folder = tmp_path / "migrations"
    shutil.copytree(FOLDER, folder)
    monkeypatch.setattr("jobs.migrations.FOLDER", folder)
    return folder / "versions"


def test_without_a_change_of_the_models_no_migration_is_written(elsewhere: Path) -> None:
    assert make("Nothing") is None


def test_the_first_migration_makes_every_table(elsewhere: Path) -> None:
    shutil.rmtree(elsewhere)
    elsewhere.mkdir()

    written = make("Every table")

    assert written is not None
    assert written.name == "0001_every_table.py"
    assert written.read_text().count("op.create_table(") == len(models.metadata.tables)
