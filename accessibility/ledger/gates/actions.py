"""Changes of a gate: asked for, taken by a worker, kept, given back, ended."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from accessibility.engine.gate import GateVerdict
from accessibility.engine.platform import PlatformSettings
from accessibility.ledger.audits.stored import storable
from accessibility.ledger.baselines import queries as baselines
from accessibility.ledger.claim import claim_first
from accessibility.ledger.gates import queries, rules
from accessibility.ledger.gates.models import Gate
from accessibility.ledger.gates.rules import Asked
from accessibility.ledger.platforms import recipes
from accessibility.ledger.platforms.models import Platform
from core import clock, trail
from core.errors import Conflict
from core.i18n import gettext as _

MOST_WAITING = 20  # of one platform: a pipeline that asks for ever must not keep the others waiting
ERROR_LENGTH = 5000


def request(
    session: Session, platform: Platform, asked: Asked, engines: dict[str, str], *, person_id: int, actor: str
) -> Gate:
    """Queue a gate with the platform's settings and its approved baseline as they are now.

    Raises `InvalidInput` for what the platform does not have, `Conflict` when too many of its gates wait already.
    """
    settings = recipes.as_recorded(platform)
    rules.check(asked, PlatformSettings.model_validate(settings))
    if queries.waiting_of(session, platform.id) >= MOST_WAITING:
        raise Conflict(_("Too many gates of this platform are waiting already."))
    baseline = baselines.latest(session, platform.id)
    gate = Gate(
        platform_id=platform.id,
        state="queued",
        requested_by=person_id,
        settings=settings,
        asked=asked.model_dump(mode="json"),
        baseline_number=baseline.number if baseline else None,
        engines=dict(engines),
        queued_at=clock.now(),
    )
    session.add(gate)
    session.flush()
    after = {"platform": platform.slug, **asked.model_dump(mode="json", exclude_defaults=True)}
    trail.record(session, actor, "gate.request", "gate", gate.id, after=after)
    return gate


def take(session: Session, owner: str, lease_until: datetime) -> Gate | None:
    """Take the gate that waits longest, or one whose worker fell silent; None when there is nothing to do."""
    now = clock.now()
    return claim_first(
        session,
        Gate,
        sa.or_(Gate.state == "queued", sa.and_(Gate.state == "running", Gate.lease_until < now)),
        Gate.queued_at,
        state="running",
        lease_owner=owner,
        lease_until=lease_until,
        attempts=Gate.attempts + 1,
        started_at=sa.literal(now, Gate.started_at.type),
    )


def renew_lease(session: Session, gate_id: int, owner: str, lease_until: datetime) -> bool:
    """Say that the worker lives. False when the gate is no longer this worker's: it must stop at once."""
    return session.execute(_held(gate_id, owner).values(lease_until=lease_until).returning(Gate.id)).first() is not None


def release(session: Session, gate_id: int, owner: str) -> None:
    """Give the gate back, to be begun again by any worker: this one is gone, or is being stopped on purpose."""
    session.execute(_held(gate_id, owner).values(state="queued", lease_until=None, lease_owner=""))


def forgive(session: Session, gate_id: int) -> None:
    """The worker was stopped on purpose: that was no fault of the gate."""
    session.execute(sa.update(Gate).where(Gate.id == gate_id).values(attempts=Gate.attempts - 1))


def finish(
    session: Session,
    gate_id: int,
    owner: str,
    verdict: GateVerdict,
    result: dict[str, Any],
    seen: dict[str, Any] | None,
) -> bool:
    """Store the verdict. False when the gate is no longer this worker's: then nothing is stored."""
    return _end(session, gate_id, owner, state="done", verdict=verdict, result=storable(result), seen=storable(seen))


def fail(session: Session, gate_id: int, owner: str, error: str) -> bool:
    """End a gate that could not be run: inconclusive, and `error` says why."""
    return _end(session, gate_id, owner, state="failed", verdict=GateVerdict.INCONCLUSIVE, error=error[:ERROR_LENGTH])


def _end(session: Session, gate_id: int, owner: str, *, state: str, verdict: GateVerdict, **values: Any) -> bool:
    ended = session.execute(
        _held(gate_id, owner)
        .values(state=state, verdict=verdict.value, ended_at=clock.now(), lease_until=None, lease_owner="", **values)
        .returning(Gate.id)
    ).first()
    if ended is None:
        return False
    trail.record(session, f"gate:{gate_id}", "gate.end", "gate", gate_id, after={"state": state, "verdict": verdict})
    return True


def _held(gate_id: int, owner: str) -> Any:
    return sa.update(Gate).where(Gate.id == gate_id, Gate.state == "running", Gate.lease_owner == owner)
