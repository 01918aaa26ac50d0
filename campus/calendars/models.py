"""Table of the calendars that programs subscribe to."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base


class CalendarFeed(Base):
    """A secret address under which a pavilion's or a block's calendar can be read; only the hash of its key is kept.

    Exactly one of `pavilion_id` and `block` (a block's number) is set. `made_by` is an actor as in the audit trail.
    """

    __tablename__ = "calendar_feed"

    id: Mapped[int] = mapped_column(primary_key=True)
    key_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    hint: Mapped[str] = mapped_column(sa.String(12))  # how the key begins, to tell addresses apart
    pavilion_id: Mapped[int | None] = mapped_column(sa.ForeignKey("pavilion.id"))
    block: Mapped[int | None]
    language: Mapped[str] = mapped_column(sa.String(2))
    made_at: Mapped[datetime]
    made_by: Mapped[str] = mapped_column(sa.String(80))
    revoked_at: Mapped[datetime | None]
