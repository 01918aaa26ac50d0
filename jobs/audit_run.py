"""One audit in a worker, from being taken to its end. No transaction is open while a browser loads a page."""

import asyncio
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy.orm import Session

from accessibility.engine.audit import RunOptions, run_audit
from accessibility.engine.checks.rule import Profile
from accessibility.engine.platform import PlatformSettings
from accessibility.ledger.audits import actions, attempts, queue
from accessibility.ledger.audits.close import close_audit
from accessibility.ledger.audits.models import NIGHT, Audit
from accessibility.ledger.audits.worklist import DatabaseWorkList
from accessibility.ledger.platforms import recipes
from accessibility.ledger.platforms.models import Platform
from core import clock, job_runs
from core.database import Database
from core.settings import settings
from jobs.interruptible import OUT_OF_REACH, first_cause, held, run_while_held
from jobs.lease import FencedDatabase, LeaseLost
from jobs.planned_run import describe
from jobs.worker_id import is_gone

log = structlog.get_logger()


def take(database: Database, worker: str) -> int | None:
    """Take an audit that waits, or whose worker is silent or gone; its id, or None when there is nothing to do."""
    with database.read() as session:
        unfinished = queue.unfinished(session)
    orphaned = [audit for audit in unfinished if audit.lease_owner and is_gone(audit.lease_owner)]
    if not orphaned and not any(_is_free(audit) for audit in _next_of_each_platform(unfinished)):
        return None
    with database.write() as session:
        for audit in orphaned:
            actions.release(session, audit.id, audit.lease_owner)
        taken = actions.take_audit(session, worker, clock.now() + timedelta(seconds=settings().lease_seconds))
        if taken is None:
            return None
        if taken.job_run_id is not None:
            job_runs.start(session, taken.job_run_id, worker)
        attempts.begin(session, taken)
        return taken.id if _may_begin(session, taken) else None


def _next_of_each_platform(unfinished: list[Audit]) -> list[Audit]:
    first: dict[int, Audit] = {}
    for audit in sorted(unfinished, key=lambda one: one.number):
        first.setdefault(audit.platform_id, audit)
    return list(first.values())


def _is_free(audit: Audit) -> bool:
    return audit.state == "queued" or audit.lease_until is None or audit.lease_until < clock.now()


def _may_begin(session: Session, audit: Audit) -> bool:
    if not attempts.exhausted(audit):
        return True
    _fail(session, audit, f"{attempts.MOST} workers in a row were lost with it before they finished a page")
    return False


async def perform(database: Database, audit_id: int, worker: str, stop: asyncio.Event) -> None:
    """Run a taken audit to its end, or until `stop`: then it is given back as it stands, for the next worker.

    Raises nothing: what goes wrong ends in the audit, or, where the database is out of reach, in the log.
    """
    fenced = FencedDatabase(database, audit_id, worker)
    with structlog.contextvars.bound_contextvars(audit=audit_id):
        try:
            await _perform(database, fenced, audit_id, worker, stop)
        except LeaseLost:
            log.warning("the audit was taken over or cancelled")
        except OUT_OF_REACH:
            log.exception("the database is out of reach; the audit waits for the next worker")


async def _perform(database: Database, fenced: FencedDatabase, audit_id: int, worker: str, stop: asyncio.Event) -> None:
    def renew(session: Session, until: datetime) -> bool:
        return actions.renew_lease(session, audit_id, worker, until)

    async with held(database, f"audit {audit_id}", renew) as lost:
        log.info("an audit begins")
        try:
            finished = await _audit(fenced, audit_id, stop, lost)
            await asyncio.to_thread(_close if finished else _give_back, fenced, audit_id, worker)
        except Exception as error:
            cause = first_cause(error)
            if isinstance(cause, (LeaseLost, *OUT_OF_REACH)):
                raise cause from error
            log.exception("an audit failed")
            await asyncio.to_thread(_end_as_failed, fenced, audit_id, describe(cause))


async def _audit(fenced: FencedDatabase, audit_id: int, stop: asyncio.Event, lost: asyncio.Event) -> bool:
    """True when the audit came to its end, False when it was stopped."""
    platform, options = await asyncio.to_thread(_prepared, fenced, audit_id, stop)
    worklist = await asyncio.to_thread(DatabaseWorkList, fenced, audit_id)
    return await run_while_held(run_audit(platform, worklist, options), stop, lost)


def _prepared(fenced: FencedDatabase, audit_id: int, stop: asyncio.Event) -> tuple[PlatformSettings, RunOptions]:
    """The platform's settings as they were when the audit was asked for, able to log in, and how to run it here."""
    with fenced.read() as session:
        audit = session.get_one(Audit, audit_id)
        platform = session.get_one(Platform, audit.platform_id)
        asked = PlatformSettings.model_validate(audit.settings)
        options = RunOptions(
            crawl=audit.kind == NIGHT,
            profile=Profile(audit.profile),
            known=queue.known_pages(session, platform.id),
            browser=settings().browser,
            sandbox=settings().browser_sandbox,
            stop=stop,
        )
        return recipes.settings_with_secrets(platform, asked), options


def _close(fenced: FencedDatabase, audit_id: int, _worker: str) -> None:
    with fenced.write() as session:
        close_audit(session, audit_id)
        audit = session.get_one(Audit, audit_id)
        if audit.job_run_id is not None:
            job_runs.finish(session, audit.job_run_id, _result(audit))
        log.info("an audit ended", **_result(audit))


def _give_back(fenced: FencedDatabase, audit_id: int, worker: str) -> None:
    with fenced.write() as session:
        attempts.forgive(session, session.get_one(Audit, audit_id))
        actions.release(session, audit_id, worker)
    log.info("an audit was stopped and waits for the next worker")


def _end_as_failed(fenced: FencedDatabase, audit_id: int, error: str) -> None:
    with fenced.write() as session:
        _fail(session, session.get_one(Audit, audit_id), error)


def _fail(session: Session, audit: Audit, error: str) -> None:
    actions.fail(session, audit.id, error)
    if audit.job_run_id is not None:
        job_runs.fail(session, audit.job_run_id, error)


def _result(audit: Audit) -> dict[str, Any]:
    names = ("number", "planned", "audited", "floor_met", "held", "score", "failed", "new", "reopened", "verified")
    return {name: getattr(audit, name) for name in names}
