"""Every day: sessions and login attempts that are long over are deleted."""

from datetime import timedelta

from core import clock
from core.database import Database
from core.people.keys import forget_sign_ins

KEEP = timedelta(days=30)  # so that people still see where they were signed in of late


def clean_sign_ins(database: Database) -> dict[str, int]:
    """Delete sessions that ended more than `KEEP` ago; how many."""
    with database.write() as session:
        return {"deleted": forget_sign_ins(session, clock.now() - KEEP)}
