"""Alerts"""

import sqlalchemy as sa
from alembic import op

from core.database import Json, UtcDateTime

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "alert_choice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("platform_id", sa.Integer(), nullable=False),
        sa.Column("pace", sa.String(length=10), nullable=False),
        sa.Column("kinds", Json, nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_alert_choice_person_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_alert_choice_platform_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert_choice")),
        sa.UniqueConstraint("person_id", "platform_id", name=op.f("uq_alert_choice_person_id_platform_id")),
    )
    op.create_table(
        "alert_digest_time",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_alert_digest_time_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_alert_digest_time")),
    )
    op.create_table(
        "alert_occasion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("platform_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("facts", Json, nullable=False),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_alert_occasion_platform_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert_occasion")),
        sa.UniqueConstraint("key", name=op.f("uq_alert_occasion_key")),
    )
    with op.batch_alter_table("alert_occasion", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_alert_occasion_at"), ["at"], unique=False)

    op.create_table(
        "alert_webhook",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("platform_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("kinds", Json, nullable=False),
        sa.Column("allow_private", sa.Boolean(), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_alert_webhook_platform_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert_webhook")),
    )
    with op.batch_alter_table("alert_webhook", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_alert_webhook_platform_id"), ["platform_id"], unique=False)

    op.create_table(
        "alert_message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("webhook_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("next_at", UtcDateTime(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("lost", sa.Integer(), nullable=False),
        sa.Column("worker", sa.String(length=120), nullable=False),
        sa.Column("claimed_until", UtcDateTime(), nullable=True),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("error", sa.Text(), nullable=False),
        sa.CheckConstraint("(person_id IS NULL) <> (webhook_id IS NULL)", name=op.f("ck_alert_message_one_recipient")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_alert_message_person_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["webhook_id"], ["alert_webhook.id"], name=op.f("fk_alert_message_webhook_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert_message")),
        sa.UniqueConstraint("uid", name=op.f("uq_alert_message_uid")),
    )
    with op.batch_alter_table("alert_message", schema=None) as batch_op:
        batch_op.create_index("ix_alert_message_next", ["state", "next_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_alert_message_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_alert_message_webhook_id"), ["webhook_id"], unique=False)

    op.create_table(
        "alert_overdue_notice",
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_alert_overdue_notice_ticket_id")),
        sa.PrimaryKeyConstraint("ticket_id", "due", name=op.f("pk_alert_overdue_notice")),
    )
    op.create_table(
        "alert_message_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("occasion_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("webhook_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["message_id"], ["alert_message.id"], name=op.f("fk_alert_message_item_message_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["occasion_id"], ["alert_occasion.id"], name=op.f("fk_alert_message_item_occasion_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_alert_message_item_person_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["webhook_id"], ["alert_webhook.id"], name=op.f("fk_alert_message_item_webhook_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert_message_item")),
        sa.UniqueConstraint("occasion_id", "person_id", name=op.f("uq_alert_message_item_occasion_id_person_id")),
        sa.UniqueConstraint("occasion_id", "webhook_id", name=op.f("uq_alert_message_item_occasion_id_webhook_id")),
    )
    with op.batch_alter_table("alert_message_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_alert_message_item_message_id"), ["message_id"], unique=False)
