"""Run by Alembic for every migration and every comparison, on the connection and in the transaction of the caller."""

from typing import Any, Literal

import sqlalchemy as sa
from alembic import context
from alembic.autogenerate.api import AutogenContext

from core.database import UtcDateTime
from jobs.migrations.models import metadata


def render_type(kind: str, item: Any, autogen: AutogenContext) -> str | Literal[False]:
    """Write the column types of `core.database` by their names."""
    name = ""
    if kind == "type" and isinstance(item, UtcDateTime):
        name = "UtcDateTime"
    if kind == "type" and isinstance(item, sa.JSON):
        name = "Json"
    if not name:
        return False
    autogen.imports.add(f"from core.database import {name}")
    return f"{name}()" if name == "UtcDateTime" else name


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_item=render_type,
    render_as_batch=True,  # SQLite alters tables by copying them
    transactional_ddl=True,  # on SQLite too: the transaction was begun by `core.database`
)
context.run_migrations()
