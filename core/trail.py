"""The audit trail: who changed what, when, from what to what. Appended in the transaction of the change itself.

It is kept for good, so it names people by number only: whose name is to be forgotten is forgotten in `person`.
"""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from core import clock
from core.append_only import APPEND_ONLY
from core.database import Base, Json


class TrailEntry(Base):
    """One change. Nothing updates or deletes these rows; the database refuses it."""

    __tablename__ = "trail_entry"
    __table_args__ = (sa.Index("ix_trail_entry_subject", "subject", "subject_id", "id"), {"info": APPEND_ONLY})

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(sa.String(80))  # "person:3", "token:7", "audit:12", "clock", "command"
    action: Mapped[str] = mapped_column(sa.String(60))  # "ticket.state", "platform.save", ...
    subject: Mapped[str] = mapped_column(sa.String(40))
    subject_id: Mapped[str] = mapped_column(sa.String(80))
    before: Mapped[Any | None] = mapped_column(Json)
    after: Mapped[Any | None] = mapped_column(Json)


def record(
    session: Session,
    actor: str,
    action: str,
    subject: str,
    subject_id: object,
    *,
    before: Any = None,
    after: Any = None,
) -> None:
    """Append one entry. `before` and `after` are plain JSON of what changed; never put a secret into them."""
    session.add(
        TrailEntry(
            at=clock.now(),
            actor=actor,
            action=action,
            subject=subject,
            subject_id=str(subject_id),
            before=before,
            after=after,
        )
    )


def entries(
    session: Session,
    subject: str | None = None,
    subject_id: object = None,
    *,
    before: int | None = None,
    limit: int = 100,
) -> list[TrailEntry]:
    """What happened to one subject, to all of a kind, or at all, the newest first; next page: `before` the last id."""
    query = sa.select(TrailEntry).order_by(TrailEntry.id.desc()).limit(limit)
    if subject is not None:
        query = query.where(TrailEntry.subject == subject)
    if subject_id is not None:
        query = query.where(TrailEntry.subject_id == str(subject_id))
    if before is not None:
        query = query.where(TrailEntry.id < before)
    return list(session.scalars(query))


def subjects(session: Session) -> list[str]:
    """The kinds of things that anything happened to."""
    return list(session.scalars(sa.select(TrailEntry.subject).distinct().order_by(TrailEntry.subject)))
