"""Children of the supervisor: started again when they die, ended together, never left behind."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from core.errors import Unavailable
from jobs import supervisor
from jobs.supervisor import ROOT, Child, stopped_by_signals, supervise
from tests.jobs.worker_process import wait_until


@pytest.fixture(autouse=True)
def _in_a_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    hurry = {"STEADY_SECONDS": 0.3, "FIRST_PAUSE": 0.05, "LONGEST_PAUSE": 0.2, "LOOK_EVERY_SECONDS": 0.02}
    for name, seconds in hurry.items():
        monkeypatch.setattr(supervisor, name, seconds)


def child(kind: str, log: Path) -> Child:
    return Child(kind, ["tests.jobs.child", kind, str(log)], pause=0.1)


def pids(log: Path) -> list[int]:
    return [int(line) for line in log.read_text().split()] if log.exists() else []


def lives(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


@contextmanager
def supervised(*children: Child) -> Iterator[None]:
    stop = threading.Event()
    thread = threading.Thread(target=supervise, args=(children, stop))
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(30)


def test_a_child_that_dies_is_started_again(tmp_path: Path) -> None:
    log = tmp_path / "log"
    steady = child("sleeps", log)
    with supervised(steady):
        wait_until(lambda: steady.was_steady and bool(pids(log)))
        os.kill(pids(log)[0], signal.SIGKILL)
        wait_until(lambda: len(pids(log)) == 2)
        assert lives(pids(log)[1])
    assert not lives(pids(log)[1])


def test_the_pauses_between_restarts_grow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = tmp_path / "log"
    steady = child("sleeps", log)
    with supervised(steady):
        wait_until(lambda: steady.was_steady and bool(pids(log)))
        monkeypatch.setattr(supervisor, "STEADY_SECONDS", 60)
        steady.arguments = ["tests.jobs.child", "fails", str(log)]
        os.kill(pids(log)[0], signal.SIGKILL)
        wait_until(lambda: steady.pause == 0.2)
        assert len(pids(log)) > 1


def test_a_child_that_cannot_start_ends_the_others_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "STEADY_SECONDS", 60)
    good, bad = child("sleeps", tmp_path / "good"), child("fails", tmp_path / "bad")
    with pytest.raises(Unavailable, match="fails process could not start: it ended with 7"):
        supervise([good, bad], threading.Event())
    assert len(pids(tmp_path / "bad")) == 1
    assert good.process is not None
    assert good.process.poll() is not None


def test_children_are_asked_to_end_before_they_are_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "END_SECONDS", 0.5)
    polite, stubborn = tmp_path / "polite", tmp_path / "stubborn"
    with supervised(child("polite", polite), child("stubborn", stubborn)):
        wait_until(lambda: bool(pids(polite) and pids(stubborn)))
    assert polite.with_suffix(".ended").read_text() == "ended"
    assert not lives(pids(stubborn)[0])


def test_a_signal_ends_the_supervision_and_leaves_the_handlers_as_they_were() -> None:
    before = signal.getsignal(signal.SIGTERM)
    with stopped_by_signals() as stop:
        os.kill(os.getpid(), signal.SIGTERM)
        assert stop.wait(5)
    assert signal.getsignal(signal.SIGTERM) is before


def test_children_end_even_when_the_supervisor_is_killed(tmp_path: Path) -> None:
    log = tmp_path / "log"
    program = (
        "import threading; from jobs.supervisor import Child, supervise;"
        f"supervise([Child('child', ['tests.jobs.child', 'polite', {str(log)!r}])], threading.Event())"
    )
    process = subprocess.Popen([sys.executable, "-c", program], cwd=ROOT)
    wait_until(lambda: bool(pids(log)))
    process.kill()
    process.wait()
    wait_until(lambda: not lives(pids(log)[0]))
