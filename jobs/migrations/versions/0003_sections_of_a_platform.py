"""Sections of a platform"""

import sqlalchemy as sa
from alembic import op

from core.database import Json, UtcDateTime

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "section",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("platform_id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("patterns", Json, nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_section_owner_id")),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_section_platform_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_section")),
        sa.UniqueConstraint("platform_id", "slug", name=op.f("uq_section_platform_id_slug")),
    )
    op.create_table(
        "section_night",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("platform_id", sa.Integer(), nullable=False),
        sa.Column("section_id", sa.Integer(), nullable=True),
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("planned", sa.Integer(), nullable=False),
        sa.Column("audited", sa.Integer(), nullable=False),
        sa.Column("floor_met", sa.Boolean(), nullable=False),
        sa.Column("score", sa.Double(), nullable=True),
        sa.Column("score_version", sa.Integer(), nullable=True),
        sa.Column("worst_tenth", sa.Double(), nullable=True),
        sa.Column("clean_share", sa.Double(), nullable=True),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.Column("review", sa.Integer(), nullable=False),
        sa.Column("waiting", sa.Integer(), nullable=False),
        sa.Column("overdue", sa.Integer(), nullable=False),
        sa.Column("new", sa.Integer(), nullable=False),
        sa.Column("reopened", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["audit_id"], ["audit.id"], name=op.f("fk_section_night_audit_id")),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_section_night_platform_id")),
        sa.ForeignKeyConstraint(
            ["section_id"], ["section.id"], name=op.f("fk_section_night_section_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_section_night")),
    )
    with op.batch_alter_table("section_night", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_section_night_audit_id"), ["audit_id"], unique=False)
        batch_op.create_index("ix_section_night_platform", ["platform_id", "audit_id"], unique=False)
        batch_op.create_index("ix_section_night_section", ["section_id", "audit_id"], unique=False)

    op.create_table(
        "section_page",
        sa.Column("section_id", sa.Integer(), nullable=False),
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name=op.f("fk_section_page_page_id")),
        sa.ForeignKeyConstraint(
            ["section_id"], ["section.id"], name=op.f("fk_section_page_section_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("section_id", "page_id", name=op.f("pk_section_page")),
    )
    with op.batch_alter_table("section_page", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_section_page_page_id"), ["page_id"], unique=False)
