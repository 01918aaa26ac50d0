"""A backup puts everything back, on each kind of database and from each to the other."""

import gzip
import hashlib
import io
import json
import stat
import tarfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from cryptography.fernet import Fernet

from accessibility.ledger.audits import evidence
from accessibility.ledger.tickets.models import Component
from core import clock, trail
from core.database import Database
from core.errors import Conflict, InvalidInput, Unavailable
from core.job_runs import JobRun
from jobs.backup.make import Made, make
from jobs.backup.restore import Restored, restore
from jobs.cli import main
from jobs.database import bring_up_to_date, filling_anew, newest_revision, revision, upgrade
from tests.accessibility.seeded import history, history_folder  # noqa: F401  (fixtures)
from tests.jobs.sample_rows import everything, fill

PNG = b"\x89PNG sample picture"
KINDS = ["sqlite", "postgresql"]


def quiet(_what: str, _done: int, _total: int) -> None:
    pass


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


def back_up(database: Database, file: Path, pictures: Path | None = None) -> Made:
    return make(database, file, pictures or file.parent / "pictures", quiet)


def put_back(database: Database, file: Path, pictures: Path | None = None, *, replace: bool = False) -> Restored:
    return restore(database, file, pictures or file.parent / "restored", quiet, replace=replace)


def seen(database: Database) -> dict[str, list[dict[str, Any]]]:
    """Every row, JSON as values and not as either database writes it, without the trail's entry of a restoration."""
    with database.read() as session:
        found = everything(session.connection())
    found["trail_entry"] = [row for row in found["trail_entry"] if row["action"] != "service.restore"]
    for table_rows in found.values():
        for row in table_rows:
            for name, value in row.items():
                if isinstance(value, str) and value[:1] in '{["n':
                    row[name] = json.dumps(json.loads(value), sort_keys=True) if _is_json(value) else value
    return found


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


@pytest.fixture
def filled(database: Database) -> Database:
    """A database with rows in every table."""
    with filling_anew(database) as connection:
        fill(connection)
    return database


@pytest.fixture
def filled_sqlite(sqlite_database: Database) -> Database:
    """The same, where the kind of what is backed up proves nothing more."""
    with filling_anew(sqlite_database) as connection:
        fill(connection)
    return sqlite_database


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
    history: Database,  # noqa: F811
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
        copy = evidence.path_of(file.parent / "elsewhere" / "evidence", original.stem)
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


def test_no_secret_leaves_the_machine_readable(history: Database, file: Path) -> None:  # noqa: F811
    folder = Path(str(history.engine.url.database)).parent
    back_up(history, file, folder / "evidence")
    key = (folder / "secret.key").read_text().strip()
    with tarfile.open(file) as tar:
        assert not [name for name in tar.getnames() if "key" in name.replace("api_token", "")]
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


def test_pictures_that_are_damaged_or_gone_are_named(history: Database, file: Path, empty: Database) -> None:  # noqa: F811
    pictures = Path(str(history.engine.url.database)).parent / "evidence"
    with history.read() as session:
        damaged, gone, *_ = sorted(set(session.scalars(sa.select(Component.evidence).where(Component.evidence != ""))))
    evidence.path_of(pictures, damaged).write_bytes(b"half a pic")
    evidence.path_of(pictures, gone).unlink()

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


# ---- archives that are broken or hostile


Change = Callable[[dict[str, tuple[tarfile.TarInfo, bytes]]], None]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A good backup with one picture."""
    folder = tmp_path_factory.mktemp("whole")
    database = Database(f"sqlite:///{folder / 'campus.sqlite'}")
    bring_up_to_date(database)
    with filling_anew(database) as connection:
        fill(connection)
    evidence.store(folder / "pictures", PNG)
    make(database, folder / "file", folder / "pictures", quiet)
    database.close()
    return (folder / "file").read_bytes()


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """An empty database, which every refused backup leaves empty."""
    database = Database(f"sqlite:///{tmp_path_factory.mktemp('target') / 'campus.sqlite'}")
    yield database
    database.close()


def rewritten(archive: bytes, change: Change) -> bytes:
    """The archive with its members (name → header and content, in order) changed."""
    members = {}
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        for member in tar:
            content = tar.extractfile(member)
            assert content is not None
            members[member.name] = (member, content.read())
    change(members)
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w") as tar:
        for name, (member, data) in members.items():
            member.name = name.removesuffix(" twice")
            member.size = len(data)
            tar.addfile(member, io.BytesIO(data))
    return target.getvalue()


def with_manifest(**values: Any) -> Change:
    def change(members: dict[str, tuple[tarfile.TarInfo, bytes]]) -> None:
        member, data = members["manifest.json"]
        members["manifest.json"] = (member, json.dumps(json.loads(data) | values).encode())

    return change


def with_rows(table: str, edit: Callable[[list[Any]], list[Any]]) -> Change:
    """Rows changed, with the sum in the manifest that belongs to them."""

    def change(members: dict[str, tuple[tarfile.TarInfo, bytes]]) -> None:
        member, data = members[f"tables/{table}.jsonl.gz"]
        given = [json.loads(line) for line in gzip.decompress(data).splitlines()]
        packed = gzip.compress(b"".join(json.dumps(row).encode() + b"\n" for row in edit(given)))
        members[f"tables/{table}.jsonl.gz"] = (member, packed)
        header, text = members["manifest.json"]
        manifest = json.loads(text)
        manifest["tables"][table]["sha256"] = hashlib.sha256(packed).hexdigest()
        members["manifest.json"] = (header, json.dumps(manifest).encode())

    return change


def with_member(name: str, kind: bytes = tarfile.REGTYPE, link: str = "") -> Change:
    def change(members: dict[str, tuple[tarfile.TarInfo, bytes]]) -> None:
        member = tarfile.TarInfo(name)
        member.type, member.linkname = kind, link
        members[name] = (member, b"")

    return change


def with_content(name: str, content: bytes) -> Change:
    def change(members: dict[str, tuple[tarfile.TarInfo, bytes]]) -> None:
        members[name] = (members[name][0], content)

    return change


def without(name: str) -> Change:
    return lambda members: members.pop(name) and None


def again(members: dict[str, tuple[tarfile.TarInfo, bytes]]) -> None:
    members["manifest.json twice"] = members["manifest.json"]


def edited(position: int, value: Any) -> Callable[[list[Any]], list[Any]]:
    return lambda given: [[*row[:position], value, *row[position + 1 :]] for row in given]


PICTURE = f"pictures/{hashlib.sha256(PNG).hexdigest()}.png"
HOSTILE: dict[str, tuple[Change, str]] = {
    "a path upwards": (with_member("../../etc/passwd"), "holds what no backup holds: '../../etc/passwd'"),
    "an absolute path": (with_member("/etc/passwd"), "holds what no backup holds"),
    "a link": (with_member(f"pictures/{'a' * 64}.png", tarfile.SYMTYPE, "/etc/passwd"), "holds what no backup holds"),
    "a hard link": (with_member(f"pictures/{'a' * 64}.png", tarfile.LNKTYPE, PICTURE), "holds what no backup holds"),
    "a device": (with_member("tables/page.jsonl.gz", tarfile.CHRTYPE), "holds what no backup holds"),
    "a manifest twice": (again, "holds what no backup holds: 'manifest.json'"),
    "no manifest": (without("manifest.json"), "it has no manifest"),
    "a damaged picture": (with_content(PICTURE, b"other"), "is damaged"),
    "a damaged table": (with_content("tables/page.jsonl.gz", b"other"), "tables/page.jsonl.gz is damaged"),
    "a table less": (without("tables/page.jsonl.gz"), "does not hold what its manifest says"),
    "a picture less": (without(PICTURE), "does not hold what its manifest says"),
    "a manifest that is none": (with_content("manifest.json", b"[" * 5000), "its manifest cannot be read"),
    "a manifest with more": (with_manifest(more=1), "its manifest cannot be read: more"),
    "a later format": (with_manifest(format=2), "made by a newer version"),
    "a later revision": (with_manifest(revision="9999"), "made by a newer version"),
    "tables of another revision": (with_manifest(revision="0001"), "its tables are not those of its revision"),
    "fewer rows": (with_rows("page", lambda given: given[:-1]), "page: not as many rows"),
    "a row too short": (with_rows("page", lambda given: [row[1:] for row in given]), "page: line 1: not one value"),
    "a value of another kind": (with_rows("page", edited(0, "one")), "page: line 1: a value of the wrong kind"),
    "a huge number": (with_rows("page", edited(0, 10**30)), "page: line 1: a number that no database holds"),
    "a number twice": (with_rows("page", edited(0, 1)), "page: UNIQUE constraint failed"),
    "a reference into nothing": (with_rows("page", edited(1, 77)), "page: a reference to a row of platform"),
    "an instant of nowhere": (with_rows("person", edited(-3, "yesterday")), "person: line 1"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_broken_or_hostile_backup_is_refused_and_nothing_is_written(
    name: str, whole: bytes, target: Database, file: Path, tmp_path: Path
) -> None:
    change, message = HOSTILE[name]
    file.write_bytes(rewritten(whole, change))

    with pytest.raises(InvalidInput) as caught:
        put_back(target, file)

    assert message in str(caught.value)
    assert str(file) in str(caught.value)
    assert sa.inspect(target.engine).get_table_names() == []
    assert [other.name for other in tmp_path.iterdir()] == [file.name]


@pytest.mark.parametrize("length", [0, 100, 5000, -12000])
def test_a_file_that_was_cut_off_is_refused(length: int, whole: bytes, target: Database, file: Path) -> None:
    file.write_bytes(whole[:length])
    with pytest.raises(InvalidInput, match="is no whole backup"):
        put_back(target, file)
    assert sa.inspect(target.engine).get_table_names() == []


def test_what_postgresql_refuses_is_told_with_its_table(whole: bytes, file: Path, empty: Database) -> None:
    file.write_bytes(rewritten(whole, with_rows("page", edited(1, 77))))
    with pytest.raises(InvalidInput, match="page"):
        put_back(empty, file)
    assert sa.inspect(empty.engine).get_table_names() == []


# ---- the commands


def test_the_commands_say_what_they_did_and_warn_of_another_key(
    history: Database,  # noqa: F811
    file: Path,
    configure: Callable[..., None],
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["backup", str(file)]) == 0
    assert "rows and" in capsys.readouterr().out
    configure(data_dir=file.parent / "new", secret_key=Fernet.generate_key().decode())

    assert main(["restore", str(file)]) == 0

    out, err = capsys.readouterr()
    assert "as it was on" in out
    assert "The key here is not the one of the backup" in err
    assert main(["restore", str(file)]) == 3
    assert "--replace" in capsys.readouterr().err


def test_whoever_cannot_be_asked_must_say_yes(
    history: Database,  # noqa: F811
    file: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["backup", str(file)]) == 0
    assert main(["restore", str(file), "--replace"]) == 3
    assert "--yes" in capsys.readouterr().err
    assert main(["restore", str(file), "--replace", "--yes"]) == 0
    assert "The key here" not in capsys.readouterr().err


def test_a_file_that_cannot_be_written_or_read_is_named(
    history: Database,  # noqa: F811
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["backup", str(tmp_path / "nowhere" / "file")]) == 3
    assert main(["restore", str(tmp_path / "nothing")]) == 3
    assert "nothing: cannot be read" in capsys.readouterr().err
