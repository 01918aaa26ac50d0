"""`campus web`: the web process alone."""

import typer
import uvicorn

from api.app import create_app
from core import logs
from core.settings import settings
from jobs.database import opened_database, our_revision
from jobs.first_start import show_first_password
from jobs.listening import listen

END_SECONDS = 5  # for requests that are being answered


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(web)


def web() -> int:
    """Serve pages and API, until stopped."""
    logs.configure(settings().log_format)
    with listen(settings().host, settings().port) as listener, opened_database() as database:
        show_first_password(database)
        server = uvicorn.Server(
            uvicorn.Config(
                create_app(database, revision=our_revision()),
                log_config=None,
                access_log=False,
                server_header=False,
                timeout_graceful_shutdown=END_SECONDS,
            )
        )
        server.run(sockets=[listener])
    return 0 if server.started else 2
