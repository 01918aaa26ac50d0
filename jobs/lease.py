"""A worker's hold on an audit: renewed by a thread of its own, and proven again inside every transaction that writes.

A worker that was silent too long (a suspended machine, a database out of reach) may wake up and find its audit taken
over. It then must not write a single row more, whatever it was doing: that is what `fenced` is for.
"""

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from types import TracebackType

import sqlalchemy as sa
import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from accessibility.ledger.audits.models import Audit
from core import clock
from core.database import Database

Renew = Callable[[Session, datetime], bool]

log = structlog.get_logger()


class LeaseLost(Exception):
    """The audit is no longer this worker's: somebody took it over, or cancelled it."""


def ensure_held(session: Session, audit_id: int, owner: str) -> None:
    """Raise `LeaseLost` unless the audit is the owner's. In a writing transaction it stays so until the end."""
    query = sa.select(Audit.state, Audit.lease_owner).where(Audit.id == audit_id)
    if session.execute(query).one_or_none() != ("running", owner):
        raise LeaseLost(f"audit {audit_id} is no longer held by {owner}")


class FencedDatabase(Database):
    """The same database, whose every write first proves that the lease is held."""

    def __init__(self, database: Database, audit_id: int, owner: str) -> None:
        self.engine = database.engine
        self._inner = database
        self._audit_id = audit_id
        self._owner = owner

    @contextmanager
    def read(self) -> Iterator[Session]:
        with self._inner.read() as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        with self._inner.write() as session:
            ensure_held(session, self._audit_id, self._owner)
            yield session


class Lease:
    """Keeps an audit or a gate for its owner from entering to leaving the block; calls `on_lost` once when it is lost.

    `renew` extends it to an instant within a session, and says False when it is not the owner's any more; `name` is for
    the log. Renewed every third of `seconds`. When the database cannot be reached the lease counts as lost as soon as
    its time is over, since another worker may then have it.
    """

    def __init__(
        self, database: Database, name: str, renew: Renew, seconds: float, on_lost: Callable[[], object]
    ) -> None:
        self._database = database
        self._name = name
        self._renew = renew
        self._seconds = seconds
        self._on_lost = on_lost
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._keep, name=f"lease of {name}", daemon=True)

    async def __aenter__(self) -> "Lease":
        self._thread.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        await asyncio.to_thread(self._thread.join)

    def _keep(self) -> None:
        until = clock.now() + timedelta(seconds=self._seconds)
        while not self._ended.wait(self._seconds / 3):
            asked = clock.now()
            try:
                with self._database.write() as session:
                    extended = asked + timedelta(seconds=self._seconds)
                    held = self._renew(session, extended)
            except SQLAlchemyError as error:
                log.warning("the lease could not be renewed", of=self._name, error=str(error))
                held = clock.now() < until
            else:
                until = extended
            if not held:
                self._on_lost()
                return
