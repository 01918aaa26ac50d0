"""How far each of the works is, and how late, in the few figures that reports and indicators need."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from campus.capacity.report import Moment
from campus.renovation import queries
from campus.renovation.queries import Plan


@dataclass(frozen=True, slots=True)
class Works:
    """A package at a moment. Weights as in its milestones; `slip` in days against its last approved baseline.

    `end` is the last day of its last milestone, `following` the name and day of the next milestone that has not ended.
    """

    slug: str
    name: str
    milestones: int
    weight: int
    ended_weight: int
    end: date | None
    slip: int | None
    following: tuple[str, date] | None

    @property
    def progress(self) -> float | None:
        """The share of weights that have ended, 0 to 1."""
        return self.ended_weight / self.weight if self.weight else None

    @property
    def ended(self) -> bool:
        """Whether every milestone has ended."""
        return bool(self.milestones) and self.following is None


def works(session: Session, moment: Moment) -> list[Works]:
    """Every package that has milestones by then, by name; a package without any says nothing yet."""
    plan = queries.plan(session, moment.at)
    return [
        _works(session, plan, package.id, package.slug, package.name, moment)
        for package in queries.packages(session)
        if moment.at is None or plan.of(package.id)
    ]


def _works(session: Session, plan: Plan, package_id: int, slug: str, name: str, moment: Moment) -> Works:
    keys, weights = plan.of(package_id), plan.weights(package_id)
    ended = [key for key in keys if plan.wanted[key].ended]
    end = max((plan.placed[key].span.finish for key in keys), default=None)
    open_ones = sorted((plan.placed[key].span.finish, plan.milestones[key].name) for key in keys if key not in ended)
    baselines = queries.baselines(session, package_id, moment.at)
    slip = None
    if baselines and end:
        spans = queries.baseline_spans(session, baselines[-1].id).values()
        slip = (end - max(one.finish for one in spans)).days
    return Works(
        slug=slug,
        name=name,
        milestones=len(keys),
        weight=sum(weights.values()),
        ended_weight=sum(weights[key] for key in ended),
        end=end,
        slip=slip,
        following=(open_ones[0][1], open_ones[0][0]) if open_ones else None,
    )
