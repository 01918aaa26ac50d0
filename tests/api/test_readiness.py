"""Ready or not: what `/ready` looks at, how long it waits, and what it tells."""

import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.app import create_app
from api.readiness import IN_TIME, NEWER, NO_ANSWER, NOT_WRITABLE, OLDER, Readiness, database_state
from core.database import Database
from core.machine import revision
from core.settings import Settings
from jobs.database import our_revision
from tests.api.people import Browser


@pytest.fixture
def black_hole() -> Iterator[str]:
    """Address of a database that takes a connection and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield f"postgresql://campus:hush@127.0.0.1:{listener.getsockname()[1]}/campus"


def test_a_migrated_database_and_a_folder_that_takes_files_are_ready(database: Database, tmp_path: Path) -> None:
    app = create_app(database, Settings(data_dir=tmp_path), revision=our_revision())
    answer = Browser(app).get("/ready")
    assert (answer.status_code, answer.json()["status"]) == (200, "ready")
    assert answer.json()["checks"] == {"database": "ok", "data_folder": "ok"}
    assert answer.headers["cache-control"] == "no-store"


def test_a_database_of_another_version_is_not_ready(database: Database) -> None:
    with database.read() as session:
        present = revision(session)
    assert database_state(database, present) == "ok"
    assert database_state(database, "9999") == OLDER
    assert database_state(database, "0001") == NEWER


def test_a_database_without_tables_is_not_ready(empty_database_url: str) -> None:
    database = Database(empty_database_url)
    assert database_state(database, our_revision()) == OLDER
    database.close()


def test_a_database_that_hangs_is_said_in_time_while_the_process_lives(black_hole: str, tmp_path: Path) -> None:
    database = Database(black_hole)
    app = create_app(database, Settings(data_dir=tmp_path))
    app.state.readiness = Readiness("0001", limit=0.3)
    client, began = Browser(app), time.monotonic()
    answers = [client.get("/ready") for _ in range(2)]
    assert time.monotonic() - began < 5
    assert [answer.status_code for answer in answers] == [503, 503]
    assert answers[0].json() == {"status": "not ready", "checks": {"database": IN_TIME, "data_folder": "ok"}}
    assert "hush" not in answers[0].text
    assert [one.name for one in threading.enumerate()].count("readiness of database") == 1
    assert client.get("/health").json() == {"status": "ok"}


def test_a_database_that_is_gone_is_said_at_once(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/gone/campus.sqlite")
    (tmp_path / "gone").rmdir()
    assert Readiness("").checks(database, tmp_path) == {"database": NO_ANSWER, "data_folder": "ok"}


def test_a_folder_that_takes_no_file_is_not_ready(sqlite_database: Database, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    client = Browser(create_app(sqlite_database, Settings(data_dir=tmp_path / "file")))
    answer = client.get("/ready")
    assert answer.status_code == 503
    assert answer.json()["checks"] == {"database": "ok", "data_folder": NOT_WRITABLE}
    assert str(tmp_path) not in answer.text


def test_each_look_is_a_new_one_when_the_last_has_ended(sqlite_database: Database, tmp_path: Path) -> None:
    readiness, folder = Readiness(""), tmp_path / "folder"
    folder.touch()
    assert readiness.checks(sqlite_database, folder)["data_folder"] == NOT_WRITABLE
    folder.unlink()
    assert readiness.checks(sqlite_database, folder)["data_folder"] == "ok"
