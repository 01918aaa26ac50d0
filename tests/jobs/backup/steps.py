"""What the tests of backups do again and again."""

import json
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from core.database import Database
from jobs.backup import rows
from jobs.backup.make import Made, make
from jobs.backup.restore import Restored, restore
from tests.jobs.sample_rows import everything


def quiet(_what: str, _done: int, _total: int) -> None:
    pass


def back_up(database: Database, file: Path, pictures: Path | None = None) -> Made:
    return make(database, file, pictures or file.parent / "pictures", quiet)


def put_back(database: Database, file: Path, pictures: Path | None = None, *, replace: bool = False) -> Restored:
    return restore(database, file, pictures or file.parent / "restored", quiet, replace=replace)


_tables: dict[str, dict[str, sa.Table]] = {}


def _present_tables(kind: str, connection: Connection) -> dict[str, sa.Table]:
    """The tables as this version has them: to ask the database for all their columns takes most of a look."""
    if kind not in _tables:
        _tables[kind] = rows.tables(connection)
    return _tables[kind]


def seen(database: Database) -> dict[str, list[dict[str, Any]]]:
    """Every row, JSON as values and not as either database writes it, without the trail's entry of a restoration."""
    with database.read() as session:
        connection = session.connection()
        found = everything(connection, _present_tables(database.engine.name, connection))
    found["trail_entry"] = [row for row in found["trail_entry"] if row["action"] != "service.restore"]
    for table_rows in found.values():
        for row in table_rows:
            for name, value in row.items():
                if isinstance(value, str) and value[:1] in '{["n':
                    row[name] = json.dumps(json.loads(value), sort_keys=True) if _is_json(value) else value
    return found


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True
