"""Foreign keys and numbering while tables are filled in an order of no account."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from sqlalchemy.engine import Connection

FOREIGN_KEYS = """
SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint
WHERE contype = 'f' AND connamespace = current_schema()::regnamespace ORDER BY 1, 2
"""


@contextmanager
def later(connection: Connection) -> Iterator[None]:
    """References are looked at when the block ends: `IntegrityError` or `ValueError` for one into nothing.

    On SQLite the connection does not enforce them. On PostgreSQL, where only a superuser could switch them off, they
    are taken away and put back, which looks at every row.
    """
    if connection.dialect.name == "sqlite":
        yield
        if broken := connection.exec_driver_sql("PRAGMA foreign_key_check").first():
            raise ValueError(f"{broken[0]}: a reference to a row of {broken[2]} that is not there")
        return
    keys = connection.exec_driver_sql(FOREIGN_KEYS).all()
    for table, name, _ in keys:
        connection.exec_driver_sql(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    yield
    for table, name, definition in keys:
        connection.exec_driver_sql(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")


def continue_numbering(connection: Connection, tables: Iterable[sa.Table]) -> None:
    """The next row of each table gets the number after the largest; SQLite does so by itself."""
    if connection.dialect.name == "sqlite":
        return
    for table in tables:
        for column in table.primary_key.columns:
            sequence = connection.scalar(sa.func.pg_get_serial_sequence(f'"{table.name}"', column.name))
            if sequence:
                largest = sa.func.max(column)
                connection.execute(
                    sa.select(sa.func.setval(sequence, sa.func.coalesce(largest, 1), largest.is_not(None)))
                )
