"""What was brought in from files"""

import sqlalchemy as sa
from alembic import op

from core.database import Json, UtcDateTime

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "remembered_mapping",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("headings", sa.String(length=64), nullable=False),
        sa.Column("choices", Json, nullable=False),
        sa.PrimaryKeyConstraint("kind", "headings", name=op.f("pk_remembered_mapping")),
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
