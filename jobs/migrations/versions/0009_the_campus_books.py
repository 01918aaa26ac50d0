"""The campus books"""

import sqlalchemy as sa
from alembic import op

from core.database import Json, UtcDateTime

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "capacity_print",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("made_by", sa.String(length=80), nullable=False),
        sa.Column("known_at", UtcDateTime(), nullable=False),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("cut", sa.String(length=20), nullable=False),
        sa.Column("narrowed", Json, nullable=False),
        sa.Column("content", Json, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_capacity_print")),
        info={"append_only": True},
    )
    op.create_table(
        "closed_month",
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("closed_at", UtcDateTime(), nullable=False),
        sa.Column("closed_by", sa.String(length=80), nullable=False),
        sa.Column("figures", Json, server_default="{}", nullable=False),
        sa.PrimaryKeyConstraint("month", name=op.f("pk_closed_month")),
    )
    op.create_table(
        "forecast",
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("content", Json, nullable=False),
        sa.PrimaryKeyConstraint("made_on", name=op.f("pk_forecast")),
    )
    op.create_table(
        "guest_name",
        sa.Column("booking", sa.Integer(), nullable=False),
        sa.Column("names", sa.String(length=500), nullable=False),
        sa.Column("delete_after", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("booking", name=op.f("pk_guest_name")),
    )
    with op.batch_alter_table("guest_name", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_guest_name_delete_after"), ["delete_after"], unique=False)

    op.create_table(
        "party",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_party")),
        sa.UniqueConstraint("slug", name=op.f("uq_party_slug")),
    )
    op.create_table(
        "pavilion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("uses", Json, nullable=False),
        sa.Column("area_m2", sa.Integer(), nullable=True),
        sa.Column("invented", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pavilion")),
        sa.UniqueConstraint("slug", name=op.f("uq_pavilion_slug")),
    )
    op.create_table(
        "remembered_mapping",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("headings", sa.String(length=64), nullable=False),
        sa.Column("choices", Json, nullable=False),
        sa.PrimaryKeyConstraint("kind", "headings", name=op.f("pk_remembered_mapping")),
    )
    op.create_table(
        "room_type",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room_type")),
        sa.UniqueConstraint("slug", name=op.f("uq_room_type_slug")),
    )
    op.create_table(
        "segment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("rate_cents", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_segment")),
        sa.UniqueConstraint("slug", name=op.f("uq_segment_slug")),
    )
    op.create_table(
        "snapshot",
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("replayed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("taken_on", name=op.f("pk_snapshot")),
    )
    op.create_table(
        "stay_reference",
        sa.Column("reference", sa.String(length=80), nullable=False),
        sa.Column("claim_number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("reference", name=op.f("pk_stay_reference")),
    )
    with op.batch_alter_table("stay_reference", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stay_reference_claim_number"), ["claim_number"], unique=False)

    op.create_table(
        "table_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("uploaded_at", UtcDateTime(), nullable=False),
        sa.Column("uploaded_by", sa.String(length=80), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("ended_by", sa.String(length=80), nullable=True),
        sa.Column("choices", Json, nullable=False),
        sa.Column("counts", Json, nullable=False),
        sa.Column("written", Json, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_table_import")),
    )
    op.create_table(
        "target",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("room_nights", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(length=80), nullable=False),
        sa.Column("superseded_at", UtcDateTime(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_target")),
    )
    with op.batch_alter_table("target", schema=None) as batch_op:
        batch_op.create_index(
            "uq_target_current",
            ["year"],
            unique=True,
            sqlite_where=sa.text("superseded_at IS NULL"),
            postgresql_where=sa.text("superseded_at IS NULL"),
        )

    op.create_table(
        "adjustment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("subject", sa.String(length=20), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("changes", Json, nullable=False),
        sa.Column("why", sa.String(length=500), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(["month"], ["closed_month.month"], name=op.f("fk_adjustment_month")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adjustment")),
        info={"append_only": True},
    )
    with op.batch_alter_table("adjustment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_adjustment_month"), ["month"], unique=False)

    op.create_table(
        "calendar_feed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("hint", sa.String(length=12), nullable=False),
        sa.Column("pavilion_id", sa.Integer(), nullable=True),
        sa.Column("block", sa.Integer(), nullable=True),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("made_by", sa.String(length=80), nullable=False),
        sa.Column("revoked_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["pavilion_id"], ["pavilion.id"], name=op.f("fk_calendar_feed_pavilion_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_feed")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_calendar_feed_key_hash")),
    )
    op.create_table(
        "daily_count",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pavilion_id", sa.Integer(), nullable=False),
        sa.Column("night", sa.Date(), nullable=False),
        sa.Column("rooms", sa.Integer(), nullable=False),
        sa.Column("guests", sa.Integer(), nullable=False),
        sa.Column("explained", sa.Integer(), nullable=True),
        sa.Column("explanation", sa.String(length=500), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(length=80), nullable=False),
        sa.Column("superseded_at", UtcDateTime(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(["pavilion_id"], ["pavilion.id"], name=op.f("fk_daily_count_pavilion_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_daily_count")),
    )
    with op.batch_alter_table("daily_count", schema=None) as batch_op:
        batch_op.create_index("ix_daily_count_night", ["night"], unique=False)
        batch_op.create_index(
            "uq_daily_count_current",
            ["pavilion_id", "night"],
            unique=True,
            sqlite_where=sa.text("superseded_at IS NULL"),
            postgresql_where=sa.text("superseded_at IS NULL"),
        )

    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("segment_id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("on_site", sa.Integer(), nullable=False),
        sa.Column("online", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_event_party_id")),
        sa.ForeignKeyConstraint(["segment_id"], ["segment.id"], name=op.f("fk_event_segment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        sa.UniqueConstraint("slug", name=op.f("uq_event_slug")),
    )
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_first"), ["first"], unique=False)

    op.create_table(
        "import_file",
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("refused", Json, nullable=False),
        sa.Column("delete_after", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["import_id"], ["table_import.id"], name=op.f("fk_import_file_import_id")),
        sa.PrimaryKeyConstraint("import_id", name=op.f("pk_import_file")),
    )
    with op.batch_alter_table("import_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_import_file_delete_after"), ["delete_after"], unique=False)

    op.create_table(
        "on_the_books",
        sa.Column("taken_on", sa.Date(), autoincrement=False, nullable=False),
        sa.Column("night", sa.Date(), nullable=False),
        sa.Column("segment_id", sa.Integer(), nullable=False),
        sa.Column("sold", sa.Integer(), nullable=False),
        sa.Column("held", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["segment_id"], ["segment.id"], name=op.f("fk_on_the_books_segment_id")),
        sa.ForeignKeyConstraint(
            ["taken_on"], ["snapshot.taken_on"], name=op.f("fk_on_the_books_taken_on"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("taken_on", "night", "segment_id", name=op.f("pk_on_the_books")),
    )
    with op.batch_alter_table("on_the_books", schema=None) as batch_op:
        batch_op.create_index("ix_on_the_books_night", ["night", "taken_on"], unique=False)

    op.create_table(
        "room",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pavilion_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["pavilion_id"], ["pavilion.id"], name=op.f("fk_room_pavilion_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room")),
        sa.UniqueConstraint("pavilion_id", "number", name=op.f("uq_room_pavilion_id_number")),
    )
    op.create_table(
        "space",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pavilion_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["pavilion_id"], ["pavilion.id"], name=op.f("fk_space_pavilion_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_space")),
        sa.UniqueConstraint("pavilion_id", "name", name=op.f("uq_space_pavilion_id_name")),
    )
    op.create_table(
        "block",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("segment_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("cut_off", sa.Date(), nullable=False),
        sa.Column("expected_wash", sa.Double(), nullable=False),
        sa.Column("rate_cents", sa.Integer(), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(length=80), nullable=False),
        sa.Column("superseded_at", UtcDateTime(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_block_event_id")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_block_party_id")),
        sa.ForeignKeyConstraint(["segment_id"], ["segment.id"], name=op.f("fk_block_segment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_block")),
    )
    with op.batch_alter_table("block", schema=None) as batch_op:
        batch_op.create_index(
            "uq_block_current",
            ["number"],
            unique=True,
            sqlite_where=sa.text("superseded_at IS NULL"),
            postgresql_where=sa.text("superseded_at IS NULL"),
        )

    op.create_table(
        "claim",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("booking", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=True),
        sa.Column("segment_id", sa.Integer(), nullable=True),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("block", sa.Integer(), nullable=True),
        sa.Column("guests", sa.Integer(), nullable=False),
        sa.Column("rate_cents", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(length=80), nullable=False),
        sa.Column("superseded_at", UtcDateTime(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_claim_event_id")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_claim_party_id")),
        sa.ForeignKeyConstraint(["room_id"], ["room.id"], name=op.f("fk_claim_room_id")),
        sa.ForeignKeyConstraint(["segment_id"], ["segment.id"], name=op.f("fk_claim_segment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim")),
    )
    with op.batch_alter_table("claim", schema=None) as batch_op:
        batch_op.create_index("ix_claim_block", ["block"], unique=False)
        batch_op.create_index("ix_claim_booking", ["booking"], unique=False)
        batch_op.create_index("ix_claim_range", ["first", "until"], unique=False)
        batch_op.create_index("ix_claim_room", ["room_id", "first"], unique=False)
        batch_op.create_index(
            "uq_claim_current",
            ["number"],
            unique=True,
            sqlite_where=sa.text("superseded_at IS NULL"),
            postgresql_where=sa.text("superseded_at IS NULL"),
        )

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
        "room_period",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.Column("type_id", sa.Integer(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("beds", sa.Integer(), nullable=False),
        sa.Column("features", Json, nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(length=80), nullable=False),
        sa.Column("superseded_at", UtcDateTime(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(["room_id"], ["room.id"], name=op.f("fk_room_period_room_id")),
        sa.ForeignKeyConstraint(["type_id"], ["room_type.id"], name=op.f("fk_room_period_type_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room_period")),
    )
    with op.batch_alter_table("room_period", schema=None) as batch_op:
        batch_op.create_index(
            "uq_room_period_current",
            ["room_id", "first"],
            unique=True,
            sqlite_where=sa.text("superseded_at IS NULL"),
            postgresql_where=sa.text("superseded_at IS NULL"),
        )

    op.create_table(
        "space_use",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("space_id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(length=80), nullable=False),
        sa.Column("superseded_at", UtcDateTime(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_space_use_party_id")),
        sa.ForeignKeyConstraint(["space_id"], ["space.id"], name=op.f("fk_space_use_space_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_space_use")),
    )
    with op.batch_alter_table("space_use", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_space_use_space_id"), ["space_id"], unique=False)

    op.create_table(
        "block_night",
        sa.Column("block_id", sa.Integer(), nullable=False),
        sa.Column("type_id", sa.Integer(), nullable=False),
        sa.Column("night", sa.Date(), nullable=False),
        sa.Column("rooms", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["block_id"], ["block.id"], name=op.f("fk_block_night_block_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["type_id"], ["room_type.id"], name=op.f("fk_block_night_type_id")),
        sa.PrimaryKeyConstraint("block_id", "type_id", "night", name=op.f("pk_block_night")),
    )
    with op.batch_alter_table("block_night", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_block_night_night"), ["night"], unique=False)

    op.create_table(
        "room_night",
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.Column("night", sa.Date(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_room_night_claim_id")),
        sa.ForeignKeyConstraint(["room_id"], ["room.id"], name=op.f("fk_room_night_room_id")),
        sa.PrimaryKeyConstraint("room_id", "night", name=op.f("pk_room_night")),
    )
    with op.batch_alter_table("room_night", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_room_night_claim_id"), ["claim_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_room_night_night"), ["night"], unique=False)

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
