"""The closure of Americas 2 in the sample: its rule, and the claims that the sample's plan has written as its own."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.closures import actions
from campus.closures.actions import WantedRule
from campus.closures.models import ClosureClaim
from campus.known import known
from campus.occupancy.models import Claim
from campus.occupancy.rules import Kind, Status
from campus.places.models import Pavilion, Room
from campus.renovation import queries as works
from campus.renovation.models import WorksPackage

SLUG, NAME = "americas-2", "Americas 2"


def write_closures(session: Session, actor: str) -> int:
    """Attach rule and claims to the works on Americas 2; how many claims. 0 where there are no such works.

    Works without milestones get the claims and no rule. The finish of the last milestone opens the rooms, so what the
    plan says of it by now is held against the claims: where they differ, the page proposes the change.
    """
    package = _package(session)
    if package is None:
        return 0
    plan = works.plan(session)
    keys = sorted(plan.of(package.id), key=lambda key: plan.placed[key].span.finish)
    building = [key for key in keys if plan.placed[key].span.days > 60]
    if building:
        longest = max(building, key=lambda key: plan.placed[key].span.days)
        actions.set_rule(session, package, WantedRule(longest, 0, keys[-1], 0), actor)
    return _attach(session, package)


def _package(session: Session) -> WorksPackage | None:
    pavilion = sa.select(Pavilion.id).where(Pavilion.name == NAME).scalar_subquery()
    wanted = sa.or_(WorksPackage.slug == SLUG, WorksPackage.pavilion_id == pavilion)
    order = sa.case((WorksPackage.slug == SLUG, 0), else_=1)
    return session.scalar(sa.select(WorksPackage).where(wanted).order_by(order, WorksPackage.id).limit(1))


def _attach(session: Session, package: WorksPackage) -> int:
    query = (
        sa.select(Claim.number)
        .join(Room, Room.id == Claim.room_id)
        .where(known(Claim, None), Room.pavilion_id == package.pavilion_id)
        .where(Claim.kind == Kind.EXTENDED_CLOSURE.value, Claim.status == Status.BOOKED.value)
    )
    numbers = list(session.scalars(query))
    session.add_all(ClosureClaim(number=number, package_id=package.id) for number in numbers)
    session.flush()
    return len(numbers)
