"""The rows of a table as text that is the same for SQLite and PostgreSQL.

Tables are taken as the database has them, not as the models say: so a backup of an older version can be read, and one
can be made before an upgrade.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any, BinaryIO

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Connection
from sqlalchemy.types import TypeEngine

from core.database import UtcDateTime

BATCH = 500
VERSION_TABLE = "alembic_version"


class _JsonText(sa.types.TypeDecorator[str]):
    """A JSON column as its text: only that tells the JSON value null from an absent one."""

    impl = sa.Text
    cache_ok = True


class _JsonbText(_JsonText):
    """The same on PostgreSQL, which asks for casts."""

    cache_ok = True

    def bind_expression(self, bindvalue: Any) -> Any:
        return sa.cast(sa.type_coerce(bindvalue, sa.Text), JSONB)

    def column_expression(self, column: Any) -> Any:
        return sa.cast(column, sa.Text)


def _instant(text: str) -> datetime:
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise ValueError("an instant without its time zone")
    return instant


def _integer(number: int) -> int:
    if not -(2**63) <= number < 2**63:
        raise ValueError("a number that no database holds")
    return number


def _json(text: str) -> str:
    json.loads(text)
    return text


def _same(value: Any) -> Any:
    return value


@dataclass(frozen=True)
class _Form:
    """How a kind of column is written: its value in JSON, and the way there and back."""

    of: tuple[type[TypeEngine[Any]], ...]
    json: type | tuple[type, ...]
    write: Callable[[Any], Any] = _same
    read: Callable[[Any], Any] = _same


_FORMS = (
    _Form((UtcDateTime,), str, datetime.isoformat, _instant),
    _Form((sa.Date,), str, date.isoformat, date.fromisoformat),
    _Form((sa.LargeBinary,), str, lambda value: b64encode(value).decode(), lambda text: b64decode(text, validate=True)),
    _Form((sa.Boolean,), bool),
    _Form((sa.Integer,), int, read=_integer),
    _Form((sa.Float,), (float, int)),
    _Form((_JsonText,), str, read=_json),
    _Form((sa.String,), str),
)


def tables(connection: Connection) -> dict[str, sa.Table]:
    """Every table of the service by its name, as this database has it."""
    metadata = sa.MetaData()

    @event.listens_for(metadata, "column_reflect")
    def _plain_type(_inspector: Any, _table: Any, column: dict[str, Any]) -> None:
        column["type"] = _stored_as(column["type"], connection.dialect.name)

    metadata.reflect(connection)
    return {name: table for name, table in sorted(metadata.tables.items()) if name != VERSION_TABLE}


def _stored_as(kind: TypeEngine[Any], dialect: str) -> TypeEngine[Any]:
    if isinstance(kind, sa.JSON):
        return _JsonbText() if dialect == "postgresql" else _JsonText()
    return UtcDateTime() if isinstance(kind, sa.DateTime) else kind


def dump(connection: Connection, table: sa.Table, target: BinaryIO) -> int:
    """Write every row, a JSON list a line, in the order of the primary key; how many."""
    writers = [_form(column).write for column in table.columns]
    query = sa.select(table).order_by(*table.primary_key.columns)
    count = 0
    for row in connection.execute(query, execution_options={"yield_per": BATCH}):
        values = [None if value is None else write(value) for write, value in zip(writers, row, strict=True)]
        target.write(json.dumps(values, separators=(",", ":")).encode() + b"\n")
        count += 1
    return count


def load(connection: Connection, table: sa.Table, columns: list[str], lines: Iterable[bytes]) -> int:
    """Insert what `dump` wrote; how many rows. Raises `ValueError`, naming the line, for what is not of `dump`."""
    if sorted(columns) != sorted(table.columns.keys()):
        raise ValueError("its columns are not those of this table")
    rows = _read(lines, [(name, _form(table.columns[name])) for name in columns])
    count = 0
    while batch := list(islice(rows, BATCH)):
        connection.execute(table.insert(), batch)
        count += len(batch)
    return count


def _read(lines: Iterable[bytes], columns: list[tuple[str, _Form]]) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(lines, 1):
        try:
            values = json.loads(line)
            if not isinstance(values, list) or len(values) != len(columns):
                raise ValueError("not one value for each column")
            yield {name: _value(given, form) for (name, form), given in zip(columns, values, strict=True)}
        except (ValueError, OverflowError, RecursionError) as error:
            raise ValueError(f"line {number}: {error}") from None


def _value(given: Any, form: _Form) -> Any:
    if given is None:
        return None
    if not isinstance(given, form.json) or (isinstance(given, bool) and form.json is not bool):
        raise ValueError("a value of the wrong kind")
    return form.read(given)


def _form(column: sa.Column[Any]) -> _Form:
    for form in _FORMS:
        if isinstance(column.type, form.of):
            return form
    raise TypeError(f"{column}: a backup has no form for {column.type!r}")
