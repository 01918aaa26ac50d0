"""`campus funds`: how each fund rolls forward over a period, printed and computed side by side."""

import json
from enum import StrEnum
from typing import Annotated, Any

import typer
from rich.table import Table

from campus.funds import report
from campus.funds.report import Asked, FundLine
from campus.funds.rules import Roll
from jobs.database import opened_database
from jobs.day_options import day_of, past_day_of
from jobs.single_run import console


class Figures(StrEnum):
    """Which amounts roll forward."""

    PLANNED = "planned"
    ACTUAL = "actual"
    FORECAST = "forecast"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(funds)


def funds(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, amounts in cents.")] = False,
    figures: Annotated[
        Figures, typer.Option("--figures", help="What is planned, what happened, or the forecast of it.")
    ] = Figures.PLANNED,
    first: Annotated[str, typer.Option("--first", help="First day of the period, YYYY-MM-DD.")] = "",
    last: Annotated[str, typer.Option("--last", help="Last day of the period, YYYY-MM-DD.")] = "",
    as_of: Annotated[str, typer.Option("--as-of", help="As it was known at the end of this day, YYYY-MM-DD.")] = "",
) -> None:
    """Print each fund: opening + receipts − payments = closing, and the closing that a document prints."""
    days = day_of(first, "--first"), day_of(last, "--last"), past_day_of(as_of)
    with opened_database() as database, database.read() as session:
        question = report.asked(session, *days)
        lines = report.lines(session, question)
    rows = [_row(one, figures) for one in lines]
    if as_json:
        typer.echo(json.dumps(rows, indent=2, ensure_ascii=False))
    else:
        console().print(_table(rows, question, figures))


def _row(line: FundLine, figures: Figures) -> dict[str, Any]:
    roll: Roll = getattr(line.statement, figures)
    printed = line.statement.printed
    return {
        "name": line.fund.name,
        "opening": roll.opening,
        "receipts": roll.receipts,
        "payments": roll.payments,
        "closing": roll.closing,
        "printed": printed,
        "difference": None if printed is None else printed - roll.closing,
    }


def _table(rows: list[dict[str, Any]], question: Asked, figures: Figures) -> Table:
    known = f", as known on {question.as_of}" if question.as_of else ""
    table = Table("fund", title=f"Funds, {question.first} to {question.last}, {figures}, euros{known}")
    for name in ("opening", "receipts", "payments", "closing", "printed", "difference"):
        table.add_column(name, justify="right")
    for row in rows:
        name, *amounts = row.values()
        table.add_row(name, *("–" if cents is None else f"{cents / 100:,.2f}" for cents in amounts))
    return table
