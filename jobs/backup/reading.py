"""The file of a backup when it is restored: read with suspicion.

Nothing is ever unpacked by the names that the file holds, and every sum is compared before anything is used.
"""

import gzip
import hashlib
import json
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from pydantic import ValidationError

from core.errors import InvalidInput
from core.i18n import gettext as _
from jobs.backup.manifest import FORMAT, MANIFEST, PICTURE, TABLE, Manifest, member_of_table

MANIFEST_BYTES = 1 << 20
PICTURE_BYTES = 64 << 20
ROW_BYTES = 256 << 20  # a whole baseline or gate stands in one row
CHUNK = 1 << 20


class Reader:
    """A backup whose sums are right. Errors are `InvalidInput` and name the file."""

    def __init__(self, path: Path, tar: tarfile.TarFile) -> None:
        self._path = path
        self._tar = tar
        self._members = self._named()
        self.manifest = self._manifest()
        self._compare()

    @property
    def pictures(self) -> list[str]:
        """The members that are pictures."""
        return [name for name in self._members if PICTURE.fullmatch(name)]

    def picture(self, member: str) -> bytes:
        """The content of a picture."""
        with self._open(member) as content:
            return content.read()

    def lines(self, table: str) -> Iterator[bytes]:
        """The rows of a table."""
        with self._open(member_of_table(table)) as packed, gzip.GzipFile(fileobj=packed) as content:
            try:
                while line := content.readline(ROW_BYTES):
                    if not line.endswith(b"\n"):
                        raise ValueError("a row is too long or cut off")
                    yield line
            except (gzip.BadGzipFile, zlib.error, EOFError) as error:
                raise ValueError(str(error)) from None

    def _named(self) -> dict[str, tarfile.TarInfo]:
        try:
            listed = self._tar.getmembers()
        except (ValueError, OverflowError, RecursionError) as error:  # tarfile lets some nonsense pass to the system
            raise self._fault(_("is no whole backup: %(reason)s", reason=error)) from None
        members: dict[str, tarfile.TarInfo] = {}
        for member in listed:
            known = member.name == MANIFEST or TABLE.fullmatch(member.name) or PICTURE.fullmatch(member.name)
            if not known or member.type != tarfile.REGTYPE or member.issparse() or member.name in members:
                raise self._fault(_("holds what no backup holds: %(name)s", name=repr(member.name)))
            members[member.name] = member
        if MANIFEST not in members:
            raise self._fault(_("is no whole backup: %(reason)s", reason=_("it has no manifest")))
        return members

    def _manifest(self) -> Manifest:
        if self._members[MANIFEST].size > MANIFEST_BYTES:
            raise self._fault(_("its manifest is too long"))
        with self._open(MANIFEST) as content:
            text = content.read()
        try:
            given = json.loads(text)
            if isinstance(given, dict) and isinstance(given.get("format"), int) and given["format"] > FORMAT:
                raise self._fault(_("was made by a newer version of the service; restore it with that version"))
            return Manifest.model_validate(given)
        except (ValueError, RecursionError) as error:
            fault = error.errors()[0] if isinstance(error, ValidationError) else None
            reason = f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" if fault else error
            raise self._fault(_("its manifest cannot be read: %(reason)s", reason=reason)) from None

    def _compare(self) -> None:
        there = {match[1] for name in self._members if (match := TABLE.fullmatch(name))}
        if there != set(self.manifest.tables) or len(self.pictures) != self.manifest.pictures:
            raise self._fault(_("does not hold what its manifest says"))
        sums = {member_of_table(name): entry.sha256 for name, entry in self.manifest.tables.items()}
        sums |= {match[0]: match[1] for name in self.pictures if (match := PICTURE.fullmatch(name))}
        for name, sha256 in sums.items():
            if PICTURE.fullmatch(name) and self._members[name].size > PICTURE_BYTES:
                raise self._fault(_("%(name)s is too large", name=name))
            if self._sum(name) != sha256:
                raise self._fault(_("%(name)s is damaged: its sum is wrong", name=name))

    def _sum(self, name: str) -> str:
        digest = hashlib.sha256()
        with self._open(name) as content:
            while chunk := content.read(CHUNK):
                digest.update(chunk)
        return digest.hexdigest()

    def _open(self, name: str) -> IO[bytes]:
        content = self._tar.extractfile(self._members[name])
        assert content is not None  # it is a regular file
        return content

    def _fault(self, message: str) -> InvalidInput:
        return InvalidInput(message, place=str(self._path))


@contextmanager
def opened(path: Path) -> Iterator[Reader]:
    """A backup to restore, its sums compared. Raises `InvalidInput`, naming the file, for what is not a whole one."""
    try:
        with path.open("rb") as file, tarfile.open(fileobj=file, mode="r:") as tar:
            yield Reader(path, tar)
    except (tarfile.TarError, EOFError) as error:
        raise InvalidInput(_("is no whole backup: %(reason)s", reason=error), place=str(path)) from None
    except OSError as error:
        place = str(error.filename or path)
        raise InvalidInput(_("cannot be read or written: %(reason)s", reason=error.strerror), place=place) from None
