"""Every day, after midnight at the campus: whoever wants to know is told of tickets whose due date has passed."""

from accessibility.ledger.alerts.occasions import tickets_overdue
from core.database import Database
from core.i18n import today


def tell_of_overdue(database: Database) -> dict[str, int]:
    """Note every due date that passed since the last time; how many tickets."""
    with database.write() as session:
        return {"overdue": tickets_overdue(session, today())}
