"""Tables of answers. They are built so that nothing leads from a row to a guest.

Ids are random, and rows lie in their order, so that neither numbers nor places tell who answered after whom. The only
time is the week. No row of the trail is written for a response.
"""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from campus.feedback.random_ids import random_id
from core.database import Base


class AnswerPoint(Base):
    """An address where anybody may answer: of a pavilion, of an event, or of the whole campus with neither.

    `key` stands in the address and in its QR code. An ended point tells guests that it is closed.
    """

    __tablename__ = "answer_point"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(sa.String(32), unique=True)
    questionnaire_id: Mapped[int] = mapped_column(sa.ForeignKey("questionnaire.id"))
    pavilion_id: Mapped[int | None] = mapped_column(sa.ForeignKey("pavilion.id"))
    event_id: Mapped[int | None] = mapped_column(sa.ForeignKey("event.id"))
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class Response(Base):
    """What one guest answered. `week` is a Monday, `language` that of the page, `origin` one of `rules.ORIGINS`."""

    __tablename__ = "response"
    __table_args__ = (sa.Index("ix_response_week", "week"), {"sqlite_with_rowid": False})

    id: Mapped[str] = mapped_column(sa.String(32), primary_key=True, default=random_id)
    version_id: Mapped[int] = mapped_column(sa.ForeignKey("questionnaire_version.id"), index=True)
    week: Mapped[date]
    language: Mapped[str] = mapped_column(sa.String(8))
    pavilion_id: Mapped[int | None] = mapped_column(sa.ForeignKey("pavilion.id"))
    event_id: Mapped[int | None] = mapped_column(sa.ForeignKey("event.id"))
    segment_id: Mapped[int | None] = mapped_column(sa.ForeignKey("segment.id"))
    origin: Mapped[str] = mapped_column(sa.String(20))


class Answer(Base):
    """The answer to one question: a whole number for ratings and scores, `yes` or `no`, or the key of a choice."""

    __tablename__ = "answer"
    __table_args__ = ({"sqlite_with_rowid": False},)

    response_id: Mapped[str] = mapped_column(sa.ForeignKey("response.id", ondelete="CASCADE"), primary_key=True)
    question: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    value: Mapped[str] = mapped_column(sa.String(64))
