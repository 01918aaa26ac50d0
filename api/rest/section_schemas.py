"""Sections as JSON."""

from datetime import datetime

from pydantic import BaseModel, Field

from accessibility.ledger.sections.actions import OTHERS, Wanted
from accessibility.ledger.sections.models import Section, SectionNight
from accessibility.ledger.sections.patterns import MOST_PATTERNS
from accessibility.ledger.sections.queries import SectionLine
from api.dependencies import LARGEST_ID
from api.rest.audit_schemas import ScoreOut
from api.rest.given import Given


class OwnerOut(BaseModel):
    """Who answers for it."""

    id: int
    name: str


class SectionNightOut(BaseModel):
    """The section in the platform's last closed audit. `score` is null under the coverage floor and on a held night."""

    planned: int
    audited: int
    floor_met: bool
    score: ScoreOut | None
    failed: int
    review: int
    new: int
    reopened: int


class SectionTicketsOut(BaseModel):
    """Unfinished tickets with an open place in the section, and those of them that are late."""

    waiting: int
    overdue: int


class SectionOut(BaseModel):
    """A part of a platform. For `everything-else`, the pages that belong to none, what people decide is null.

    `pages` counts those of the last closed audit; `last_night` is null before the first one.
    """

    platform: str
    slug: str
    name: str | None
    patterns: list[str] | None
    owner: OwnerOut | None
    pages: int
    tickets: SectionTicketsOut
    last_night: SectionNightOut | None
    score_before: float | None
    created_at: datetime | None
    version: int | None


class SectionPageOut(BaseModel):
    """A page of the section."""

    url: str
    title: str


class _Parts(Given):
    name: str = Field(min_length=1, max_length=120)
    patterns: list[str] = Field(
        min_length=1,
        max_length=MOST_PATTERNS,
        description="A path, or an address on a host of the platform; `*` stands for anything.",
        examples=[["/course/12/*", "/mod/quiz/view.php?course=12*"]],
    )
    owner: int | None = Field(None, ge=1, le=LARGEST_ID, description="A person's number; null for nobody.")


class GivenSection(_Parts):
    """A section to add. Its `slug` stands in addresses and cannot be changed."""

    slug: str = Field(max_length=64, examples=["course-12"])


class SectionChange(Given):
    """What to change of a section; what is left out stays."""

    name: str | None = Field(None, min_length=1, max_length=120)
    patterns: list[str] | None = Field(None, min_length=1, max_length=MOST_PATTERNS)
    owner: int | None = Field(None, ge=1, le=LARGEST_ID, description="A person's number; null for nobody.")


def wanted(given: GivenSection) -> Wanted:
    """The section that was sent, as the ledger takes it."""
    return Wanted(given.slug, given.name, given.patterns, given.owner)


def changed(section: Section, change: SectionChange) -> Wanted:
    """The section with what was sent in place."""
    return Wanted(
        section.slug,
        section.name if change.name is None else change.name,
        section.patterns if change.patterns is None else change.patterns,
        change.owner if "owner" in change.model_fields_set else section.owner_id,
    )


def section_out(platform: str, line: SectionLine) -> SectionOut:
    """A line of the overview."""
    section = line.section
    return SectionOut(
        platform=platform,
        slug=section.slug if section else OTHERS,
        name=section.name if section else None,
        patterns=list(section.patterns) if section else None,
        owner=OwnerOut(id=section.owner_id, name=line.owner) if section and section.owner_id else None,
        pages=line.pages,
        tickets=SectionTicketsOut(waiting=line.tickets.waiting, overdue=line.tickets.overdue),
        last_night=_night(line.night) if line.night else None,
        score_before=line.score_before,
        created_at=section.created_at if section else None,
        version=section.version if section else None,
    )


def _night(night: SectionNight) -> SectionNightOut:
    score = None
    if night.score is not None:
        score = ScoreOut(
            value=night.score,
            version=night.score_version or 0,
            worst_tenth=night.worst_tenth or 0.0,
            clean_share=night.clean_share or 0.0,
        )
    names = ("planned", "audited", "floor_met", "failed", "review", "new", "reopened")
    return SectionNightOut(score=score, **{name: getattr(night, name) for name in names})
