"""Who changed the books, in words."""

from sqlalchemy.orm import Session

from core.i18n import gettext as _
from core.people import queries


def names(session: Session) -> dict[str, str]:
    """Actor, as the audit trail knows it, → name."""
    found = {f"person:{one.id}": one.name for one in queries.people(session)}
    found |= {f"token:{one.id}": _("Token “%(name)s”", name=one.name) for one in queries.tokens(session)}
    return found | {"clock": _("The clock"), "command": _("Command line")}
