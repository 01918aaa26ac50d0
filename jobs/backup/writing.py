"""The file of a backup while it is made: for its owner alone, and there whole or not at all."""

import gzip
import hashlib
import os
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import IO, BinaryIO, cast

from core.errors import InvalidInput
from core.i18n import gettext as _
from jobs.backup.manifest import MANIFEST, Manifest, TableEntry, member_of_picture, member_of_table


class Writer:
    """A backup that is being written."""

    def __init__(self, tar: tarfile.TarFile, folder: Path) -> None:
        self._tar = tar
        self._folder = folder

    def table(self, name: str, columns: list[str], write: Callable[[BinaryIO], int]) -> TableEntry:
        """Add a table, whose lines `write` writes; it answers how many."""
        with tempfile.TemporaryFile(dir=self._folder) as part:
            with gzip.GzipFile(filename="", fileobj=part, mode="wb", mtime=0, compresslevel=6) as lines:
                rows = write(cast(BinaryIO, lines))
            part.seek(0)
            sha256 = hashlib.file_digest(part, "sha256").hexdigest()
            self._add(member_of_table(name), part, part.tell())
        return TableEntry(columns=columns, rows=rows, sha256=sha256)

    def picture(self, name: str, content: bytes) -> None:
        """Add a picture under the name of its file."""
        self._add(member_of_picture(name), BytesIO(content), len(content))

    def finish(self, manifest: Manifest) -> None:
        """Add the manifest, as the last member."""
        text = manifest.model_dump_json(indent=1).encode()
        self._add(MANIFEST, BytesIO(text), len(text))

    def _add(self, name: str, content: IO[bytes], size: int) -> None:
        member = tarfile.TarInfo(name)
        member.size = size
        member.mode = 0o600
        content.seek(0)
        self._tar.addfile(member, content)


@contextmanager
def new_file(path: Path) -> Iterator[Writer]:
    """A backup at `path`, readable by its owner alone, there only once it is whole. Raises `InvalidInput`."""
    if path.exists() or path.is_symlink():
        raise InvalidInput(_("is there already; a backup replaces nothing"), place=str(path))
    try:
        handle, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "wb") as target:
                with tarfile.open(fileobj=target, mode="w", format=tarfile.PAX_FORMAT) as tar:
                    yield Writer(tar, path.parent)
                target.flush()
                os.fsync(target.fileno())
            Path(draft).rename(path)
        except BaseException:
            Path(draft).unlink(missing_ok=True)
            raise
    except OSError as error:
        place = str(error.filename or path)
        raise InvalidInput(_("cannot be read or written: %(reason)s", reason=error.strerror), place=place) from None
