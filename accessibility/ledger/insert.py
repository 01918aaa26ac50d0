"""INSERT that knows what to do on a conflict, on SQLite and on PostgreSQL: both spell it alike, SQLAlchemy does not."""

from typing import TypeAlias

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from core.database import Base

Insert: TypeAlias = postgresql.Insert | sqlite.Insert


def insert_into(session: Session, table: type[Base]) -> Insert:
    """An INSERT with `on_conflict_do_nothing` and `on_conflict_do_update`."""
    kind = session.get_bind().dialect.name
    return sqlite.insert(table) if kind == "sqlite" else postgresql.insert(table)
