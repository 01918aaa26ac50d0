"""Every day: originals of imports whose time is over are deleted, and with them files that were never imported."""

from campus.surveys import actions as surveys
from campus.tables import actions as tables
from core.database import Database


def clean_imports(database: Database) -> dict[str, int]:
    """Delete them; how many."""
    with database.write() as session:
        return {"deleted": tables.forget(session) + surveys.forget(session)}
