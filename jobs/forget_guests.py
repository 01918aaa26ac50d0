"""Every day: the names of guests who left long enough ago are deleted for good."""

import sqlalchemy as sa

from campus.occupancy.models import GuestName
from core.database import Database
from core.i18n import today


def forget_guests(database: Database) -> dict[str, int]:
    """Delete them; of how many stays."""
    with database.write() as session:
        over = GuestName.delete_after < today()
        deleted = session.scalar(sa.select(sa.func.count()).select_from(GuestName).where(over)) or 0
        session.execute(sa.delete(GuestName).where(over))
        return {"deleted": deleted}
