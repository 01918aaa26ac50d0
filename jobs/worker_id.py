"""Who holds a lease: host, process, and a random part; and whether that process is surely gone."""

import hashlib
import os
import secrets
import socket
from pathlib import Path

BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
PID_SPACE = Path("/proc/self/ns/pid")


_issued: set[str] = set()  # by this very process


def new_worker_id() -> str:
    """An id that no other process ever has: "host-boot:process id:random", at most 120 characters."""
    worker = f"{_machine()}:{os.getpid()}:{secrets.token_hex(4)}"
    _issued.add(worker)
    return worker


def is_gone(worker: str) -> bool:
    """True when the worker ran on this machine and its process does not exist any more. False when in doubt."""
    machine, _, pid = worker.rpartition(":")[0].rpartition(":")
    if machine != _machine() or not pid.isdecimal():
        return False
    if int(pid) == os.getpid():  # in a container that is started again, the worker may get the same id each time
        return worker not in _issued
    try:
        os.kill(int(pid), 0)
    except (ProcessLookupError, OverflowError):
        return True
    except PermissionError:
        return False
    return False


def _machine() -> str:
    """This host since it was started, as one container sees it: only there do process ids mean the same."""
    try:
        place = f"{BOOT_ID.read_text().strip()} {PID_SPACE.stat().st_ino}"
    except OSError:  # not Linux: a lease then ends by its time only
        place = secrets.token_hex(8)
    return f"{socket.gethostname()[:60]}-{hashlib.sha256(place.encode()).hexdigest()[:8]}"
