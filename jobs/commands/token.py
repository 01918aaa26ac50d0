"""`campus token`: keys for machines."""

from datetime import timedelta
from typing import Annotated

import typer

from accessibility.ledger.platforms import queries as platforms
from core import clock
from core.errors import NotFound
from core.i18n import gettext as _
from core.people import keys, queries, rules
from jobs.database import opened_database


def register(app: typer.Typer) -> None:
    """Add the commands."""
    commands = typer.Typer(no_args_is_help=True)
    commands.command()(create)
    commands.callback()(_token)
    app.add_typer(commands, name="token")


def _token() -> None:
    """Keys for machines, such as a CI pipeline."""


def create(
    email: Annotated[str, typer.Argument(help="Whose token it is: it may never do more than this person.")],
    name: Annotated[str, typer.Option(help="What it is for.")],
    scope: Annotated[list[str], typer.Option(help=f"Any of {', '.join(rules.SCOPES)}; may be repeated.")],
    days: Annotated[int, typer.Option(min=1, max=rules.LONGEST_TOKEN.days, help="It ends after this many days.")] = 90,
    platform: Annotated[str, typer.Option(help="Limit it to this platform.")] = "",
) -> None:
    """Make a token and print it; it is not shown again."""
    with opened_database() as database, database.write() as session:
        person = queries.person_by_email(session, email.strip().lower())
        if person is None:
            raise NotFound(_("nobody signs in as %(email)s", email=email))
        if platform:
            platforms.get(session, platform)
        key, _row = keys.create_token(
            session,
            "command",
            person.id,
            name=name,
            scopes=scope,
            expires_at=clock.now() + timedelta(days=days),
            platform_slug=platform or None,
        )
    typer.echo(key)
