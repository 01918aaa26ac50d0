"""Tables of invitations. What could join a guest and an answer is deleted as soon as it has served."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from campus.feedback.random_ids import random_id
from core.database import Base


class InvitationBatch(Base):
    """Guests who are invited together, from `send_from` on; their codes open until `closes`, that day included.

    `left_on` is the day on which the last of them left. `pavilion_id`, `event_id` and `segment_id` are what responses
    will say. Of the guests `invited` got a mail, `left_out` had got one of late, `undelivered` were refused by the mail
    server or came to no end. `codes` counts those that may be in a guest's hands. `answered` is counted when the batch
    closes, and only where it may be shown.
    """

    __tablename__ = "invitation_batch"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(120))
    questionnaire_id: Mapped[int] = mapped_column(sa.ForeignKey("questionnaire.id"))
    pavilion_id: Mapped[int | None] = mapped_column(sa.ForeignKey("pavilion.id"))
    event_id: Mapped[int | None] = mapped_column(sa.ForeignKey("event.id"))
    segment_id: Mapped[int | None] = mapped_column(sa.ForeignKey("segment.id"))
    left_on: Mapped[date]
    send_from: Mapped[date] = mapped_column(index=True)
    closes: Mapped[date]
    invited: Mapped[int] = mapped_column(default=0)
    left_out: Mapped[int] = mapped_column(default=0)
    undelivered: Mapped[int] = mapped_column(default=0)
    codes: Mapped[int] = mapped_column(default=0)
    answered: Mapped[int | None]
    stopped_at: Mapped[datetime | None]
    closed_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class InvitationAddress(Base):
    """Somebody still to be invited; the row is deleted when the mail is handed over, or given up.

    Ids are random, and mails go out in their order. `worker` sends it just now, until `claimed_until`; after a failure
    it is tried again at `next_at`.
    """

    __tablename__ = "invitation_address"
    __table_args__ = (sa.UniqueConstraint("batch_id", "email"), {"sqlite_with_rowid": False})

    id: Mapped[str] = mapped_column(sa.String(32), primary_key=True, default=random_id)
    batch_id: Mapped[int] = mapped_column(sa.ForeignKey("invitation_batch.id"))
    email: Mapped[str] = mapped_column(sa.String(254))
    language: Mapped[str] = mapped_column(sa.String(8))
    tries: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime | None]
    worker: Mapped[str] = mapped_column(sa.String(120), default="")
    claimed_until: Mapped[datetime | None]


class Invitation(Base):
    """A code that opens the questionnaire once, by its hash. Its use deletes the row: no mark and no time remain."""

    __tablename__ = "invitation"
    __table_args__ = ({"sqlite_with_rowid": False},)

    code_hash: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    batch_id: Mapped[int] = mapped_column(sa.ForeignKey("invitation_batch.id"), index=True)


class RecentGuest(Base):
    """Somebody who was invited of late and is left alone until that day; known by a keyed hash of the address alone."""

    __tablename__ = "recent_guest"
    __table_args__ = ({"sqlite_with_rowid": False},)

    digest: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    until: Mapped[date] = mapped_column(index=True)
