"""A worker in a process of its own, that a test can stop or kill."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from core.settings import PREFIX, settings

ROOT = Path(__file__).resolve().parents[2]
END_SECONDS = 30


@contextmanager
def worker_process(database_url: str, log: Path, **more: object) -> Iterator["subprocess.Popen[bytes]"]:
    """`campus worker` on this database, with the settings of the test; killed at the end if it still runs."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    environment |= {
        f"{PREFIX}DATABASE_URL": database_url,
        f"{PREFIX}DATA_DIR": str(settings().data_dir),
        **{f"{PREFIX}{name.upper()}": str(value) for name, value in more.items()},
    }
    with log.open("ab") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "jobs.cli", "worker"],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()


def stop(process: "subprocess.Popen[bytes]") -> int:
    """End it as a service manager does; its exit code."""
    process.send_signal(signal.SIGTERM)
    return process.wait(timeout=END_SECONDS)


def wait_until(reached: Callable[[], bool], seconds: float = 60, what: str = "", every: float = 0.05) -> None:
    """Look until it is so. `AssertionError` when it takes too long."""
    deadline = time.monotonic() + seconds
    while not reached():
        assert time.monotonic() < deadline, f"not within {seconds} s: {what}"
        time.sleep(every)
