"""What the service stands on: its database and its data folder, as they are now."""

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

MEASURED_FOR = 300  # seconds: looking at each of many pictures takes time
SIZES = {
    "sqlite": "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()",
    "postgresql": "SELECT pg_database_size(current_database())",
}


@dataclass(frozen=True, slots=True)
class DatabaseFacts:
    """`kind`: sqlite, postgresql. `revision` is that of its tables, "" when it has none of ours."""

    kind: str
    version: str
    bytes: int
    revision: str


@dataclass(frozen=True, slots=True)
class FolderFacts:
    """A folder of this machine: what is free and what there is on its file system, in bytes."""

    path: str
    free: int
    total: int

    @property
    def free_share(self) -> float:
        """0 to 1."""
        return self.free / self.total if self.total else 0.0


def database_facts(session: Session) -> DatabaseFacts:
    """The database that this session talks to."""
    dialect = session.connection().dialect  # which knows the version once it is connected
    version = ".".join(map(str, dialect.server_version_info or ()))
    return DatabaseFacts(dialect.name, version, database_bytes(session), revision(session))


def database_bytes(session: Session) -> int:
    """Size of the database with its indexes, in bytes."""
    return int(session.scalar(sa.text(SIZES[session.get_bind().dialect.name])) or 0)


def revision(session: Session) -> str:
    """The migration that the database is at, "" for a database without any."""
    if not sa.inspect(session.connection()).has_table("alembic_version"):
        return ""
    return str(session.scalar(sa.text("SELECT max(version_num) FROM alembic_version")) or "")


def folder_facts(folder: Path) -> FolderFacts:
    """The folder, or the nearest one above it while it is not made. Raises `OSError` when it cannot be looked at."""
    there = next(one for one in (folder.resolve(), *folder.resolve().parents) if one.exists())
    usage = shutil.disk_usage(there)
    return FolderFacts(str(folder.resolve()), usage.free, usage.total)


def check_writable(folder: Path) -> None:
    """Write a byte into the folder, which is made if need be, and take it back. Raises `OSError`."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=folder) as file:
        file.write(b"x")
        file.flush()


def folder_bytes(folder: Path) -> int:
    """Size of all files below the folder, as it was at most `MEASURED_FOR` seconds ago; 0 for one that is not there."""
    return _measured(folder, int(time.monotonic() // MEASURED_FOR))


@lru_cache(maxsize=4)
def _measured(folder: Path, _period: int) -> int:
    return sum(_sizes(folder))


def _sizes(folder: Path) -> Iterator[int]:
    """A file that goes while we look counts nothing."""
    try:
        entries = list(os.scandir(folder))
    except FileNotFoundError:
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from _sizes(Path(entry.path))
        else:
            try:
                yield entry.stat(follow_symlinks=False).st_size
            except FileNotFoundError:
                continue
