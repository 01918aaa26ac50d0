"""Notes and documents of works."""

from fastapi import Request, Response

from api.dependencies import Id, Reading, TheDatabase, Writing
from api.document_files import file_answer
from api.paging import WantedPart
from api.rest import rest_router
from api.rest.campus import Keeper, Reader
from api.rest.campus.import_schemas import decoded
from api.rest.lists import tell_pages
from api.rest.works.packages import ONE as PACKAGE
from api.rest.works.schemas import DocumentOut, GivenDocument, GivenNote, GivenReason, NoteOut, PackageSlug
from campus.renovation import files, papers, queries
from core.errors import InvalidInput
from core.i18n import gettext as _

router = rest_router("works")
NOTES, DOCUMENTS = f"{PACKAGE}/notes", f"{PACKAGE}/documents"
DOCUMENT = f"{DOCUMENTS}/{{document_id}}"


@router.get(NOTES)
def list_works_notes(
    slug: PackageSlug, _caller: Reader, session: Reading, part: WantedPart, response: Response
) -> list[NoteOut]:
    """What was noted on works, the newest first."""
    found = papers.notes(session, queries.package(session, slug).id)
    tell_pages(response, part, len(found))
    shown = found[part.offset : part.offset + part.size]
    return [NoteOut.model_validate(one, from_attributes=True) for one in shown]


@router.post(NOTES, status_code=201)
def add_works_note(slug: PackageSlug, given: GivenNote, caller: Keeper, session: Writing) -> NoteOut:
    """Note something. Notes stay as they were written."""
    made = papers.note(session, queries.package(session, slug), given.text, caller.actor)
    return NoteOut.model_validate(made, from_attributes=True)


@router.get(DOCUMENTS)
def list_works_documents(
    slug: PackageSlug, _caller: Reader, session: Reading, part: WantedPart, response: Response
) -> list[DocumentOut]:
    """The documents of works by name, those that were removed last."""
    found = papers.documents(session, queries.package(session, slug).id)
    tell_pages(response, part, len(found))
    shown = found[part.offset : part.offset + part.size]
    return [DocumentOut.model_validate(one, from_attributes=True) for one in shown]


@router.post(DOCUMENTS, status_code=201)
def add_works_document(
    request: Request, slug: PackageSlug, given: GivenDocument, caller: Keeper, database: TheDatabase
) -> DocumentOut:
    """Refer to a document under https, or keep a file: PDF, pictures, office files."""
    if bool(given.url) == bool(given.content):
        raise InvalidInput(_("give one of both: url or content"), place="content")
    with database.read() as session:
        queries.package(session, slug)
    folder, content = request.app.state.settings.evidence_dir, decoded(given.content)
    kept = files.keep(folder, given.file_name, content, "content") if content else None
    with database.write() as session:
        package = queries.package(session, slug)
        if kept:
            made = papers.add_file(session, package, given.name, kept, caller.actor)
        else:
            made = papers.add_link(session, package, given.name, given.url, caller.actor)
        return DocumentOut.model_validate(made, from_attributes=True)


@router.get(f"{DOCUMENT}/file", response_class=Response)
def get_works_document(
    request: Request, slug: PackageSlug, document_id: Id, _caller: Reader, session: Reading
) -> Response:
    """The file of a document, as an attachment."""
    found = papers.document(session, queries.package(session, slug), document_id)
    return file_answer(found, request.app.state.settings)


@router.post(f"{DOCUMENT}/remove")
def remove_works_document(
    slug: PackageSlug, document_id: Id, given: GivenReason, caller: Keeper, session: Writing
) -> DocumentOut:
    """Remove a document. Who did so, when and why stays."""
    found = papers.document(session, queries.package(session, slug), document_id)
    papers.remove(session, found, caller.actor, given.reason)
    return DocumentOut.model_validate(found, from_attributes=True)
