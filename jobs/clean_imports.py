"""Every day: originals of imports whose time is over are deleted, and with them files that were never imported."""

from campus.tables.actions import forget
from core.database import Database


def clean_imports(database: Database) -> dict[str, int]:
    """Delete them; how many."""
    with database.write() as session:
        return {"deleted": forget(session)}
