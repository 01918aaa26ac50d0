"""Platforms: what is audited, and how."""

from typing import Annotated

from fastapi import Header, Query
from sqlalchemy.orm import Session
from starlette.exceptions import HTTPException
from starlette.responses import Response

from accessibility.engine.platform import PlatformSettings
from accessibility.ledger.platforms import actions, queries
from accessibility.ledger.platforms.models import Platform
from api import rest
from api.callers import Caller, require_scope
from api.dependencies import Reading, Writing
from api.paging import WantedPart
from api.rest import rest_router
from api.rest.given import Nothing
from api.rest.lists import Slug, tell_pages
from api.rest.platform_schemas import (
    GivenSettings,
    PlatformChange,
    PlatformOut,
    changed_settings,
    given_settings,
    shown,
)
from api.rest.preconditions import ExpectedVersion, etag, expected_version, must_be
from api.rest.reach import platform_of
from core.errors import InvalidInput, NotAllowed
from core.i18n import gettext as _
from core.people import rules

router = rest_router("platforms")

Reader = Annotated[Caller, require_scope(rules.READ)]
Keeper = Annotated[Caller, require_scope(rules.PLATFORMS_WRITE)]


@router.get("/platforms")
def list_platforms(
    caller: Reader,
    session: Reading,
    part: WantedPart,
    response: Response,
    active: Annotated[
        bool | None, Query(description="Only those that are audited by night, or only the others.")
    ] = None,
) -> list[PlatformOut]:
    """Every platform that you may read, by name."""
    found = queries.platforms(session, caller.platforms, active=active)
    tell_pages(response, part, len(found))
    return [shown(one) for one in found[part.offset : part.offset + part.size]]


@router.post("/platforms", status_code=201)
def create_platform(given: GivenSettings, caller: Keeper, session: Writing, response: Response) -> PlatformOut:
    """Add a platform. Its first audit takes place at its next scheduled time, or when you ask for one."""
    if not caller.access.may(rules.PLATFORMS_WRITE, given.slug):
        raise NotAllowed(_("You may not add platforms."))
    platform = _save(session, given_settings(given), caller, actions.NEW)
    return _answer(platform, response, created=True)


@router.get("/platforms/{slug}")
def get_platform(slug: Slug, caller: Reader, session: Reading, response: Response) -> PlatformOut:
    """One platform with its settings, without its secrets."""
    return _answer(platform_of(session, caller, slug), response)


@router.put("/platforms/{slug}", responses={201: {"model": PlatformOut, "description": "It was added."}})
def put_platform(
    slug: Slug,
    given: GivenSettings,
    caller: Keeper,
    session: Writing,
    response: Response,
    if_match: Annotated[str | None, Header()] = None,
    if_none_match: Annotated[str | None, Header(description="`*`: only add, never replace.")] = None,
) -> PlatformOut:
    """Add the platform, or replace all its settings: then `If-Match` is needed."""
    if given.slug != slug:
        raise InvalidInput(_("is not the one in the address"), place="slug")
    caller.must_reach(slug)
    present = queries.find(session, slug)
    if present is None:
        if if_match is not None:
            raise HTTPException(412, _("There is no such platform any more."))
        return _answer(_save(session, given_settings(given), caller, actions.NEW), response, created=True)
    if if_none_match is not None:
        raise HTTPException(412, _("There is such a platform already."))
    version = expected_version(if_match)
    must_be(present.version, version)
    return _answer(_save(session, given_settings(given), caller, version), response)


@router.patch("/platforms/{slug}")
def change_platform(
    slug: Slug, change: PlatformChange, caller: Keeper, session: Writing, version: ExpectedVersion, response: Response
) -> PlatformOut:
    """Change some settings. A list, such as `roles`, is replaced as a whole; audits that wait or run keep theirs."""
    platform = platform_of(session, caller, slug)
    must_be(platform.version, version)
    settings = changed_settings(platform, change)
    if settings.slug != slug:
        raise InvalidInput(_("cannot be changed"), place="slug")
    return _answer(_save(session, settings, caller, version), response)


@router.post("/platforms/{slug}/deactivate")
def deactivate_platform(
    slug: Slug,
    caller: Keeper,
    session: Writing,
    version: ExpectedVersion,
    response: Response,
    _given: Nothing | None = None,
) -> PlatformOut:
    """End the nightly audits of a platform. What is known of it stays."""
    platform = platform_of(session, caller, slug)
    must_be(platform.version, version)
    actions.deactivate(session, platform, caller.actor, version=version)
    return _answer(platform, response)


@router.post("/platforms/{slug}/activate")
def activate_platform(
    slug: Slug,
    caller: Keeper,
    session: Writing,
    version: ExpectedVersion,
    response: Response,
    _given: Nothing | None = None,
) -> PlatformOut:
    """Begin the nightly audits of a platform again."""
    platform = platform_of(session, caller, slug)
    must_be(platform.version, version)
    actions.activate(session, platform, caller.actor, version=version)
    return _answer(platform, response)


def _save(session: Session, settings: PlatformSettings, caller: Caller, version: int) -> Platform:
    return actions.save(session, settings, caller.actor, admin=caller.access.may(rules.ADMIN), version=version)


def _answer(platform: Platform, response: Response, *, created: bool = False) -> PlatformOut:
    response.headers["ETag"] = etag(platform.version)
    if created:
        response.status_code = 201
        response.headers["Location"] = f"{rest.PREFIX}/platforms/{platform.slug}"
    return shown(platform)
