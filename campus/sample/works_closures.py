"""The closure of Americas 2 in the sample: its rule, the claims that the sample has written for it, and a what-if."""

from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.closures import actions, scenarios
from campus.closures.actions import WantedRule
from campus.renovation import queries as works
from campus.renovation.models import WorksPackage
from campus.renovation.network import Key, Span
from campus.renovation.queries import Plan

SLUG = "americas-2"
FIRST, BUILDING, LAST = "Rooms emptied", "Construction", "Handed over"  # milestones of the sample's works
DAYS_AFTER = 7
SIX_WEEKS = timedelta(weeks=6)


def write_closures(session: Session, actor: str) -> int:
    """Attach the rule and its claims to the works on Americas 2; how many claims. 0 where there are no such works.

    The sample's dates agree: what the plan says is what the claims close. The what-if shows a slip of six weeks.
    """
    package = session.scalar(sa.select(WorksPackage).where(WorksPackage.slug == SLUG))
    if package is None:
        return 0
    plan = works.plan(session)
    keys = _by_name(plan, package.id)
    if not {FIRST, BUILDING, LAST} <= keys.keys():
        return 0
    actions.set_rule(session, package, WantedRule(keys[FIRST], 0, keys[LAST], DAYS_AFTER), actor)
    adopted = actions.adopt(session, package, actor)
    if not plan.wanted[keys[BUILDING]].ended:
        now = plan.placed[keys[BUILDING]].span
        late = {keys[BUILDING]: Span(now.start, now.finish + SIX_WEEKS)}
        scenarios.add_scenario(session, "Americas 2 six weeks late", late, actor, "Invented, as all of the sample is")
    return len(adopted)


def _by_name(plan: Plan, package_id: int) -> dict[str, Key]:
    return {plan.milestones[key].name: key for key in plan.of(package_id)}
