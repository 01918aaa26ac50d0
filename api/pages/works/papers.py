"""Notes and documents of works: written, brought, given back as attachments, removed with a reason."""

from typing import ClassVar

from fastapi import Request
from pydantic import BaseModel
from starlette.datastructures import UploadFile
from starlette.responses import Response

from api.dependencies import Id, Reading, TheDatabase, Writing, actor
from api.document_files import file_answer
from api.flash import Flash
from api.forms import Entered, Posted
from api.pages import page_router
from api.pages.campus.access import Keeper, Reader
from api.pages.campus.places_form import Field, Form, form_page
from api.pages.works.package_one import ONE, address_of, crumbs, package_page
from api.rendering import redirect
from campus.renovation import files, papers, queries
from campus.renovation.models import PackageDocument, WorksPackage
from core.errors import InvalidInput
from core.i18n import gettext as _
from core.i18n import lazy

router = page_router()
DOCUMENT = f"{ONE}/documents/{{document_id}}"


class NoteForm(BaseModel):
    """What is noted."""

    text: str

    errors: ClassVar = {"text": lazy("Write something.")}
    labels: ClassVar = {"text": lazy("The note")}


class DocumentForm(BaseModel):
    """A document: an address, or a file that comes beside these fields."""

    name: str = ""
    url: str = ""

    labels: ClassVar = {"name": lazy("The name"), "url": lazy("The address")}


class RemovalForm(BaseModel):
    """Why a document is removed."""

    why: str = ""

    labels: ClassVar = {"why": lazy("The reason")}


@router.post(f"{ONE}/notes")
def add_note(request: Request, slug: str, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Note something."""
    package, entered = queries.package(session, slug), Entered(posted)
    with entered.shown_again(lambda: package_page(request, session, person, package, entered=entered)):
        papers.note(session, package, entered.check(NoteForm).text, actor(person))
    return redirect(request, f"{address_of(package)}#notes", Flash(_("Your note is there.")))


@router.post(f"{ONE}/documents")
def add_document(request: Request, slug: str, person: Keeper, database: TheDatabase, posted: Posted) -> Response:
    """Refer to a document or keep a file. The file is kept before the transaction, which must be short."""
    entered, config = Entered(posted), request.app.state.settings

    def again() -> Response:
        with database.read() as session:
            return package_page(request, session, person, queries.package(session, slug), entered=entered)

    with database.read() as session:
        queries.package(session, slug)
    with entered.shown_again(again):
        given, upload, content = entered.check(DocumentForm), posted.get("file"), entered.file("file")
        if bool(given.url) == bool(content):
            raise InvalidInput(_("Choose a file or enter an address, one of both."), place="file")
        file_name = upload.filename or "" if isinstance(upload, UploadFile) else ""
        kept = files.keep(config.evidence_dir, file_name, content) if content else None
        with database.write() as session:
            package = queries.package(session, slug)
            if kept:
                made = papers.add_file(session, package, given.name, kept, actor(person))
            else:
                made = papers.add_link(session, package, given.name, given.url, actor(person))
            address, text = address_of(package), _("“%(name)s” is there.", name=made.name)
    return redirect(request, f"{address}#documents", Flash(text))


@router.get(f"{DOCUMENT}/file")
def document_file(request: Request, slug: str, document_id: Id, _person: Reader, session: Reading) -> Response:
    """The file, to be saved and never shown."""
    found = papers.document(session, queries.package(session, slug), document_id)
    return file_answer(found, request.app.state.settings)


@router.get(f"{DOCUMENT}/remove")
def ask_remove(request: Request, slug: str, document_id: Id, _person: Keeper, session: Reading) -> Response:
    """Ask why, before it goes."""
    package = queries.package(session, slug)
    return _removal_page(request, Entered(), package, papers.document(session, package, document_id))


@router.post(f"{DOCUMENT}/remove")
def remove_document(
    request: Request, slug: str, document_id: Id, person: Keeper, session: Writing, posted: Posted
) -> Response:
    """Remove it; who did so, when and why stays."""
    package, entered = queries.package(session, slug), Entered(posted)
    found = papers.document(session, package, document_id)
    with entered.shown_again(lambda: _removal_page(request, entered, package, found)):
        papers.remove(session, found, actor(person), entered.check(RemovalForm).why)
    text = _("“%(name)s” is removed.", name=found.name)
    return redirect(request, f"{address_of(package)}#documents", Flash(text))


def _removal_page(request: Request, entered: Entered, package: WorksPackage, found: PackageDocument) -> Response:
    address = address_of(package)
    form = Form(
        title=_("Remove “%(name)s”?", name=found.name),
        lead=_("Its file is deleted with the next sweep of the night. That it was here, and why it went, stays known."),
        above=crumbs(package),
        action=f"{address}/documents/{found.id}/remove",
        back=address,
        button=_("Remove it"),
        danger=True,
    )
    return form_page(request, form, [Field("field", "why", _("Reason"), most=500)], entered)
