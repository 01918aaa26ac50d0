"""How pages name who did something: people and tokens by their names, what runs by itself in words."""

from sqlalchemy.orm import Session

from core.i18n import gettext as _
from core.people import queries


def names(session: Session) -> dict[str, str]:
    """Actor, as the trail has it, to name."""
    people = {f"person:{one.id}": one.name for one in queries.people(session)}
    tokens = {f"token:{one.id}": _("Token “%(name)s”", name=one.name) for one in queries.tokens(session)}
    others = {
        "clock": _("The clock"),
        "command": _("Command line"),
        "oidc": _("Sign-in provider"),
        "guest": _("A guest"),
    }
    return people | tokens | others
