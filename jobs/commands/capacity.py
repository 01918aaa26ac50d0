"""`campus capacity`: a year of the campus in figures, for people and for scripts."""

import json
from typing import Annotated

import typer
from rich.table import Table

from campus.capacity.bridge import TERMS
from campus.capacity.report import Moment
from campus.nights import EARLIEST, LATEST
from campus.year import YearReport, year_report
from core.errors import InvalidInput
from jobs.database import opened_database
from jobs.day_options import past_day_of
from jobs.single_run import console


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(capacity)


def capacity(
    year: Annotated[int, typer.Argument(help="Calendar year.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, room-nights and shares from 0 to 1.")] = False,
    as_of: Annotated[str, typer.Option("--as-of", help="As it was known at the end of this day, YYYY-MM-DD.")] = "",
) -> None:
    """Print a year's room-nights from inventory to free, occupancy by denominator, and how the target stands."""
    if not EARLIEST.year <= year < LATEST.year:
        raise InvalidInput(f"must lie between {EARLIEST.year} and {LATEST.year - 1}", place="YEAR")
    moment = Moment.evening(past_day_of(as_of))
    with opened_database() as database, database.read() as session:
        report = year_report(session, year, moment)
    if as_json:
        typer.echo(json.dumps(report.as_json(), indent=2))
    else:
        console().print(_table(report))


def _table(report: YearReport) -> Table:
    bridge, over, end = report.bridge, report.report.over, report.end
    table = Table("", "room-nights", title=f"{report.year}, as known on {report.as_of}")
    table.columns[1].justify = "right"
    for name in TERMS:
        table.add_row(name.replace("_", " "), f"{getattr(bridge, name):,}")
    table.add_section()
    for name, share in bridge.occupancy.items():
        table.add_row(f"occupancy of {name.replace('_', ' ')}", "–" if share is None else f"{share:.1%}")
    table.add_section()
    table.add_row("target", f"{report.target:,}")
    table.add_row("sellable to date", f"{over.sellable:,}")
    table.add_row("sellable in the whole year", f"{bridge.sellable:,}")
    table.add_row("sold to date", f"{report.to_date:,}")
    unknown = "not known yet"
    table.add_row("sold, expected at the year's end", unknown if end.expected is None else f"{end.expected:,.0f}")
    table.add_row("chance of reaching the target", unknown if end.chance is None else f"{end.chance:.0%}")
    if end.made_on:
        table.caption = f"Expected and chance: forecast of {end.made_on}"
    return table
