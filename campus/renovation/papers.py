"""Notes and documents of works. Notes are appended; of a document that was removed, who did so, when and why stays."""

from urllib.parse import urlsplit

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.places.rules import checked_name, checked_text
from campus.renovation import files, rules
from campus.renovation.files import Kept
from campus.renovation.models import PackageDocument, PackageNote, WorksPackage
from core import clock, trail
from core.errors import Conflict, InvalidInput, NotFound
from core.i18n import gettext as _

MOST_URL = 1000
MOST_NAME = 200


def note(session: Session, package: WorksPackage, text: str, actor: str) -> PackageNote:
    """Note something on works. Raises `InvalidInput`."""
    made = PackageNote(
        package_id=package.id,
        text=checked_text(text, "text", rules.MOST_NOTE, needed=True),
        added_at=clock.now(),
        added_by=actor,
    )
    session.add(made)
    session.flush()
    trail.record(session, actor, "works.note", "works_package", package.id, after={"note": made.id})
    return made


def add_link(session: Session, package: WorksPackage, name: str, url: str, actor: str) -> PackageDocument:
    """Refer to a document that lies elsewhere. Raises `InvalidInput` for what is no address under https."""
    address = checked_url(url)
    return _add(session, package, PackageDocument(name=name or _host(address), kind=files.LINK, url=address), actor)


def add_file(session: Session, package: WorksPackage, name: str, file: Kept, actor: str) -> PackageDocument:
    """Keep a document that `files.keep` has taken. Without a name it is called as its file."""
    made = PackageDocument(
        name=name or file.file_name,
        kind=file.kind,
        digest=file.digest,
        file_name=file.file_name,
        size=file.size,
    )
    return _add(session, package, made, actor)


def remove(session: Session, found: PackageDocument, actor: str, why: str) -> None:
    """A document belongs to the works no more; its file is swept away. Raises `Conflict`, `InvalidInput`."""
    if found.removed_at is not None:
        raise Conflict(_("“%(name)s” was removed already.", name=found.name))
    found.removed_why = checked_text(why, "why", needed=True)
    found.removed_at, found.removed_by = clock.now(), actor
    session.flush()
    before = {"document": found.id, "kind": found.kind, "sha256": found.digest}
    trail.record(session, actor, "works.document_remove", "works_package", found.package_id, before=before)


def notes(session: Session, package_id: int) -> list[PackageNote]:
    """What was noted on works, the newest first."""
    query = sa.select(PackageNote).where(PackageNote.package_id == package_id)
    return list(session.scalars(query.order_by(PackageNote.id.desc())))


def documents(session: Session, package_id: int) -> list[PackageDocument]:
    """The documents of works, by name, those that were removed last."""
    query = sa.select(PackageDocument).where(PackageDocument.package_id == package_id)
    order = (PackageDocument.removed_at.is_not(None), sa.func.lower(PackageDocument.name), PackageDocument.id)
    return list(session.scalars(query.order_by(*order)))


def document(session: Session, package: WorksPackage, document_id: int) -> PackageDocument:
    """A document of these works, also one that was removed. Raises `NotFound`."""
    found = session.get(PackageDocument, document_id)
    if found is None or found.package_id != package.id:
        raise NotFound(_("There is no such document."))
    return found


def in_use(session: Session) -> set[str]:
    """The hashes of all files that a document refers to which was not removed."""
    query = sa.select(PackageDocument.digest).where(PackageDocument.digest != "", PackageDocument.removed_at.is_(None))
    return set(session.scalars(query.distinct()))


def checked_url(given: str) -> str:
    """An address under https that names a host and nobody's password. Raises `InvalidInput`."""
    address = given.strip()
    try:
        parts = urlsplit(address)
        usable = parts.scheme == "https" and bool(parts.hostname) and "@" not in parts.netloc and parts.port != 0
    except ValueError:
        usable = False
    if not usable or not address.isprintable() or " " in address or len(address) > MOST_URL:
        raise InvalidInput(_("must be an address that begins with https://"), place="url")
    return address


def _host(address: str) -> str:
    return (urlsplit(address).hostname or "")[:MOST_NAME]


def _add(session: Session, package: WorksPackage, made: PackageDocument, actor: str) -> PackageDocument:
    made.name = checked_name(made.name, MOST_NAME)
    made.package_id, made.added_at, made.added_by = package.id, clock.now(), actor
    session.add(made)
    session.flush()
    after = {"document": made.id, "kind": made.kind, "sha256": made.digest}
    trail.record(session, actor, "works.document_add", "works_package", package.id, after=after)
    return made
