"""Shared components"""

import sqlalchemy as sa
from alembic import op

from core.database import Json, UtcDateTime

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "shared_component",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("rule", sa.String(length=80), nullable=False),
        sa.Column("criteria", Json, nullable=False),
        sa.Column("assignee_id", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["assignee_id"], ["person.id"], name=op.f("fk_shared_component_assignee_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shared_component")),
    )
    op.create_table(
        "shared_child",
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        sa.Column("shared_id", sa.Integer(), nullable=False),
        sa.Column("separated_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["shared_id"], ["shared_component.id"], name=op.f("fk_shared_child_shared_id")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_shared_child_ticket_id")),
        sa.PrimaryKeyConstraint("ticket_id", name=op.f("pk_shared_child")),
    )
    with op.batch_alter_table("shared_child", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_shared_child_shared_id"), ["shared_id"], unique=False)

    op.create_table(
        "shared_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("shared_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("audit_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("before", Json, nullable=True),
        sa.Column("after", Json, nullable=True),
        sa.ForeignKeyConstraint(["audit_id"], ["audit.id"], name=op.f("fk_shared_event_audit_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_shared_event_person_id")),
        sa.ForeignKeyConstraint(["shared_id"], ["shared_component.id"], name=op.f("fk_shared_event_shared_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shared_event")),
        info={"append_only": True},
    )
    with op.batch_alter_table("shared_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_shared_event_shared_id"), ["shared_id"], unique=False)

    op.create_table(
        "shared_key",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("shared_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["shared_id"], ["shared_component.id"], name=op.f("fk_shared_key_shared_id")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_shared_key")),
    )
    with op.batch_alter_table("shared_key", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_shared_key_shared_id"), ["shared_id"], unique=False)

    with op.batch_alter_table("component", schema=None) as batch_op:
        batch_op.add_column(sa.Column("shared_key", sa.String(length=64), server_default=sa.text("''"), nullable=False))
        batch_op.create_index("ix_component_shared_key", ["shared_key"], unique=False)

    # what places say of the platform's name was not kept: the next audit that sees a component looks again
    op.execute("UPDATE component SET shared_key = key")
