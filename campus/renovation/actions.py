"""Every change of the works. Reports and baselines are appended, what a milestone is has versions; nothing is lost."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.known import known, supersede
from campus.places import rules as places
from campus.places.models import Pavilion
from campus.renovation import network, queries, rules
from campus.renovation.models import (
    Baseline,
    BaselineSpan,
    Milestone,
    MilestoneLink,
    MilestoneReport,
    MilestoneVersion,
    WorksPackage,
)
from campus.renovation.network import Dependency, Key, Wanted
from core import clock, trail
from core.errors import Conflict, InvalidInput, NotFound
from core.i18n import gettext as _
from core.i18n import today
from core.people.models import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedPackage:
    """Works on a pavilion. `purposes` are any of `rules.PURPOSES`. An empty slug is made of the name."""

    name: str
    pavilion_id: int
    purposes: Sequence[str] = ()
    owner_id: int | None = None
    slug: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedMilestone:
    """What a milestone is; `weight` is its part of the package's progress, of the sum of all weights."""

    name: str
    weight: int = 1
    position: int = 0
    owner_id: int | None = None


def add_package(session: Session, wanted: WantedPackage, actor: str) -> WorksPackage:
    """Add works on a pavilion. Raises `InvalidInput`, `Conflict` where the short name is taken."""
    values = _checked_package(session, wanted)
    taken = set(session.scalars(sa.select(WorksPackage.slug)))
    slug = places.checked_slug(wanted.slug) if wanted.slug else places.slug_of(wanted.name, taken, "works")
    if slug in taken:
        raise Conflict(_("The short name “%(slug)s” is taken.", slug=slug))
    package = WorksPackage(slug=slug, **values)
    session.add(package)
    session.flush()
    trail.record(session, actor, "works.add", "works_package", package.id, after=values | {"slug": slug})
    return package


def add_milestone(
    session: Session, package: WorksPackage, wanted: WantedMilestone, planned: Wanted, actor: str
) -> MilestoneVersion:
    """Add a milestone, with the dates that are planned for it: they are its first report."""
    values = _checked_milestone(session, package, wanted)
    check_report(today(), planned)
    milestone = Milestone(package_id=package.id)
    session.add(milestone)
    session.flush()
    version = _write_milestone(session, milestone.id, values, actor, "milestone.add")
    _append(session, milestone.id, today(), planned, actor, "")
    return version


def report(session: Session, key: Key, reported_on: date, wanted: Wanted, actor: str, why: str = "") -> MilestoneReport:
    """Append what is known of a milestone on a day: a forecast, or what has begun or ended. Raises `InvalidInput`."""
    queries.milestone(session, key)
    check_report(reported_on, wanted)
    return _append(session, key, reported_on, wanted, actor, _text(why, "why"))


def link(session: Session, wanted: Dependency, actor: str) -> MilestoneLink:
    """Let a milestone wait for another. Raises `InvalidInput` naming the cycle that this would close."""
    before = queries.milestone(session, wanted.before)
    after = queries.milestone(session, wanted.after)
    if abs(wanted.lag) > rules.LONGEST_LAG:
        raise InvalidInput(_("must be at most %(most)s days", most=rules.LONGEST_LAG), place="lag")
    current = _link(session, wanted.before, wanted.after)
    if current is not None:
        supersede(session, current)
    plan = queries.plan(session)
    names = {key: version.name for key, version in plan.milestones.items()}
    network.order(plan.milestones, [*plan.dependencies, wanted], names)
    made = MilestoneLink(
        before_id=before.milestone_id,
        after_id=after.milestone_id,
        kind=wanted.kind,
        lag=wanted.lag,
        recorded_at=clock.now(),
        recorded_by=actor,
    )
    session.add(made)
    session.flush()
    trail.record(session, actor, "milestone.link", "milestone", after.milestone_id, after=asdict(wanted))
    return made


def unlink(session: Session, before: Key, after: Key, actor: str) -> None:
    """A milestone waits for another no more. Raises `NotFound`."""
    current = _link(session, before, after)
    if current is None:
        raise NotFound(_("There is no such dependency."))
    supersede(session, current)
    trail.record(session, actor, "milestone.unlink", "milestone", after, before={"before": before, "after": after})


def approve_baseline(session: Session, package: WorksPackage, actor: str, why: str) -> Baseline:
    """Keep where the milestones of a package lie now as its next baseline. Raises `InvalidInput` without any."""
    plan = queries.plan(session)
    keys = plan.of(package.id)
    if not keys:
        raise InvalidInput(_("there are no milestones yet"), place="milestones")
    number = 1 + len(queries.baselines(session, package.id))
    baseline = Baseline(
        package_id=package.id, number=number, approved_at=clock.now(), approved_by=actor, why=_text(why, "why")
    )
    session.add(baseline)
    session.flush()
    for key in keys:
        span = plan.placed[key].span
        weight = plan.milestones[key].weight
        session.add(
            BaselineSpan(baseline_id=baseline.id, milestone_id=key, start=span.start, finish=span.finish, weight=weight)
        )
    session.flush()
    trail.record(session, actor, "works.baseline", "works_package", package.id, after={"number": number})
    return baseline


def _link(session: Session, before: Key, after: Key) -> MilestoneLink | None:
    found = sa.select(MilestoneLink).where(MilestoneLink.before_id == before, MilestoneLink.after_id == after)
    return session.scalar(found.where(known(MilestoneLink, None)))


def _append(session: Session, key: Key, on: date, wanted: Wanted, actor: str, why: str) -> MilestoneReport:
    made = MilestoneReport(
        milestone_id=key,
        reported_on=on,
        start=wanted.span.start,
        finish=wanted.span.finish,
        begun=wanted.begun or wanted.ended,
        ended=wanted.ended,
        why=why,
        recorded_at=clock.now(),
        recorded_by=actor,
    )
    session.add(made)
    session.flush()
    told = {"start": made.start.isoformat(), "finish": made.finish.isoformat(), "begun": made.begun}
    told |= {"ended": made.ended, "reported_on": on.isoformat(), "why": why}
    trail.record(session, actor, "milestone.report", "milestone", key, after=told)
    return made


def _write_milestone(
    session: Session, key: Key, values: dict[str, Any], actor: str, action: str, reason: str = ""
) -> MilestoneVersion:
    version = MilestoneVersion(milestone_id=key, recorded_at=clock.now(), recorded_by=actor, reason=reason, **values)
    session.add(version)
    session.flush()
    trail.record(session, actor, action, "milestone", key, after=values)
    return version


def _checked_package(session: Session, wanted: WantedPackage) -> dict[str, Any]:
    if session.get(Pavilion, wanted.pavilion_id) is None:
        raise InvalidInput(_("is not known"), place="pavilion")
    return {
        "name": places.checked_name(wanted.name),
        "pavilion_id": wanted.pavilion_id,
        "purposes": places.checked_words(wanted.purposes, rules.PURPOSES, "purposes"),
        "owner_id": _checked_owner(session, wanted.owner_id),
    }


def _checked_milestone(session: Session, package: WorksPackage, wanted: WantedMilestone) -> dict[str, Any]:
    name = places.checked_name(wanted.name)
    plan = queries.plan(session)
    if any(plan.milestones[key].name.casefold() == name.casefold() for key in plan.of(package.id)):
        raise InvalidInput(_("there is a milestone of this name already"), place="name")
    return {
        "name": name,
        "weight": rules.checked_weight(wanted.weight),
        "position": places.checked_number(wanted.position, 0, rules.MOST_POSITION, "position"),
        "owner_id": _checked_owner(session, wanted.owner_id),
    }


def _checked_owner(session: Session, person_id: int | None) -> int | None:
    if person_id is not None and session.get(Person, person_id) is None:
        raise InvalidInput(_("is not known"), place="owner")
    return person_id


def check_report(reported_on: date, wanted: Wanted) -> None:
    """Facts lie in the past, and nothing is reported from the future. Raises `InvalidInput` naming the field."""
    network.checked_span(wanted.span.start, wanted.span.finish, "finish")
    if reported_on > today():
        raise InvalidInput(_("must not lie in the future"), place="reported_on")
    if (wanted.begun or wanted.ended) and wanted.span.start > reported_on:
        raise InvalidInput(_("what has begun cannot begin after the report"), place="start")
    if wanted.ended and wanted.span.finish > reported_on:
        raise InvalidInput(_("what has ended cannot end after the report"), place="finish")


def _text(given: str, place: str) -> str:
    text = given.strip()
    if len(text) > rules.MOST_TEXT:
        raise InvalidInput(_("must be at most %(most)s characters", most=rules.MOST_TEXT), place=place)
    return text
