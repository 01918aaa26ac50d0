"""Waiting for work on a page that may never answer, not even when the work is called off."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

CLEANING_UP = 3.0  # seconds

T = TypeVar("T")


async def within(seconds: float, work: Coroutine[Any, Any, T]) -> T:
    """The result of the work; raises `TimeoutError` when it has none by then.

    Work that is called off tidies up, and asks the browser for that too: a page that hangs would hold it for ever,
    which `asyncio.timeout` waits for. Here it is waited for shortly, and then left; it ends with its tab.
    """
    if seconds <= 0:
        work.close()
        raise TimeoutError
    task = asyncio.ensure_future(work)
    try:
        await asyncio.wait({task}, timeout=seconds)
        if task.done():
            return task.result()
        raise TimeoutError
    finally:
        await called_off(task)


async def called_off(task: "asyncio.Task[Any]") -> None:
    """End a task, or leave it where it does not come to an end."""
    if not task.done():
        task.cancel()
        await asyncio.wait({task}, timeout=CLEANING_UP)
    task.add_done_callback(_heard)


def _heard(task: "asyncio.Task[Any]") -> None:
    """What a task that was left says in the end is of no interest, and no fault to be logged."""
    if not task.cancelled():
        task.exception()
