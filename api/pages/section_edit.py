"""Add a section, and change its name, its patterns and its owner."""

from typing import ClassVar

from fastapi import Request
from pydantic import BaseModel
from sqlalchemy.orm import Session
from starlette.responses import Response

from accessibility.ledger.platforms import queries as platforms
from accessibility.ledger.platforms.models import Platform
from accessibility.ledger.sections import actions, queries
from accessibility.ledger.sections.actions import Wanted
from accessibility.ledger.sections.models import Section
from api.dependencies import Reading, Writing, actor
from api.flash import Flash
from api.forms import Entered, Posted, RowId
from api.pages import page_router
from api.pages.access import Keeper
from api.pages.platforms import ONE as PLATFORM
from api.pages.sections import ONE, address_of
from api.rendering import redirect, render
from core.i18n import gettext as _
from core.i18n import lazy, ngettext
from core.people import queries as people

router = page_router()
ADD = f"{PLATFORM}/add-section"


class SectionForm(BaseModel):
    """What stands in the form; patterns one a line."""

    name: str
    slug: str = ""
    patterns: str
    owner: RowId | None = None
    version: int | None = None

    errors: ClassVar = {
        "name": lazy("Enter a name of at most 120 characters."),
        "patterns": lazy("Enter at least one pattern, such as: /course/12/*"),
    }
    labels: ClassVar = {
        "name": lazy("The name"),
        "slug": lazy("The short name:"),
        "patterns": lazy("The patterns:"),
        "owner": lazy("The owner:"),
    }

    def wanted(self, slug: str) -> Wanted:
        """The section as the ledger takes it."""
        return Wanted(slug, self.name, self.patterns.split(), self.owner)


@router.get(ADD)
def new_section(request: Request, slug: str, _person: Keeper, session: Reading) -> Response:
    """An empty form."""
    return _page(request, session, Entered(), platforms.get(session, slug), None)


@router.post(ADD)
def add_section(request: Request, slug: str, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Add a section and find its pages."""
    platform = platforms.get(session, slug)
    entered = Entered(posted)
    with entered.shown_again(lambda: _page(request, session, entered, platform, None)):
        given = entered.check(SectionForm)
        section = actions.create(session, platform, actor(person), given.wanted(given.slug))
    return redirect(request, address_of(slug, section.slug), _said(session, platform, section))


@router.get(f"{ONE}/edit")
def edit_section(request: Request, slug: str, section: str, _person: Keeper, session: Reading) -> Response:
    """The section as it is."""
    platform = platforms.get(session, slug)
    found = queries.get(session, platform.id, section)
    start = {
        "name": found.name,
        "patterns": "\n".join(found.patterns),
        "owner": str(found.owner_id or ""),
        "version": str(found.version),
    }
    return _page(request, session, Entered(start=start), platform, found)


@router.post(f"{ONE}/edit")
def change_section(
    request: Request, slug: str, section: str, person: Keeper, session: Writing, posted: Posted
) -> Response:
    """Save the section and find its pages anew."""
    platform = platforms.get(session, slug)
    found = queries.get(session, platform.id, section)
    entered = Entered(posted)
    with entered.shown_again(lambda: _page(request, session, entered, platform, found)):
        given = entered.check(SectionForm)
        wanted = given.wanted(found.slug)
        actions.change(session, platform, found, actor(person), wanted, version=given.version or 0)
    return redirect(request, address_of(slug, section), _said(session, platform, found))


def _said(session: Session, platform: Platform, section: Section) -> Flash:
    """How many pages it has now: a pattern that fits nothing shows at once."""
    _pages, total = queries.pages_of(session, platform.id, section.id, limit=1)
    if not total:
        text = _("%(name)s is saved. No page of the last audit belongs to it.", name=section.name)
        return Flash(text, "warn" if queries.last_number(session, platform.id) else "good")
    return Flash(
        ngettext(
            "%(name)s is saved. One page of the last audit belongs to it.",
            "%(name)s is saved. %(n)s pages of the last audit belong to it.",
            total,
            name=section.name,
        )
    )


def _page(request: Request, session: Session, entered: Entered, platform: Platform, found: Section | None) -> Response:
    back = address_of(platform.slug, found.slug) if found else address_of(platform.slug)
    return render(
        request,
        "accessibility/section_form.html",
        title=_("Change %(name)s", name=found.name) if found else _("Add a section"),
        platform=platform,
        found=found,
        above=address_of(platform.slug),
        action=f"{back}/edit" if found else ADD.format(slug=platform.slug),
        back=back,
        entered=entered,
        owners=_owners(session, platform, found),
    )


def _owners(session: Session, platform: Platform, found: Section | None) -> list[tuple[str, str]]:
    """Everybody who may see the platform, and the present owner even if they no longer may."""
    able = people.people_who_read(session, frozenset({platform.slug}))
    if found and found.owner_id and found.owner_id not in {one.id for one in able}:
        able.append(people.person(session, found.owner_id))
    return [("", _("Nobody")), *((str(one.id), one.name) for one in able)]
