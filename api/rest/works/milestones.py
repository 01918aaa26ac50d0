"""The milestones of works. The ETag of each is that of its present version."""

from fastapi import Response
from sqlalchemy.orm import Session

from api import rest
from api.dependencies import Id, Reading, Writing
from api.paging import WantedPart
from api.rest import rest_router
from api.rest.campus import Keeper, Reader
from api.rest.campus.capacity import AsOf
from api.rest.lists import tell_pages
from api.rest.preconditions import ExpectedVersion, etag, must_be
from api.rest.works.packages import ONE as PACKAGE
from api.rest.works.schemas import (
    GivenMilestone,
    GivenOrder,
    GivenReason,
    MilestoneChange,
    MilestoneOut,
    PackageSlug,
)
from campus.known import checked_as_of, end_of
from campus.renovation import actions, milestone_actions, overview, queries
from campus.renovation.actions import WantedMilestone
from campus.renovation.models import MilestoneVersion
from campus.renovation.network import Wanted, checked_span
from campus.renovation.queries import Plan
from campus.renovation.rules import MilestoneState
from core.i18n import today

router = rest_router("works")
LIST = f"{PACKAGE}/milestones"
ONE = f"{LIST}/{{key}}"


@router.get(LIST)
def list_milestones(
    slug: PackageSlug,
    _caller: Reader,
    session: Reading,
    part: WantedPart,
    response: Response,
    as_of: AsOf = None,
) -> list[MilestoneOut]:
    """The milestones of works in their order, without those that were dropped."""
    package, day = queries.package(session, slug), checked_as_of(as_of)
    plan = queries.plan(session, end_of(day) if day else None)
    states = overview.states(plan, package.id, day or today())
    tell_pages(response, part, len(states))
    shown = list(states.items())[part.offset : part.offset + part.size]
    return [_out(plan, plan.milestones[key], state) for key, state in shown]


@router.post(LIST, status_code=201)
def create_milestone(
    slug: PackageSlug, given: GivenMilestone, caller: Keeper, session: Writing, response: Response
) -> MilestoneOut:
    """Add a milestone at the end."""
    wanted = WantedMilestone(name=given.name, weight=given.weight, owner_id=given.owner)
    planned = Wanted(checked_span(given.start, given.finish or given.start, "finish"), given.begun, given.ended)
    made = actions.add_milestone(session, queries.package(session, slug), wanted, planned, caller.actor)
    response.headers["Location"] = f"{rest.PREFIX}{ONE.format(slug=slug, key=made.milestone_id)}"
    return _answer(session, made, response)


@router.put(f"{PACKAGE}/milestone-order", status_code=204)
def order_milestones(slug: PackageSlug, given: GivenOrder, caller: Keeper, session: Writing) -> None:
    """Put the milestones of works into this order."""
    milestone_actions.reorder(session, queries.package(session, slug), given.milestones, caller.actor)


@router.get(ONE)
def get_milestone(slug: PackageSlug, key: Id, _caller: Reader, session: Reading, response: Response) -> MilestoneOut:
    """One milestone, also one that was dropped."""
    return _answer(session, _found(session, slug, key), response)


@router.patch(ONE)
def change_milestone(
    slug: PackageSlug,
    key: Id,
    change: MilestoneChange,
    caller: Keeper,
    session: Writing,
    version: ExpectedVersion,
    response: Response,
) -> MilestoneOut:
    """Change what a milestone is. What it was stays known."""
    present = _found(session, slug, key)
    must_be(present.id, version)
    wanted = WantedMilestone(
        name=present.name if change.name is None else change.name,
        weight=present.weight if change.weight is None else change.weight,
        position=change.position,
        owner_id=change.owner if "owner" in change.model_fields_set else present.owner_id,
    )
    made = milestone_actions.change_milestone(session, present, wanted, caller.actor, change.reason, version=version)
    return _answer(session, made, response)


@router.post(f"{ONE}/drop")
def drop_milestone(
    slug: PackageSlug,
    key: Id,
    given: GivenReason,
    caller: Keeper,
    session: Writing,
    version: ExpectedVersion,
    response: Response,
) -> MilestoneOut:
    """It belongs to the works no more. Refused while dependencies or closure rules need it."""
    present = _found(session, slug, key)
    must_be(present.id, version)
    gone = milestone_actions.drop(session, present, caller.actor, given.reason, version=version)
    return _answer(session, gone, response)


@router.post(f"{ONE}/reinstate")
def reinstate_milestone(
    slug: PackageSlug, key: Id, caller: Keeper, session: Writing, version: ExpectedVersion, response: Response
) -> MilestoneOut:
    """Bring back one that was dropped, at the end of the list."""
    present = _found(session, slug, key)
    must_be(present.id, version)
    return _answer(session, milestone_actions.reinstate(session, present, caller.actor, version=version), response)


def _found(session: Session, slug: str, key: int) -> MilestoneVersion:
    return queries.of_package(session, queries.package(session, slug), key)


def _answer(session: Session, version: MilestoneVersion, response: Response) -> MilestoneOut:
    response.headers["ETag"] = etag(version.id)
    plan, key = queries.plan(session), version.milestone_id
    state = None if version.dropped else overview.states(plan, plan.package_of[key], today())[key]
    return _out(plan, version, state)


def _out(plan: Plan, version: MilestoneVersion, state: MilestoneState | None) -> MilestoneOut:
    placed = plan.placed.get(version.milestone_id)
    return MilestoneOut(
        id=version.milestone_id,
        name=version.name,
        weight=version.weight,
        position=version.position,
        owner=version.owner_id,
        state=state,
        dropped=version.dropped,
        start=placed.span.start if placed else None,
        finish=placed.span.finish if placed else None,
        driver=placed.driver if placed else None,
    )
