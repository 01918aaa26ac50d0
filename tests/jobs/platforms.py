"""Platforms and audits for the tests of the jobs."""

from typing import Any

from accessibility.engine.platform import PlatformSettings
from accessibility.ledger.audits import actions as audits
from accessibility.ledger.audits.models import Audit
from accessibility.ledger.platforms import actions, queries, recipes
from core.database import Database
from core.job_runs import JobRun

SLUG = "sample"
NIGHTLY = "nightly audit: sample"


def save(database: Database, **settings: Any) -> None:
    """A platform; unless `settings` say otherwise it is audited by hand only."""
    values = {"slug": SLUG, "name": "Sample", "base": ["http://127.0.0.1:9/"], "schedule": "", "allow_private": True}
    with database.write() as session:
        actions.save(session, PlatformSettings.model_validate(values | settings), "command", admin=True)


def request(database: Database, slug: str = SLUG) -> int:
    """Queue an audit by hand; its id."""
    with database.write() as session:
        platform = queries.get(session, slug)
        return audits.request_audit(
            session, platform.id, audits.BY_HAND, None, recipes.as_recorded(platform), {"axe-core": "4.14.1"}
        ).id


def audit(database: Database, audit_id: int) -> Audit:
    """The audit as it stands."""
    with database.read() as session:
        return session.get_one(Audit, audit_id)


def runs(database: Database) -> list[JobRun]:
    """Every run of a job in order of its claim."""
    with database.read() as session:
        return list(session.query(JobRun).order_by(JobRun.id))
