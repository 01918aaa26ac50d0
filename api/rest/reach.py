"""Which platforms a caller may reach: others are answered like those that are not there."""

from sqlalchemy.orm import Session

from accessibility.ledger.platforms import queries
from accessibility.ledger.platforms.models import Platform
from api.callers import Caller
from core.errors import NotFound
from core.i18n import gettext as _


def platform_of(session: Session, caller: Caller, slug: str) -> Platform:
    """The platform of this slug, on which the caller may do what the route does. Raises `NotFound`, in the same words
    for one not there and one out of reach, and `NotAllowed`."""
    caller.must_reach(slug)
    found = queries.find(session, slug)
    if found is None:
        raise NotFound(_("There is no such platform."))
    return found


def wanted_platform(session: Session, caller: Caller, slug: str | None) -> Platform | None:
    """The platform that a list is to be narrowed to; None for all those of the caller. Raises as `platform_of`."""
    slug = slug or caller.platform
    return None if slug is None else platform_of(session, caller, slug)
