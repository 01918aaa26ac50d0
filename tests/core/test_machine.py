"""What is measured of the database and of the data folder."""

from pathlib import Path

import pytest

from core import machine
from core.database import Database
from jobs.database import our_revision


def test_the_database_has_a_size_a_version_and_a_revision(database: Database) -> None:
    with database.read() as session:
        facts = machine.database_facts(session)
    assert facts.kind == database.engine.name
    assert facts.bytes > 100_000
    assert facts.version[0].isdigit()
    assert facts.revision == our_revision()


def test_a_database_without_migrations_is_at_none(empty_database_url: str) -> None:
    database = Database(empty_database_url)
    with database.read() as session:
        assert machine.revision(session) == ""
    database.close()


def test_a_folder_is_measured_with_all_that_is_below_it(tmp_path: Path) -> None:
    (tmp_path / "ab").mkdir()
    (tmp_path / "ab" / "one.png").write_bytes(b"x" * 1000)
    (tmp_path / "two.png").write_bytes(b"x" * 24)
    (tmp_path / "link").symlink_to(tmp_path / "ab")
    assert machine.folder_bytes(tmp_path) == 1024 + (tmp_path / "link").lstat().st_size
    assert machine.folder_bytes(tmp_path / "not there") == 0


def test_a_folder_that_is_not_made_yet_has_the_space_of_its_file_system(tmp_path: Path) -> None:
    facts = machine.folder_facts(tmp_path / "a" / "b")
    assert 0 < facts.free <= facts.total
    assert 0 < facts.free_share <= 1


def test_a_place_that_takes_no_file_is_not_writable(tmp_path: Path) -> None:
    machine.check_writable(tmp_path / "made")
    assert list((tmp_path / "made").iterdir()) == []
    (tmp_path / "file").touch()
    with pytest.raises(OSError):
        machine.check_writable(tmp_path / "file")
