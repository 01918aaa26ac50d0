"""Every change of platforms. Platforms are never deleted: their history stays."""

from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified
from sqlalchemy.orm.exc import StaleDataError

from accessibility.engine.platform import PlatformSettings
from accessibility.ledger.platforms import queries, recipes, rules
from accessibility.ledger.platforms.models import Platform, PlatformRole
from core import clock, trail
from core.errors import Conflict, InvalidInput, Unavailable
from core.i18n import gettext as _

NEW = 0  # the version of a platform that must not exist yet
SCHEDULE = ("schedule", "time_zone")


def save(
    session: Session, settings: PlatformSettings, actor: str, *, admin: bool, version: int | None = None
) -> Platform:
    """Create or change the platform of this slug. Secrets that are left empty stay as they were.

    `admin` says whether the actor may loosen what protects others; `version` is the one that was looked at (`NEW` for
    none, None for whichever is there). Raises `InvalidInput`, `NotAllowed`, and `Conflict` for another version.
    """
    platform = queries.find(session, settings.slug)
    if version is not None and version != (platform.version if platform else NEW):
        raise (
            _changed(settings.slug)
            if version
            else Conflict(_("there is a platform “%(slug)s” already", slug=settings.slug))
        )
    before = _as_stored(platform) if platform else None
    rules.check(settings)
    _check_model(session, settings)
    if not admin:
        rules.refuse_loosening(before, settings)
    after = rules.keep_secrets(before, settings)
    if platform is not None and before == after:
        return platform
    if platform is None:
        platform = Platform(slug=settings.slug, created_at=clock.now(), scheduled_since=clock.now())
        session.add(platform)
    _store(platform, before, after)
    _flush(session, platform)
    _record(session, actor, platform, before, after)
    return platform


def deactivate(session: Session, platform: Platform, actor: str, *, version: int | None = None) -> None:
    """End the nightly audits of a platform. What is known of it stays."""
    _switch(session, platform, actor, active=False, version=version)


def activate(session: Session, platform: Platform, actor: str, *, version: int | None = None) -> None:
    """Begin the nightly audits again; those between were not missed."""
    _switch(session, platform, actor, active=True, version=version)


def _switch(session: Session, platform: Platform, actor: str, *, active: bool, version: int | None) -> None:
    if version is not None and version != platform.version:
        raise _changed(platform.slug)
    if platform.active == active:
        return
    platform.active = active
    if active:
        platform.scheduled_since = clock.now()
    _flush(session, platform)
    action = "platform.activate" if active else "platform.deactivate"
    trail.record(
        session, actor, action, "platform", platform.id, before={"active": not active}, after={"active": active}
    )


def _check_model(session: Session, settings: PlatformSettings) -> None:
    """The platform that this one was made from is there, and was not itself made from this one."""
    seen, model = {settings.slug}, settings.model
    while model:
        found = queries.find(session, model)
        if found is None:
            raise InvalidInput(_("there is no platform “%(slug)s”", slug=model), place="model")
        if model in seen:
            raise InvalidInput(_("“%(slug)s” was itself made from this platform", slug=settings.model), place="model")
        seen.add(model)
        model = str(found.settings.get("model", ""))


def _as_stored(platform: Platform) -> PlatformSettings:
    """With its secrets; where the key that encrypted them is lost, they are empty and must be given again."""
    try:
        return recipes.settings_with_secrets(platform)
    except Unavailable:
        return recipes.settings_without_secrets(platform)


def _store(platform: Platform, before: PlatformSettings | None, after: PlatformSettings) -> None:
    platform.name = after.name
    platform.settings = after.model_dump(mode="json", exclude={"roles"})
    flag_modified(platform, "settings")  # a change of roles alone counts as a new version too
    if before and any(getattr(before, name) != getattr(after, name) for name in SCHEDULE):
        platform.scheduled_since = clock.now()
    stored = {role.name: role for role in platform.roles}
    roles = []
    for role, blank in zip(after.roles, recipes.without_secrets(after).roles, strict=True):
        row = stored.get(role.name) or PlatformRole(name=role.name)
        row.recipe = blank.login.model_dump(mode="json")
        if before is None or before.role(role.name) is None or _secrets_differ(before, after, role.name):
            row.secrets = recipes.encrypted(role)
        roles.append(row)
    platform.roles = roles


def _flush(session: Session, platform: Platform) -> None:
    try:
        session.flush()
    except (IntegrityError, StaleDataError):
        raise _changed(platform.slug) from None


def _changed(slug: str) -> Conflict:
    return Conflict(_("the platform “%(slug)s” was changed meanwhile", slug=slug))


def _record(
    session: Session, actor: str, platform: Platform, before: PlatformSettings | None, after: PlatformSettings
) -> None:
    """What changed, without secrets: of those only whose they are."""
    old, new = _recorded(session, before) if before else None, _recorded(session, after)
    keys = [key for key in new if old is None or old[key] != new[key]]
    was = None if old is None else {key: old[key] for key in keys}
    now: dict[str, Any] = {key: new[key] for key in keys}
    changed = [role.name for role in after.roles if _secrets_differ(before, after, role.name)]
    if changed:
        now["secrets of"] = changed
    trail.record(session, actor, "platform.save", "platform", platform.id, before=was, after=now)


def _recorded(session: Session, settings: PlatformSettings) -> dict[str, Any]:
    """The trail is kept for good: it names people by number only."""
    owner = queries.owner_id(session, settings.owner)
    return recipes.without_secrets(settings).model_dump(mode="json") | {"owner": owner and f"person:{owner}"}


def _secrets_differ(before: PlatformSettings | None, after: PlatformSettings, name: str) -> bool:
    old, new = before.role(name) if before else None, after.role(name)
    return new is not None and (old is None or recipes.values(old.login) != recipes.values(new.login))
