"""A backup puts everything back, on each kind of database and from each to the other."""

import gzip
import stat
import tarfile
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from accessibility.ledger.tickets.models import Component
from core import clock, picture_store, trail
from core.database import Database
from core.errors import Conflict, InvalidInput, Unavailable
from core.job_runs import JobRun
from jobs.database import bring_up_to_date, filling_anew, newest_revision, revision, upgrade
from tests.jobs.backup.steps import back_up, put_back, seen
from tests.jobs.sample_rows import everything, fill

KINDS = ["sqlite", "postgresql"]


@pytest.mark.parametrize("target", KINDS)
def test_every_row_of_every_table_comes_back_in_either_kind_of_database(
    filled: Database, file: Path, empty_databases: Callable[[str], Database], target: str
) -> None:
    back_up(filled, file)
    other = empty_databases(target)
    put_back(other, file)

    assert seen(other) == seen(filled)
    assert all(seen(filled).values())
    with other.read() as session:
        assert trail.entries(session, limit=1)[0].action == "service.restore"


def test_what_was_restored_goes_on(filled_sqlite: Database, file: Path, empty: Database) -> None:
    back_up(filled_sqlite, file)
    put_back(empty, file)
    bring_up_to_date(empty)

    with empty.write() as session:
        session.add(JobRun(job="next", planned_at=clock.now()))
    with pytest.raises(sa.exc.IntegrityError), empty.write() as session:
        session.execute(sa.text("INSERT INTO page (platform_id, url, title) VALUES (99, 'https://example.org/', '')"))
    with pytest.raises(sa.exc.IntegrityError), empty.write() as session:
        session.execute(sa.text("DELETE FROM trail_entry"))


def test_the_history_of_a_platform_comes_back_with_its_pictures(
    history: Database,
    file: Path,
    empty: Database,
) -> None:
    pictures = Path(str(history.engine.url.database)).parent / "evidence"
    made = back_up(history, file, pictures)
    done = put_back(empty, file, file.parent / "elsewhere" / "evidence")

    assert seen(empty) == seen(history)
    assert (done.rows, done.pictures, done.missing, done.key_fits) == (made.rows, made.pictures, [], True)
    assert made.pictures > 0
    for original in pictures.glob("??/*"):
        copy = picture_store.path_of(file.parent / "elsewhere" / "evidence", original.stem, original.suffix[1:])
        assert copy.read_bytes() == original.read_bytes()


def test_a_backup_made_while_the_service_writes_is_of_one_moment(database: Database, file: Path) -> None:
    """Each transaction of the writer adds to two tables, as the close of an audit does."""
    stop, written = threading.Event(), threading.Event()

    def keep_writing() -> None:
        while not stop.is_set():
            with database.write() as session:
                session.add(JobRun(job="pair", planned_at=clock.now()))
                trail.record(session, "clock", "pair", "service", "")
            written.set()

    writer = threading.Thread(target=keep_writing)
    writer.start()
    try:
        assert written.wait(20)
        back_up(database, file)
    finally:
        stop.set()
        writer.join()
    assert len(lines(file, "job_run", '"pair"')) == len(lines(file, "trail_entry", '"pair"')) > 0


def lines(file: Path, table: str, holding: str) -> list[str]:
    with tarfile.open(file) as tar:
        member = tar.extractfile(f"tables/{table}.jsonl.gz")
        assert member is not None
        return [line for line in gzip.decompress(member.read()).decode().splitlines() if holding in line]


def test_an_older_version_is_brought_up_to_date(file: Path, empty: Database, empty_databases: Any) -> None:
    old = empty_databases("sqlite")
    with filling_anew(old) as connection:
        upgrade(connection, "0001")
        fill(connection)
    back_up(old, file)
    with old.read() as session:
        before = everything(session.connection())
        assert revision(session.connection()) == "0001"

    put_back(empty, file)

    after = seen(empty)
    assert {row["slug"] for row in after["platform"]} == {row["slug"] for row in before["platform"]}
    with empty.read() as session:
        assert revision(session.connection()) == newest_revision()


def test_the_file_is_for_its_owner_alone_and_replaces_nothing(filled_sqlite: Database, file: Path) -> None:
    back_up(filled_sqlite, file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    content = file.read_bytes()

    with pytest.raises(InvalidInput, match="is there already"):
        back_up(filled_sqlite, file)
    assert file.read_bytes() == content
    assert [other.name for other in file.parent.iterdir() if other.name.startswith(".")] == []


def test_no_secret_leaves_the_machine_readable(history: Database, file: Path) -> None:
    folder = Path(str(history.engine.url.database)).parent
    back_up(history, file, folder / "evidence")
    key = (folder / "secret.key").read_text().strip()
    with tarfile.open(file) as tar:
        assert not [name for name in tar.getnames() if "secret" in name or name.endswith(".key")]
        for member in tar:
            content = tar.extractfile(member)
            assert content is not None
            data = content.read()
            text = gzip.decompress(data) if member.name.endswith(".gz") else data
            assert key.encode() not in text


def test_an_empty_database_is_no_backup(file: Path, empty: Database) -> None:
    with pytest.raises(Unavailable, match="nothing to back up"):
        back_up(empty, file)
    assert not file.exists()


def test_pictures_that_are_damaged_or_gone_are_named(history: Database, file: Path, empty: Database) -> None:
    pictures = Path(str(history.engine.url.database)).parent / "evidence"
    with history.read() as session:
        damaged, gone, *_ = sorted(set(session.scalars(sa.select(Component.evidence).where(Component.evidence != ""))))
    picture_store.path_of(pictures, damaged).write_bytes(b"half a pic")
    picture_store.path_of(pictures, gone).unlink()

    made = back_up(history, file, pictures)
    done = put_back(empty, file)

    assert (made.damaged, made.missing) == ([damaged], [gone])
    assert done.missing == sorted([damaged, gone])


def test_a_database_that_holds_something_is_left_alone(filled: Database, file: Path) -> None:
    back_up(filled, file)
    with filled.write() as session:
        session.add(JobRun(job="since then", planned_at=clock.now()))
    before = seen(filled)

    with pytest.raises(Conflict, match=r"not empty.*--replace"):
        put_back(filled, file)

    assert seen(filled) == before


def test_a_database_that_holds_something_is_replaced_when_asked(filled: Database, file: Path) -> None:
    before = seen(filled)
    back_up(filled, file)
    with filled.write() as session:
        session.add(JobRun(job="since then", planned_at=clock.now()))

    put_back(filled, file, replace=True)

    assert seen(filled) == before


def test_a_database_of_another_program_is_never_replaced(filled_sqlite: Database, file: Path, empty: Database) -> None:
    back_up(filled_sqlite, file)
    with empty.write() as session:
        session.execute(sa.text("CREATE TABLE orders (id INTEGER)"))

    with pytest.raises(Unavailable, match="another program"):
        put_back(empty, file, replace=True)
    assert sa.inspect(empty.engine).get_table_names() == ["orders"]
