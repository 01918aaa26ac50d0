"""Waiting for work that may never end."""

import asyncio
import time

import pytest

from accessibility.engine.crawl import within as module
from accessibility.engine.crawl.within import within


@pytest.fixture(autouse=True)
def _short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "CLEANING_UP", 0.05)


async def _never_ends_not_even_when_called_off() -> None:
    try:
        await asyncio.Event().wait()
    finally:
        await asyncio.Event().wait()


async def _fails() -> None:
    raise ValueError("sample")


def test_the_result_is_that_of_the_work() -> None:
    assert asyncio.run(within(1, asyncio.sleep(0, "sample"))) == "sample"


def test_a_fault_of_the_work_is_raised() -> None:
    with pytest.raises(ValueError, match="sample"):
        asyncio.run(within(1, _fails()))


def test_without_any_time_nothing_is_begun() -> None:
    with pytest.raises(TimeoutError):
        asyncio.run(within(-1, _fails()))


def test_work_that_does_not_even_end_when_it_is_called_off_is_left() -> None:
    async def run() -> float:
        started = time.monotonic()
        with pytest.raises(TimeoutError):
            await within(0.05, _never_ends_not_even_when_called_off())
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()  # its tab is closed
        return time.monotonic() - started

    assert asyncio.run(run()) < 1


def test_who_waits_may_be_called_off_too() -> None:
    ended: list[str] = []

    async def work() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.append("work")

    async def run() -> None:
        waiting = asyncio.ensure_future(within(60, work()))
        await asyncio.sleep(0.01)
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)

    asyncio.run(run())
    assert ended == ["work"]
