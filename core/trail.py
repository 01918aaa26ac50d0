"""The audit trail: who changed what, when, from what to what. Appended in the transaction of the change itself.

It is kept for good, so it names people by number only: whose name is to be forgotten is forgotten in `person`.
"""

from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
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
    """Append one entry. `before` and `after` say what changed, as JSON, days and enumerations; never a secret."""
    session.add(
        TrailEntry(
            at=clock.now(),
            actor=actor,
            action=action,
            subject=subject,
            subject_id=str(subject_id),
            before=as_json(before),
            after=as_json(after),
        )
    )


def change(
    session: Session, actor: str, action: str, subject: str, subject_id: object, row: Base, values: Mapping[str, Any]
) -> None:
    """Set the columns of a row that differ, and append both, before and after; nothing where none does."""
    after = {name: value for name, value in values.items() if getattr(row, name) != value}
    if not after:
        return
    before = {name: getattr(row, name) for name in after}
    for name, value in after.items():
        setattr(row, name, value)
    session.flush()
    record(session, actor, action, subject, subject_id, before=before, after=after)


def as_json(value: Any) -> Any:
    """A value as the trail keeps it: days as 2026-03-01, enumerations by their value."""
    match value:
        case Mapping():
            return {str(name): as_json(one) for name, one in value.items()}
        case list() | tuple():
            return [as_json(one) for one in value]
        case Enum():
            return value.value
        case date():
            return value.isoformat()
    return value


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
