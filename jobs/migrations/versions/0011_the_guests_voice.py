"""The guests voice"""

import sqlalchemy as sa
from alembic import op

from core.database import Json, UtcDateTime

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "benchmark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("measure", sa.String(length=130), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("value", sa.Double(), nullable=False),
        sa.Column("source", sa.String(length=500), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_benchmark")),
    )
    with op.batch_alter_table("benchmark", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_benchmark_measure"), ["measure"], unique=False)

    op.create_table(
        "closed_quarter",
        sa.Column("quarter", sa.String(length=7), nullable=False),
        sa.Column("closed_at", UtcDateTime(), nullable=False),
        sa.Column("closed_by", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("quarter", name=op.f("pk_closed_quarter")),
    )
    op.create_table(
        "comment_topic",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("words", Json, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment_topic")),
        sa.UniqueConstraint("slug", name=op.f("uq_comment_topic_slug")),
    )
    op.create_table(
        "improvement_action",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("follows_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["follows_id"], ["improvement_action.id"], name=op.f("fk_improvement_action_follows_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_improvement_action")),
    )
    with op.batch_alter_table("improvement_action", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_improvement_action_follows_id"), ["follows_id"], unique=False)

    op.create_table(
        "questionnaire",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questionnaire")),
        sa.UniqueConstraint("slug", name=op.f("uq_questionnaire_slug")),
    )
    op.create_table(
        "recent_guest",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_recent_guest")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("recent_guest", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recent_guest_until"), ["until"], unique=False)

    op.create_table(
        "sentiment_method",
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("trained_at", UtcDateTime(), nullable=False),
        sa.Column("pairs", sa.Integer(), nullable=False),
        sa.Column("accuracy", sa.Double(), nullable=True),
        sa.Column("low", sa.Double(), nullable=True),
        sa.Column("high", sa.Double(), nullable=True),
        sa.Column("in_use", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("language", name=op.f("pk_sentiment_method")),
    )
    op.create_table(
        "guest_case",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("contact", sa.String(length=200), nullable=False),
        sa.Column("text", sa.String(length=4000), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("pavilion_id", sa.Integer(), nullable=True),
        sa.Column("assignee_id", sa.Integer(), nullable=True),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("erased", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["assignee_id"], ["person.id"], name=op.f("fk_guest_case_assignee_id")),
        sa.ForeignKeyConstraint(["pavilion_id"], ["pavilion.id"], name=op.f("fk_guest_case_pavilion_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guest_case")),
    )
    with op.batch_alter_table("guest_case", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_guest_case_assignee_id"), ["assignee_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_guest_case_ended_at"), ["ended_at"], unique=False)
        batch_op.create_index("ix_guest_case_state", ["state", "opened_at"], unique=False)

    op.create_table(
        "improvement_action_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("area", sa.String(length=64), nullable=False),
        sa.Column("hypothesis", sa.String(length=1000), nullable=False),
        sa.Column("measure", sa.String(length=130), nullable=False),
        sa.Column("expected", sa.Double(), nullable=False),
        sa.Column("pavilions", Json, nullable=False),
        sa.Column("comparison", Json, nullable=False),
        sa.Column("cost_planned", sa.BigInteger(), nullable=False),
        sa.Column("cost_actual", sa.BigInteger(), nullable=True),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("check_on", sa.Date(), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("lesson", sa.String(length=1000), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(length=80), nullable=False),
        sa.Column("superseded_at", UtcDateTime(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(
            ["action_id"], ["improvement_action.id"], name=op.f("fk_improvement_action_version_action_id")
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_improvement_action_version_owner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_improvement_action_version")),
    )
    with op.batch_alter_table("improvement_action_version", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_improvement_action_version_action_id"), ["action_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_improvement_action_version_owner_id"), ["owner_id"], unique=False)
        batch_op.create_index(
            "uq_improvement_action_version_current",
            ["action_id"],
            unique=True,
            sqlite_where=sa.text("superseded_at IS NULL"),
            postgresql_where=sa.text("superseded_at IS NULL"),
        )

    op.create_table(
        "improvement_reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("about", sa.Date(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["action_id"], ["improvement_action.id"], name=op.f("fk_improvement_reminder_action_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_improvement_reminder_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_improvement_reminder")),
        sa.UniqueConstraint("action_id", "kind", "about", name=op.f("uq_improvement_reminder_action_id_kind_about")),
    )
    with op.batch_alter_table("improvement_reminder", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_improvement_reminder_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_improvement_reminder_uid"), ["uid"], unique=False)

    op.create_table(
        "published_cell",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.String(length=7), nullable=False),
        sa.Column("dimension", sa.String(length=20), nullable=False),
        sa.Column("thing", sa.String(length=64), nullable=False),
        sa.Column("measure", sa.String(length=130), nullable=False),
        sa.Column("area", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("suppressed", sa.Boolean(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=True),
        sa.Column("value", sa.Double(), nullable=True),
        sa.Column("low", sa.Double(), nullable=True),
        sa.Column("high", sa.Double(), nullable=True),
        sa.Column("method", sa.String(length=20), nullable=False),
        sa.Column("mean", sa.Double(), nullable=True),
        sa.Column("deviation", sa.Double(), nullable=True),
        sa.Column("wordings", Json, nullable=False),
        sa.ForeignKeyConstraint(["quarter"], ["closed_quarter.quarter"], name=op.f("fk_published_cell_quarter")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_published_cell")),
        sa.UniqueConstraint(
            "quarter", "dimension", "thing", "measure", name=op.f("uq_published_cell_quarter_dimension_thing_measure")
        ),
    )
    with op.batch_alter_table("published_cell", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_published_cell_measure"), ["measure"], unique=False)

    op.create_table(
        "questionnaire_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("questionnaire_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", Json, nullable=False),
        sa.Column("published_at", UtcDateTime(), nullable=True),
        sa.Column("used", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["questionnaire_id"], ["questionnaire.id"], name=op.f("fk_questionnaire_version_questionnaire_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questionnaire_version")),
        sa.UniqueConstraint(
            "questionnaire_id", "number", name=op.f("uq_questionnaire_version_questionnaire_id_number")
        ),
    )
    op.create_table(
        "answer_point",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("questionnaire_id", sa.Integer(), nullable=False),
        sa.Column("pavilion_id", sa.Integer(), nullable=True),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_answer_point_event_id")),
        sa.ForeignKeyConstraint(["pavilion_id"], ["pavilion.id"], name=op.f("fk_answer_point_pavilion_id")),
        sa.ForeignKeyConstraint(
            ["questionnaire_id"], ["questionnaire.id"], name=op.f("fk_answer_point_questionnaire_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_point")),
        sa.UniqueConstraint("key", name=op.f("uq_answer_point_key")),
    )
    op.create_table(
        "case_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("text", sa.String(length=4000), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["guest_case.id"], name=op.f("fk_case_note_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_note")),
    )
    with op.batch_alter_table("case_note", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_note_case_id"), ["case_id"], unique=False)

    op.create_table(
        "improvement_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("checked_at", UtcDateTime(), nullable=False),
        sa.Column("checked_by", sa.String(length=80), nullable=False),
        sa.Column("counts", sa.Boolean(), nullable=False),
        sa.Column("verdict", sa.String(length=30), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("change", sa.Double(), nullable=True),
        sa.Column("low", sa.Double(), nullable=True),
        sa.Column("high", sa.Double(), nullable=True),
        sa.Column("before", Json, nullable=False),
        sa.Column("after", Json, nullable=False),
        sa.Column("masked", Json, nullable=False),
        sa.Column("left_out", Json, nullable=False),
        sa.Column("n_before", sa.Integer(), nullable=False),
        sa.Column("n_after", sa.Integer(), nullable=False),
        sa.Column("cost", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["action_id"], ["improvement_action.id"], name=op.f("fk_improvement_check_action_id")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["improvement_action_version.id"], name=op.f("fk_improvement_check_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_improvement_check")),
    )
    with op.batch_alter_table("improvement_check", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_improvement_check_action_id"), ["action_id"], unique=False)

    op.create_table(
        "invitation_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("questionnaire_id", sa.Integer(), nullable=False),
        sa.Column("pavilion_id", sa.Integer(), nullable=True),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("segment_id", sa.Integer(), nullable=True),
        sa.Column("left_on", sa.Date(), nullable=False),
        sa.Column("send_from", sa.Date(), nullable=False),
        sa.Column("closes", sa.Date(), nullable=False),
        sa.Column("invited", sa.Integer(), nullable=False),
        sa.Column("left_out", sa.Integer(), nullable=False),
        sa.Column("undelivered", sa.Integer(), nullable=False),
        sa.Column("codes", sa.Integer(), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=True),
        sa.Column("stopped_at", UtcDateTime(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_invitation_batch_event_id")),
        sa.ForeignKeyConstraint(["pavilion_id"], ["pavilion.id"], name=op.f("fk_invitation_batch_pavilion_id")),
        sa.ForeignKeyConstraint(
            ["questionnaire_id"], ["questionnaire.id"], name=op.f("fk_invitation_batch_questionnaire_id")
        ),
        sa.ForeignKeyConstraint(["segment_id"], ["segment.id"], name=op.f("fk_invitation_batch_segment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation_batch")),
    )
    with op.batch_alter_table("invitation_batch", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_invitation_batch_send_from"), ["send_from"], unique=False)

    op.create_table(
        "response",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("pavilion_id", sa.Integer(), nullable=True),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("segment_id", sa.Integer(), nullable=True),
        sa.Column("origin", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_response_event_id")),
        sa.ForeignKeyConstraint(["pavilion_id"], ["pavilion.id"], name=op.f("fk_response_pavilion_id")),
        sa.ForeignKeyConstraint(["segment_id"], ["segment.id"], name=op.f("fk_response_segment_id")),
        sa.ForeignKeyConstraint(["version_id"], ["questionnaire_version.id"], name=op.f("fk_response_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_response")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("response", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_response_version_id"), ["version_id"], unique=False)
        batch_op.create_index("ix_response_week", ["week"], unique=False)

    op.create_table(
        "survey_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("choices", Json, nullable=False),
        sa.Column("counts", Json, nullable=False),
        sa.Column("written", Json, nullable=False),
        sa.Column("uploaded_at", UtcDateTime(), nullable=False),
        sa.Column("uploaded_by", sa.String(length=80), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("ended_by", sa.String(length=80), nullable=True),
        sa.Column("delete_after", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["version_id"], ["questionnaire_version.id"], name=op.f("fk_survey_import_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_import")),
    )
    with op.batch_alter_table("survey_import", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_survey_import_delete_after"), ["delete_after"], unique=False)

    op.create_table(
        "answer",
        sa.Column("response_id", sa.String(length=32), nullable=False),
        sa.Column("question", sa.String(length=64), nullable=False),
        sa.Column("value", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["response_id"], ["response.id"], name=op.f("fk_answer_response_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("response_id", "question", name=op.f("pk_answer")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "comment",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("response_id", sa.String(length=32), nullable=False),
        sa.Column("question", sa.String(length=64), nullable=False),
        sa.Column("text", sa.String(length=4000), nullable=False),
        sa.Column("searched", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("topics", Json, nullable=False),
        sa.Column("sentiment", sa.String(length=20), nullable=False),
        sa.Column("corrected", Json, nullable=False),
        sa.Column("quarter", sa.String(length=7), nullable=False),
        sa.Column("area", sa.String(length=64), nullable=False),
        sa.Column("dimension", sa.String(length=20), nullable=True),
        sa.Column("thing", sa.String(length=64), nullable=False),
        sa.Column("shown_from", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["response_id"], ["response.id"], name=op.f("fk_comment_response_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("comment", schema=None) as batch_op:
        batch_op.create_index("ix_comment_response", ["response_id"], unique=False)
        batch_op.create_index("ix_comment_shown", ["shown_from"], unique=False)

    op.create_table(
        "invitation",
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["invitation_batch.id"], name=op.f("fk_invitation_batch_id")),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_invitation")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_invitation_batch_id"), ["batch_id"], unique=False)

    op.create_table(
        "invitation_address",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("next_at", UtcDateTime(), nullable=True),
        sa.Column("worker", sa.String(length=120), nullable=False),
        sa.Column("claimed_until", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["batch_id"], ["invitation_batch.id"], name=op.f("fk_invitation_address_batch_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation_address")),
        sa.UniqueConstraint("batch_id", "email", name=op.f("uq_invitation_address_batch_id_email")),
        sqlite_with_rowid=False,
    )
