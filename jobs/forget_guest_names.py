"""Every day: the names of guests who left long ago are deleted. Rooms, nights and figures of their stays remain."""

from campus.occupancy.guests import forget_names
from core.database import Database
from core.i18n import today


def forget_guest_names(database: Database) -> dict[str, int]:
    """Delete names `guest_name_days` after the departure; of how many bookings."""
    with database.write() as session:
        return {"deleted": forget_names(session, today())}
