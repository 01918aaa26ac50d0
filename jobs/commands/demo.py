"""`campus demo`: sample books in an empty database, to look at and to try things on."""

from datetime import timedelta
from typing import Annotated

import typer

from campus.forecast.make import keep_forecast
from campus.forecast.snapshots import take_missing
from campus.sample.plan import SEED
from campus.sample.requests import add_requests
from campus.sample.write import write_sample
from core.i18n import today
from jobs.backup.references import continue_numbering
from jobs.database import opened_database
from jobs.migrations.models import metadata

SNAPSHOT_DAYS = 3 * 365  # the back-test needs two years before its own


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
            continue_numbering(session.connection(), metadata.sorted_tables)  # the sample numbers its rows itself
        typer.echo("2 of 3: what was on the books on each evening")
        with database.write() as session:
            days = take_missing(session, today(), today() - timedelta(days=SNAPSHOT_DAYS))
        typer.echo("3 of 3: the forecast and its back-test")
        with database.write() as session:
            keep_forecast(session, today())
    figures = f"{made['rooms']} rooms, {made['groups']} groups, {made['stays']:,} stays, {len(days)} evenings"
    figures += f", {requests} service requests"
    typer.echo(f"{figures}: all invented")
