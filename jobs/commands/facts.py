"""`campus facts load`: published figures from a file into the books."""

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from campus.funds.facts import MOST_TEXT
from campus.funds.loading import WHY, Change
from campus.published import load_facts
from core.errors import InvalidInput
from jobs.database import opened_database
from jobs.single_run import console

ACTOR = "command"


def register(app: typer.Typer) -> None:
    """Add the command."""
    commands = typer.Typer(no_args_is_help=True)
    commands.callback()(_facts)
    commands.command()(load)
    app.add_typer(commands, name="facts", help="Published figures: funds, running costs, what documents print.")


def _facts() -> None:
    """Published figures: funds, running costs, what documents print."""


def load(
    file: Annotated[Path, typer.Argument(help="TOML file.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change, and change nothing.")] = False,
) -> None:
    """Load a facts file, all of it or nothing. The same file again changes nothing."""
    content = _content(file)
    with opened_database() as database, database.write() as session:
        try:
            loaded = load_facts(session, content, file.name, ACTOR)
        except InvalidInput as error:
            raise InvalidInput(str(error), place=str(file)) from None
        if dry_run:
            session.rollback()
    if loaded.changes:
        console().print(_table(loaded.changes))
    for one in loaded.left_out:
        typer.echo(f"left out: {one.place}: {WHY[one.why]}")
    typer.echo(f"{len(loaded.changes)} changes{' to come' if dry_run else ''}" if loaded.changes else "nothing changes")


def _content(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(MOST_TEXT + 1)
    except OSError as error:
        raise InvalidInput(f"cannot be read: {error.strerror}", place=str(file)) from None


def _table(changes: tuple[Change, ...]) -> Table:
    table = Table("", "before", "after")
    for column in table.columns[1:]:
        column.justify = "right"
    for one in changes:
        table.add_row(one.what, _said(one.before, one.unit), _said(one.after, one.unit))
    return table


def _said(value: int | None, unit: str) -> str:
    if value is None:
        return "–"
    return f"{value / 100:,.2f} EUR" if unit == "cents" else f"{value:,} {unit}"
