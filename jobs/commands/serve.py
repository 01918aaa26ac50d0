"""`campus serve`: web and worker together, kept running; with `--demo` also a site to audit."""

import socket
import time
from typing import Annotated

import typer

from core import logs
from core.database import Database
from core.i18n import gettext as _
from core.settings import PREFIX, settings
from jobs import demo
from jobs.database import opened_database
from jobs.first_start import show_first_password, show_password
from jobs.listening import listen
from jobs.supervisor import Child, stopped_by_signals, supervise

REACHED_BY = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104  (who listens everywhere)
LOOK_EVERY_SECONDS = 1.0


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(serve)


def serve(
    with_demo: Annotated[
        bool, typer.Option("--demo", help="Serve a small site with barriers too, and audit it at once.")
    ] = False,
) -> None:
    """Start the service: the web process and a worker, each started again when it dies. Ctrl-C ends both."""
    if with_demo:
        demo.use_own_data()
    logs.configure(settings().log_format)
    with listen(settings().host, settings().port) as probe:  # said here, it is clearer than a child that dies
        port = probe.getsockname()[1]
    watch = Watch(port)
    children = [_campus("web", {f"{PREFIX}PORT": str(port)}), _campus("worker")]
    with opened_database() as database, stopped_by_signals() as stop:
        shown = show_first_password(database)
        if with_demo:
            children.append(_begin_demo(database, watch))
            if not shown and (again := demo.password_again(database)):
                show_password(again)
        supervise(children, stop, lambda: watch.look(database))


def _campus(command: str, environment: dict[str, str] | None = None) -> Child:
    return Child(command, ["jobs.cli", command], environment or {})


def _begin_demo(database: Database, watch: "Watch") -> Child:
    site, base = demo.site()
    watch.audit_id = demo.audit_it(database, base)
    print(_("The demo site is at %(address)s; its audit begins now.", address=base), flush=True)
    return site


class Watch:
    """Says on the terminal when the service answers, and when the audit of the demo site has ended."""

    def __init__(self, port: int) -> None:
        self.audit_id: int | None = None
        self._port = port
        self._answers = False
        self._next_look = 0.0

    def look(self, database: Database) -> None:
        """Called often, looks once a second, and says each thing once."""
        if time.monotonic() < self._next_look:
            return
        self._next_look = time.monotonic() + LOOK_EVERY_SECONDS
        if not self._answers and _answers(self._port):
            self._answers = True
            print(_("Open %(address)s", address=address(self._port)), flush=True)
        if self.audit_id is not None and (line := demo.result(database, self.audit_id)):
            self.audit_id = None
            print(line, flush=True)


def address(port: int) -> str:
    """Where a person on this machine opens the service."""
    if settings().public_url:
        return settings().public_url
    host = REACHED_BY.get(settings().host, settings().host)
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"


def _answers(port: int) -> bool:
    host = REACHED_BY.get(settings().host, settings().host)
    try:
        with socket.create_connection((host, port), timeout=1):
            return True
    except OSError:
        return False
