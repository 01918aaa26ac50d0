"""`campus results`: the indicators that the service counts itself."""

from typing import Annotated

import typer
from rich.table import Table

from core.errors import Unavailable
from core.i18n import gettext as _
from jobs.database import opened_database
from jobs.indicator_values import record_values
from jobs.single_run import console


def register(app: typer.Typer) -> None:
    """Add the commands."""
    commands = typer.Typer(no_args_is_help=True)
    commands.command()(record)
    commands.callback()(results)
    app.add_typer(commands, name="results", help="Indicators of the results page.")


def results() -> None:
    """Indicators of the results page."""


def record(
    quiet: Annotated[bool, typer.Option("--quiet", help="Say only what could not be measured.")] = False,
) -> None:
    """Count and record today's value of every indicator that the service measures. Exits 2 if one could not be."""
    with opened_database() as database:
        done = record_values(database, "command")
    if not quiet:
        table = Table("indicator", "value", "unit", "note")
        table.columns[1].justify = "right"
        for one in done:
            value = "–" if one.counted.value is None else f"{one.counted.value:,.4g}"
            if one.counted.value is not None and abs(one.counted.value) >= 1000:
                value = f"{one.counted.value:,.0f}"
            table.add_row(one.name, value, one.unit, one.counted.note)
        console().print(table if done else _("No indicator is measured by the service yet."))
    if failed := [one.name for one in done if one.failed]:
        raise Unavailable(_("could not be measured: %(names)s", names=", ".join(failed)))
