"""Every SELECT on approved baselines, and what could become one."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from accessibility.engine.baseline import ApprovedProblem, Baseline
from accessibility.engine.checks import names
from accessibility.engine.checks.rule import Profile
from accessibility.engine.finding import Impact, Outcome
from accessibility.engine.platform import PlatformSettings
from accessibility.ledger.audits.closed_nights import closed_nights, last_deep_number
from accessibility.ledger.audits.models import Audit, Page
from accessibility.ledger.baselines.models import ApprovedBaseline
from accessibility.ledger.gates.models import Gate
from accessibility.ledger.tickets.models import Component, Occurrence
from core.errors import Conflict, NotFound
from core.i18n import gettext as _

PAGE_SIZE = 50


def latest(session: Session, platform_id: int) -> ApprovedBaseline | None:
    """The baseline that counts; None where nothing was approved yet."""
    mine = sa.select(ApprovedBaseline).where(ApprovedBaseline.platform_id == platform_id)
    return session.scalar(mine.order_by(ApprovedBaseline.number.desc()).limit(1))


def by_number(session: Session, platform_id: int, number: int) -> ApprovedBaseline:
    """One baseline of a platform. Raises `NotFound`."""
    found = session.scalar(
        sa.select(ApprovedBaseline).where(
            ApprovedBaseline.platform_id == platform_id, ApprovedBaseline.number == number
        )
    )
    if found is None:
        raise NotFound(_("There is no such baseline."))
    return found


def before(session: Session, baseline: ApprovedBaseline) -> Baseline | None:
    """What was approved before this one."""
    if baseline.number == 1:
        return None
    return content(by_number(session, baseline.platform_id, baseline.number - 1))


def history(
    session: Session, platform_id: int, *, offset: int = 0, limit: int = PAGE_SIZE
) -> tuple[list[ApprovedBaseline], int]:
    """A platform's baselines, the newest first, and how many there are in all."""
    mine = sa.select(ApprovedBaseline).where(ApprovedBaseline.platform_id == platform_id)
    total = session.scalar(sa.select(sa.func.count()).select_from(mine.subquery())) or 0
    return list(session.scalars(mine.order_by(ApprovedBaseline.number.desc()).offset(offset).limit(limit))), total


def content(baseline: ApprovedBaseline) -> Baseline:
    """What was approved, as the engine knows it."""
    return Baseline.model_validate(baseline.content)


def of_gate(gate: Gate) -> Baseline:
    """What approving the result of a gate would approve. Raises `Conflict` while or where too little was seen."""
    if gate.seen is None:
        raise Conflict(_("This gate saw too little to approve anything."))
    return Baseline.model_validate(gate.seen)


def latest_audit(session: Session, platform_id: int) -> Audit | None:
    """The platform's last audit that is done."""
    nights = sa.select(Audit).where(closed_nights(platform_id))
    return session.scalar(nights.order_by(Audit.number.desc()).limit(1))


def of_audit(session: Session, audit: Audit) -> Baseline:
    """What approving the result of an audit would approve: every failure that is open after it.

    Raises `Conflict` for any audit but the platform's last one, as the ledger knows what is open now; and for one that
    saw too little.
    """
    last = latest_audit(session, audit.platform_id)
    if last is None or last.id != audit.id:
        raise Conflict(_("Only the last audit of a platform can be approved."))
    if not audit.floor_met or audit.held:
        raise Conflict(_("This audit saw too little to approve anything."))
    settings = PlatformSettings.model_validate(audit.settings)
    assert audit.ended_at is not None
    return Baseline(
        made_at=audit.ended_at.replace(microsecond=0),
        platform=settings.slug,
        base=settings.only_base,
        engines={name: str(version) for name, version in audit.engines.items()},
        checks=tuple(sorted(names(_looked_with(session, audit)))),
        roles=tuple(sorted(settings.role_names)),
        viewports=tuple(sorted(viewport.name for viewport in settings.viewports)),
        components=_open_failures(session, audit.platform_id),
    )


def _looked_with(session: Session, audit: Audit) -> Profile:
    """The profile of all that was looked for so far: what an earlier deep night found is known too."""
    deep = session.scalar(last_deep_number(audit.platform_id).where(Audit.number <= audit.number))
    return Profile.STANDARD if deep is None else Profile.DEEP


def _open_failures(session: Session, platform_id: int) -> dict[str, ApprovedProblem]:
    """Component's key to what is known of it, for every component that failed and is not proven fixed."""
    pages = sa.func.count(sa.distinct(Occurrence.page_id))
    found = session.execute(
        sa.select(Component, pages, sa.func.min(Page.url))
        .join(Occurrence, Occurrence.component_id == Component.id)
        .join(Page, Page.id == Occurrence.page_id)
        .where(
            Component.platform_id == platform_id,
            Occurrence.ended.is_(None),
            Occurrence.outcome == Outcome.FAILED.value,
        )
        .group_by(Component.id)
    )
    return {
        component.key: ApprovedProblem(
            rules=(component.rule,),
            impact=Impact(component.impact),
            criteria=tuple(component.criteria),
            selector=" > ".join((*component.finding.get("frame", ()), component.finding.get("selector", ""))),
            pages=number,
            example=url,
        )
        for component, number, url in found
    }
