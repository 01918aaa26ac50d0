"""Sections of a platform: how each fares, one at a glance with its trend, and taken away with a question before."""

from fastapi import Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from accessibility.ledger.platforms import queries as platforms
from accessibility.ledger.platforms import recipes
from accessibility.ledger.platforms.models import Platform
from accessibility.ledger.sections import actions, queries
from accessibility.ledger.sections.actions import OTHERS
from accessibility.ledger.sections.models import Section
from api import charts
from api.dependencies import Reading, Writing, actor
from api.flash import Flash
from api.forms import Entered, Posted
from api.pages import page_router
from api.pages.access import Keeper, Reader, keeps
from api.pages.platforms import ONE as PLATFORM
from api.pages.score_series import KINDS, chart, shown_series
from api.pages.scores import PERIODS, Nights
from api.paging import WantedPage
from api.rendering import redirect, render
from core.errors import NotFound
from core.i18n import gettext as _
from core.i18n import today

router = page_router()
LIST = f"{PLATFORM}/sections"
ONE = f"{LIST}/{{section}}"
NIGHTS_SHOWN = 30


@router.get(LIST)
def sections(request: Request, slug: str, person: Reader, session: Reading, paging: WantedPage) -> Response:
    """Every section with its last night, everything else last."""
    platform = platforms.get(session, slug)
    lines = queries.overview(session, platform.id, today())
    late = sum(1 for line in lines if line.section and line.tickets.overdue)
    return render(
        request,
        "accessibility/sections.html",
        platform=platform,
        address=address_of(slug),
        lines=lines[paging.offset : paging.offset + paging.size],
        paging=paging.of(len(lines)),
        there=len(lines) > 1,
        late=late,
        number=queries.last_number(session, platform.id),
        others=OTHERS,
        keeps=keeps(person, slug),
    )


@router.get(ONE)
def one_section(
    request: Request, slug: str, section: str, person: Reader, session: Reading, paging: WantedPage
) -> Response:
    """One section: its tickets, its score over time, its pages."""
    platform = platforms.get(session, slug)
    found = find(session, platform, section)
    section_id = found.id if found else None
    pages, total = queries.pages_of(session, platform.id, section_id, offset=paging.offset, limit=paging.size)
    points = queries.series(session, platform.id, section_id, NIGHTS_SHOWN)
    return render(
        request,
        "accessibility/section.html",
        platform=platform,
        found=found,
        title=found.name if found else _("Everything else"),
        address=address_of(slug, section),
        above=address_of(slug),
        line=queries.line_of(session, platform.id, found, today()),
        number=queries.last_number(session, platform.id),
        pages_here=pages,
        paging=paging.of(total),
        series=shown_series(points),
        kinds=KINDS,
        keeps=keeps(person, slug),
        slug=section,
    )


@router.get(f"{ONE}/{{kind}}.svg")
def picture(
    slug: str,
    section: str,
    kind: str,
    _person: Reader,
    session: Reading,
    nights: Nights = PERIODS[0],
    narrow: bool = False,
) -> Response:
    """One chart, only ever shown as a picture."""
    if kind not in KINDS:
        raise NotFound(_("There is no such chart."))
    platform = platforms.get(session, slug)
    found = find(session, platform, section)
    points = queries.series(session, platform.id, found.id if found else None, nights)
    floor = recipes.settings_without_secrets(platform).coverage_floor
    return Response(charts.svg(chart(points, kind, floor), narrow=narrow), media_type="image/svg+xml")


@router.get(f"{ONE}/delete")
def ask_delete(request: Request, slug: str, section: str, _person: Keeper, session: Reading) -> Response:
    """Ask before a section and its history go."""
    found = queries.get(session, platforms.get(session, slug).id, section)
    return render(
        request,
        "confirm.html",
        title=_("Delete the section %(name)s?", name=found.name),
        consequences=[
            _("Its scores of past nights are deleted with it and cannot be brought back."),
            _("Its pages are audited as before, and no ticket changes."),
        ],
        button=_("Delete the section"),
        action=f"{address_of(slug, section)}/delete",
        back=address_of(slug, section),
        fields={"version": found.version},
    )


@router.post(f"{ONE}/delete")
def delete(request: Request, slug: str, section: str, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Take a section away that is still as it was when the question was asked."""
    found = queries.get(session, platforms.get(session, slug).id, section)
    actions.delete(session, found, actor(person), version=Entered(posted).version())
    return redirect(request, address_of(slug), Flash(_("The section %(name)s is deleted.", name=found.name)))


def find(session: Session, platform: Platform, slug: str) -> Section | None:
    """The section of this slug, None for everything else; raises `NotFound`."""
    return None if slug == OTHERS else queries.get(session, platform.id, slug)


def address_of(slug: str, section: str = "") -> str:
    """Where the sections of a platform are, or one of them."""
    return LIST.format(slug=slug) + (f"/{section}" if section else "")
