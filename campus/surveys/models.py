"""The table of files that were brought in."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base


class SurveyImport(Base):
    """A file of an earlier survey and what became of it; `state` is one of `rules.State`.

    `content` may hold what guests wrote, so it is deleted when the import ends, and otherwise after `delete_after`.
    `choices` are of `mapping.Choices`. `written` are the ids of its responses in the order of the ids, which tells
    nothing of the file's; they serve to undo it, and go when their quarters close.
    """

    __tablename__ = "survey_import"

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(sa.ForeignKey("questionnaire_version.id"))
    state: Mapped[str] = mapped_column(sa.String(20))
    file_name: Mapped[str] = mapped_column(sa.String(200))
    sha256: Mapped[str] = mapped_column(sa.String(64))
    content: Mapped[bytes | None] = mapped_column(sa.LargeBinary)
    choices: Mapped[dict[str, Any]]
    counts: Mapped[dict[str, Any]]
    written: Mapped[list[str]]
    uploaded_at: Mapped[datetime]
    uploaded_by: Mapped[str] = mapped_column(sa.String(80))
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str | None] = mapped_column(sa.String(80))
    delete_after: Mapped[date] = mapped_column(index=True)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
