"""Every day: pictures of problems that ended long ago are deleted, and files that nothing refers to."""

from datetime import timedelta

from accessibility.ledger.tickets import retention
from core import clock, picture_store
from core.database import Database
from core.settings import settings
from jobs.pictures_in_use import pictures_in_use

JUST_STORED = timedelta(days=1)  # a picture is stored before the row that refers to it


def drop_old_evidence(database: Database) -> dict[str, int]:
    """Forget pictures older than `CAMPUS_EVIDENCE_DAYS` after their problem's end, and delete the files; how many."""
    now = clock.now()
    with database.write() as session:
        forgotten = retention.forget_pictures(session, now - timedelta(days=settings().evidence_days))
    with database.read() as session:
        in_use = pictures_in_use(session)
    deleted = picture_store.sweep(settings().evidence_dir, in_use, now - JUST_STORED)
    return {"forgotten": forgotten, "deleted": deleted}
