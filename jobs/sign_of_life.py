"""A worker tells that it lives: from its own event loop, so that one that hangs falls silent."""

import asyncio
import socket
import subprocess
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from importlib.metadata import version
from typing import Any

import structlog

from accessibility.engine.crawl.chromium import find_browser, uses_sandbox
from core import clock, heartbeats
from core.database import Database
from core.errors import Unavailable
from core.heartbeats import WorkerHeartbeat
from core.settings import settings
from jobs.interruptible import OUT_OF_REACH

BROWSER_SECONDS = 20  # to say its version, on a machine that has much to do

log = structlog.get_logger()

Planned = Callable[[], dict[str, datetime]]


async def show_life(database: Database, worker: str, stop: asyncio.Event, planned: Planned) -> None:
    """Beat three times within the limit, until `stop`; `planned` gives the next planned time of each job.

    A database out of reach is no reason to end: the next beat follows in its time.
    """
    facts = await asyncio.to_thread(_facts)
    now = clock.now()
    mine = WorkerHeartbeat(
        worker=worker,
        host=socket.gethostname(),
        version=version("campus"),
        started_at=now,
        seen_at=now,
        facts=facts,
    )
    while not stop.is_set():
        await asyncio.to_thread(_beat, database, mine, planned)
        with suppress(TimeoutError):
            async with asyncio.timeout(heartbeats.limit().total_seconds() / 3):
                await stop.wait()


def say_goodbye(database: Database, worker: str) -> None:
    """The worker ends in good order. Where this fails, it counts as lost."""
    try:
        with database.write() as session:
            heartbeats.end(session, worker)
    except OUT_OF_REACH:
        log.exception("the database is out of reach; this worker will be shown as lost")


def _beat(database: Database, mine: WorkerHeartbeat, planned: Planned) -> None:
    try:
        with database.write() as session:
            heartbeats.beat(session, mine, planned())
            heartbeats.forget_lost(session)
    except OUT_OF_REACH:
        log.exception("the database is out of reach; no sign of life was given")


def _facts() -> dict[str, Any]:
    """What only this machine knows: its browser (or why there is none), and whether that has its own sandbox."""
    chosen = settings()
    try:
        program = find_browser(chosen.browser)
        asked = [program, "--version"]
        said = subprocess.run(  # noqa: S603  (the browser that audits start)
            asked, capture_output=True, text=True, timeout=BROWSER_SECONDS, check=True, stdin=subprocess.DEVNULL
        )
    except Unavailable as missing:
        found = {"browser": "", "browser_error": str(missing)}
    except (OSError, subprocess.SubprocessError) as error:
        found = {"browser": "", "browser_error": f"{program} does not say its version: {type(error).__name__}"}
    else:
        found = {"browser": said.stdout.strip()[:200], "browser_error": ""}
    return found | {"sandbox": uses_sandbox(chosen.browser_sandbox)}
