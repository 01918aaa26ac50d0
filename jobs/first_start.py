"""What a first start needs before anybody can sign in."""

from core.database import Database
from core.i18n import gettext as _
from core.people.actions import FIRST_ADMINISTRATOR, ensure_first_administrator


def show_first_password(database: Database) -> bool:
    """On a service that knows nobody, make its administrator and print the one-time password, once; whether it was."""
    with database.write() as session:
        password = ensure_first_administrator(session)
    if password:
        show_password(password)
    return password is not None


def show_password(password: str) -> None:
    """Print what the administrator signs in with; it goes to the terminal and into no log."""
    text = _(
        "Sign in as %(email)s with the one-time password %(password)s", email=FIRST_ADMINISTRATOR, password=password
    )
    print(text, flush=True)
