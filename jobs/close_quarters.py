"""Every day: quarters that ended some days ago are closed, so that their figures are published."""

from campus.feedback.figures import closing
from core.database import Database


def close_quarters(database: Database) -> dict[str, list[str]]:
    """Close each in a transaction of its own, the oldest first; which ones. Nothing else is told, nor counted."""
    with database.read() as session:
        due = closing.due(session)
    for quarter in due:
        with database.write() as session:
            closing.close(session, quarter, "clock")
    return {"closed": [str(quarter) for quarter in due]}
