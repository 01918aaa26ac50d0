"""Works come into being and go on: packages, milestones, reports, dependencies, baselines. Nothing is lost.

What is changed of a package or a milestone later is in `package_actions` and `milestone_actions`, their notes and
documents are in `papers`.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.known import supersede
from campus.nights import LATEST
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
from campus.renovation.queries import Plan
from core import clock, trail
from core.errors import Conflict, InvalidInput, NotFound
from core.i18n import gettext as _
from core.i18n import today


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
    position: int | None = None  # None for the end of the list
    owner_id: int | None = None


def add_package(session: Session, wanted: WantedPackage, actor: str) -> WorksPackage:
    """Add works on a pavilion. Raises `InvalidInput`, `Conflict` where the short name is taken."""
    values = checked_package(session, wanted)
    taken = {"add", *session.scalars(sa.select(WorksPackage.slug))}  # a page has the address of the former
    slug = places.checked_slug(wanted.slug) if wanted.slug else places.slug_of(wanted.name, taken, "works")
    if slug in taken:
        raise Conflict(_("The short name “%(slug)s” is taken.", slug=slug))
    package = WorksPackage(slug=slug, added_at=clock.now(), **values)
    session.add(package)
    session.flush()
    trail.record(session, actor, "works.add", "works_package", package.id, after=values | {"slug": slug})
    return package


def add_milestone(
    session: Session, package: WorksPackage, wanted: WantedMilestone, planned: Wanted, actor: str
) -> MilestoneVersion:
    """Add a milestone, with the dates that are planned for it: they are its first report."""
    values = checked_milestone(session, package.id, wanted)
    check_report(today(), planned)
    milestone = Milestone(package_id=package.id)
    session.add(milestone)
    session.flush()
    version = write_milestone(session, milestone.id, values, actor, "milestone.add")
    _append(session, milestone.id, today(), planned, actor, "")
    return version


def report(session: Session, key: Key, reported_on: date, wanted: Wanted, actor: str, why: str = "") -> MilestoneReport:
    """Append what is known of a milestone on a day: a forecast, or what has begun or ended. Raises `InvalidInput`."""
    queries.milestone(session, key)
    check_report(reported_on, wanted)
    _check_years(queries.plan(session).instead({key: wanted}), "finish")
    return _append(session, key, reported_on, wanted, actor, places.checked_text(why, "why"))


def link(session: Session, wanted: Dependency, actor: str) -> MilestoneLink:
    """Let a milestone wait for another, or wait otherwise. Raises `InvalidInput`, naming a cycle that this closes."""
    queries.milestone(session, wanted.before)
    queries.milestone(session, wanted.after)
    if abs(wanted.lag) > rules.LONGEST_LAG:
        raise InvalidInput(_("must be at most %(most)s days", most=rules.LONGEST_LAG), place="lag")
    _check_years(queries.plan(session).linked(wanted), "lag")
    before = queries.link(session, wanted.before, wanted.after)
    if before is not None:
        supersede(session, before)
    made = MilestoneLink(
        before_id=wanted.before,
        after_id=wanted.after,
        kind=wanted.kind,
        lag=wanted.lag,
        recorded_at=clock.now(),
        recorded_by=actor,
    )
    session.add(made)
    session.flush()
    told = {"kind": before.kind, "lag": before.lag} if before else None
    trail.record(session, actor, "milestone.link", "milestone", wanted.after, before=told, after=asdict(wanted))
    return made


def unlink(session: Session, before: Key, after: Key, actor: str) -> None:
    """A milestone waits for another no more. Raises `NotFound`."""
    current = queries.link(session, before, after)
    if current is None:
        raise NotFound(_("There is no such dependency."))
    supersede(session, current)
    told = {"before": before, "after": after, "kind": current.kind, "lag": current.lag}
    trail.record(session, actor, "milestone.unlink", "milestone", after, before=told)


def approve_baseline(session: Session, package: WorksPackage, actor: str, why: str) -> Baseline:
    """Keep where the milestones of a package lie now as its next baseline. Raises `InvalidInput` without any."""
    plan = queries.plan(session)
    keys = plan.of(package.id)
    if not keys:
        raise InvalidInput(_("there are no milestones yet"), place="milestones")
    number = 1 + len(queries.baselines(session, package.id))
    baseline = Baseline(
        package_id=package.id,
        number=number,
        approved_at=clock.now(),
        approved_by=actor,
        why=places.checked_text(why, "why"),
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


def write_milestone(
    session: Session, key: Key, values: dict[str, Any], actor: str, action: str, reason: str = ""
) -> MilestoneVersion:
    """Write what a milestone is from now on, in place of its present version where it has one."""
    present = queries.version(session, key)
    before = {name: getattr(present, name) for name in values} if present else None
    if present is not None:
        supersede(session, present)
    version = MilestoneVersion(milestone_id=key, recorded_at=clock.now(), recorded_by=actor, reason=reason, **values)
    session.add(version)
    session.flush()
    trail.record(session, actor, action, "milestone", key, before=before, after=values)
    return version


def checked_package(session: Session, wanted: WantedPackage, owner_id: int | None = None) -> dict[str, Any]:
    """As it is stored; `owner_id` is whose it was so far. Raises `InvalidInput`."""
    if session.get(Pavilion, wanted.pavilion_id) is None:
        raise InvalidInput(_("is not known"), place="pavilion")
    return {
        "name": places.checked_name(wanted.name),
        "pavilion_id": wanted.pavilion_id,
        "purposes": places.checked_words(wanted.purposes, rules.PURPOSES, "purposes"),
        "owner_id": _checked_owner(session, wanted.owner_id, owner_id),
    }


def checked_milestone(
    session: Session, package_id: int, wanted: WantedMilestone, present: MilestoneVersion | None = None
) -> dict[str, Any]:
    """As it is stored, in the place of its `present` version where it has one. Raises `InvalidInput`."""
    name, plan = places.checked_name(wanted.name), queries.plan(session)
    own = present.milestone_id if present else None
    others = [key for key in plan.of(package_id) if key != own]
    if any(plan.milestones[key].name.casefold() == name.casefold() for key in others):
        raise InvalidInput(_("there is a milestone of this name already"), place="name")
    if len(others) >= rules.MOST_MILESTONES:
        raise InvalidInput(_("works have at most %(most)s milestones", most=rules.MOST_MILESTONES), place="name")
    end = max((plan.milestones[key].position + 1 for key in others), default=0)
    position = end if wanted.position is None else wanted.position
    return {
        "name": name,
        "weight": rules.checked_weight(wanted.weight),
        "position": places.checked_number(position, 0, rules.MOST_POSITION, "position"),
        "owner_id": _checked_owner(session, wanted.owner_id, present.owner_id if present else None),
    }


def _checked_owner(session: Session, person_id: int | None, present: int | None) -> int | None:
    """Somebody active who may see the works; who owned them so far may stay. Raises `InvalidInput`."""
    if person_id not in (None, present) and person_id not in {one.id for one in queries.owners(session)}:
        raise InvalidInput(_("must be somebody who may see the works"), place="owner")
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


def _check_years(plan: Plan, place: str) -> None:
    """Nothing is pushed out of sensible years. Raises `InvalidInput` naming the milestone that would be."""
    late = next((key for key, one in plan.placed.items() if one.span.finish >= LATEST), None)
    if late is not None:
        raise InvalidInput(_("would push “%(name)s” beyond 2199", name=plan.milestones[late].name), place=place)
