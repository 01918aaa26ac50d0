"""Every change of sections. None of them touches a ticket: a section is a way to look at pages."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from accessibility.engine.crawl.scope import Scope
from accessibility.engine.platform import SLUG
from accessibility.ledger.platforms import queries as platforms
from accessibility.ledger.platforms import recipes
from accessibility.ledger.platforms.models import Platform
from accessibility.ledger.sections import patterns
from accessibility.ledger.sections.belonging import find_pages
from accessibility.ledger.sections.models import Section, SectionNight, SectionPage
from core import clock, trail
from core.errors import Conflict, InvalidInput
from core.i18n import gettext as _
from core.people.rules import checked_name

OTHERS = "everything-else"  # stands where a slug does for the pages that belong to no section
FIELDS = ("name", "patterns", "owner_id")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A section as it is to be. Texts are as given; `checked` says what is wrong with them."""

    slug: str
    name: str
    patterns: Sequence[str]
    owner_id: int | None = None


def checked(session: Session, platform: Platform, wanted: Wanted, before: Section | None) -> Wanted:
    """The same in the form in which it is kept. Raises `InvalidInput` with the field as its place."""
    found = checked_with(Scope(recipes.settings_without_secrets(platform)).on_platform, wanted)
    is_new = wanted.owner_id is not None and wanted.owner_id != (before.owner_id if before else None)
    if is_new and not platforms.may_work_there(session, wanted.owner_id, platform.id):
        raise InvalidInput(_("There is no such person."), place="owner")
    return found


def checked_with(on_platform: Callable[[str], bool], wanted: Wanted) -> Wanted:
    """What can be told without looking at people: slug, name and patterns. `on_platform` knows the platform's hosts."""
    if not SLUG.fullmatch(wanted.slug):
        raise InvalidInput(_("use small letters, digits and inner hyphens, at most 64"), place="slug")
    if wanted.slug == OTHERS:
        raise InvalidInput(_("“%(slug)s” means the pages of no section", slug=OTHERS), place="slug")
    found = patterns.checked_all(wanted.patterns, on_platform)
    return Wanted(wanted.slug, checked_name(wanted.name), found, wanted.owner_id)


def nobody(email: str) -> str:
    """Why this e-mail address cannot be an owner's."""
    return _("nobody signs in with %(email)s", email=email)


def create(session: Session, platform: Platform, actor: str, wanted: Wanted, *, pages_later: bool = False) -> Section:
    """Add a section. `Conflict` when the platform has one of this slug. `pages_later`: the caller finds its pages."""
    given = checked(session, platform, wanted, None)
    section = Section(
        platform_id=platform.id,
        slug=given.slug,
        created_at=clock.now(),
        **{name: getattr(given, name) for name in FIELDS},
    )
    try:
        with session.begin_nested():
            session.add(section)
    except IntegrityError:
        raise Conflict(_("there is a section “%(slug)s” already", slug=given.slug)) from None
    if not pages_later:
        find_pages(session, platform.id, [section])
    _record(session, actor, "section.create", section, after={"slug": section.slug, **_recorded(section)})
    return section


def change(
    session: Session,
    platform: Platform,
    section: Section,
    actor: str,
    wanted: Wanted,
    *,
    version: int | None = None,
    pages_later: bool = False,
) -> Section:
    """Give a section this name, these patterns and this owner. `version` is the one that was looked at."""
    _must_be(section, version)
    given = checked(session, platform, wanted, section)
    before = _recorded(section)
    new_patterns = section.patterns != given.patterns
    for name in FIELDS:
        if getattr(section, name) != getattr(given, name):
            setattr(section, name, getattr(given, name))
    session.flush()
    after = _recorded(section)
    if new_patterns and not pages_later:
        find_pages(session, platform.id, [section])
    if changed := [name for name in after if before[name] != after[name]]:
        _record(
            session,
            actor,
            "section.change",
            section,
            before={name: before[name] for name in changed},
            after={name: after[name] for name in changed},
        )
    return section


def delete(session: Session, section: Section, actor: str, *, version: int | None = None) -> None:
    """Take a section away with its history of scores. Its pages and their tickets stay as they are."""
    _must_be(section, version)
    _record(session, actor, "section.delete", section, before={"slug": section.slug, **_recorded(section)})
    session.execute(sa.delete(SectionPage).where(SectionPage.section_id == section.id))
    session.execute(sa.delete(SectionNight).where(SectionNight.section_id == section.id))
    session.delete(section)
    session.flush()


def _must_be(section: Section, version: int | None) -> None:
    if version is not None and version != section.version:
        raise Conflict(_("the section “%(slug)s” was changed meanwhile", slug=section.slug))


def _recorded(section: Section) -> dict[str, Any]:
    """The trail is kept for good: it names people by number only."""
    owner = f"person:{section.owner_id}" if section.owner_id else None
    return {"name": section.name, "patterns": list(section.patterns), "owner": owner}


def _record(session: Session, actor: str, action: str, section: Section, **told: Any) -> None:
    trail.record(session, actor, action, "section", section.id, **told)
