"""Every SELECT on imports."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.tables.mapping import from_json, sum_of
from campus.tables.models import ImportFile, RememberedMapping, TableImport
from campus.tables.rules import Choices, Table
from core.errors import NotFound
from core.i18n import gettext as _


def get(session: Session, import_id: int) -> TableImport:
    """An import. Raises `NotFound`."""
    found = session.get(TableImport, import_id)
    if found is None:
        raise NotFound(_("There is no such import."))
    return found


def original(session: Session, import_id: int) -> bytes:
    """The file as it came. Raises `NotFound` when it was deleted after its time."""
    content = session.scalar(sa.select(ImportFile.content).where(ImportFile.import_id == import_id))
    if content is None:
        raise NotFound(_("The original of this import was deleted after its time."))
    return content


def is_kept(session: Session, import_id: int) -> bool:
    """Whether the original is still there."""
    return session.scalar(sa.select(ImportFile.import_id).where(ImportFile.import_id == import_id)) is not None


def imports(session: Session, *, offset: int = 0, limit: int = 20) -> list[TableImport]:
    """The imports, the newest first."""
    return list(session.scalars(sa.select(TableImport).order_by(TableImport.id.desc()).offset(offset).limit(limit)))


def how_many(session: Session) -> int:
    """How many imports there are."""
    return session.scalar(sa.select(sa.func.count()).select_from(TableImport)) or 0


def remembered(session: Session, table: Table, headings: Sequence[str]) -> Choices | None:
    """What was chosen for the last file of these headings."""
    kept = session.get(RememberedMapping, (table.value, sum_of(headings)))
    return from_json(kept.choices) if kept else None
