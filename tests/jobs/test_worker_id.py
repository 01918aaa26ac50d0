"""Who holds a lease, and whether that process is surely gone."""

import os
import subprocess
import sys

import pytest

from jobs import worker_id
from jobs.worker_id import is_gone, new_worker_id


def of_process(pid: int) -> str:
    machine = new_worker_id().rsplit(":", 2)[0]
    return f"{machine}:{pid}:00000000"


def test_two_workers_never_have_the_same_id() -> None:
    assert new_worker_id() != new_worker_id()
    assert len(new_worker_id()) <= 120


def test_a_running_worker_is_not_gone() -> None:
    assert not is_gone(new_worker_id())


def test_a_worker_of_this_machine_whose_process_ended_is_gone() -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    assert is_gone(of_process(ended.pid))


def test_an_earlier_worker_that_had_our_own_process_id_is_gone() -> None:
    assert is_gone(of_process(os.getpid()))


def test_of_a_worker_elsewhere_nothing_is_known() -> None:
    assert not is_gone("elsewhere-00000000:999999999:abcdef01")


@pytest.mark.parametrize("strange", ["", "x", "a:b", "a:b:c", "::", "here:-1:x", "here:99999999999999999999:x"])
def test_what_is_no_id_is_not_gone(strange: str) -> None:
    assert not is_gone(strange)


def test_where_the_machine_cannot_be_told_a_lease_ends_by_its_time_only(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    monkeypatch.setattr(worker_id, "BOOT_ID", tmp_path_factory.mktemp("nothing") / "boot_id")
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    assert not is_gone(of_process(ended.pid))
