"""Keeps child processes running: restarts one that dies, passes on the wish to end, ends all of them cleanly."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

import structlog

from core.errors import Unavailable
from core.i18n import gettext as _

ROOT = Path(__file__).resolve().parent.parent
STEADY_SECONDS = 15.0  # a child that lived so long did start
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0  # seconds before a restart, doubled each time
END_SECONDS = 20.0  # then a child that does not end is killed
LOOK_EVERY_SECONDS = 0.2

log = structlog.get_logger()


@dataclass
class Child:
    """A process: `arguments` are those of `python -m`, `environment` goes on top of our own."""

    name: str
    arguments: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    process: "subprocess.Popen[bytes] | None" = None
    started_at: float = 0.0  # by the monotonic clock
    start_again_at: float = 0.0
    pause: float = FIRST_PAUSE
    was_steady: bool = False

    def start(self) -> None:
        """Start it now."""
        path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH", "")]))
        self.process = subprocess.Popen(  # noqa: S603  (our own modules)
            [sys.executable, "-m", "jobs.supervised", *self.arguments],
            stdin=subprocess.PIPE,
            env={**os.environ, **self.environment, "PYTHONPATH": path},
            start_new_session=True,  # Ctrl-C reaches us alone, and we end the children in order
        )
        self.started_at = time.monotonic()

    def watch(self) -> None:
        """Notice a death, and start again when its pause is over. Raises `Unavailable` if it never really started."""
        now = time.monotonic()
        if self.process is None:
            if now >= self.start_again_at:
                self.start()
            return
        code = self.process.poll()
        if code is None:
            if now - self.started_at >= STEADY_SECONDS:
                self.was_steady, self.pause = True, FIRST_PAUSE
            return
        _close_input(self.process)
        self.process = None
        if not self.was_steady:
            raise Unavailable(
                _(
                    "the %(name)s process could not start: it ended with %(code)s; see its log",
                    name=self.name,
                    code=code,
                )
            )
        log.error("a process died and will be started again", process=self.name, code=code, seconds=self.pause)
        self.start_again_at = now + self.pause
        self.pause = min(2 * self.pause, LONGEST_PAUSE)


def supervise(children: Sequence[Child], stop: threading.Event, each_look: Callable[[], None] = lambda: None) -> None:
    """Run the children until `stop`; `each_look` is called a few times a second.

    Raises `Unavailable`, after all others were ended, when a child cannot start.
    """
    try:
        for child in children:
            child.start()
        while not stop.wait(LOOK_EVERY_SECONDS):
            for child in children:
                child.watch()
            each_look()
    finally:
        _end([child.process for child in children if child.process])


@contextmanager
def stopped_by_signals() -> Iterator[threading.Event]:
    """An event that SIGTERM and SIGINT set."""
    stop = threading.Event()

    def ask(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    before = {name: signal.signal(name, ask) for name in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield stop
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)


def _end(processes: Sequence["subprocess.Popen[bytes]"]) -> None:
    for process in processes:
        process.terminate()
    deadline = time.monotonic() + END_SECONDS
    for process in processes:
        try:
            process.wait(timeout=max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            log.error("a process did not end and is killed", process=process.pid)
            process.kill()
            process.wait()
        _close_input(process)


def _close_input(process: "subprocess.Popen[bytes]") -> None:
    if process.stdin is not None:
        process.stdin.close()
