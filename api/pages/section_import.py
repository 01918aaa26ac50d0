"""Many sections at once from a CSV file: a file to begin with, what would change, and the change."""

from fastapi import Request
from sqlalchemy.orm import Session
from starlette.datastructures import FormData, UploadFile
from starlette.responses import Response

from accessibility.ledger.platforms import queries as platforms
from accessibility.ledger.platforms.models import Platform
from accessibility.ledger.sections import importing, queries
from accessibility.ledger.sections.csv_file import COLUMNS, decoded, template, written
from accessibility.ledger.sections.importing import Plan
from api.dependencies import Reading, Writing, actor
from api.flash import Flash
from api.forms import Entered, Posted
from api.pages import page_router
from api.pages.access import Keeper
from api.pages.platforms import ONE as PLATFORM
from api.pages.sections import address_of
from api.rendering import redirect, render
from core.errors import InvalidInput
from core.i18n import gettext as _
from core.people import queries as people

router = page_router()
IMPORT = f"{PLATFORM}/import-sections"
FIELD = "file"


@router.get(IMPORT)
def choose_file(request: Request, slug: str, _person: Keeper, session: Reading) -> Response:
    """Where a file is chosen."""
    return _page(request, session, platforms.get(session, slug), Entered())


@router.get(f"{PLATFORM}/sections.csv")
def file_of_sections(slug: str, _person: Keeper, session: Reading) -> Response:
    """The sections there are, to change and import again; without any, a file to begin with."""
    platform = platforms.get(session, slug)
    emails = {one.id: one.email for one in people.people(session)}
    there = queries.sections_of(session, platform.id)
    rows = [(one.slug, one.name, one.patterns, emails[one.owner_id] if one.owner_id else "") for one in there]
    text = written(rows) if rows else template(str(platform.settings["base"][0]))
    headers = {"Content-Disposition": f'attachment; filename="sections-{platform.slug}.csv"'}
    content = text.encode("utf-8-sig")  # with the mark by which spreadsheets know UTF-8
    return Response(content, media_type="text/csv; charset=utf-8", headers=headers)


@router.post(IMPORT)
def import_sections(request: Request, slug: str, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Say what the file would change. When that was seen and is still so, change it."""
    platform = platforms.get(session, slug)
    entered = Entered(posted)
    with entered.shown_again(lambda: _page(request, session, platform, entered)):
        text = _text(posted)
        found = importing.plan(session, platform, text)
    seen = entered.value("seen")
    if seen != found.digest or found.faults:
        return _preview(request, session, platform, found, text, changed_meanwhile=bool(seen))
    importing.carry_out(session, platform, found, actor(person))
    counts = {"new": len(found.new), "changed": len(found.changed)}
    return redirect(request, address_of(slug), Flash(_("Imported: %(new)s added, %(changed)s changed.", **counts)))


def _text(posted: FormData) -> str:
    """The chosen file, or the text of the one that was looked at. Raises `InvalidInput`."""
    file = posted.get(FIELD)
    if isinstance(file, UploadFile):
        content = file.file.read()
        if not content:
            raise InvalidInput(_("Choose a file that is not empty."), place=FIELD)
        try:
            return decoded(content)
        except InvalidInput as error:
            raise InvalidInput(
                _("The file %(problem)s", problem=f"({error.place}) {error.message}"), place=FIELD
            ) from None
    text = posted.get("text", "")
    if not isinstance(text, str) or not text:
        raise InvalidInput(_("Choose a file."), place=FIELD)
    return text


def _page(request: Request, session: Session, platform: Platform, entered: Entered) -> Response:
    return render(
        request,
        "accessibility/section_import.html",
        platform=platform,
        above=address_of(platform.slug),
        action=IMPORT.format(slug=platform.slug),
        file=f"{address_of(platform.slug)}.csv",
        there=bool(queries.sections_of(session, platform.id)),
        entered=entered,
        columns=COLUMNS,
    )


def _preview(
    request: Request, session: Session, platform: Platform, found: Plan, text: str, *, changed_meanwhile: bool
) -> Response:
    return render(
        request,
        "accessibility/section_preview.html",
        status=422 if found.faults else 200,
        platform=platform,
        above=address_of(platform.slug),
        action=IMPORT.format(slug=platform.slug),
        found=found,
        text=text,
        changed_meanwhile=changed_meanwhile,
        names={one.id: one.name for one in people.people(session)},
        words={"name": _("Name"), "patterns": _("Patterns"), "owner_id": _("Owner")},
    )
