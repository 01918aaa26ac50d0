"""The worker process: it runs the clock and works off the queues of audits and gates until it is told to stop."""

import asyncio
import signal
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import structlog

from core.database import Database
from core.settings import settings
from jobs import audit_run, gate_run
from jobs.interruptible import OUT_OF_REACH
from jobs.scheduler import Scheduler
from jobs.sign_of_life import say_goodbye, show_life
from jobs.worker_id import new_worker_id

LOOK_EVERY_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Queue:
    """Something that workers work off: `take` gives the id of the next piece or None, `perform` does it."""

    take: Callable[[Database, str], int | None]
    perform: Callable[[Database, int, str, asyncio.Event], Awaitable[None]]


AUDITS = Queue(audit_run.take, audit_run.perform)
GATES = Queue(gate_run.take, gate_run.perform)  # apart from audits: a pipeline must not wait for the end of a night

log = structlog.get_logger()


def run_worker(database: Database) -> None:
    """Work until SIGTERM or SIGINT."""
    asyncio.run(_work(database, new_worker_id()))


async def _work(database: Database, worker: str) -> None:
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    structlog.contextvars.bind_contextvars(worker=worker)
    log.info("the worker begins")
    scheduler = Scheduler(database, worker)
    scheduler.start()
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(show_life(database, worker, stop, scheduler.planned))
            for _ in range(settings().parallel_audits):
                group.create_task(work_off(database, worker, stop))
            for _ in range(settings().parallel_gates):
                group.create_task(work_off(database, worker, stop, GATES))
    finally:
        await asyncio.to_thread(scheduler.stop)
        await asyncio.to_thread(say_goodbye, database, worker)
        log.info("the worker ends")


async def work_off(database: Database, worker: str, stop: asyncio.Event, queue: Queue = AUDITS) -> None:
    """Take what waits in the queue, one after the other, until `stop`."""
    while not stop.is_set():
        piece = await _take(database, worker, queue)
        if piece is not None:
            await queue.perform(database, piece, worker, stop)
        else:
            await _pause(stop)


async def _take(database: Database, worker: str, queue: Queue) -> int | None:
    try:
        return await asyncio.to_thread(queue.take, database, worker)
    except OUT_OF_REACH:  # a database that is restarted is no reason to end
        log.exception("the database is out of reach")
        return None


async def _pause(stop: asyncio.Event) -> None:
    try:
        async with asyncio.timeout(LOOK_EVERY_SECONDS):
            await stop.wait()
    except TimeoutError:
        return
