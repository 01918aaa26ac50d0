"""`campus person`: people who sign in."""

from typing import Annotated

import typer

from core.errors import NotFound
from core.i18n import gettext as _
from core.people import actions, passwords, queries, rules
from jobs.database import opened_database

Email = Annotated[str, typer.Argument(help="The e-mail address with which the person signs in.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    commands = typer.Typer(no_args_is_help=True)
    commands.command()(add)
    commands.command()(password)
    app.add_typer(commands, name="person", help="People who sign in.")


def add(
    email: Email,
    name: Annotated[str, typer.Option(help="The name shown to others.")],
    role: Annotated[list[str], typer.Option(help=f"Any of {', '.join(rules.ROLES)}; may be repeated.")],
) -> None:
    """Add a person and print the one-time password."""
    fresh = passwords.one_time()
    hashed = passwords.hash_new(fresh, email)
    with opened_database() as database, database.write() as session:
        actions.create_person(session, "command", email=email, name=name, roles=role, password_hash=hashed)
    typer.echo(_("one-time password: %(password)s", password=fresh))


def password(email: Email) -> None:
    """Give a person a new one-time password, print it, and end all their sessions."""
    fresh = passwords.one_time()
    hashed = passwords.hash_new(fresh, email)
    with opened_database() as database, database.write() as session:
        person = queries.person_by_email(session, email.strip().lower())
        if person is None:
            raise NotFound(_("nobody signs in as %(email)s", email=email))
        actions.set_password(session, "command", person.id, hashed, one_time=True)
    typer.echo(_("one-time password: %(password)s", password=fresh))
