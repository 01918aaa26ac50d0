"""Initial tables"""

import sqlalchemy as sa
from alembic import op

from core.database import Json, UtcDateTime

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "job_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("job", sa.String(length=100), nullable=False),
        sa.Column("planned_at", UtcDateTime(), nullable=False),
        sa.Column("started_at", UtcDateTime(), nullable=True),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("worker", sa.String(length=120), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("result", Json, nullable=True),
        sa.Column("error", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job_run")),
        sa.UniqueConstraint("job", "planned_at", name=op.f("uq_job_run_job_planned_at")),
    )
    with op.batch_alter_table("job_run", schema=None) as batch_op:
        batch_op.create_index("ix_job_run_planned", ["planned_at"], unique=False)

    op.create_table(
        "login_attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=300), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_login_attempt")),
    )
    with op.batch_alter_table("login_attempt", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_login_attempt_subject"), ["subject"], unique=False)

    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("must_change_password", sa.Boolean(), nullable=False),
        sa.Column("roles", Json, nullable=False),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("email", name=op.f("uq_person_email")),
    )
    op.create_table(
        "platform",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("settings", Json, nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("scheduled_since", UtcDateTime(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_platform")),
        sa.UniqueConstraint("slug", name=op.f("uq_platform_slug")),
    )
    op.create_table(
        "trail_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.String(length=80), nullable=False),
        sa.Column("before", Json, nullable=True),
        sa.Column("after", Json, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trail_entry")),
        info={"append_only": True},
    )
    with op.batch_alter_table("trail_entry", schema=None) as batch_op:
        batch_op.create_index("ix_trail_entry_subject", ["subject", "subject_id", "id"], unique=False)

    op.create_table(
        "api_token",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("hint", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("scopes", Json, nullable=False),
        sa.Column("platform_slug", sa.String(length=64), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("revoked_at", UtcDateTime(), nullable=True),
        sa.Column("last_used_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_api_token_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_token")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_api_token_key_hash")),
    )
    with op.batch_alter_table("api_token", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_api_token_person_id"), ["person_id"], unique=False)

    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("platform_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("trigger", sa.String(length=20), nullable=False),
        sa.Column("requested_by", sa.Integer(), nullable=True),
        sa.Column("job_run_id", sa.Integer(), nullable=True),
        sa.Column("settings", Json, nullable=False),
        sa.Column("engines", Json, nullable=False),
        sa.Column("queued_at", UtcDateTime(), nullable=False),
        sa.Column("started_at", UtcDateTime(), nullable=True),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("waves", sa.Integer(), nullable=False),
        sa.Column("lease_owner", sa.String(length=120), nullable=False),
        sa.Column("lease_until", UtcDateTime(), nullable=True),
        sa.Column("taken_at", UtcDateTime(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("planned", sa.Integer(), nullable=False),
        sa.Column("audited", sa.Integer(), nullable=False),
        sa.Column("not_covered", Json, nullable=False),
        sa.Column("not_planned", Json, nullable=False),
        sa.Column("floor_met", sa.Boolean(), nullable=False),
        sa.Column("held", sa.String(length=20), nullable=False),
        sa.Column("held_roles", Json, nullable=False),
        sa.Column("score", sa.Double(), nullable=True),
        sa.Column("score_version", sa.Integer(), nullable=True),
        sa.Column("worst_tenth", sa.Double(), nullable=True),
        sa.Column("clean_share", sa.Double(), nullable=True),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.Column("new", sa.Integer(), nullable=False),
        sa.Column("new_critical", sa.Integer(), nullable=False),
        sa.Column("gone", sa.Integer(), nullable=False),
        sa.Column("reopened", sa.Integer(), nullable=False),
        sa.Column("verified", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Integer(), nullable=False),
        sa.Column("review", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["job_run_id"], ["job_run.id"], name=op.f("fk_audit_job_run_id")),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_audit_platform_id")),
        sa.ForeignKeyConstraint(["requested_by"], ["person.id"], name=op.f("fk_audit_requested_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
        sa.UniqueConstraint("platform_id", "number", name=op.f("uq_audit_platform_id_number")),
    )
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.create_index("ix_audit_platform_state", ["platform_id", "state"], unique=False)
        batch_op.create_index(
            "uq_audit_unfinished",
            ["platform_id"],
            unique=True,
            sqlite_where=sa.text("state IN ('queued', 'running')"),
            postgresql_where=sa.text("state IN ('queued', 'running')"),
        )

    op.create_table(
        "page",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("platform_id", sa.Integer(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_page_platform_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_page")),
        sa.UniqueConstraint("platform_id", "digest", name=op.f("uq_page_platform_id_digest")),
    )
    op.create_table(
        "platform_role",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("platform_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("recipe", Json, nullable=False),
        sa.Column("secrets", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["platform_id"], ["platform.id"], name=op.f("fk_platform_role_platform_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_platform_role")),
        sa.UniqueConstraint("platform_id", "name", name=op.f("uq_platform_role_platform_id_name")),
    )
    op.create_table(
        "sign_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("revoked_at", UtcDateTime(), nullable=True),
        sa.Column("user_agent", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_sign_in_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_sign_in_key_hash")),
    )
    with op.batch_alter_table("sign_in", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_in_person_id"), ["person_id"], unique=False)

    op.create_table(
        "ticket",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("platform_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("rule", sa.String(length=80), nullable=False),
        sa.Column("criteria", Json, nullable=False),
        sa.Column("impact", sa.String(length=10), nullable=False),
        sa.Column("impact_rank", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("assignee_id", sa.Integer(), nullable=True),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("exception_reason", sa.Text(), nullable=False),
        sa.Column("exception_until", sa.Date(), nullable=True),
        sa.Column("state_before_exception", sa.String(length=20), nullable=False),
        sa.Column("claimed_at", UtcDateTime(), nullable=True),
        sa.Column("opened_in", sa.Integer(), nullable=False),
        sa.Column("reopened_in", sa.Integer(), nullable=True),
        sa.Column("alive_since", sa.Integer(), nullable=False),
        sa.Column("gone_in", sa.Integer(), nullable=True),
        sa.Column("ended_in", sa.Integer(), nullable=True),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("elements", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["assignee_id"], ["person.id"], name=op.f("fk_ticket_assignee_id")),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_ticket_platform_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket")),
        sa.UniqueConstraint("platform_id", "number", name=op.f("uq_ticket_platform_id_number")),
    )
    with op.batch_alter_table("ticket", schema=None) as batch_op:
        batch_op.create_index("ix_ticket_list", ["state", "impact_rank", "due", "id"], unique=False)
        batch_op.create_index("ix_ticket_platform", ["platform_id", "state"], unique=False)

    op.create_table(
        "audit_declined",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["audit_id"], ["audit.id"], name=op.f("fk_audit_declined_audit_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_declined")),
        sa.UniqueConstraint("audit_id", "role", "digest", name=op.f("uq_audit_declined_audit_id_role_digest")),
    )
    op.create_table(
        "audit_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("viewport", sa.String(length=30), nullable=False),
        sa.Column("depth", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=12), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("template", sa.String(length=64), nullable=False),
        sa.Column("facts", Json, nullable=True),
        sa.Column("rules", Json, nullable=True),
        sa.Column("done_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["audit_id"], ["audit.id"], name=op.f("fk_audit_row_audit_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name=op.f("fk_audit_row_page_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_row")),
        sa.UniqueConstraint(
            "audit_id", "page_id", "role", "viewport", name=op.f("uq_audit_row_audit_id_page_id_role_viewport")
        ),
        sa.UniqueConstraint("audit_id", "position", name=op.f("uq_audit_row_audit_id_position")),
    )
    with op.batch_alter_table("audit_row", schema=None) as batch_op:
        batch_op.create_index("ix_audit_row_state", ["audit_id", "state", "position"], unique=False)

    op.create_table(
        "component",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("platform_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("check", sa.String(length=40), nullable=False),
        sa.Column("rule", sa.String(length=80), nullable=False),
        sa.Column("criteria", Json, nullable=False),
        sa.Column("impact", sa.String(length=10), nullable=False),
        sa.Column("finding", Json, nullable=False),
        sa.Column("platform_check", sa.Boolean(), nullable=False),
        sa.Column("evidence", sa.String(length=64), nullable=False),
        sa.Column("decision", sa.String(length=10), nullable=False),
        sa.Column("decision_reason", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("ticket_id", sa.Integer(), nullable=True),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name=op.f("fk_component_decided_by")),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_component_platform_id")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_component_ticket_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_component")),
        sa.UniqueConstraint("platform_id", "key", name=op.f("uq_component_platform_id_key")),
    )
    with op.batch_alter_table("component", schema=None) as batch_op:
        batch_op.create_index("ix_component_ticket", ["ticket_id"], unique=False)

    op.create_table(
        "page_interval",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("platform_id", sa.Integer(), nullable=False),
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("viewport", sa.String(length=30), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name=op.f("fk_page_interval_page_id")),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_page_interval_platform_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_page_interval")),
    )
    with op.batch_alter_table("page_interval", schema=None) as batch_op:
        batch_op.create_index("ix_page_interval_platform_last", ["platform_id", "last", "state"], unique=False)
        batch_op.create_index("ix_page_interval_row", ["page_id", "role", "viewport", "last"], unique=False)

    op.create_table(
        "ticket_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("audit_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("before", Json, nullable=True),
        sa.Column("after", Json, nullable=True),
        sa.ForeignKeyConstraint(["audit_id"], ["audit.id"], name=op.f("fk_ticket_event_audit_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_ticket_event_person_id")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_ticket_event_ticket_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket_event")),
        info={"append_only": True},
    )
    with op.batch_alter_table("ticket_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ticket_event_ticket_id"), ["ticket_id"], unique=False)

    op.create_table(
        "audit_finding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("component", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=60), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("impact_rank", sa.Integer(), nullable=False),
        sa.Column("selector", sa.Text(), nullable=False),
        sa.Column("evidence", sa.String(length=64), nullable=False),
        sa.Column("platform_check", sa.Boolean(), nullable=False),
        sa.Column("finding", Json, nullable=False),
        sa.ForeignKeyConstraint(["audit_id"], ["audit.id"], name=op.f("fk_audit_finding_audit_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["row_id"], ["audit_row.id"], name=op.f("fk_audit_finding_row_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_finding")),
    )
    with op.batch_alter_table("audit_finding", schema=None) as batch_op:
        batch_op.create_index("ix_audit_finding_component", ["audit_id", "component"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_finding_row_id"), ["row_id"], unique=False)

    op.create_table(
        "audited_state",
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(["row_id"], ["audit_row.id"], name=op.f("fk_audited_state_row_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("row_id", "state", name=op.f("pk_audited_state")),
    )
    op.create_table(
        "occurrence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("platform_id", sa.Integer(), nullable=False),
        sa.Column("component_id", sa.Integer(), nullable=False),
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("viewport", sa.String(length=30), nullable=False),
        sa.Column("state", sa.String(length=60), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("selector", sa.Text(), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("clean", sa.Integer(), nullable=True),
        sa.Column("ended", sa.Integer(), nullable=True),
        sa.Column("page_gone", sa.Boolean(), nullable=False),
        sa.Column("moved", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["component_id"], ["component.id"], name=op.f("fk_occurrence_component_id")),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name=op.f("fk_occurrence_page_id")),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_occurrence_platform_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_occurrence")),
    )
    with op.batch_alter_table("occurrence", schema=None) as batch_op:
        batch_op.create_index("ix_occurrence_component", ["component_id", "ended"], unique=False)
        batch_op.create_index("ix_occurrence_platform_ended", ["platform_id", "ended"], unique=False)
        batch_op.create_index(
            "uq_occurrence_open",
            ["component_id", "page_id", "role", "viewport", "state"],
            unique=True,
            sqlite_where=sa.text("ended IS NULL"),
            postgresql_where=sa.text("ended IS NULL"),
        )
