"""`campus feedback`: the guests' figures of a closed quarter, for people and for scripts; and closing a quarter."""

import json
from typing import Annotated

import typer
from rich.table import Table

from campus.feedback.figures import closing, lines, rules
from campus.feedback.figures.lines import Line
from campus.feedback.quarters import checked_quarter
from campus.feedback.questionnaires.content import Kind
from core.i18n import gettext as _
from jobs.database import opened_database
from jobs.single_run import console


def register(app: typer.Typer) -> None:
    """Add the commands."""
    commands = typer.Typer(no_args_is_help=True)
    commands.command()(figures)
    commands.command()(close)
    commands.callback()(feedback)
    app.add_typer(commands, name="feedback", help="Figures of the guests' feedback.")


def feedback() -> None:
    """Figures of the guests' feedback."""


def figures(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, shares from 0 to 1.")] = False,
    area: Annotated[str, typer.Option("--area", help="Only this area, such as room.")] = "",
    pavilion: Annotated[str, typer.Option("--pavilion", help="Only guests of this pavilion: its short name.")] = "",
    quarter: Annotated[str, typer.Option("--quarter", help="A closed quarter, such as 2026-Q3; else the newest.")] = "",
) -> None:
    """Print each measure of a closed quarter with n and its 95 % interval; null where a few guests would be exposed."""
    with opened_database() as database, database.read() as session:
        wanted = lines.checked_closed(session, quarter, "--quarter")
        lines.checked_area(session, area, "--area")
        group = (rules.PAVILION, pavilion) if pavilion else (rules.ALL, "")
        lines.checked_thing(session, *group, "--pavilion")
        found = lines.of_group(session, wanted, *group) if wanted else []
    found = [one for one in found if area in ("", one.area)]
    if as_json:
        typer.echo(json.dumps([one.as_json() for one in found], indent=2, ensure_ascii=False))
    elif wanted is None:
        typer.echo(_("No quarter is closed yet, so there are no figures."))
    else:
        console().print(_table(found, f"{wanted}{f', {pavilion}' if pavilion else ''}"))


def close(
    quarter: Annotated[str, typer.Argument(help="A quarter, such as 2026-Q3; else all that are over.")] = "",
) -> None:
    """Close quarters that are over: their figures are published, and never change again."""
    with opened_database() as database:
        with database.read() as session:
            wanted = [checked_quarter(quarter, "QUARTER")] if quarter else closing.waiting(session)
        for one in wanted:
            with database.write() as session:
                closing.close(session, one, "command")
            typer.echo(_("%(quarter)s is closed.", quarter=one))
    if not wanted:
        typer.echo(_("No quarter is waiting to be closed."))


def _table(found: list[Line], title: str) -> Table:
    table = Table("measure", "n", "value", "95 % interval", "method", title=title)
    for number in (1, 2, 3):
        table.columns[number].justify = "right"
    for one in found:
        if one.value is None or one.low is None or one.high is None:
            table.add_row(one.measure, "", "suppressed", "", one.method)
        else:
            value, low, high = (_said(one, number) for number in (one.value, one.low, one.high))
            table.add_row(one.measure, f"{one.n:,}", value, f"{low} to {high}", one.method)
    return table


def _said(line: Line, number: float) -> str:
    if line.kind == Kind.SCORE:
        return f"{number:+.0f}"
    return f"{number:.0f}" if line.kind == lines.INDEX else f"{number:.0%}"
