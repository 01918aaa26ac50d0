"""Tables of what was brought in from files."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base


class TableImport(Base):
    """A file and what became of it. `kind` and `state` are of `rules.py`.

    `choices` are those of the mapping step (`mapping.Choices`), `counts` how many rows were of each outcome, `written`
    the ids of the rows of the books that it wrote, by table.
    """

    __tablename__ = "table_import"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(sa.String(20))
    state: Mapped[str] = mapped_column(sa.String(20))
    file_name: Mapped[str] = mapped_column(sa.String(200))
    sha256: Mapped[str] = mapped_column(sa.String(64))
    size: Mapped[int]
    uploaded_at: Mapped[datetime]
    uploaded_by: Mapped[str] = mapped_column(sa.String(80))
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str | None] = mapped_column(sa.String(80))
    choices: Mapped[dict[str, Any]]
    counts: Mapped[dict[str, Any]]
    written: Mapped[dict[str, Any]]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class ImportFile(Base):
    """The original of an import. It may hold guests' names, so it is deleted for good after some days.

    `refused` are the rows that were not imported, `{"rows": [[row, column, what is wrong], …], "language": "en"}`, as
    they were said to who imported.
    """

    __tablename__ = "import_file"

    import_id: Mapped[int] = mapped_column(sa.ForeignKey("table_import.id"), primary_key=True)
    content: Mapped[bytes] = mapped_column(sa.LargeBinary)
    refused: Mapped[dict[str, Any]]
    delete_after: Mapped[date] = mapped_column(index=True)


class RememberedMapping(Base):
    """Which column was which, for files of these headings. `headings` is the sum of the headings in their order."""

    __tablename__ = "remembered_mapping"

    kind: Mapped[str] = mapped_column(sa.String(20), primary_key=True)
    headings: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    choices: Mapped[dict[str, Any]]


class StayReference(Base):
    """What another system calls a stay. `claim_number` is that of the claim."""

    __tablename__ = "stay_reference"

    reference: Mapped[str] = mapped_column(sa.String(80), primary_key=True)
    claim_number: Mapped[int] = mapped_column(index=True)
