"""Puts a backup back: the database in one transaction, the pictures before it is committed."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DataError, IntegrityError
from sqlalchemy.orm import Session

from core import picture_store, secrets, trail
from core.database import Database
from core.errors import Conflict, InvalidInput
from core.i18n import gettext as _
from jobs.backup import references, rows
from jobs.backup.manifest import Manifest
from jobs.backup.reading import Reader, opened
from jobs.database import filling_anew, is_known, reaching, revision, upgrade
from jobs.pictures_in_use import pictures_in_use
from jobs.progress import Advance


@dataclass(frozen=True)
class Restored:
    """What was put back, and what a person should know of it."""

    began_at: datetime
    rows: int
    pictures: int
    missing: list[str]  # pictures that the ledger refers to, and that are neither in the backup nor here
    key_fits: bool  # whether the stored credentials can be read with the key that is here


def restore(database: Database, path: Path, pictures: Path, tell: Advance, *, replace: bool = False) -> Restored:
    """Fill the database and the folder of pictures from a backup, and bring the tables up to date.

    The whole file is looked through before anything is changed. What is in the database is deleted if `replace`.
    Raises `InvalidInput` for a file that is no whole backup of this or an older version, `Conflict` for a database
    that holds something, `Unavailable` for one that is out of reach, of a newer version or of another program.
    """
    with opened(path) as backup:
        manifest = backup.manifest
        if not is_known(manifest.revision):
            message = _("was made by a newer version of the service; restore it with that version")
            raise InvalidInput(f"{message} ({manifest.version})", place=str(path))
        with reaching(database), filling_anew(database) as connection:
            _make_room(connection, replace)
            upgrade(connection, manifest.revision)
            _load(connection, backup, str(path), tell)
            upgrade(connection)
            with Session(connection) as session:
                _record(session, manifest)
                wanted = pictures_in_use(session)
                session.commit()  # joins the transaction, which is committed at the end
            _store(backup, pictures, tell)
    missing = sorted(wanted - {file.stem for file in picture_store.stored(pictures)})
    count = sum(entry.rows for entry in manifest.tables.values())
    key_fits = manifest.key in (None, secrets.fingerprint())  # without a key, nothing was encrypted
    return Restored(manifest.began_at, count, manifest.pictures, missing, key_fits)


def _make_room(connection: Connection, replace: bool) -> None:
    """Leaves no table of ours; refuses if one holds something and that is not to be replaced."""
    if revision(connection) is None:
        return
    present = rows.tables(connection).values()
    if not replace and any(connection.scalar(sa.select(sa.exists().select_from(table))) for table in present):
        raise Conflict(_("The database is not empty. Name an empty one, or replace what is in it with --replace."))
    cascade = " CASCADE" if connection.dialect.name == "postgresql" else ""
    for name in [*(table.name for table in present), rows.VERSION_TABLE]:
        connection.exec_driver_sql(f'DROP TABLE "{name}"{cascade}')


def _load(connection: Connection, backup: Reader, place: str, tell: Advance) -> None:
    present = rows.tables(connection)
    entries = backup.manifest.tables
    if set(entries) != set(present):
        raise InvalidInput(_("its tables are not those of its revision"), place=place)
    with _blaming(place), references.later(connection):
        for done, (name, entry) in enumerate(entries.items()):
            tell("tables", done, len(entries))
            with _blaming(f"{place}: {name}"):
                if rows.load(connection, present[name], entry.columns, backup.lines(name)) != entry.rows:
                    raise ValueError("not as many rows as the manifest says")
    references.continue_numbering(connection, present.values())


@contextmanager
def _blaming(place: str) -> Iterator[None]:
    """What the rows or the database's constraints say against a backup, as `InvalidInput`."""
    try:
        yield
    except ValueError as error:
        raise InvalidInput(str(error), place=place) from None
    except (IntegrityError, DataError) as error:
        raise InvalidInput(str(error.orig).strip(), place=place) from None


def _record(session: Session, manifest: Manifest) -> None:
    told = {"made": manifest.began_at.isoformat(), "version": manifest.version, "revision": manifest.revision}
    trail.record(session, "command", "service.restore", "service", "", after=told)


def _store(backup: Reader, folder: Path, tell: Advance) -> None:
    """A picture that is left behind by a failure is referred to by nothing, and is swept after a day."""
    for done, member in enumerate(backup.pictures):
        tell("pictures", done, len(backup.pictures))
        picture_store.store(folder, backup.picture(member))
