"""The demo site on real sockets.

with running() as site: ...
python -m tests.demo_site.serve --port 8099
"""

import argparse
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import uvicorn

from .app import create_app
from .state import Refusal, SiteState

START_SECONDS = 10.0


@dataclass(frozen=True)
class RunningSite:
    """Where the site answers, under its two names, and what it remembers."""

    base: str
    other: str
    app_state: SiteState


@contextmanager
def running(host: str = "127.0.0.1", port: int = 0, refusal: Refusal | None = None) -> Iterator[RunningSite]:
    """Serve in a daemon thread until the block ends; port 0 picks a free one."""
    app = create_app(refusal=refusal)
    sockets = listen(host, port)
    taken = sockets[0].getsockname()[1]
    server = _server(app)
    thread = threading.Thread(target=server.run, args=(sockets,), daemon=True)
    thread.start()
    try:
        _await_start(server, thread)
        yield RunningSite(f"http://{host}:{taken}", f"http://localhost:{taken}", app.state.site)
    finally:
        server.should_exit = True
        thread.join(START_SECONDS)
        for each in sockets:
            each.close()


def listen(host: str, port: int) -> list[socket.socket]:
    """A socket on `host`, and one on ::1 if it is to be had, so that "localhost" always answers."""
    first = socket.create_server((host, port))
    try:
        second = socket.create_server(("::1", first.getsockname()[1]), family=socket.AF_INET6)
    except OSError:
        return [first]
    return [first, second]


def _server(app: object) -> uvicorn.Server:
    settings = uvicorn.Config(
        app,  # type: ignore[arg-type]
        lifespan="off",
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=1,
    )
    return uvicorn.Server(settings)


def _await_start(server: uvicorn.Server, thread: threading.Thread) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not server.started:
        if not thread.is_alive() or time.monotonic() > deadline:
            raise RuntimeError("the demo site did not start")
        time.sleep(0.01)


def main() -> None:
    """Serve until this process is told to end."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8099)
    port = parser.parse_args().port
    sockets = listen("127.0.0.1", port)
    print(f"http://127.0.0.1:{sockets[0].getsockname()[1]}", flush=True)
    _server(create_app()).run(sockets)


if __name__ == "__main__":
    main()
