"""Which platforms a caller may reach: a token limited to one platform finds nothing of the others."""

from sqlalchemy.orm import Session

from accessibility.ledger.platforms import queries
from accessibility.ledger.platforms.models import Platform
from api.callers import Caller
from core.errors import NotFound
from core.i18n import gettext as _


def platform_of(session: Session, caller: Caller, slug: str) -> Platform:
    """The platform of this slug. Raises `NotFound`, in the same words for one not there and one out of reach."""
    found = queries.find(session, slug)
    if found is None or caller.platform not in (None, slug):
        raise NotFound(_("There is no such platform."))
    return found


def wanted_platform(session: Session, caller: Caller, slug: str | None) -> Platform | None:
    """The platform that a list is to be narrowed to; None for all. Raises `NotFound`."""
    slug = slug or caller.platform
    return None if slug is None else platform_of(session, caller, slug)


def must_reach(caller: Caller, platform: Platform, words: str) -> None:
    """Raise `NotFound` with these words for something of a platform out of reach."""
    if caller.platform not in (None, platform.slug):
        raise NotFound(words)
