"""Roles on single platforms, for administrators: given and taken away on pages of a person and of a platform."""

from typing import Annotated, ClassVar

from fastapi import Request
from pydantic import BaseModel
from sqlalchemy.orm import Session
from starlette.responses import Response

from accessibility.ledger.platforms import queries as platforms
from accessibility.ledger.platforms.models import Platform
from api.dependencies import LARGEST_ID, Id, Reading, Writing, actor, require
from api.flash import Flash
from api.forms import Entered, Posted
from api.pages import page_router
from api.pages.people import LIST as PEOPLE
from api.pages.platforms import ONE as PLATFORM
from api.rendering import redirect, render
from api.words import PLATFORM_ROLES
from core.errors import InvalidInput, NotFound
from core.i18n import gettext as _
from core.i18n import lazy
from core.people import grants, queries
from core.people.models import Person

router = page_router()
Administrator = Annotated[Person, require("admin")]
OF_PERSON = f"{PEOPLE}/{{person_id}}/grants"
OF_PLATFORM = f"{PLATFORM}/people"


class Given(BaseModel):
    """A role on a platform, as entered on a person's page."""

    platform: str
    role: str

    errors: ClassVar = {"platform": lazy("Choose a platform."), "role": lazy("Choose a role.")}


class GivenThere(BaseModel):
    """The same as entered on a platform's page."""

    person: int
    role: str

    errors: ClassVar = {"person": lazy("Choose a person."), "role": lazy("Choose a role.")}


@router.get(OF_PERSON)
def person_grants(request: Request, person_id: Id, _person: Administrator, session: Reading) -> Response:
    """The roles that a person has on single platforms."""
    return _person_page(request, session, person_id, Entered())


@router.post(OF_PERSON)
def grant_to_person(
    request: Request, person_id: Id, person: Administrator, session: Writing, posted: Posted
) -> Response:
    """Give the person of this page a role on a platform."""
    entered = Entered(posted)
    with entered.shown_again(lambda: _person_page(request, session, person_id, entered)):
        given = entered.check(Given)
        platform = platforms.find(session, given.platform)
        if platform is None:
            raise InvalidInput(_("Choose a platform."), place="platform")
        grants.grant(session, actor(person), person_id, given.role, platform.slug)
    return redirect(request, OF_PERSON.format(person_id=person_id), _done(session, person_id, platform.name))


@router.post(f"{OF_PERSON}/revoke")
def revoke_from_person(
    request: Request, person_id: Id, person: Administrator, session: Writing, posted: Posted
) -> Response:
    """Take a role away from the person of this page."""
    entered = Entered(posted)
    grants.revoke(session, actor(person), person_id, entered.value("role"), entered.value("platform"))
    return redirect(request, OF_PERSON.format(person_id=person_id), Flash(_("The role is taken away, from now on.")))


@router.get(OF_PLATFORM)
def platform_people(request: Request, slug: str, _person: Administrator, session: Reading) -> Response:
    """Who has a role on this platform alone."""
    return _platform_page(request, session, platforms.get(session, slug), Entered())


@router.post(OF_PLATFORM)
def grant_on_platform(request: Request, slug: str, person: Administrator, session: Writing, posted: Posted) -> Response:
    """Give somebody a role on the platform of this page."""
    entered, platform = Entered(posted), platforms.get(session, slug)
    with entered.shown_again(lambda: _platform_page(request, session, platform, entered)):
        given = entered.check(GivenThere)
        if not 1 <= given.person <= LARGEST_ID:
            raise InvalidInput(_("Choose a person."), place="person")
        grants.grant(session, actor(person), given.person, given.role, slug)
    return redirect(request, OF_PLATFORM.format(slug=slug), _done(session, given.person, platform.name))


@router.post(f"{OF_PLATFORM}/revoke")
def revoke_on_platform(
    request: Request, slug: str, person: Administrator, session: Writing, posted: Posted
) -> Response:
    """Take a role on the platform of this page away."""
    entered = Entered(posted)
    person_id = entered.value("person")
    if not (person_id.isascii() and person_id.isdecimal() and int(person_id[:12]) <= LARGEST_ID):
        raise NotFound(_("There is no such person."))
    grants.revoke(session, actor(person), int(person_id), entered.value("role"), slug)
    return redirect(request, OF_PLATFORM.format(slug=slug), Flash(_("The role is taken away, from now on.")))


def _done(session: Session, person_id: int, platform: str) -> Flash:
    name = queries.person(session, person_id).name
    return Flash(_("%(name)s has the role on %(platform)s from now on.", name=name, platform=platform))


def _person_page(request: Request, session: Session, person_id: int, entered: Entered) -> Response:
    found = queries.person(session, person_id)
    offered = platforms.platforms(session, None)
    return render(
        request,
        "person_grants.html",
        found=found,
        entered=entered,
        address=OF_PERSON.format(person_id=person_id),
        names={one.slug: one.name for one in offered},
        platforms=[("", _("Choose")), *((one.slug, one.name) for one in offered)],
        roles=PLATFORM_ROLES,
        role_names=_role_names(),
    )


def _platform_page(request: Request, session: Session, platform: Platform, entered: Entered) -> Response:
    active = [one for one in queries.people(session) if one.active]
    return render(
        request,
        "accessibility/platform_people.html",
        platform=platform,
        granted=queries.people_granted(session, platform.slug),
        entered=entered,
        address=OF_PLATFORM.format(slug=platform.slug),
        people=[("", _("Choose")), *((str(one.id), one.name) for one in active)],
        roles=PLATFORM_ROLES,
        role_names=_role_names(),
    )


def _role_names() -> dict[str, str]:
    return {name: str(text) for name, text, _explained in PLATFORM_ROLES}
