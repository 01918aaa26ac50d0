"""Works packages."""

from fastapi import Response
from sqlalchemy.orm import Session

from api import rest
from api.dependencies import Reading, Writing
from api.paging import WantedPart
from api.rest import rest_router
from api.rest.campus import Keeper, Reader
from api.rest.campus.capacity import AsOf
from api.rest.lists import tell_pages
from api.rest.preconditions import ExpectedVersion, etag, must_be
from api.rest.works.schemas import GivenPackage, PackageChange, PackageOut, PackageSlug
from campus.known import checked_as_of, end_of
from campus.places import queries as places
from campus.places.models import Pavilion
from campus.renovation import actions, overview, package_actions, queries
from campus.renovation.actions import WantedPackage
from campus.renovation.overview import Line
from campus.renovation.queries import Plan
from core.errors import InvalidInput, NotFound
from core.i18n import gettext as _
from core.i18n import today

router = rest_router("works")
PATH = "/works"
ONE = f"{PATH}/{{slug}}"


@router.get(PATH)
def list_works(
    _caller: Reader, session: Reading, part: WantedPart, response: Response, as_of: AsOf = None
) -> list[PackageOut]:
    """All works, by name."""
    day = checked_as_of(as_of)
    at = end_of(day) if day else None
    plan = queries.plan(session, at)
    lines = overview.lines(session, plan, day or today(), at)
    tell_pages(response, part, len(lines))
    return [_out(one, plan) for one in lines[part.offset : part.offset + part.size]]


@router.post(PATH, status_code=201)
def create_works(given: GivenPackage, caller: Keeper, session: Writing, response: Response) -> PackageOut:
    """Add works on a pavilion."""
    wanted = WantedPackage(
        name=given.name,
        pavilion_id=_pavilion(session, given.pavilion),
        purposes=given.purposes,
        owner_id=given.owner,
        slug=given.slug,
    )
    made = actions.add_package(session, wanted, caller.actor)
    response.headers["Location"] = f"{rest.PREFIX}{PATH}/{made.slug}"
    return _answer(session, made.slug, response)


@router.get(ONE)
def get_works(slug: PackageSlug, _caller: Reader, session: Reading, response: Response) -> PackageOut:
    """One package."""
    return _answer(session, slug, response)


@router.patch(ONE)
def change_works(
    slug: PackageSlug,
    change: PackageChange,
    caller: Keeper,
    session: Writing,
    version: ExpectedVersion,
    response: Response,
) -> PackageOut:
    """Call them otherwise, give them other purposes or another owner."""
    found = queries.package(session, slug)
    must_be(found.version, version)
    wanted = WantedPackage(
        name=found.name if change.name is None else change.name,
        pavilion_id=found.pavilion_id if change.pavilion is None else _pavilion(session, change.pavilion),
        purposes=found.purposes if change.purposes is None else change.purposes,
        owner_id=change.owner if "owner" in change.model_fields_set else found.owner_id,
    )
    package_actions.change_package(session, found, wanted, caller.actor, version=version)
    return _answer(session, slug, response)


@router.delete(ONE, status_code=204)
def delete_works(slug: PackageSlug, caller: Keeper, session: Writing, version: ExpectedVersion) -> None:
    """Take away works that have nothing yet."""
    found = queries.package(session, slug)
    must_be(found.version, version)
    package_actions.delete_package(session, found, caller.actor, version=version)


def _answer(session: Session, slug: str, response: Response) -> PackageOut:
    found, plan = queries.package(session, slug), queries.plan(session)
    response.headers["ETag"] = etag(found.version)
    line = next(one for one in overview.lines(session, plan, today()) if one.package is found)
    return _out(line, plan)


def _out(line: Line, plan: Plan) -> PackageOut:
    return PackageOut(
        slug=line.package.slug,
        name=line.package.name,
        pavilion=line.pavilion.slug,
        purposes=line.package.purposes,
        owner=line.package.owner_id,
        progress=line.progress,
        next_milestone=line.next,
        next_finish=plan.placed[line.next].span.finish if line.next else None,
        finish=line.finish,
        slip_days=line.slip,
        overdue=line.overdue,
    )


def _pavilion(session: Session, slug: str) -> int:
    try:
        return places.by_slug(session, Pavilion, slug).id
    except NotFound:
        raise InvalidInput(_("is not known"), place="pavilion") from None
