"""Tables of alerts: what happened (occasions), who is told of it how (choices, webhooks), and the outbox.

An occasion and the messages that tell of it are written in the transaction in which it happens. The unique keys say
that nothing is told twice: one row an occasion, and one item an occasion and recipient.
"""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base


class Occasion(Base):
    """Something to be told. `key` names it once and for all; `facts` is plain JSON, see `occasions.py`."""

    __tablename__ = "alert_occasion"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(sa.String(120), unique=True)
    kind: Mapped[str] = mapped_column(sa.String(20))
    platform_id: Mapped[int] = mapped_column(sa.ForeignKey("platform.id"))
    at: Mapped[datetime] = mapped_column(index=True)
    facts: Mapped[dict[str, Any]]


class OverdueNotice(Base):
    """This ticket's passing of this due date is known. Another due date may pass again."""

    __tablename__ = "alert_overdue_notice"

    ticket_id: Mapped[int] = mapped_column(sa.ForeignKey("ticket.id"), primary_key=True)
    due: Mapped[date] = mapped_column(primary_key=True)


class Choice(Base):
    """How a person wants to be told of a platform. Without a row the default holds; see `rules.py`."""

    __tablename__ = "alert_choice"
    __table_args__ = (sa.UniqueConstraint("person_id", "platform_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"))
    platform_id: Mapped[int] = mapped_column(sa.ForeignKey("platform.id"))
    pace: Mapped[str] = mapped_column(sa.String(10))
    kinds: Mapped[list[str]]


class DigestTime(Base):
    """When a person gets the daily digest. An empty `zone` is the campus's."""

    __tablename__ = "alert_digest_time"

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    hour: Mapped[int]
    zone: Mapped[str] = mapped_column(sa.String(64), default="")


class Webhook(Base):
    """A machine that is told of a platform. `secret` is what calls are signed with, encrypted."""

    __tablename__ = "alert_webhook"

    id: Mapped[int] = mapped_column(primary_key=True)
    platform_id: Mapped[int] = mapped_column(sa.ForeignKey("platform.id"), index=True)
    name: Mapped[str] = mapped_column(sa.String(120))
    address: Mapped[str] = mapped_column(sa.Text)
    kinds: Mapped[list[str]]
    allow_private: Mapped[bool] = mapped_column(default=False)
    secret: Mapped[bytes]
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class Message(Base):
    """One mail to a person, or one call of a webhook: the outbox.

    `uid` is the same on every try, so that a recipient can recognise what comes twice. `state`: waiting, sending, sent,
    given up. `tries` counts all, `lost` those whose worker ended before it could say what came of them.
    """

    __tablename__ = "alert_message"
    __table_args__ = (
        sa.CheckConstraint("(person_id IS NULL) <> (webhook_id IS NULL)", name="one_recipient"),
        sa.Index("ix_alert_message_next", "state", "next_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(sa.String(32), unique=True)
    kind: Mapped[str] = mapped_column(sa.String(10))  # "alert", "digest", "test", "reminder"
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"), index=True)
    webhook_id: Mapped[int | None] = mapped_column(sa.ForeignKey("alert_webhook.id", ondelete="CASCADE"), index=True)
    state: Mapped[str] = mapped_column(sa.String(10), default="waiting")
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]  # since when it should be out; the time for giving up counts from here
    next_at: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=0)
    lost: Mapped[int] = mapped_column(default=0)
    worker: Mapped[str] = mapped_column(sa.String(120), default="")
    claimed_until: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    error: Mapped[str] = mapped_column(sa.Text, default="")


class MessageItem(Base):
    """A message tells of this occasion. The unique keys are the promise that no recipient is told of it twice."""

    __tablename__ = "alert_message_item"
    __table_args__ = (
        sa.UniqueConstraint("occasion_id", "person_id"),
        sa.UniqueConstraint("occasion_id", "webhook_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[int] = mapped_column(sa.ForeignKey("alert_message.id", ondelete="CASCADE"), index=True)
    occasion_id: Mapped[int] = mapped_column(sa.ForeignKey("alert_occasion.id", ondelete="CASCADE"))
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"))
    webhook_id: Mapped[int | None] = mapped_column(sa.ForeignKey("alert_webhook.id", ondelete="CASCADE"))
