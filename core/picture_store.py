"""The folder of pictures and documents: each is stored once under the hash of its content, `ab/abcdef….png`.

Pictures of problems are PNG, photos of service requests JPEG, documents of works whatever they are. The ending follows
from the content alone, so that one content is one file. What refers to them stands in the database.
"""

import hashlib
import os
import re
import tempfile
from collections.abc import Collection
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from core.errors import NotFound
from core.i18n import gettext as _

SHA256 = re.compile(r"[0-9a-f]{64}")
_BEGINNINGS = {
    b"\xff\xd8\xff": "jpg",
    b"%PDF-": "pdf",
    b"PK\x03\x04": "zip",  # office documents
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "ole",  # older ones
    b"RIFF": "webp",
}
ENDINGS = ("png", *_BEGINNINGS.values())


def path_of(folder: Path, sha256: str, ending: str = "png") -> Path:
    """Where the picture with this hash is, or would be. `NotFound` for what is no hash."""
    if not SHA256.fullmatch(sha256):
        raise NotFound(_("There is no such picture."))
    return folder / sha256[:2] / f"{sha256}.{ending}"


def kept(folder: Path, sha256: str, ending: str = "png") -> Path:
    """The picture with this hash. `NotFound` when there is none, or no longer; a link to another file is none."""
    file = path_of(folder, sha256, ending)
    if file.is_symlink() or not file.is_file():
        raise NotFound(missing())
    return file


def missing() -> str:
    """What is said where a picture is not, or is not for this person."""
    return _("There is no such picture. Pictures of what has ended are deleted after a while.")


def store(folder: Path, picture: bytes) -> str:
    """Keep a picture and return its hash. A reader never sees half a file, even if we are killed meanwhile."""
    sha256 = hashlib.sha256(picture).hexdigest()
    target = path_of(folder, sha256, _ending(picture))
    with suppress(FileNotFoundError):
        os.utime(target)  # as good as new, so that no sweep takes it before its row is written
        return sha256
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=target.parent, suffix=".part", delete=False) as part:
        part.write(picture)
    Path(part.name).replace(target)
    return sha256


def stored(folder: Path) -> list[Path]:
    """All pictures that are there, by their hash."""
    found = (file for ending in ENDINGS for file in folder.glob(f"??/*.{ending}"))
    return sorted((file for file in found if SHA256.fullmatch(file.stem)), key=lambda file: file.stem)


def sweep(folder: Path, in_use: Collection[str], older_than: datetime) -> int:
    """Delete every picture that nothing refers to and that is older than the instant; how many."""
    deleted = 0
    for file in folder.glob("??/*"):
        if file.stem not in in_use and file.stat().st_mtime < older_than.timestamp():
            file.unlink()
            deleted += 1
    return deleted


def _ending(content: bytes) -> str:
    return next((ending for begins, ending in _BEGINNINGS.items() if content.startswith(begins)), "png")
