"""`campus demo`: sample books in an empty database, to look at and to try things on."""

from datetime import timedelta
from typing import Annotated

import typer

from campus.sample.plan import SEED
from campus.sample.requests import add_requests
from campus.sample.write import write_sample
from core.i18n import today
from core.people.actions import ensure_first_administrator
from jobs.comments import look_after_comments
from jobs.database import opened_database
from jobs.first_start import show_password
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
        typer.echo("1 of 4: places, groups, stays, service requests, and what guests answered")
        with database.write() as session:
            password = ensure_first_administrator(session)  # before the sample's own person: then somebody is known
            made = write_sample(session, seed)
            requests = add_requests(session)
        typer.echo("2 of 4: what was on the books on each evening")
        days = take_since(database, today() - timedelta(days=SNAPSHOT_DAYS), lambda done, of: None)
        typer.echo("3 of 4: the forecasts of the last weeks and their back-test")
        for back in (*MONTHS, *WEEKS):
            forecast_of(database, today() - timedelta(days=back))
        record_values(database, "command")
        typer.echo("4 of 4: languages, topics and sentiment of the comments")
        look_after_comments(database)
    figures = f"{made['rooms']} rooms, {made['groups']} groups, {made['stays']:,} stays, {days} evenings"
    figures += f", {requests} service requests, {made['works']} works packages"
    figures += f", {made['responses']:,} responses of guests"
    typer.echo(f"{figures}: all invented but what is published of the works")
    if password:
        show_password(password)
