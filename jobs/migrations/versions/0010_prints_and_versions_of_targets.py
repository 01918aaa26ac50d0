"""Prints of capacity reports, and targets whose versions are kept"""

import sqlalchemy as sa
from alembic import op

from core.database import Json, UtcDateTime

revision = "0010"
down_revision = "0009"


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
    _keep_versions_of_targets()


def _keep_versions_of_targets() -> None:
    """A target gets a number of its own; what was entered before is the first version of its year."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER INDEX pk_target RENAME TO pk_target_before")
    op.rename_table("target", "target_before")
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
    op.create_index(
        "uq_target_current",
        "target",
        ["year"],
        unique=True,
        sqlite_where=sa.text("superseded_at IS NULL"),
        postgresql_where=sa.text("superseded_at IS NULL"),
    )
    op.execute(
        "INSERT INTO target (year, room_nights, source, recorded_at, recorded_by, reason) "
        "SELECT year, room_nights, source, CURRENT_TIMESTAMP, 'command', '' FROM target_before"
    )
    op.drop_table("target_before")
