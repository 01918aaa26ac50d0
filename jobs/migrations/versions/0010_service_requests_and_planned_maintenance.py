"""Service requests and planned maintenance"""

import sqlalchemy as sa
from alembic import op

from core.database import Json, UtcDateTime

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "maintenance_plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pavilion_id", sa.Integer(), nullable=True),
        sa.Column("room_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("text", sa.String(length=2000), nullable=False),
        sa.Column("first", sa.Date(), nullable=True),
        sa.Column("every_months", sa.Integer(), nullable=True),
        sa.Column("dates", Json, nullable=False),
        sa.Column("ahead_days", sa.Integer(), nullable=False),
        sa.Column("out_days", sa.Integer(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["pavilion_id"], ["pavilion.id"], name=op.f("fk_maintenance_plan_pavilion_id")),
        sa.ForeignKeyConstraint(["room_id"], ["room.id"], name=op.f("fk_maintenance_plan_room_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_maintenance_plan")),
    )
    op.create_table(
        "room_key",
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["room_id"], ["room.id"], name=op.f("fk_room_key_room_id")),
        sa.PrimaryKeyConstraint("room_id", name=op.f("pk_room_key")),
        sa.UniqueConstraint("key", name=op.f("uq_room_key_key")),
    )
    op.create_table(
        "service_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=2000), nullable=False),
        sa.Column("reported_by", sa.String(length=80), nullable=False),
        sa.Column("reported_at", UtcDateTime(), nullable=False),
        sa.Column("assignee_id", sa.Integer(), nullable=True),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("duplicate_of", sa.Integer(), nullable=True),
        sa.Column("claim", sa.Integer(), nullable=True),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("key_hash", sa.String(length=64), nullable=True),
        sa.Column("plan_id", sa.Integer(), nullable=True),
        sa.Column("planned_for", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["assignee_id"], ["person.id"], name=op.f("fk_service_request_assignee_id")),
        sa.ForeignKeyConstraint(["duplicate_of"], ["service_request.id"], name=op.f("fk_service_request_duplicate_of")),
        sa.ForeignKeyConstraint(["plan_id"], ["maintenance_plan.id"], name=op.f("fk_service_request_plan_id")),
        sa.ForeignKeyConstraint(["room_id"], ["room.id"], name=op.f("fk_service_request_room_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_request")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_service_request_key_hash")),
        sa.UniqueConstraint(
            "plan_id", "planned_for", "room_id", name=op.f("uq_service_request_plan_id_planned_for_room_id")
        ),
    )
    with op.batch_alter_table("service_request", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_service_request_assignee_id"), ["assignee_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_service_request_ended_at"), ["ended_at"], unique=False)
        batch_op.create_index("ix_service_request_reported", ["reported_by", "reported_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_service_request_room_id"), ["room_id"], unique=False)
        batch_op.create_index("ix_service_request_state", ["state", "due"], unique=False)

    op.create_table(
        "guest_contact",
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("contact", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["request_id"], ["service_request.id"], name=op.f("fk_guest_contact_request_id")),
        sa.PrimaryKeyConstraint("request_id", name=op.f("pk_guest_contact")),
    )
    op.create_table(
        "service_comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("text", sa.String(length=2000), nullable=False),
        sa.ForeignKeyConstraint(["request_id"], ["service_request.id"], name=op.f("fk_service_comment_request_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_comment")),
    )
    with op.batch_alter_table("service_comment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_service_comment_request_id"), ["request_id"], unique=False)

    op.create_table(
        "service_photo",
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["request_id"], ["service_request.id"], name=op.f("fk_service_photo_request_id")),
        sa.PrimaryKeyConstraint("request_id", name=op.f("pk_service_photo")),
    )
    with op.batch_alter_table("service_photo", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_service_photo_digest"), ["digest"], unique=False)
