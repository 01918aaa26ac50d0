"""`campus demo`: sample books in an empty database, to look at and to try things on."""

from datetime import timedelta
from typing import Annotated

import typer

from campus.sample.plan import SEED
from campus.sample.requests import add_requests
from campus.sample.write import write_sample
from core.i18n import today
from jobs.database import opened_database
from jobs.indicator_values import record_values
from jobs.snapshots import forecast_of, take_since

SNAPSHOT_DAYS = 3 * 365  # the back-test needs a year before its own two
WEEKS, MONTHS = range(56, -1, -7), range(672, 56, -28)  # days back: kept forecasts are held against what came


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(demo)


def demo(seed: Annotated[int, typer.Option("--seed", help="The same seed gives the same data.")] = SEED) -> None:
    """Load invented pavilions, rooms, groups and stays into an empty database."""
    with opened_database() as database:
        typer.echo("1 of 3: places, groups, stays and service requests")
        with database.write() as session:
            made = write_sample(session, seed)
            requests = add_requests(session)
        typer.echo("2 of 3: what was on the books on each evening")
        days = take_since(database, today() - timedelta(days=SNAPSHOT_DAYS), lambda done, of: None)
        typer.echo("3 of 3: the forecasts of the last weeks and their back-test")
        for back in (*MONTHS, *WEEKS):
            forecast_of(database, today() - timedelta(days=back))
        record_values(database, "command")
    figures = f"{made['rooms']} rooms, {made['groups']} groups, {made['stays']:,} stays, {days} evenings"
    figures += f", {requests} service requests, {made['works']} works packages"
    typer.echo(f"{figures}: all invented but what is published of the works")
