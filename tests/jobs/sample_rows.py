"""Invented rows for every table that a database has, whatever its revision: references that exist, no value twice."""

import re
from datetime import date, datetime, timedelta
from itertools import combinations
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError

from jobs.backup import references, rows

ROWS = 3
START = datetime.fromisoformat("2026-03-01T22:15:30.123456+00:00")
JSON = ('{"text": "Très accessible ✓", "n": [1, 2.5, null]}', "[]", "null")
TEXTS = ("Sample “text” {n}\n second line", "été {n} 🙂", "sample-{n}")

Row = dict[str, Any]


def fill(connection: Connection) -> None:
    """Add `ROWS` rows to every table that has none."""
    metadata = next(iter(rows.tables(connection).values())).metadata
    keys: dict[str, list[Row]] = {}
    for table in metadata.sorted_tables:
        if table.name != rows.VERSION_TABLE and not connection.scalar(sa.select(sa.exists().select_from(table))):
            for number in range(ROWS):
                _insert(connection, table, _row(table, number, keys))
        keys[table.name] = content(connection, table)
    references.continue_numbering(connection, metadata.sorted_tables)


def content(connection: Connection, table: sa.Table) -> list[Row]:
    """All rows of a table in the order of its key."""
    return [dict(row) for row in connection.execute(sa.select(table).order_by(*table.primary_key.columns)).mappings()]


def everything(connection: Connection, tables: dict[str, sa.Table] | None = None) -> dict[str, list[Row]]:
    """All rows of all tables, of those the database has where none are given."""
    return {name: content(connection, table) for name, table in (tables or rows.tables(connection)).items()}


def _insert(connection: Connection, table: sa.Table, row: Row) -> None:
    """With as many values as the table's constraints accept: what may be absent is left out, one more at each try."""
    optional = [column.name for column in table.columns if column.nullable]
    for count in range(len(optional) + 1):
        for absent in combinations(optional, count):
            try:
                with connection.begin_nested():
                    connection.execute(table.insert(), [row | dict.fromkeys(absent)])
            except IntegrityError:
                continue
            return
    raise AssertionError(f"{table.name}: no row is accepted; {row}")


def _row(table: sa.Table, number: int, keys: dict[str, list[Row]]) -> Row:
    row = {column.name: _value(column, number) for column in table.columns}
    for key in table.foreign_keys:
        others = keys.get(key.column.table.name, [])
        if others:
            row[key.parent.name] = others[number % len(others)][key.column.name]
        elif key.parent.nullable:
            row[key.parent.name] = None
    return row


def _value(column: sa.Column[Any], number: int) -> Any:
    name, kind = type(column.type).__name__, column.type
    if "Json" in name:
        return JSON[number % len(JSON)]
    if isinstance(kind, sa.Boolean):
        return number % 2 == 0
    if isinstance(kind, sa.Integer):
        return number + 1
    if isinstance(kind, sa.Float):
        return number + 1 / 3
    if isinstance(kind, sa.LargeBinary):
        return bytes([number, 0, 255])
    if isinstance(kind, sa.Date):
        return date(2026, 2, 27) + timedelta(days=number)
    if isinstance(kind, sa.String):
        text = TEXTS[number % len(TEXTS)].format(n=number)
        return re.sub(r"\W", "", text)[: kind.length] if kind.length else text
    return START + timedelta(days=number, microseconds=number)
