"""Sections of a platform: courses, categories, products that somebody owns, with their scores and tickets."""

from typing import Annotated

from fastapi import Path, Query
from sqlalchemy.orm import Session
from starlette.responses import Response

from accessibility.engine.platform import SLUG
from accessibility.ledger.platforms.models import Platform
from accessibility.ledger.sections import actions, queries
from accessibility.ledger.sections.actions import OTHERS
from accessibility.ledger.sections.models import Section
from api import rest
from api.callers import Caller, require_scope
from api.dependencies import Reading, Writing
from api.paging import WantedPart
from api.rest import rest_router
from api.rest.lists import Slug, tell_pages
from api.rest.preconditions import ExpectedVersion, etag, must_be
from api.rest.reach import platform_of
from api.rest.scores import MOST, ScorePoint
from api.rest.section_schemas import (
    GivenSection,
    SectionChange,
    SectionOut,
    SectionPageOut,
    changed,
    section_out,
    wanted,
)
from core.i18n import today
from core.people import rules

router = rest_router("sections")

Reader = Annotated[Caller, require_scope(rules.READ)]
Keeper = Annotated[Caller, require_scope(rules.PLATFORMS_WRITE)]
SectionSlug = Annotated[
    str,
    Path(pattern=SLUG.pattern, max_length=64, description=f"The section's short name; `{OTHERS}` for pages of none."),
]


@router.get("/platforms/{slug}/sections")
def list_sections(
    slug: Slug, caller: Reader, session: Reading, part: WantedPart, response: Response
) -> list[SectionOut]:
    """The platform's sections by name, the pages that belong to none last."""
    lines = queries.overview(session, platform_of(session, caller, slug).id, today())
    tell_pages(response, part, len(lines))
    return [section_out(slug, line) for line in lines[part.offset : part.offset + part.size]]


@router.post("/platforms/{slug}/sections", status_code=201)
def create_section(slug: Slug, given: GivenSection, caller: Keeper, session: Writing, response: Response) -> SectionOut:
    """Add a section. Its pages are found at once; it has a score from the next audit on."""
    platform = platform_of(session, caller, slug)
    section = actions.create(session, platform, caller.actor, wanted(given))
    response.headers["Location"] = f"{rest.PREFIX}/platforms/{slug}/sections/{section.slug}"
    return _answer(session, platform, section.slug, response)


@router.get("/platforms/{slug}/sections/{section}")
def get_section(slug: Slug, section: SectionSlug, caller: Reader, session: Reading, response: Response) -> SectionOut:
    """One section with its tickets and its last night."""
    return _answer(session, platform_of(session, caller, slug), section, response)


@router.patch("/platforms/{slug}/sections/{section}")
def change_section(
    slug: Slug,
    section: SectionSlug,
    change: SectionChange,
    caller: Keeper,
    session: Writing,
    version: ExpectedVersion,
    response: Response,
) -> SectionOut:
    """Change name, patterns or owner. No ticket and no night of the past changes by it."""
    platform = platform_of(session, caller, slug)
    found = queries.get(session, platform.id, section)
    must_be(found.version, version)
    actions.change(session, platform, found, caller.actor, changed(found, change), version=version)
    return _answer(session, platform, section, response)


@router.delete("/platforms/{slug}/sections/{section}", status_code=204)
def delete_section(
    slug: Slug, section: SectionSlug, caller: Keeper, session: Writing, version: ExpectedVersion
) -> None:
    """Take a section away with its history of scores. Its pages and their tickets stay as they are."""
    found = queries.get(session, platform_of(session, caller, slug).id, section)
    must_be(found.version, version)
    actions.delete(session, found, caller.actor, version=version)


@router.get("/platforms/{slug}/sections/{section}/scores")
def list_section_scores(
    slug: Slug,
    section: SectionSlug,
    caller: Reader,
    session: Reading,
    nights: Annotated[int, Query(ge=1, le=MOST, description="The last so many audits that are done.")] = 365,
) -> list[ScorePoint]:
    """Score and counts of the section in the platform's last audits that are done, the oldest first."""
    platform = platform_of(session, caller, slug)
    found = section_of(session, platform, section)
    points = queries.series(session, platform.id, found.id if found else None, nights)
    return [ScorePoint.model_validate(point) for point in points]


@router.get("/platforms/{slug}/sections/{section}/pages")
def list_section_pages(
    slug: Slug, section: SectionSlug, caller: Reader, session: Reading, part: WantedPart, response: Response
) -> list[SectionPageOut]:
    """The section's pages in the platform's last audit that is done, by address."""
    platform = platform_of(session, caller, slug)
    found = section_of(session, platform, section)
    pages, total = queries.pages_of(
        session, platform.id, found.id if found else None, offset=part.offset, limit=part.size
    )
    tell_pages(response, part, total)
    return [SectionPageOut(url=page.url, title=page.title) for page in pages]


def section_of(session: Session, platform: Platform, slug: str) -> Section | None:
    """The section of this slug, None for everything else. Raises `NotFound`."""
    return None if slug == OTHERS else queries.get(session, platform.id, slug)


def _answer(session: Session, platform: Platform, slug: str, response: Response) -> SectionOut:
    found = section_of(session, platform, slug)
    line = queries.line_of(session, platform.id, found, today())
    if found:
        response.headers["ETag"] = etag(found.version)
    return section_out(platform.slug, line)
