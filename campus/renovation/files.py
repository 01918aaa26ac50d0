"""Files that are kept with works: hostile until they are known by their first bytes, given back as attachments alone.

A file is taken as what its name says, and only where its content begins as such files do. What is in it is not looked
at: no page of ours shows it, and a browser is told to save it as exactly that kind.
"""

import unicodedata
from dataclasses import dataclass
from pathlib import Path

from core import picture_store
from core.errors import InvalidInput, NotFound
from core.i18n import format_bytes
from core.i18n import gettext as _
from core.settings import settings

LINK = "link"  # the kind of a document that is no file here
MOST_NAME = 120
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OFFICE, _OPEN = "application/vnd.openxmlformats-officedocument", "application/vnd.oasis.opendocument"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: how it is told to a browser, its first bytes, and what else must be in it."""

    media_type: str
    begins: bytes
    holds: bytes = b""


KINDS = {
    "pdf": Kind("application/pdf", b"%PDF-"),
    "jpg": Kind("image/jpeg", b"\xff\xd8\xff"),
    "png": Kind("image/png", b"\x89PNG\r\n\x1a\n"),
    "webp": Kind("image/webp", b"RIFF", b"WEBP"),
    "docx": Kind(f"{_OFFICE}.wordprocessingml.document", _ZIP, b"[Content_Types].xml"),
    "xlsx": Kind(f"{_OFFICE}.spreadsheetml.sheet", _ZIP, b"[Content_Types].xml"),
    "pptx": Kind(f"{_OFFICE}.presentationml.presentation", _ZIP, b"[Content_Types].xml"),
    "odt": Kind(f"{_OPEN}.text", _ZIP, f"{_OPEN}.text".encode()),
    "ods": Kind(f"{_OPEN}.spreadsheet", _ZIP, f"{_OPEN}.spreadsheet".encode()),
    "odp": Kind(f"{_OPEN}.presentation", _ZIP, f"{_OPEN}.presentation".encode()),
    "doc": Kind("application/msword", _OLE),
    "xls": Kind("application/vnd.ms-excel", _OLE),
    "ppt": Kind("application/vnd.ms-powerpoint", _OLE),
}
ACCEPT = ",".join(f".{kind}" for kind in KINDS) + ",.jpeg"


@dataclass(frozen=True, slots=True)
class Kept:
    """A file in the evidence folder: its hash, its kind, a harmless name with that ending, and its size in bytes."""

    digest: str
    kind: str
    file_name: str
    size: int


def keep(folder: Path, name: str, content: bytes, place: str = "file") -> Kept:
    """Keep a file in the evidence folder. Raises `InvalidInput` for one that is too large or of no kind above."""
    most = settings().document_mb * 1_000_000
    if not content:
        raise InvalidInput(_("The file is empty."), place=place)
    if len(content) > most:
        raise InvalidInput(_("The file must have at most %(size)s.", size=format_bytes(most)), place=place)
    file_name, kind = harmless(name)
    known = KINDS.get(kind)
    if known is None:
        raise InvalidInput(_("The file must be one of these: %(kinds)s.", kinds=", ".join(KINDS)), place=place)
    if not content.startswith(known.begins) or known.holds not in content:
        raise InvalidInput(_("The content of this file is not what its name says: %(kind)s.", kind=kind), place=place)
    return Kept(picture_store.store(folder, content), kind, file_name, len(content))


def path(folder: Path, digest: str) -> Path:
    """Where a file lies. Raises `NotFound` where it is not there any more."""
    for ending in picture_store.ENDINGS:
        file = picture_store.path_of(folder, digest, ending)
        if file.is_file() and not file.is_symlink():
            return file
    raise NotFound(_("The file of this document is not there."))


def harmless(name: str) -> tuple[str, str]:
    """A name by which a file can be saved anywhere, and its kind by that name; "" where it names none.

    >>> harmless("..\\\\plans/../Piano  terra.PDF"), harmless("Devis‮fdp.exe"), harmless("")
    (('Piano terra.pdf', 'pdf'), ('Devisfdp.exe', 'exe'), ('document', ''))
    """
    last = name.replace("\\", "/").rpartition("/")[2]
    plain = "".join(" " if one.isspace() else one for one in last if one.isspace() or one.isprintable())
    plain = "".join(one for one in plain if one not in '<>:"|?*' and unicodedata.category(one)[0] != "C")
    stem, dot, ending = " ".join(plain.split()).rstrip(". ").rpartition(".")
    if not dot:
        stem, ending = ending, ""
    kind = {"jpeg": "jpg"}.get(ending.lower(), ending.lower())[:10]
    stem = stem.strip(". ")[: MOST_NAME - 11] or "document"
    return (f"{stem}.{kind}" if kind else stem), kind
