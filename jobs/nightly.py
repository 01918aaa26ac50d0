"""The nightly audit of one platform: what its planned time does is to put an audit into the queue of the workers."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from accessibility.engine.audit import engines
from accessibility.engine.checks.rule import Profile
from accessibility.ledger.audits import actions as audits
from accessibility.ledger.platforms import queries as platforms
from accessibility.ledger.platforms import recipes
from accessibility.ledger.platforms.models import Platform
from core.errors import Conflict
from core.job_runs import JobRun
from core.settings import settings


def job_name(slug: str) -> str:
    """Name of a platform's nightly audit among the jobs."""
    return f"nightly audit: {slug}"


def queue_audit(slug: str, session: Session, run: JobRun) -> None:
    """Queue the night's audit within the transaction of its claim; the worker that ends the audit ends the run.

    Raises `Conflict` while another audit of the platform is unfinished, or when it was switched off meanwhile.
    """
    platform = platforms.get(session, slug)
    if not platform.active:
        raise Conflict("the platform is switched off")
    audits.request_audit(
        session,
        platform.id,
        audits.BY_SCHEDULE,
        None,
        recipes.as_recorded(platform),
        engines(),
        job_run_id=run.id,
        profile=_profile(platform, run.planned_at),
    )


def _profile(platform: Platform, planned_at: datetime) -> Profile:
    """Standard, and deep on the platform's own day for it."""
    described = recipes.settings_without_secrets(platform)
    zone = ZoneInfo(described.time_zone or settings().time_zone)
    return described.profile_of(planned_at.astimezone(zone).date())
