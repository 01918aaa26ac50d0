"""Every SELECT on the works: packages, and the plan of their milestones as it was known at any instant."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.known import known
from campus.renovation import network, rules
from campus.renovation.models import (
    Baseline,
    BaselineSpan,
    Milestone,
    MilestoneLink,
    MilestoneReport,
    MilestoneVersion,
    WorksPackage,
)
from campus.renovation.network import Dependency, Key, Kind, Placed, Span, Wanted
from core.errors import NotFound
from core.i18n import gettext as _


@dataclass(frozen=True, slots=True)
class Plan:
    """The milestones of all packages as known at an instant, in the order of their lists, and where they come to lie.

    `wanted` is what was last reported of each, `placed` where its dependencies let it lie.
    """

    milestones: Mapping[Key, MilestoneVersion]
    package_of: Mapping[Key, int]
    dependencies: tuple[Dependency, ...]
    wanted: Mapping[Key, Wanted]
    placed: Mapping[Key, Placed]

    def of(self, package_id: int) -> list[Key]:
        """The milestones of a package, in order."""
        return [key for key in self.milestones if self.package_of[key] == package_id]

    def weights(self, package_id: int) -> dict[Key, int]:
        """Milestone → weight, of a package."""
        return {key: self.milestones[key].weight for key in self.of(package_id)}

    def progress(self, package_id: int) -> float | None:
        """The share of weights that have ended, 0 to 1; None where nothing weighs anything."""
        return rules.progress(self.weights(package_id), (key for key in self.of(package_id) if self.wanted[key].ended))

    def instead(self, reports: Mapping[Key, Wanted]) -> "Plan":
        """What would be if other dates were reported of some milestones."""
        wanted = {**self.wanted, **{key: one for key, one in reports.items() if key in self.wanted}}
        placed = network.place(wanted, self.dependencies)
        return Plan(self.milestones, self.package_of, self.dependencies, wanted, placed)


def packages(session: Session) -> list[WorksPackage]:
    """All packages, by name."""
    return list(session.scalars(sa.select(WorksPackage).order_by(sa.func.lower(WorksPackage.name), WorksPackage.id)))


def package(session: Session, slug: str) -> WorksPackage:
    """One package. Raises `NotFound`."""
    found = session.scalar(sa.select(WorksPackage).where(WorksPackage.slug == slug))
    if found is None:
        raise NotFound(_("There are no such works."))
    return found


def milestone(session: Session, key: Key) -> MilestoneVersion:
    """The present version of a milestone. Raises `NotFound`, also for one that was dropped."""
    found = session.scalar(
        sa.select(MilestoneVersion).where(MilestoneVersion.milestone_id == key, known(MilestoneVersion, None))
    )
    if found is None or found.dropped:
        raise NotFound(_("There is no such milestone."))
    return found


def milestone_names(session: Session, keys: Iterable[Key]) -> dict[Key, str]:
    """What milestones are called now, dropped ones too, in the order of their lists."""
    found = session.execute(
        sa.select(MilestoneVersion.milestone_id, MilestoneVersion.name)
        .where(MilestoneVersion.milestone_id.in_(list(keys)), known(MilestoneVersion, None))
        .order_by(MilestoneVersion.position, MilestoneVersion.milestone_id)
    )
    return {row.milestone_id: row.name for row in found}


def plan(session: Session, at: datetime | None = None) -> Plan:
    """The plan of all packages, as known at an instant; None for now."""
    found = session.execute(
        sa.select(MilestoneVersion, Milestone.package_id)
        .join(Milestone, Milestone.id == MilestoneVersion.milestone_id)
        .where(known(MilestoneVersion, at), MilestoneVersion.dropped.is_(False))
        .order_by(Milestone.package_id, MilestoneVersion.position, Milestone.id)
    ).all()
    versions = {version.milestone_id: version for version, _package in found}
    wanted = {key: one for key, one in last_reports(session, at).items() if key in versions}
    links = session.scalars(sa.select(MilestoneLink).where(known(MilestoneLink, at)).order_by(MilestoneLink.id))
    dependencies = tuple(
        Dependency(one.before_id, one.after_id, Kind(one.kind), one.lag)
        for one in links
        if one.before_id in versions and one.after_id in versions
    )
    wants = {key: wanted_of(wanted[key]) for key in versions}
    package_of = {version.milestone_id: package_id for version, package_id in found}
    return Plan(versions, package_of, dependencies, wants, network.place(wants, dependencies))


def wanted_of(report: MilestoneReport) -> Wanted:
    """What a report says."""
    return Wanted(Span(report.start, report.finish), begun=report.begun, ended=report.ended)


def reports(session: Session, keys: Iterable[Key], at: datetime | None = None) -> list[MilestoneReport]:
    """What was reported of milestones, as known at an instant, in the order of the reports."""
    query = sa.select(MilestoneReport).where(MilestoneReport.milestone_id.in_(list(keys)))
    return list(session.scalars(_until(query, at).order_by(MilestoneReport.reported_on, MilestoneReport.id)))


def last_reports(session: Session, at: datetime | None = None) -> dict[Key, MilestoneReport]:
    """The report of each milestone that counts: of the latest day, and of several on it the one that came last."""
    query = _until(sa.select(MilestoneReport), at).order_by(MilestoneReport.reported_on, MilestoneReport.id)
    return {one.milestone_id: one for one in session.scalars(query)}


def baselines(session: Session, package_id: int, at: datetime | None = None) -> list[Baseline]:
    """The baselines of a package as known at an instant, the first one first."""
    query = sa.select(Baseline).where(Baseline.package_id == package_id).order_by(Baseline.number)
    return list(session.scalars(query if at is None else query.where(Baseline.approved_at <= at)))


def baseline_spans(session: Session, baseline_id: int) -> dict[Key, BaselineSpan]:
    """When a baseline plans each milestone."""
    found = session.scalars(sa.select(BaselineSpan).where(BaselineSpan.baseline_id == baseline_id))
    return {one.milestone_id: one for one in found}


def _until(query: sa.Select[MilestoneReport], at: datetime | None) -> sa.Select[MilestoneReport]:
    return query if at is None else query.where(MilestoneReport.recorded_at <= at)
