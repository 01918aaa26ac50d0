"""An import that was carried out or is given up: its report, its files, and its undoing."""

from io import BytesIO

from fastapi import Request
from starlette.responses import Response

from api import actors
from api.dependencies import Id, Reading, Writing, actor
from api.flash import Flash
from api.pages import page_router
from api.pages.campus.access import Keeper
from api.pages.campus.tables import PAGE
from api.pages.campus.tables_import import ONE, PROBLEMS
from api.rendering import redirect, render
from api.table_files import download, language_of, pieces, problems_of, refused_file
from api.table_words import STATES, TABLES
from campus.tables import actions, queries, refused, undo
from campus.tables.rules import State, Table
from core.i18n import gettext as _

router = page_router()


@router.get(ONE)
def report(request: Request, import_id: Id, _person: Keeper, session: Reading) -> Response:
    """What an import did; one that waits goes on with its columns."""
    found = queries.get(session, import_id)
    if found.state == State.UPLOADED:
        return redirect(request, f"{PAGE}/{import_id}/columns")
    kind = Table(found.kind)
    return render(
        request,
        "rooms/tables_report.html",
        found=found,
        title=TABLES[kind],
        state=STATES[State(found.state)],
        who=actors.names(session),
        kept=queries.is_kept(session, import_id),
        problems=[
            (one.row, refused.title_of(kind, one), one.message) for one in problems_of(session, found)[:PROBLEMS]
        ],
        said_in=language_of(session, found),
        why_not=undo.why_not(session, found),
        found_address=ONE.format(import_id=import_id),
    )


@router.get(f"{ONE}/original")
def original(import_id: Id, _person: Keeper, session: Reading) -> Response:
    """The file as it came."""
    found = queries.get(session, import_id)
    content = queries.original(session, import_id)
    ending = "xlsx" if content.startswith(b"PK") else "csv"
    return download(pieces(BytesIO(content)), "application/octet-stream", f"import-{found.id}.{ending}")


@router.get(f"{ONE}/refused")
def refused_rows(import_id: Id, _person: Keeper, session: Reading) -> Response:
    """The refused rows with what is wrong, as a file of the same kind to mend and send again."""
    return refused_file(session, queries.get(session, import_id))


@router.get(f"{ONE}/undo")
def ask_undo(request: Request, import_id: Id, _person: Keeper, session: Reading) -> Response:
    """Ask before an import is undone."""
    found = queries.get(session, import_id)
    return render(
        request,
        "confirm.html",
        title=_("Undo this import?"),
        consequences=[
            undo.why_not(session, found) or _("What it added is taken out of the books; its history is kept.")
        ],
        button=_("Undo the import"),
        action=f"{ONE.format(import_id=import_id)}/undo",
        back=ONE.format(import_id=import_id),
    )


@router.post(f"{ONE}/undo")
def undo_import(request: Request, import_id: Id, person: Keeper, session: Writing) -> Response:
    """Take back what an import added."""
    undo.undo(session, queries.get(session, import_id), actor(person))
    return redirect(request, ONE.format(import_id=import_id), Flash(_("The import was undone.")))


@router.get(f"{ONE}/discard")
def ask_discard(request: Request, import_id: Id, _person: Keeper, session: Reading) -> Response:
    """Ask before a file is deleted that was not imported."""
    found = queries.get(session, import_id)
    return render(
        request,
        "confirm.html",
        title=_("Give up this import?"),
        consequences=[_("The file “%(name)s” is deleted here. The books stay as they are.", name=found.file_name)],
        button=_("Give up"),
        action=f"{ONE.format(import_id=import_id)}/discard",
        back=ONE.format(import_id=import_id),
    )


@router.post(f"{ONE}/discard")
def discard(request: Request, import_id: Id, person: Keeper, session: Writing) -> Response:
    """Give up an import."""
    actions.discard(session, queries.get(session, import_id), actor(person))
    return redirect(request, PAGE, Flash(_("The import was given up. Nothing was changed.")))
