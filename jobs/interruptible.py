"""Work of a worker that may be stopped on purpose, or lose its hold on what it works on."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy.exc import InterfaceError, OperationalError

from core.database import Database
from core.settings import settings
from jobs.lease import Lease, LeaseLost, Renew

OUT_OF_REACH = (OperationalError, InterfaceError)  # the database: work waits, it does not fail

CALM_SECONDS = 8  # a stopped worker lets its pages end for so long; service managers kill after 10 s and more


async def run_while_held(work: Coroutine[Any, Any, None], stop: asyncio.Event, lost: asyncio.Event) -> bool:
    """True when the work came to its end, False when it was stopped. Raises what it raises.

    A stop lets it end calmly for a while. A lost lease ends it without delay, and raises `LeaseLost`.
    """
    engine = asyncio.create_task(work)
    waiting = [asyncio.create_task(event.wait()) for event in (stop, lost)]
    await asyncio.wait([engine, *waiting], return_when=asyncio.FIRST_COMPLETED)
    if stop.is_set() and not lost.is_set():
        await asyncio.wait([engine, waiting[1]], timeout=CALM_SECONDS, return_when=asyncio.FIRST_COMPLETED)
    for task in (engine, *waiting):
        task.cancel()
    await asyncio.wait([engine, *waiting])
    if lost.is_set():
        raise LeaseLost("somebody else has it now")
    if not engine.cancelled():
        engine.result()
    return not stop.is_set()


@asynccontextmanager
async def held(database: Database, name: str, renew: Renew) -> AsyncIterator[asyncio.Event]:
    """Keep the lease of a piece of work within the block; the event that comes is set when it is lost."""
    lost = asyncio.Event()
    loop = asyncio.get_running_loop()
    seconds = settings().lease_seconds
    async with Lease(database, name, renew, seconds, lambda: loop.call_soon_threadsafe(lost.set)):
        yield lost


def first_cause(error: BaseException) -> BaseException:
    """The first error within a group: tasks that run together end in one."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error
