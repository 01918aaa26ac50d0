"""`campus restore`: the service as it was when a backup was made."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from core.database import Database
from core.errors import InvalidInput
from core.i18n import format_instant
from core.i18n import gettext as _
from core.settings import settings
from jobs.backup import restore as putting_back
from jobs.progress import shown


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(restore)


def restore(
    file: Annotated[Path, typer.Argument(help="A file that `campus backup` made.")],
    replace: Annotated[bool, typer.Option("--replace", help="Delete what is in the database before.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before anything is deleted.")] = False,
) -> None:
    """Fill an empty database and the folder of pictures from a backup. Stop the service before."""
    database = Database(settings().database)
    try:
        if replace and not yes:
            _ask(database.engine.url.render_as_string(hide_password=True))
        with shown() as tell:
            done = putting_back.restore(database, file, settings().evidence_dir, tell, replace=replace)
    finally:
        database.close()
    values = {"when": format_instant(done.began_at), "rows": done.rows, "pictures": done.pictures}
    typer.echo(_("as it was on %(when)s: %(rows)s rows and %(pictures)s pictures", **values))
    for sha256 in done.missing:
        typer.echo(_("not there: picture %(sha256)s", sha256=sha256), err=True)
    if not done.key_fits:
        typer.echo(
            _("The key here is not the one of the backup. Put that one back, or enter stored credentials again."),
            err=True,
        )


def _ask(address: str) -> None:
    """Whoever deletes a whole database types the word."""
    if not sys.stdin.isatty():
        raise InvalidInput(_("nobody can be asked here; say --yes to delete what is in the database"))
    typer.echo(_("Everything in %(address)s will be deleted.", address=address))
    if typer.prompt(_("Type replace to go on")) != "replace":
        raise typer.Abort
