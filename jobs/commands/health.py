"""`campus health`: whether processes of this machine live, for what watches over them."""

import socket

import typer
from sqlalchemy.exc import SQLAlchemyError

from core import clock, heartbeats
from core.database import Database
from core.errors import Unavailable
from core.i18n import gettext as _
from core.settings import settings


def register(app: typer.Typer) -> None:
    """Add the commands."""
    commands = typer.Typer(no_args_is_help=True)
    commands.command()(worker)
    commands.callback()(_health)
    app.add_typer(commands, name="health")


def _health() -> None:
    """Ask whether a process of this machine lives. The web process is asked by GET /health."""


def worker() -> None:
    """End well while a worker of this machine gives signs of life, else with code 2. Changes nothing."""
    database = Database(settings().database)
    try:
        with database.read() as session:
            here = [one for one in heartbeats.workers(session) if one.host == socket.gethostname()]
    except SQLAlchemyError as error:
        raise Unavailable(_("the database does not answer")) from error
    finally:
        database.close()
    if not any(one.is_alive(clock.now()) for one in here):
        raise Unavailable(_("no worker of this machine is alive"))
