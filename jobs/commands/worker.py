"""`campus worker`: the worker process alone."""

import typer

from core import logs
from core.settings import settings
from jobs.database import opened_database
from jobs.worker import run_worker


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(worker)


def worker() -> None:
    """Run the schedule and the audits that wait, until stopped. Several workers may share one database."""
    logs.configure(settings().log_format)
    with opened_database() as database:
        run_worker(database)
