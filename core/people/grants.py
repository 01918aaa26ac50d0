"""Roles on single platforms, given and taken away. Both count from the person's next request on."""

from sqlalchemy.orm import Session

from core import clock, trail
from core.errors import NotFound
from core.i18n import gettext as _
from core.people import queries, rules
from core.people.models import PlatformGrant


def grant(session: Session, actor: str, person_id: int, role: str, platform_slug: str) -> None:
    """Give a person a role on one platform, which must be there: the caller has looked. Nothing when they have it.

    Raises `NotFound` for the person, `InvalidInput` for a role that is not for single platforms.
    """
    role = rules.checked_platform_role(role)
    person = queries.person(session, person_id)
    if any((one.role, one.platform_slug) == (role, platform_slug) for one in person.grants):
        return
    person.grants.append(PlatformGrant(platform_slug=platform_slug, role=role, created_at=clock.now()))
    session.flush()
    _record(session, actor, "person.grant", person_id, after={"role": role, "platform": platform_slug})


def revoke(session: Session, actor: str, person_id: int, role: str, platform_slug: str) -> None:
    """Take the role on this platform away. Raises `NotFound` when the person has no such role there."""
    person = queries.person(session, person_id)
    held = [one for one in person.grants if (one.role, one.platform_slug) == (role, platform_slug)]
    if not held:
        raise NotFound(_("This person has no such role on this platform."))
    person.grants.remove(held[0])
    session.flush()
    _record(session, actor, "person.revoke", person_id, before={"role": role, "platform": platform_slug})


def _record(
    session: Session,
    actor: str,
    action: str,
    person_id: int,
    *,
    before: dict[str, str] | None = None,
    after: dict[str, str] | None = None,
) -> None:
    trail.record(session, actor, action, "person", person_id, before=before, after=after)
