"""Closed months and adjustments"""

import sqlalchemy as sa
from alembic import op

from core.database import Json, UtcDateTime

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
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

    with op.batch_alter_table("closed_month", schema=None) as batch_op:
        batch_op.add_column(sa.Column("figures", Json, server_default="{}", nullable=False))
