"""`campus backup`: database and pictures in one file, while the service runs."""

from pathlib import Path
from typing import Annotated

import typer

from core.database import Database
from core.i18n import gettext as _
from core.settings import settings
from jobs.backup import make
from jobs.progress import shown


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(backup)


def backup(file: Annotated[Path, typer.Argument(help="The new file; a file that is there is never replaced.")]) -> None:
    """Write the database and the pictures into one file, of one moment, while the service runs.

    The key that encrypts stored credentials is not in it: keep that too, and elsewhere.
    """
    database = Database(settings().database)  # as it is: a backup before an upgrade upgrades nothing
    try:
        with shown() as tell:
            made = make.make(database, file, settings().evidence_dir, tell)
    finally:
        database.close()
    typer.echo(
        _("%(rows)s rows and %(pictures)s pictures: %(file)s", rows=made.rows, pictures=made.pictures, file=file)
    )
    for sha256 in made.damaged:
        typer.echo(_("left out, its content is damaged: picture %(sha256)s", sha256=sha256), err=True)
    for sha256 in made.missing:
        typer.echo(_("not there: picture %(sha256)s", sha256=sha256), err=True)
