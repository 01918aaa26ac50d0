"""Every SELECT on the works: packages, and the plan of their milestones as it was known at any instant."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

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
from core.database import Base
from core.errors import NotFound
from core.i18n import gettext as _
from core.people import queries as people
from core.people.models import Person
from core.people.rules import CAMPUS_READ

Reports = TypeVar("Reports", bound=sa.Select[Any])


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

    def linked(self, wanted: Dependency) -> "Plan":
        """What would be with this dependency, in place of one that ties the same two. Raises `InvalidInput`."""
        others = (one for one in self.dependencies if (one.before, one.after) != (wanted.before, wanted.after))
        dependencies = (*others, wanted)
        network.order(self.milestones, dependencies, {key: one.name for key, one in self.milestones.items()})
        placed = network.place(self.wanted, dependencies)
        return Plan(self.milestones, self.package_of, dependencies, self.wanted, placed)


def packages(session: Session, at: datetime | None = None) -> list[WorksPackage]:
    """All packages that the books knew of at an instant, by name; None for now."""
    query = sa.select(WorksPackage).order_by(sa.func.lower(WorksPackage.name), WorksPackage.id)
    return list(session.scalars(query if at is None else query.where(WorksPackage.added_at <= at)))


def package(session: Session, slug: str) -> WorksPackage:
    """One package. Raises `NotFound`."""
    found = session.scalar(sa.select(WorksPackage).where(WorksPackage.slug == slug))
    if found is None:
        raise NotFound(_("There are no such works."))
    return found


def owners(session: Session) -> list[Person]:
    """Everybody active who may see the works, by name: they can be given packages and milestones."""
    return people.people_with(session, CAMPUS_READ)


def owner_names(session: Session) -> dict[int, str]:
    """Person → name, of everybody who owns a package or a milestone or may."""
    return {one.id: one.name for one in people.people(session)}


def version(session: Session, key: Key) -> MilestoneVersion | None:
    """The present version of a milestone, also of one that was dropped."""
    found = sa.select(MilestoneVersion).where(MilestoneVersion.milestone_id == key, known(MilestoneVersion, None))
    return session.scalar(found)


def milestone(session: Session, key: Key) -> MilestoneVersion:
    """The present version of a milestone. Raises `NotFound`, also for one that was dropped."""
    found = version(session, key)
    if found is None or found.dropped:
        raise _no_milestone()
    return found


def package_of(session: Session, key: Key) -> WorksPackage:
    """The works that a milestone belongs to. Raises `NotFound`."""
    query = sa.select(WorksPackage).join(Milestone, Milestone.package_id == WorksPackage.id).where(Milestone.id == key)
    found = session.scalar(query)
    if found is None:
        raise _no_milestone()
    return found


def of_package(session: Session, package: WorksPackage, key: Key) -> MilestoneVersion:
    """The present version of a milestone of these works, also of one that was dropped. Raises `NotFound`."""
    its, found = session.get(Milestone, key), version(session, key)
    if its is None or found is None or its.package_id != package.id:
        raise _no_milestone()
    return found


def dropped(session: Session, package_id: int, at: datetime | None = None) -> list[MilestoneVersion]:
    """The milestones that belong to works no more, as known at an instant, by name."""
    query = sa.select(MilestoneVersion).join(Milestone, Milestone.id == MilestoneVersion.milestone_id)
    query = query.where(known(MilestoneVersion, at), MilestoneVersion.dropped.is_(True))
    return list(session.scalars(query.where(Milestone.package_id == package_id).order_by(MilestoneVersion.name)))


def link(session: Session, before: Key, after: Key) -> MilestoneLink | None:
    """The present version of a dependency."""
    found = sa.select(MilestoneLink).where(MilestoneLink.before_id == before, MilestoneLink.after_id == after)
    return session.scalar(found.where(known(MilestoneLink, None)))


def links(session: Session, package_id: int, at: datetime | None = None) -> list[MilestoneLink]:
    """The dependencies by which milestones of a package wait for others, as known at an instant, the oldest first."""
    query = sa.select(MilestoneLink).join(Milestone, Milestone.id == MilestoneLink.after_id)
    query = query.where(Milestone.package_id == package_id, known(MilestoneLink, at))
    return list(session.scalars(query.order_by(MilestoneLink.id)))


def needed_by(session: Session, key: Key) -> list[str]:
    """The tables of facts in force that need a milestone: other dependencies, and rules built upon it."""
    tables = sorted(Base.metadata.tables.values(), key=lambda one: one.name)
    return [
        table.name
        for table in tables
        if "superseded_at" in table.c and table.name != MilestoneVersion.__tablename__
        for reference in table.foreign_keys
        if reference.column is Milestone.__table__.c.id
        and session.scalar(sa.select(sa.exists().where(reference.parent == key, table.c.superseded_at.is_(None))))
    ]


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
    newest = (MilestoneReport.reported_on.desc(), MilestoneReport.id.desc())
    place = sa.func.row_number().over(partition_by=MilestoneReport.milestone_id, order_by=newest).label("place")
    ranked = _until(sa.select(MilestoneReport.id, place), at).subquery()
    query = sa.select(MilestoneReport).join(ranked, ranked.c.id == MilestoneReport.id).where(ranked.c.place == 1)
    return {one.milestone_id: one for one in session.scalars(query.order_by(MilestoneReport.id))}


def baselines(session: Session, package_id: int, at: datetime | None = None) -> list[Baseline]:
    """The baselines of a package as known at an instant, the first one first."""
    query = sa.select(Baseline).where(Baseline.package_id == package_id).order_by(Baseline.number)
    return list(session.scalars(query if at is None else query.where(Baseline.approved_at <= at)))


def baseline_spans(session: Session, baseline_id: int) -> dict[Key, BaselineSpan]:
    """When a baseline plans each milestone."""
    found = session.scalars(sa.select(BaselineSpan).where(BaselineSpan.baseline_id == baseline_id))
    return {one.milestone_id: one for one in found}


def _until(query: Reports, at: datetime | None) -> Reports:
    return query if at is None else query.where(MilestoneReport.recorded_at <= at)


def baseline_finishes(session: Session, at: datetime | None = None) -> dict[int, date]:
    """Package → the day on which its newest baseline, as known at an instant, lets it end."""
    query = (
        sa.select(Baseline.package_id, sa.func.max(BaselineSpan.finish))
        .join(BaselineSpan, BaselineSpan.baseline_id == Baseline.id)
        .group_by(Baseline.package_id, Baseline.number)
        .order_by(Baseline.number)
    )
    found = session.execute(query if at is None else query.where(Baseline.approved_at <= at))
    return {row[0]: row[1] for row in found}


def _no_milestone() -> NotFound:
    return NotFound(_("There is no such milestone."))
