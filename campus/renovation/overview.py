"""All works at a glance: how far each is, what comes next, how late it will end, and what waits for somebody."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.places.models import Pavilion
from campus.renovation import queries, rules
from campus.renovation.models import WorksPackage
from campus.renovation.network import Key
from campus.renovation.queries import Plan
from campus.renovation.rules import MilestoneState


@dataclass(frozen=True, slots=True)
class Line:
    """A package. `progress` is 0 to 1, `slip` in days against its newest baseline; None where there is no such thing.

    `next` is the milestone that ends next of those that have not ended, `overdue` those whose day has passed without a
    report of it.
    """

    package: WorksPackage
    pavilion: Pavilion
    owner: str
    progress: float | None
    next: Key | None
    finish: date | None
    slip: int | None
    overdue: list[Key]

    @property
    def ended(self) -> bool:
        """Whether there are milestones and all of them have ended."""
        return self.finish is not None and self.next is None


def lines(session: Session, plan: Plan, on: date, at: datetime | None = None) -> list[Line]:
    """Every package by name, after a `plan` of the same instant `at`; `on` is the day that counts as today."""
    baselines = queries.baseline_finishes(session, at)
    pavilions = {one.id: one for one in session.scalars(sa.select(Pavilion))}
    names = queries.owner_names(session)
    return [
        _line(one, pavilions[one.pavilion_id], names.get(one.owner_id or 0, ""), plan, baselines, on)
        for one in queries.packages(session, at)
    ]


def states(plan: Plan, package_id: int, on: date) -> dict[Key, MilestoneState]:
    """Where each milestone of a package stands on a day."""
    return {key: rules.state(plan.wanted[key], plan.placed[key].span, on) for key in plan.of(package_id)}


def _line(
    package: WorksPackage, pavilion: Pavilion, owner: str, plan: Plan, baselines: Mapping[int, date], on: date
) -> Line:
    keys = plan.of(package.id)
    open_ones = [key for key in keys if not plan.wanted[key].ended]
    finish = max((plan.placed[key].span.finish for key in keys), default=None)
    planned = baselines.get(package.id)
    overdue = [key for key, one in states(plan, package.id, on).items() if one is MilestoneState.OVERDUE]
    return Line(
        package=package,
        pavilion=pavilion,
        owner=owner,
        progress=plan.progress(package.id),
        next=min(open_ones, key=lambda key: plan.placed[key].span.finish, default=None),
        finish=finish,
        slip=(finish - planned).days if finish and planned else None,
        overdue=overdue,
    )
