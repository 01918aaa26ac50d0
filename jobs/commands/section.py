"""`campus section`: parts of a platform, loaded from a CSV file."""

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from accessibility.ledger.platforms import queries as platforms
from accessibility.ledger.sections import queries
from accessibility.ledger.sections.csv_file import decoded
from accessibility.ledger.sections.importing import carry_out, plan
from core.errors import InvalidInput
from core.i18n import gettext as _
from core.i18n import today
from jobs.database import opened_database
from jobs.single_run import console


def register(app: typer.Typer) -> None:
    """Add the commands."""
    commands = typer.Typer(no_args_is_help=True)
    commands.command()(load)
    commands.command("list")(list_sections)
    app.add_typer(commands, name="section", help="Sections of a platform.")


def load(
    platform: Annotated[str, typer.Argument(help="Short name of the platform.")],
    file: Annotated[Path, typer.Argument(help="CSV file with the columns slug, name, patterns, owner.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change, and change nothing.")] = False,
) -> None:
    """Add and change the sections that the file names: all of them, or none when a line is wrong."""
    text = _text(file)
    with opened_database() as database, database.write() as session:
        found = platforms.get(session, platform)
        asked = plan(session, found, text)
        if asked.faults:
            raise InvalidInput("\n  ".join(str(fault) for fault in asked.faults), place=str(file))
        for line in (*asked.new, *asked.changed):
            typer.echo(f"{_('add') if line.before is None else _('change')} {line.wanted.slug}")
        if not dry_run:
            carry_out(session, found, asked, "command")
        counts = {"new": len(asked.new), "changed": len(asked.changed), "same": asked.same}
        typer.echo(_("%(new)s new, %(changed)s changed, %(same)s as they were", **counts))


def list_sections(platform: Annotated[str, typer.Argument(help="Short name of the platform.")]) -> None:
    """List the sections of a platform with their last score."""
    table = Table("slug", "name", "owner", "pages", "open", "overdue", "score")
    with opened_database() as database, database.read() as session:
        for line in queries.overview(session, platforms.get(session, platform).id, today()):
            score = "" if line.night is None or line.night.score is None else f"{line.night.score:.1f}"
            names = (line.section.slug, line.section.name) if line.section else ("", _("Everything else"))
            counts = (line.pages, line.tickets.waiting, line.tickets.overdue)
            table.add_row(*names, line.owner, *map(str, counts), score)
    console().print(table)


def _text(file: Path) -> str:
    try:
        return decoded(file.read_bytes())
    except OSError as error:
        raise InvalidInput(_("cannot be read: %(reason)s", reason=error.strerror), place=str(file)) from None
    except InvalidInput as error:
        raise InvalidInput(str(error), place=str(file)) from None
