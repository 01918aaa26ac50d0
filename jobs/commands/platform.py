"""`campus platform`: platforms from TOML files, and what is known of them."""

import json
import os
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from accessibility.engine.platform_file import read_platform_file
from accessibility.ledger.platforms import actions, queries, recipes, saved_states
from core.i18n import gettext as _
from core.people.access import EVERY
from jobs.database import opened_database
from jobs.single_run import console


def register(app: typer.Typer) -> None:
    """Add the commands."""
    commands = typer.Typer(no_args_is_help=True)
    commands.command()(load)
    commands.command("list")(list_platforms)
    commands.command()(show)
    commands.command()(activate)
    commands.command()(deactivate)
    app.add_typer(commands, name="platform", help="Platforms that are audited.")


def load(files: Annotated[list[Path], typer.Argument(help="TOML files; secrets stand in them as env:NAME.")]) -> None:
    """Create or change platforms as their files say: all of them, or none when one is wrong."""
    asked = []
    for file in files:
        settings, notes = saved_states.trimmed(read_platform_file(file, os.environ))
        asked.append(settings)
        for note in notes:
            typer.echo(f"{file}: {note}", err=True)
    with opened_database() as database, database.write() as session:
        for settings in asked:
            actions.save(session, settings, "command", admin=True)
            typer.echo(_("platform “%(slug)s” loaded", slug=settings.slug))
            if settings.owner and queries.owner_id(session, settings.owner) is None:
                typer.echo(_("warning: nobody signs in as its owner %(owner)s", owner=settings.owner), err=True)


def list_platforms() -> None:
    """List all platforms."""
    table = Table("slug", "name", "schedule", "roles", "active")
    with opened_database() as database, database.read() as session:
        for platform in queries.platforms(session, EVERY):
            settings = recipes.settings_without_secrets(platform)
            active = _("yes") if platform.active else _("no")
            table.add_row(platform.slug, platform.name, settings.schedule, ", ".join(settings.role_names), active)
    console().print(table)


def show(slug: str) -> None:
    """Show a platform's settings as JSON, its secrets left empty."""
    with opened_database() as database, database.read() as session:
        settings = recipes.settings_without_secrets(queries.get(session, slug))
    typer.echo(json.dumps(settings.model_dump(mode="json"), indent=2, ensure_ascii=False))


def activate(slug: str) -> None:
    """Begin the nightly audits of a platform again."""
    with opened_database() as database, database.write() as session:
        actions.activate(session, queries.get(session, slug), "command")


def deactivate(slug: str) -> None:
    """End the nightly audits of a platform; what is known of it stays."""
    with opened_database() as database, database.write() as session:
        actions.deactivate(session, queries.get(session, slug), "command")
