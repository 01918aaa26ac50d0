"""The table of reminders that were made."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base


class ImprovementReminder(Base):
    """A reminder that was made, once for each action, kind (`rules.Need`) and day that it is about.

    `person_id` is the action's owner; `uid` that of the mail that tells of it, empty where none does.
    """

    __tablename__ = "improvement_reminder"
    __table_args__ = (sa.UniqueConstraint("action_id", "kind", "about"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int] = mapped_column(sa.ForeignKey("improvement_action.id"))
    kind: Mapped[str] = mapped_column(sa.String(20))
    about: Mapped[date]
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"), index=True)
    uid: Mapped[str] = mapped_column(sa.String(32), default="", index=True)
    made_at: Mapped[datetime]
