"""Whether this process can work: its database answers and is at our revision, its data folder takes a file.

The look has a time limit, and there is one at a time: however often it is asked for, a database that hangs holds one
thread and no more.
"""

import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from concurrent.futures import TimeoutError as TookTooLong
from pathlib import Path

import structlog
from sqlalchemy.exc import SQLAlchemyError

from core import machine
from core.database import Database

LIMIT_SECONDS = 2.0
OK = "ok"
NO_ANSWER = "does not answer"
IN_TIME = "does not answer in time"
OLDER = "is of an older version of the service"
NEWER = "is of a newer version of the service"
NOT_WRITABLE = "cannot be written to"

Checks = Mapping[str, str]
log = structlog.get_logger(__name__)


class Readiness:
    """`revision` is the migration that the database must be at; "" for one that is made without migrations."""

    def __init__(self, revision: str, limit: float = LIMIT_SECONDS) -> None:
        self._revision = revision
        self._limit = limit
        self._lock = threading.Lock()
        self._looks: dict[str, Future[str]] = {}

    def checks(self, database: Database, data_dir: Path) -> Checks:
        """What was looked at → "ok", or in a few words what is not well. Tells no address, no path and no secret."""
        looks = {
            "database": self._look("database", lambda: database_state(database, self._revision)),
            "data_folder": self._look("data_folder", lambda: folder_state(data_dir)),
        }
        deadline = time.monotonic() + self._limit
        return {name: _result(future, deadline) for name, future in looks.items()}

    def _look(self, name: str, look: Callable[[], str]) -> Future[str]:
        """The look that is under way, or a new one, in a thread that keeps no process from ending."""
        with self._lock:
            running = self._looks.get(name)
            if running is not None and not running.done():
                return running
            future = self._looks[name] = Future[str]()
            threading.Thread(target=_fulfil, args=(future, look), name=f"readiness of {name}", daemon=True).start()
            return future


def _result(future: Future[str], deadline: float) -> str:
    try:
        return future.result(timeout=max(0.0, deadline - time.monotonic()))
    except TookTooLong:
        return IN_TIME


def _fulfil(future: Future[str], look: Callable[[], str]) -> None:
    try:
        future.set_result(look())
    except BaseException as error:  # whoever waits for it must hear of it
        future.set_exception(error)


def database_state(database: Database, revision: str) -> str:
    """Whether it answers, and is neither older nor newer than we are."""
    try:
        with database.read() as session:
            present = machine.revision(session)
    except SQLAlchemyError as error:
        log.warning("the database does not answer", error=str(error))
        return NO_ANSWER
    if not revision or present == revision:
        return OK
    return NEWER if present > revision else OLDER


def folder_state(folder: Path) -> str:
    """Whether a file can be written."""
    try:
        machine.check_writable(folder)
    except OSError as error:
        log.warning("the data folder cannot be written to", error=str(error))
        return NOT_WRITABLE
    return OK
