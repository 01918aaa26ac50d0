"""Tables that only grow: the database itself refuses to change or delete their rows.

A table says so with `__table_args__ = (…, {"info": APPEND_ONLY})` and gets its triggers when it is made, in a fresh
database and by a migration alike. A migration that makes an existing table append-only, or copies one, runs
`statements` itself.
"""

from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import Connection

APPEND_ONLY = {"append_only": True}
REFUSAL = "rows of this table are never changed or deleted"

_POSTGRESQL_FUNCTION = f"""
CREATE OR REPLACE FUNCTION campus_refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
    RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ': {REFUSAL}', ERRCODE = 'integrity_constraint_violation';
END $$
"""


def statements(table: str, dialect: str) -> list[str]:
    """The DDL that makes `table` append-only; running it again is no error."""
    if dialect == "sqlite":
        return [
            f"CREATE TRIGGER IF NOT EXISTS {table}_no_{change} BEFORE {change} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table}: {REFUSAL}'); END"
            for change in ("update", "delete")
        ]
    trigger = f"CREATE OR REPLACE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}"
    return [_POSTGRESQL_FUNCTION, f"{trigger} FOR EACH STATEMENT EXECUTE FUNCTION campus_refuse_change()"]


@event.listens_for(sa.Table, "after_create")
def _after_create(table: sa.Table, connection: Connection, **_: Any) -> None:
    if table.info.get("append_only"):
        for statement in statements(table.name, connection.dialect.name):
            connection.exec_driver_sql(statement)
