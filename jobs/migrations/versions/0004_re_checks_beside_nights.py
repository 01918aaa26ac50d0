"""Re-checks beside nights"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.add_column(sa.Column("kind", sa.String(length=12), server_default="night", nullable=False))
        batch_op.drop_index(batch_op.f("uq_audit_unfinished"), sqlite_where=sa.text("state IN ('queued', 'running')"))
        batch_op.create_index(
            "uq_audit_unfinished_night",
            ["platform_id"],
            unique=True,
            sqlite_where=sa.text("state IN ('queued', 'running') AND kind = 'night'"),
            postgresql_where=sa.text("state IN ('queued', 'running') AND kind = 'night'"),
        )
        batch_op.create_index(
            "uq_audit_waiting_recheck",
            ["platform_id"],
            unique=True,
            sqlite_where=sa.text("state = 'queued' AND kind = 're-check'"),
            postgresql_where=sa.text("state = 'queued' AND kind = 're-check'"),
        )
