"""Every day: messages that ended long ago are deleted, and with them what they told of."""

from datetime import timedelta

from accessibility.ledger.alerts import outbox
from core import clock
from core.database import Database

KEEP = timedelta(days=90)


def clean_alerts(database: Database) -> dict[str, int]:
    """Delete messages that were sent or given up more than `KEEP` ago; how many."""
    with database.write() as session:
        return {"deleted": outbox.forget(session, clock.now() - KEEP)}
