"""What both checks of a fresh machine share: telling the time of each phase, and waiting for a service."""

import json
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.error import URLError
from urllib.request import urlopen

from tests.ground.bare_root import stop

START_SECONDS = 600.0


class NotProven(Exception):
    """What did not happen as it should, as a sentence."""


@contextmanager
def phase(name: str) -> Iterator[None]:
    """Print how long the block took, in seconds."""
    start = time.monotonic()
    yield
    print(f"check: {name}: {time.monotonic() - start:.0f} s", flush=True)


def free_port() -> int:
    """A port of the loopback that nothing uses now."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def await_health(service: "subprocess.Popen[bytes]", port: int) -> None:
    """Return when the health page answers; raises `NotProven` when the service ends or is silent for too long."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if service.poll() is not None:
            raise NotProven(f"the service ended with exit code {service.returncode} before it answered")
        try:
            with urlopen(f"http://127.0.0.1:{port}/health", timeout=5) as answer:
                json.load(answer)
                return
        except (URLError, OSError):
            time.sleep(0.5)
    raise NotProven(f"no answer from /health within {START_SECONDS:.0f} s")


def end(service: "subprocess.Popen[bytes]") -> None:
    """Ask the service to stop; raises `NotProven` when it does not do so in order."""
    code = stop(service)
    if code != 0:
        raise NotProven(f"asked to stop, the service ended with exit code {code}")
