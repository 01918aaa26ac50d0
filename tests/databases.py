"""Opens the databases of the tests."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import make_url

from core.database import Database

_idle: dict[str, Database] = {}


def opened(url: str) -> Iterator[Database]:
    """A database at this address, by an object that earlier tests have used, turned to it: an object keeps what it has
    compiled, and to compile every statement anew for each test would take a quarter of the suite's time."""
    address = make_url(url)
    kind = address.get_backend_name()
    database = _idle.pop(kind, None) or _turnable(url)
    database.engine.url = address
    yield database
    database.close()
    _idle[kind] = database


def _turnable(url: str) -> Database:
    """A database whose new connections go to the present address of its engine."""
    database = Database(url)

    @event.listens_for(database.engine, "do_connect")
    def _to_its_address(dialect: sa.Dialect, _record: object, arguments: list[Any], options: dict[str, Any]) -> None:
        arguments[:], own = dialect.create_connect_args(database.engine.url)
        options.update(own)

    return database
