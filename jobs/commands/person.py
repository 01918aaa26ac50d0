"""`campus person`: people who sign in."""

from typing import Annotated

import typer
from sqlalchemy.orm import Session

from accessibility.ledger.platforms import queries as platforms
from core.errors import NotFound
from core.i18n import gettext as _
from core.people import actions, grants, passwords, queries, rules
from core.people.models import Person
from jobs.database import opened_database

PlatformRole = Annotated[str, typer.Argument(help=f"One of {', '.join(rules.PLATFORM_ROLES)}.")]
OnPlatform = Annotated[str, typer.Option("--platform", help="The platform's short name.")]
Email = Annotated[str, typer.Argument(help="The e-mail address with which the person signs in.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    commands = typer.Typer(no_args_is_help=True)
    commands.command()(add)
    commands.command()(password)
    commands.command()(grant)
    commands.command()(revoke)
    app.add_typer(commands, name="person", help="People who sign in.")


def add(
    email: Email,
    name: Annotated[str, typer.Option(help="The name shown to others.")],
    role: Annotated[
        list[str] | None,
        typer.Option(help=f"Any of {', '.join(rules.ROLES)}; may be repeated. None: only what `grant` gives."),
    ] = None,
) -> None:
    """Add a person and print the one-time password."""
    fresh = passwords.one_time()
    hashed = passwords.hash_new(fresh, email)
    with opened_database() as database, database.write() as session:
        actions.create_person(session, "command", email=email, name=name, roles=role or [], password_hash=hashed)
    typer.echo(_("one-time password: %(password)s", password=fresh))


def password(email: Email) -> None:
    """Give a person a new one-time password, print it, and end all their sessions."""
    fresh = passwords.one_time()
    hashed = passwords.hash_new(fresh, email)
    with opened_database() as database, database.write() as session:
        actions.set_password(session, "command", _found(session, email).id, hashed, one_time=True)
    typer.echo(_("one-time password: %(password)s", password=fresh))


def grant(email: Email, role: PlatformRole, platform: OnPlatform) -> None:
    """Give a person a role on one platform alone."""
    with opened_database() as database, database.write() as session:
        slug = platforms.get(session, platform).slug
        grants.grant(session, "command", _found(session, email).id, role, slug)


def revoke(email: Email, role: PlatformRole, platform: OnPlatform) -> None:
    """Take a role on one platform away; it counts at once."""
    with opened_database() as database, database.write() as session:
        grants.revoke(session, "command", _found(session, email).id, role, platform)


def _found(session: Session, email: str) -> Person:
    person = queries.person_by_email(session, email.strip().lower())
    if person is None:
        raise NotFound(_("nobody signs in as %(email)s", email=email))
    return person
