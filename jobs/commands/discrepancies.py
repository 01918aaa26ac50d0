"""`campus discrepancies`: where the published figures contradict each other or their own arithmetic."""

import json
from typing import Annotated

import typer
from rich.table import Table

from campus.funds import report
from campus.funds.discrepancies import Discrepancy
from campus.known import end_of
from jobs.database import opened_database
from jobs.day_options import past_day_of
from jobs.single_run import console


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(discrepancies)


def discrepancies(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, amounts in cents.")] = False,
    as_of: Annotated[str, typer.Option("--as-of", help="As it was known at the end of this day, YYYY-MM-DD.")] = "",
) -> None:
    """Print every item that is printed in two ways, or as something else than it adds up to. Nothing is corrected."""
    day = past_day_of(as_of)
    with opened_database() as database, database.read() as session:
        found = report.found(session, end_of(day) if day else None)
    if as_json:
        rows = [
            {"item": one.item, "where": one.where, "printed": one.printed, "other": one.other}
            | {"difference": one.difference}
            for one in found
        ]
        typer.echo(json.dumps(rows, indent=2, ensure_ascii=False))
    elif found:
        console().print(_table(found))
    else:
        typer.echo("no discrepancy")


def _table(found: list[Discrepancy]) -> Table:
    table = Table("item", "printed in", title="Discrepancies, euros")
    for name in ("printed", "held against", "difference"):
        table.add_column(name, justify="right")
    for one in found:
        amounts = (f"{one.printed / 100:,.2f}", f"{one.other / 100:,.2f} ({one.other_where})")
        table.add_row(one.item, one.where, *amounts, f"{one.difference / 100:+,.2f}")
    return table
