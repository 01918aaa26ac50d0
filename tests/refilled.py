"""What many tests begin with is written once a process, and put back for each of them: a tenth of the work."""

from collections.abc import Callable, Hashable
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy as sa

from core.database import Database
from core.people.models import Person
from core.trail import TrailEntry
from jobs.migrations.models import metadata

T = TypeVar("T")
Rows = dict[str, bytes]


@dataclass(frozen=True)
class _Filling:
    answer: Any
    rows: Rows
    files: dict[str, bytes]


_known: dict[Hashable, _Filling] = {}


def refilled(database: Database, what: Hashable, fill: Callable[[], T], folder: Path) -> T:
    """What `fill` answers, after it filled an empty database and put files into `folder`; the second time the same
    rows and files are put back. `what` tells all that the filling depends on. A database that is not empty is filled
    as it is: what is added to it depends on what it has."""
    if _is_used(database):
        return fill()
    take, put = (_take_file, _put_file) if database.engine.name == "sqlite" else (_take_tables, _put_tables)
    key = (database.engine.name, what)
    if key not in _known:
        answer = fill()
        files = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if _is_beside(path)}
        _known[key] = _Filling(deepcopy(answer), take(database), files)
        return answer
    for name, content in _known[key].files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    put(database, _known[key].rows)
    return deepcopy(_known[key].answer)  # type: ignore[no-any-return]


def _is_used(database: Database) -> bool:
    with database.read() as session:
        return any(session.scalar(sa.select(sa.exists().select_from(table))) for table in (Person, TrailEntry))


def _is_beside(path: Path) -> bool:
    """Whether it is a file, and none of the database itself."""
    return path.is_file() and ".sqlite" not in path.name


def _take_file(database: Database) -> Rows:
    database.close()  # the last to leave puts everything into the one file
    return {"": Path(database.engine.url.database or "").read_bytes()}


def _put_file(database: Database, rows: Rows) -> None:
    database.close()
    Path(database.engine.url.database or "").write_bytes(rows[""])


def _take_tables(database: Database) -> Rows:
    """A copy of each table that has rows, and under "" the statement that makes the numbers go on behind them."""
    rows = {}
    filled = " UNION ALL ".join(f"SELECT '{table}' WHERE EXISTS (SELECT FROM \"{table}\")" for table in metadata.tables)
    numbers = "SELECT string_agg(format('SELECT setval(%L, %s)', sequencename, last_value), '; ') FROM pg_sequences"
    with database.engine.connect() as connection, connection.connection.cursor() as cursor:
        cursor.execute(filled)
        for (table,) in cursor.fetchall():
            with cursor.copy(f'COPY "{table}" TO STDOUT (FORMAT binary)') as copy:
                rows[table] = b"".join(copy)
        cursor.execute(f"{numbers} WHERE last_value IS NOT NULL")
        return rows | {"": (cursor.fetchone()[0] or "").encode()}


def _put_tables(database: Database, rows: Rows) -> None:
    with database.engine.begin() as connection, connection.connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")  # each foreign key is kept once all are there
        for table, content in rows.items():
            if not table:
                cursor.execute(content)
                continue
            with cursor.copy(f'COPY "{table}" FROM STDIN (FORMAT binary)') as copy:
                copy.write(content)
