"""Files brought into the books by machines, and tables taken out."""

from typing import Annotated, Literal

from fastapi import Query, Response
from starlette.responses import Response as AnyResponse

from api import rest
from api.dependencies import LARGEST_ID, Id, Reading, TheDatabase, Writing
from api.paging import WantedPart
from api.rest import rest_router
from api.rest.campus import Keeper, Reader
from api.rest.campus.import_schemas import (
    Confirmation,
    GivenImport,
    ImportOut,
    PreviewOut,
    choices_of,
    decoded,
    first_refusal,
    import_out,
    preview_out,
)
from api.rest.lists import tell_pages
from api.rest.preconditions import ExpectedVersion, etag, must_be
from api.table_files import DESCRIBED, file_of, read, refused_file, waiting, wanted_rows
from campus.tables import actions, mapping, queries, undo
from campus.tables.plans import plan_of
from campus.tables.rules import State, Table
from campus.tables.sheets import read_sheet
from core.errors import Conflict, NotAllowed
from core.i18n import gettext as _
from core.people.rules import CAMPUS_WRITE

router = rest_router("imports")
Day = Annotated[str, Query(pattern=r"^(\d{4}-\d{2}-\d{2})?$", description="Such as 2026-01-31; default: this year.")]


@router.get("/imports")
def list_imports(_caller: Reader, session: Reading, part: WantedPart, response: Response) -> list[ImportOut]:
    """Every import, the newest first."""
    tell_pages(response, part, queries.how_many(session))
    return [import_out(one) for one in queries.imports(session, offset=part.offset, limit=part.size)]


@router.post("/imports", status_code=201)
def create_import(given: GivenImport, caller: Keeper, database: TheDatabase, response: Response) -> PreviewOut:
    """Bring a file. What it would do is answered; with `dry_run` false it is done at once, or nothing is kept."""
    content = decoded(given.content)
    name, first = actions.read_upload(given.file_name, content)
    sheet = read_sheet(content, name, given.sheet) if given.sheet else first
    with database.read() as session:
        choices = choices_of(given, sheet, actions.start(session, given.kind, sheet, given.block))
        plan = plan_of(session, given.kind, sheet, choices)
    if not given.dry_run and plan.counts["refused"] and not given.only_fine:
        raise Conflict(_("Nothing was imported. %(first)s", first=first_refusal(given.kind, plan)))
    rows = mapping.given_rows(given.kind, sheet, choices)
    with database.write() as session:  # only now: others write while a large file is read
        found = actions.upload(session, given.kind, (name, sheet), content, given.block, caller.actor)
        actions.choose(session, found, sheet.headings, choices)
        if not given.dry_run:
            fine = given.only_fine
            actions.carry_out(session, found, rows, digest=plan.digest, only_fine=fine, actor=caller.actor)
        session.flush()
        response.headers["Location"] = f"{rest.PREFIX}/imports/{found.id}"
        response.headers["ETag"] = etag(found.version)
        return preview_out(found, sheet, choices, plan)


@router.get("/imports/{import_id}")
def get_import(import_id: Id, _caller: Keeper, session: Reading, response: Response) -> PreviewOut:
    """One import; while it waits, with what it would do now."""
    found = queries.get(session, import_id)
    response.headers["ETag"] = etag(found.version)
    choices = actions.choices_of(found)
    if found.state != State.UPLOADED:
        return preview_out(found, None, choices, None)
    sheet = read(session, found, choices.sheet)
    return preview_out(found, sheet, choices, plan_of(session, Table(found.kind), sheet, choices))


@router.post("/imports/{import_id}/confirm")
def confirm_import(
    import_id: Id,
    given: Confirmation,
    caller: Keeper,
    database: TheDatabase,
    version: ExpectedVersion,
    response: Response,
) -> ImportOut:
    """Do what was seen. 409 when rows are refused, or when the books changed so that a row would do something else."""
    with database.read() as session:
        found = waiting(session, import_id)
        choices = actions.choices_of(found)
        sheet = read(session, found, choices.sheet)
    rows = mapping.given_rows(Table(found.kind), sheet, choices)
    with database.write() as session:
        found = queries.get(session, import_id)
        must_be(found.version, version)
        actions.carry_out(session, found, rows, digest=given.digest, only_fine=given.only_fine, actor=caller.actor)
        session.flush()
        response.headers["ETag"] = etag(found.version)
        return import_out(found)


@router.post("/imports/{import_id}/undo")
def undo_import(import_id: Id, caller: Keeper, session: Writing, version: ExpectedVersion) -> ImportOut:
    """Take back what an import added, where nobody changed it since; else 409 says why not."""
    found = queries.get(session, import_id)
    must_be(found.version, version)
    undo.undo(session, found, caller.actor)
    session.flush()
    return import_out(found)


@router.get("/imports/{import_id}/refused", response_class=AnyResponse, responses=DESCRIBED)
def get_refused_rows(import_id: Id, _caller: Keeper, session: Reading) -> AnyResponse:
    """The refused rows with what is wrong, as a file of the same kind to mend and send again."""
    return refused_file(session, queries.get(session, import_id))


@router.get("/exports/{kind}.{ending}", response_class=AnyResponse, responses=DESCRIBED)
def get_export(
    kind: Table,
    ending: Literal["csv", "xlsx"],
    caller: Reader,
    session: Reading,
    database: TheDatabase,
    since: Annotated[Day, Query(alias="from")] = "",
    until: Day = "",
    pavilion: Annotated[int | None, Query(ge=1, le=LARGEST_ID, description="A pavilion's number.")] = None,
    block: Annotated[int | None, Query(ge=1, le=LARGEST_ID, description="Of a rooming list.")] = None,
    names: Annotated[bool, Query(description="With the names of guests: for those who keep the books.")] = False,
    bom: Annotated[bool, Query(description="CSV with the mark by which spreadsheets know UTF-8.")] = True,
) -> AnyResponse:
    """The rows of a period, as `POST /imports` takes them."""
    if names and not caller.access.may(CAMPUS_WRITE):
        raise NotAllowed(_("Only those who keep the books may read the names of guests."))
    asked = {"from": since, "until": until, "pavilion": str(pavilion or ""), "block": str(block or "")}
    return file_of(database, session, wanted_rows(session, kind, asked, with_names=names), ending, bom=bom)
