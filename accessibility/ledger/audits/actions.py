"""Changes of an audit as a whole: asked for, taken by a worker, kept, cancelled, failed. Its end is in `close.py`."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, aliased

from accessibility.engine.checks.rule import Profile
from accessibility.ledger.alerts import occasions
from accessibility.ledger.audits.models import RECHECK, Audit, AuditDeclined, AuditedState, AuditFinding, AuditRow
from accessibility.ledger.claim import claim_first
from core import clock, trail
from core.errors import Conflict, NotFound
from core.i18n import gettext as _

UNFINISHED = ("queued", "running")
BY_HAND, BY_SCHEDULE = "by hand", "schedule"
ERROR_LENGTH = 5000


def request_audit(
    session: Session,
    platform_id: int,
    trigger: str,
    person_id: int | None,
    settings_json: dict[str, Any],
    engines: dict[str, Any],
    *,
    job_run_id: int | None = None,
    actor: str = "",
    profile: Profile = Profile.STANDARD,
) -> Audit:
    """Queue an audit with the platform's settings as they are now. `Conflict` while another one is unfinished.

    `actor` is who stands in the trail, such as a token of the person; by default the person, or else the clock.
    """
    audit = Audit(
        platform_id=platform_id,
        number=next_number(session, platform_id),
        state="queued",
        profile=profile.value,
        trigger=trigger,
        requested_by=person_id,
        job_run_id=job_run_id,
        settings=settings_json,
        engines=engines,
        queued_at=clock.now(),
        not_covered={},
        not_planned={},
    )
    try:
        with session.begin_nested():  # the database itself forbids a second unfinished audit
            session.add(audit)
    except IntegrityError:
        raise Conflict(_("An audit of this platform is already waiting or running.")) from None
    actor = actor or (f"person:{person_id}" if person_id else "clock")
    after = {"number": audit.number, "trigger": trigger, "profile": audit.profile}
    trail.record(session, actor, "audit.request", "audit", audit.id, after=after)
    return audit


def next_number(session: Session, platform_id: int) -> int:
    """The number of the platform's next audit, of whatever kind: they are counted from 1."""
    return (session.scalar(sa.select(sa.func.max(Audit.number)).where(Audit.platform_id == platform_id)) or 0) + 1


def take_audit(session: Session, owner: str, lease_until: datetime) -> Audit | None:
    """Take the audit that waits longest, or one whose worker fell silent; None when there is nothing to do.

    Audits of one platform run one after the other, in the order of their numbers: what one says is older than what
    the next one does.
    """
    now = clock.now()
    before = aliased(Audit)
    sooner = sa.select(before.id).where(
        before.platform_id == Audit.platform_id, before.number < Audit.number, before.state.in_(UNFINISHED)
    )
    waits = sa.or_(Audit.state == "queued", sa.and_(Audit.state == "running", Audit.lease_until < now))
    return claim_first(
        session,
        Audit,
        sa.and_(waits, ~sooner.exists()),
        Audit.queued_at,
        state="running",
        lease_owner=owner,
        lease_until=lease_until,
        started_at=sa.func.coalesce(Audit.started_at, sa.literal(now, Audit.started_at.type)),
    )


def renew_lease(session: Session, audit_id: int, owner: str, lease_until: datetime) -> bool:
    """Say that the worker lives. False when the audit is no longer this worker's: it must stop at once."""
    ours = sa.update(Audit).where(Audit.id == audit_id, Audit.state == "running", Audit.lease_owner == owner)
    return session.execute(ours.values(lease_until=lease_until).returning(Audit.id)).first() is not None


def release(session: Session, audit_id: int, owner: str) -> None:
    """Give the audit back unfinished, for any worker to go on with at once: this one is being stopped."""
    ours = sa.update(Audit).where(Audit.id == audit_id, Audit.state == "running", Audit.lease_owner == owner)
    session.execute(ours.values(lease_until=clock.now(), lease_owner=""))


def cancel(session: Session, audit_id: int, person_id: int, *, actor: str = "") -> Audit:
    """Stop an audit that waits or runs: its work is dropped, and nothing of it counts. `actor` as above."""
    audit = _end(session, audit_id, "cancelled", "")
    actor = actor or f"person:{person_id}"
    trail.record(session, actor, "audit.cancel", "audit", audit_id, after={"state": "cancelled"})
    return audit


def fail(session: Session, audit_id: int, error: str) -> Audit:
    """End an audit that cannot go on; `error` says why. Its work is dropped, and nothing of it counts."""
    audit = _end(session, audit_id, "failed", error[:ERROR_LENGTH])
    after = {"state": "failed", "error": audit.error}
    trail.record(session, f"audit:{audit_id}", "audit.fail", "audit", audit_id, after=after)
    occasions.audit_failed(session, audit)
    return audit


def _end(session: Session, audit_id: int, state: str, error: str) -> Audit:
    ended = session.execute(
        sa.update(Audit)
        .where(Audit.id == audit_id, Audit.state.in_(UNFINISHED))
        .values(state=state, error=error, ended_at=clock.now(), lease_until=None, lease_owner="")
        .returning(Audit.id)
    ).first()
    audit = session.get(Audit, audit_id, populate_existing=True)
    if audit is None:
        raise NotFound(_("There is no such audit."))
    if ended is None:
        raise Conflict(_("This audit has already ended."))
    delete_work(session, audit_id)
    return audit


def delete_work(session: Session, audit_id: int) -> None:
    """Delete the rows an audit worked with; what they said is kept elsewhere, or does not count.

    The few rows of a re-check that is done stay, without what was found there: they say what was looked at.
    """
    rows = sa.select(AuditRow.id).where(AuditRow.audit_id == audit_id)
    session.execute(sa.delete(AuditFinding).where(AuditFinding.audit_id == audit_id))
    session.execute(sa.delete(AuditedState).where(AuditedState.row_id.in_(rows)))
    of_recheck = sa.select(Audit.id).where(Audit.id == audit_id, Audit.kind == RECHECK, Audit.state == "done")
    if session.scalar(of_recheck) is None:
        session.execute(sa.delete(AuditRow).where(AuditRow.audit_id == audit_id))
    else:
        session.execute(sa.update(AuditRow).where(AuditRow.audit_id == audit_id).values(facts=None, rules=None))
    session.execute(sa.delete(AuditDeclined).where(AuditDeclined.audit_id == audit_id))
