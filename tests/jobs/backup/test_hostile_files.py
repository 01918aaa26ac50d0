"""A file that is broken, cut off or made by somebody who means harm changes nothing."""

import gzip
import hashlib
import io
import json
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from core import picture_store
from core.database import Database
from core.errors import InvalidInput
from jobs.backup.make import make
from jobs.database import bring_up_to_date, filling_anew
from tests.jobs.backup.steps import put_back, quiet
from tests.jobs.sample_rows import fill

PNG = b"\x89PNG sample picture"

Change = Callable[[dict[str, tuple[tarfile.TarInfo, bytes]]], None]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A good backup with one picture."""
    folder = tmp_path_factory.mktemp("whole")
    database = Database(f"sqlite:///{folder / 'campus.sqlite'}")
    bring_up_to_date(database)
    with filling_anew(database) as connection:
        fill(connection)
    picture_store.store(folder / "pictures", PNG)
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
