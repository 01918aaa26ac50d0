"""Who may see and who may change the accessibility half, for the page routes.

A route with `{slug}` in its address asks for the right on that platform; what a person may not see is not there. A
route without asks for it on any platform, and narrows what it shows to `visible(person)`.
"""

from typing import Annotated

from fastapi import Depends, Request

from api.dependencies import CurrentPerson, not_in_roles
from core.errors import NotFound
from core.i18n import gettext as _
from core.people import access
from core.people.access import Platforms
from core.people.models import Person
from core.people.rules import PLATFORMS_WRITE, READ

KEEP = PLATFORMS_WRITE
"""The scope that stands for keeping a platform: who has it may also work on its tickets and run its audits."""


def reader(request: Request, person: CurrentPerson) -> Person:
    """Somebody who may look at the platform of the address, or at any."""
    return _with(request, person, READ)


def keeper(request: Request, person: CurrentPerson) -> Person:
    """Somebody who may change the platform of the address, its tickets and its audits, or those of any."""
    return _with(request, person, KEEP)


def founder(person: CurrentPerson) -> Person:
    """Somebody who keeps all platforms, also those to come."""
    if not access.of_person(person).may(KEEP):
        raise not_in_roles()
    return person


def overseer(person: CurrentPerson) -> Person:
    """Somebody who may look at all platforms: what joins platforms tells of each of them."""
    if not sees_all(person):
        raise not_in_roles()
    return person


def sees_all(person: Person) -> bool:
    """Whether links to what joins platforms are shown."""
    return access.of_person(person).may(READ)


Reader = Annotated[Person, Depends(reader)]
Overseer = Annotated[Person, Depends(overseer)]
Keeper = Annotated[Person, Depends(keeper)]
Founder = Annotated[Person, Depends(founder)]


def visible(person: Person) -> Platforms:
    """The platforms that lists may tell this person of."""
    return access.of_person(person).platforms(READ)


def keeps(person: Person, slug: str | None = None) -> bool:
    """Whether buttons that only a keeper of this platform, or of all, may use are shown."""
    return access.of_person(person).may(KEEP, slug)


def keeps_any(person: Person) -> bool:
    """The same for a keeper of any platform."""
    return access.of_person(person).may_anywhere(KEEP)


def must_keep(person: Person, slug: str, missing: str) -> None:
    """For what has no platform in its address: `NotFound` in these words where the person may not see its platform,
    `NotAllowed` where they do not keep it."""
    _check(person, slug, KEEP, missing)


def _with(request: Request, person: Person, scope: str) -> Person:
    slug = request.path_params.get("slug")
    if slug is not None:
        _check(person, slug, scope, _("There is no such platform."))
    elif not access.of_person(person).may_anywhere(scope):
        raise not_in_roles()
    return person


def _check(person: Person, slug: str, scope: str, missing: str) -> None:
    held = access.of_person(person)
    if held.may(scope, slug):
        return
    raise not_in_roles() if held.knows(slug) else NotFound(missing)
