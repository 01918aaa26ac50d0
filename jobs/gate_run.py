"""One gate in a worker, from being taken to its verdict.

It goes through the workers as audits do, and stays out of the ledger: its work list is in memory, so no ticket, score
or interval can change. A worker that is lost with it costs the work; the next one begins again.
"""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy.orm import Session

from accessibility.engine.audit import RunOptions, engines, run_audit
from accessibility.engine.baseline import Baseline
from accessibility.engine.checks import names
from accessibility.engine.crawl.worklist import MemoryWorkList
from accessibility.engine.gate import Demands, GateVerdict
from accessibility.engine.judged_run import approved, judge
from accessibility.engine.platform import PlatformSettings
from accessibility.engine.preview import Preview, run_at_home, settings_there
from accessibility.engine.reports.run import Run, finished_run
from accessibility.engine.reports.verdict import verdict_data
from accessibility.ledger.baselines import queries as baselines
from accessibility.ledger.gates import actions, queries, rules
from accessibility.ledger.platforms import queries as platforms
from accessibility.ledger.platforms import recipes
from core import clock
from core.database import Database
from core.settings import settings
from jobs.interruptible import OUT_OF_REACH, first_cause, held, run_while_held
from jobs.lease import LeaseLost
from jobs.planned_run import describe
from jobs.worker_id import is_gone

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a gate needs to run: settings that can log in, at home or moved to the preview, and what it is judged by."""

    settings: PlatformSettings
    options: RunOptions
    preview: Preview | None
    home: str
    demands: Demands
    baseline: Baseline | None


def take(database: Database, worker: str) -> int | None:
    """Take a gate that waits, or whose worker is silent or gone; its id, or None when there is nothing to do."""
    with database.read() as session:
        unfinished = queries.unfinished(session)
    if not unfinished:
        return None
    with database.write() as session:
        for gate in unfinished:
            if gate.lease_owner and is_gone(gate.lease_owner):
                actions.release(session, gate.id, gate.lease_owner)
        taken = actions.take(session, worker, clock.now() + timedelta(seconds=settings().lease_seconds))
        if taken is None:
            return None
        if taken.attempts > rules.MOST_ATTEMPTS:
            actions.fail(session, taken.id, worker, f"{rules.MOST_ATTEMPTS} workers in a row were lost with it")
            return None
        return taken.id


async def perform(database: Database, gate_id: int, worker: str, stop: asyncio.Event) -> None:
    """Run a taken gate to its verdict, or until `stop`: then it is given back, to be begun again.

    Raises nothing: what goes wrong ends in the gate, or, where the database is out of reach, in the log.
    """
    with structlog.contextvars.bound_contextvars(gate=gate_id):
        try:
            await _perform(database, gate_id, worker, stop)
        except LeaseLost:
            log.warning("the gate was taken over")
        except OUT_OF_REACH:
            log.exception("the database is out of reach; the gate waits for the next worker")


async def _perform(database: Database, gate_id: int, worker: str, stop: asyncio.Event) -> None:
    def renew(session: Session, until: datetime) -> bool:
        return actions.renew_lease(session, gate_id, worker, until)

    async with held(database, f"gate {gate_id}", renew) as lost:
        log.info("a gate begins")
        try:
            prepared = await asyncio.to_thread(_prepared, database, gate_id, stop)
            worklist, started_at = MemoryWorkList(), clock.now()
            audit = run_audit(prepared.settings, worklist, prepared.options)
            if not await run_while_held(audit, stop, lost):
                await asyncio.to_thread(_give_back, database, gate_id, worker)
                return
            run = finished_run(
                worklist,
                platform=prepared.settings.slug,
                engines=engines(),
                checks=prepared.options.checks or names(prepared.options.profile),
                started_at=started_at,
                ended_at=clock.now(),
                coverage_floor=prepared.demands.min_coverage,
            )
            await asyncio.to_thread(_finish, database, gate_id, worker, prepared, run)
        except Exception as error:
            cause = first_cause(error)
            if isinstance(cause, (LeaseLost, *OUT_OF_REACH)):
                raise cause from error
            log.exception("a gate failed")
            await asyncio.to_thread(_end_as_failed, database, gate_id, worker, describe(cause))


def _prepared(database: Database, gate_id: int, stop: asyncio.Event) -> Prepared:
    """The platform as it was when the gate was asked for, with its logins."""
    with database.read() as session:
        gate = queries.get(session, gate_id)
        platform = platforms.by_id(session, gate.platform_id)
        home = PlatformSettings.model_validate(gate.settings)
        asked = rules.Asked.model_validate(gate.asked)
        there = recipes.settings_with_secrets(platform, home)
        if asked.max_pages:
            there = there.model_copy(update={"max_pages": asked.max_pages})
        preview = asked.preview(home)
        number = gate.baseline_number
        return Prepared(
            settings=settings_there(there, preview) if preview else there,
            options=RunOptions(
                roles=asked.roles,
                viewports=asked.viewports,
                max_seconds=asked.max_minutes * 60 if asked.max_minutes else None,
                browser=settings().browser,
                sandbox=settings().browser_sandbox,
                stop=stop,
            ),
            preview=preview,
            home=home.only_base,
            demands=asked.demands(home),
            baseline=baselines.content(baselines.by_number(session, platform.id, number)) if number else None,
        )


def _finish(database: Database, gate_id: int, worker: str, prepared: Prepared, run: Run) -> None:
    run = run_at_home(run, prepared.preview) if prepared.preview else run
    verdict = judge(run, prepared.demands, prepared.baseline)
    result = verdict_data(run, verdict, prepared.demands, prepared.baseline)
    seen = _seen(run, prepared)
    with database.write() as session:
        if not actions.finish(session, gate_id, worker, verdict.verdict, result, seen):
            raise LeaseLost(f"gate {gate_id}")
    log.info("a gate ended", verdict=verdict.verdict.value)


def _seen(run: Run, prepared: Prepared) -> dict[str, Any] | None:
    """What a lead may approve of this run; None where too little was seen, whatever the present baseline says."""
    demands = Demands(min_coverage=prepared.demands.min_coverage)
    if judge(run, demands, None).verdict is GateVerdict.INCONCLUSIVE:
        return None
    return approved(run, prepared.home).model_dump(mode="json")


def _give_back(database: Database, gate_id: int, worker: str) -> None:
    with database.write() as session:
        actions.forgive(session, gate_id)
        actions.release(session, gate_id, worker)
    log.info("a gate was stopped and waits for the next worker")


def _end_as_failed(database: Database, gate_id: int, worker: str, error: str) -> None:
    with database.write() as session:
        actions.fail(session, gate_id, worker, error)
