"""Tables of reminders: which were made, and who wants none by mail."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base


class WorksReminder(Base):
    """A reminder that was made, once for each milestone, kind, day and setting; see `rules.Reminder`.

    `person_id` is the milestone's owner or else the package's, None where there is neither; `uid` that of the mail that
    tells of it, empty where none does.
    """

    __tablename__ = "works_reminder"
    __table_args__ = (sa.UniqueConstraint("milestone_id", "kind", "about", "days"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    milestone_id: Mapped[int] = mapped_column(sa.ForeignKey("milestone.id"))
    kind: Mapped[str] = mapped_column(sa.String(20))
    about: Mapped[date]
    days: Mapped[int]
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"), index=True)
    uid: Mapped[str] = mapped_column(sa.String(32), default="", index=True)
    made_at: Mapped[datetime]


class WorksReminderChoice(Base):
    """Whether a person is reminded by mail. Without a row: yes."""

    __tablename__ = "works_reminder_choice"

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    by_mail: Mapped[bool]
