"""Every SELECT on closure rules, confirmed changes and scenarios."""

from collections.abc import Iterable, Mapping
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.closures import rules
from campus.closures.models import (
    ClosureChange,
    ClosureChangeClaim,
    ClosureClaim,
    ClosureRule,
    ClosureScenario,
    ScenarioSpan,
)
from campus.known import known
from campus.nights import Nights
from campus.occupancy.models import Claim
from campus.renovation.network import Key, Span
from campus.renovation.queries import Plan
from core.errors import NotFound
from core.i18n import gettext as _


def rule(session: Session, package_id: int, at: datetime | None = None) -> ClosureRule | None:
    """The rule of a package as known at an instant; None without one."""
    mine = ClosureRule.package_id == package_id
    return session.scalar(sa.select(ClosureRule).where(mine, known(ClosureRule, at)))


def all_rules(session: Session, at: datetime | None = None) -> dict[int, ClosureRule]:
    """Package → its rule, as known at an instant."""
    return {one.package_id: one for one in session.scalars(sa.select(ClosureRule).where(known(ClosureRule, at)))}


def rule_versions(session: Session, package_id: int) -> list[ClosureRule]:
    """Everything that was ever a package's rule, the newest first."""
    query = sa.select(ClosureRule).where(ClosureRule.package_id == package_id)
    return list(session.scalars(query.order_by(ClosureRule.id.desc())))


def closure_of(found: ClosureRule, plan: Plan) -> Nights | None:
    """The nights that a rule closes after a plan; None when one of its milestones was dropped."""
    if found.start_id not in plan.placed or found.finish_id not in plan.placed:
        return None
    start, finish = plan.placed[found.start_id], plan.placed[found.finish_id]
    return rules.closure(start.span, finish.span, found.days_before, found.days_after)


def claims_of(session: Session, package_id: int, at: datetime | None = None) -> list[Claim]:
    """The claims by which a package closes rooms, as known at an instant, also those that ended."""
    mine = sa.select(ClosureClaim.number).where(ClosureClaim.package_id == package_id)
    query = sa.select(Claim).where(Claim.number.in_(mine), known(Claim, at))
    return list(session.scalars(query.order_by(Claim.room_id, Claim.first)))


def owned_claims(session: Session) -> set[int]:
    """The numbers of the claims by which any works close rooms."""
    return set(session.scalars(sa.select(ClosureClaim.number)))


def change(session: Session, change_id: int) -> ClosureChange:
    """A confirmed change. Raises `NotFound`."""
    found = session.get(ClosureChange, change_id)
    if found is None:
        raise NotFound(_("There is no such change of closures."))
    return found


def changes(session: Session, package_id: int | None = None) -> list[ClosureChange]:
    """What was confirmed, of a package or of all, the newest first."""
    query = sa.select(ClosureChange).order_by(ClosureChange.id.desc())
    return list(session.scalars(query if package_id is None else query.where(ClosureChange.package_id == package_id)))


def claims_in_change(session: Session, change_id: int) -> list[ClosureChangeClaim]:
    """What a change did, by the numbers of the claims."""
    query = sa.select(ClosureChangeClaim).where(ClosureChangeClaim.change_id == change_id)
    return list(session.scalars(query.order_by(ClosureChangeClaim.number)))


def versions(session: Session, ids: Iterable[int | None]) -> Mapping[int, Claim]:
    """Versions of claims by their ids."""
    wanted = [one for one in ids if one is not None]
    return {one.id: one for one in session.scalars(sa.select(Claim).where(Claim.id.in_(wanted)))}


def current_versions(session: Session, numbers: Iterable[int]) -> dict[int, int]:
    """Claim → the id of its current version."""
    query = sa.select(Claim.number, Claim.id).where(Claim.number.in_(list(numbers)), known(Claim, None))
    return {row.number: row.id for row in session.execute(query)}


def scenario(session: Session, scenario_id: int) -> ClosureScenario:
    """A scenario that was not dropped. Raises `NotFound`."""
    found = session.get(ClosureScenario, scenario_id)
    if found is None or found.dropped_at is not None:
        raise NotFound(_("There is no such scenario."))
    return found


def scenarios(session: Session) -> list[ClosureScenario]:
    """The scenarios that are kept, the oldest first."""
    query = sa.select(ClosureScenario).where(ClosureScenario.dropped_at.is_(None))
    return list(session.scalars(query.order_by(ClosureScenario.id)))


def spans_of(session: Session, scenario_id: int) -> dict[Key, Span]:
    """Milestone → when it lies in a scenario."""
    found = session.scalars(sa.select(ScenarioSpan).where(ScenarioSpan.scenario_id == scenario_id))
    return {one.milestone_id: Span(one.start, one.finish) for one in found}
