"""Every day, after midnight at the campus: tickets whose exception has run out come back."""

from accessibility.ledger.tickets.exceptions import end_expired_exceptions
from core.database import Database
from core.i18n import today


def expire_exceptions(database: Database) -> dict[str, int]:
    """Let every exception end that was granted until yesterday or earlier; how many."""
    with database.write() as session:
        return {"expired": len(end_expired_exceptions(session, today()))}
