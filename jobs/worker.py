"""The worker process: it runs the clock and works off the queue of audits until it is told to stop."""

import asyncio
import signal

import structlog
from sqlalchemy.exc import InterfaceError, OperationalError

from core.database import Database
from core.settings import settings
from jobs.audit_run import perform, take
from jobs.scheduler import Scheduler
from jobs.worker_id import new_worker_id

LOOK_EVERY_SECONDS = 2.0

log = structlog.get_logger()


def run_worker(database: Database) -> None:
    """Work until SIGTERM or SIGINT."""
    asyncio.run(_work(database, new_worker_id()))


async def _work(database: Database, worker: str) -> None:
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    log.info("the worker begins", worker=worker)
    scheduler = Scheduler(database, worker)
    scheduler.start()
    try:
        async with asyncio.TaskGroup() as group:
            for _ in range(settings().parallel_audits):
                group.create_task(work_off(database, worker, stop))
    finally:
        await asyncio.to_thread(scheduler.stop)
        log.info("the worker ends", worker=worker)


async def work_off(database: Database, worker: str, stop: asyncio.Event) -> None:
    """Take audits from the queue, one after the other, until `stop`."""
    while not stop.is_set():
        audit_id = await _take(database, worker)
        if audit_id is not None:
            await perform(database, audit_id, worker, stop)
        else:
            await _pause(stop)


async def _take(database: Database, worker: str) -> int | None:
    try:
        return await asyncio.to_thread(take, database, worker)
    except (OperationalError, InterfaceError):  # a database that is restarted is no reason to end
        log.exception("the database is out of reach")
        return None


async def _pause(stop: asyncio.Event) -> None:
    try:
        async with asyncio.timeout(LOOK_EVERY_SECONDS):
            await stop.wait()
    except TimeoutError:
        return
