"""Tables of guests who want an answer: personal data, deleted some time after the end."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base


class GuestCase(Base):
    """What a guest wants an answer to; its state is of `rules.py`. No link to a response, and nothing to join one by.

    `pavilion_id` is there when the guest left it in the form. Retention empties `contact` and `text` and sets
    `erased`.
    """

    __tablename__ = "guest_case"
    __table_args__ = (sa.Index("ix_guest_case_state", "state", "opened_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[str] = mapped_column(sa.String(20))
    contact: Mapped[str] = mapped_column(sa.String(200))
    text: Mapped[str] = mapped_column(sa.String(4000))
    language: Mapped[str] = mapped_column(sa.String(8))
    pavilion_id: Mapped[int | None] = mapped_column(sa.ForeignKey("pavilion.id"))
    assignee_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"), index=True)
    due: Mapped[date]
    opened_at: Mapped[datetime]
    ended_at: Mapped[datetime | None] = mapped_column(index=True)
    erased: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class CaseNote(Base):
    """What staff wrote on a case, `kind` of `rules.Said`. Deleted with the guest's text; the trail holds the steps."""

    __tablename__ = "case_note"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("guest_case.id"), index=True)
    kind: Mapped[str] = mapped_column(sa.String(20))
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(sa.String(80))
    text: Mapped[str] = mapped_column(sa.String(4000))
