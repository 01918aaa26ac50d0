"""Makes a backup, also while the service runs: the rows are those of one moment, the pictures never change."""

import hashlib
from dataclasses import dataclass, field
from functools import partial
from importlib import metadata
from pathlib import Path

from sqlalchemy.orm import Session

from core import clock, picture_store, secrets
from core.database import Database
from core.errors import Unavailable
from core.i18n import gettext as _
from jobs.backup import rows
from jobs.backup.manifest import FORMAT, Manifest, TableEntry
from jobs.backup.writing import Writer, new_file
from jobs.database import newest_revision, reaching, revision
from jobs.pictures_in_use import pictures_in_use
from jobs.progress import Advance


@dataclass(frozen=True)
class Made:
    """What went into a backup, and which pictures could not."""

    rows: int
    pictures: int
    damaged: list[str] = field(default_factory=list)  # their content no longer has the hash of their name
    missing: list[str] = field(default_factory=list)  # the ledger refers to them, and they are not there


def make(database: Database, path: Path, pictures: Path, tell: Advance) -> Made:
    """Write a backup of the database and of the folder of pictures to the new file `path`.

    The database is left as it is, also an older one. Raises `InvalidInput` for a file that cannot be written,
    `Unavailable` for a database that is out of reach, empty or not ours.
    """
    with reaching(database), new_file(path) as writer:
        began_at = clock.now()
        with database.read() as session:  # one moment: a snapshot on PostgreSQL, as always on SQLite
            present = revision(session.connection())
            if present is None:
                raise Unavailable(_("There is nothing to back up: the database is empty."))
            entries = _tables(session, writer, tell)
            wanted = pictures_in_use(session) if present == newest_revision() else set()
        stored, damaged = _pictures(writer, pictures, tell)
        writer.finish(
            Manifest(
                format=FORMAT,
                version=metadata.version("campus"),
                revision=present,
                database=database.engine.name,
                began_at=began_at,
                ended_at=clock.now(),
                key=secrets.fingerprint(),
                tables=entries,
                pictures=len(stored),
            )
        )
    missing = sorted(wanted - stored - set(damaged))
    return Made(sum(entry.rows for entry in entries.values()), len(stored), damaged, missing)


def _tables(session: Session, writer: Writer, tell: Advance) -> dict[str, TableEntry]:
    connection = session.connection()
    found = rows.tables(connection)
    entries = {}
    for done, (name, table) in enumerate(found.items()):
        tell("tables", done, len(found))
        entries[name] = writer.table(name, table.columns.keys(), partial(rows.dump, connection, table))
    return entries


def _pictures(writer: Writer, folder: Path, tell: Advance) -> tuple[set[str], list[str]]:
    """Adds the pictures of the folder; those it added, and those that are damaged."""
    files = picture_store.stored(folder)
    stored, damaged = set(), []
    for done, file in enumerate(files):
        tell("pictures", done, len(files))
        try:
            content = file.read_bytes()
        except FileNotFoundError:
            continue  # swept meanwhile: nothing has referred to it for a day
        if hashlib.sha256(content).hexdigest() == file.stem:
            writer.picture(file.name, content)
            stored.add(file.stem)
        else:
            damaged.append(file.stem)
    return stored, damaged
