"""What the milestones of works wait for. The ETag of a dependency is that of its present version."""

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
from api.rest.works.schemas import DependencyChange, DependencyOut, GivenDependency, PackageSlug
from campus.known import checked_as_of, end_of
from campus.renovation import actions, queries
from campus.renovation.models import MilestoneLink
from campus.renovation.network import Dependency, Kind
from core.errors import Conflict, NotFound
from core.i18n import gettext as _

router = rest_router("works")
LINKS = f"{PACKAGE}/dependencies"
LINK = f"{LINKS}/{{before}}/{{after}}"


@router.get(LINKS)
def list_dependencies(
    slug: PackageSlug,
    _caller: Reader,
    session: Reading,
    part: WantedPart,
    response: Response,
    as_of: AsOf = None,
) -> list[DependencyOut]:
    """What the milestones of these works wait for."""
    day = checked_as_of(as_of)
    found = queries.links(session, queries.package(session, slug).id, end_of(day) if day else None)
    tell_pages(response, part, len(found))
    return [_link_out(one) for one in found[part.offset : part.offset + part.size]]


@router.post(LINKS, status_code=201)
def create_dependency(
    slug: PackageSlug, given: GivenDependency, caller: Keeper, session: Writing, response: Response
) -> DependencyOut:
    """Let a milestone of these works wait for another. A cycle is refused and named."""
    queries.of_package(session, queries.package(session, slug), given.after)
    if queries.link(session, given.before, given.after) is not None:
        raise Conflict(_("This milestone waits for that one already."))
    made = actions.link(session, Dependency(given.before, given.after, given.kind, given.lag), caller.actor)
    response.headers["Location"] = f"{rest.PREFIX}{LINK.format(slug=slug, before=given.before, after=given.after)}"
    return _told(made, response)


@router.get(LINK)
def get_dependency(
    slug: PackageSlug, before: Id, after: Id, _caller: Reader, session: Reading, response: Response
) -> DependencyOut:
    """One dependency."""
    return _told(_found_link(session, slug, before, after), response)


@router.patch(LINK)
def change_dependency(
    slug: PackageSlug,
    before: Id,
    after: Id,
    change: DependencyChange,
    caller: Keeper,
    session: Writing,
    version: ExpectedVersion,
    response: Response,
) -> DependencyOut:
    """Let it wait otherwise."""
    found = _found_link(session, slug, before, after)
    must_be(found.id, version)
    given = change.model_fields_set
    kind, lag = change.kind if "kind" in given else Kind(found.kind), change.lag if "lag" in given else found.lag
    return _told(actions.link(session, Dependency(before, after, kind, lag), caller.actor), response)


@router.delete(LINK, status_code=204)
def delete_dependency(
    slug: PackageSlug, before: Id, after: Id, caller: Keeper, session: Writing, version: ExpectedVersion
) -> None:
    """Let it wait no more."""
    must_be(_found_link(session, slug, before, after).id, version)
    actions.unlink(session, before, after, caller.actor)


def _found_link(session: Session, slug: str, before: int, after: int) -> MilestoneLink:
    queries.of_package(session, queries.package(session, slug), after)
    found = queries.link(session, before, after)
    if found is None:
        raise NotFound(_("There is no such dependency."))
    return found


def _told(link: MilestoneLink, response: Response) -> DependencyOut:
    response.headers["ETag"] = etag(link.id)
    return _link_out(link)


def _link_out(link: MilestoneLink) -> DependencyOut:
    return DependencyOut(
        before=link.before_id,
        after=link.after_id,
        kind=Kind(link.kind),
        lag=link.lag,
        recorded_at=link.recorded_at,
        recorded_by=link.recorded_by,
    )
