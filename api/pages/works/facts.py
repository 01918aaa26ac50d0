"""Facts files: upload with a preview of what would change, loading, and what each file changed."""

import json
from hashlib import sha256

from fastapi import Request
from sqlalchemy.orm import Session
from starlette.datastructures import FormData, UploadFile
from starlette.responses import Response

from api import actors, fund_words
from api.dependencies import Id, Reading, TheDatabase, actor
from api.flash import Flash
from api.forms import Entered, Posted
from api.pages import page_router
from api.pages.campus.access import Keeper, Reader, keeps
from api.pages.works.funds import LIST
from api.paging import WantedPage
from api.rendering import redirect, render
from campus.funds import queries
from campus.funds.loading import Loaded, changes_of, left_out_of
from campus.published import load_facts
from core.database import Database
from core.errors import InvalidInput
from core.i18n import gettext as _
from core.i18n import ngettext

router = page_router()
PAGE = f"{LIST}/facts"
MOST_BYTES = 300_000  # as text in the form that confirms


@router.get(PAGE)
def facts(request: Request, person: Reader, session: Reading, paging: WantedPage) -> Response:
    """The files that were loaded, and a form for another."""
    return _page(request, session, Entered(), paging, keeper=keeps(person))


@router.post(PAGE)
def preview(request: Request, person: Keeper, database: TheDatabase, posted: Posted, paging: WantedPage) -> Response:
    """What the file would change; nothing is changed by looking."""
    entered = Entered(posted)

    def again() -> Response:
        with database.read() as session:
            return _page(request, session, entered, paging, keeper=True)

    with entered.shown_again(again):
        name, text = _chosen(posted)
        loaded = _tried(database, text, name, actor(person))
    return _preview_page(request, name, text, loaded)


@router.post(f"{PAGE}/load")
def load(request: Request, person: Keeper, database: TheDatabase, posted: Posted, paging: WantedPage) -> Response:
    """Load what was seen; where it would change something else by now, that is shown first."""
    entered = Entered(posted)
    name, text = entered.value("name"), entered.value("text")

    def again() -> Response:
        with database.read() as session:
            return _page(request, session, entered, paging, keeper=True)

    with entered.shown_again(again), database.write() as session:
        loaded = _loaded(session, text, name, actor(person))
        as_seen = _digest(loaded) == entered.value("digest")
        if not as_seen:
            session.rollback()
    if not as_seen:
        return _preview_page(request, name, text, loaded, changed=True)
    said = ngettext("The file is loaded: one change.", "The file is loaded: %(n)s changes.", len(loaded.changes))
    return redirect(request, f"{PAGE}/{loaded.load_id}" if loaded.load_id else PAGE, Flash(said))


@router.get(f"{PAGE}/{{load_id}}")
def one_load(request: Request, load_id: Id, _person: Reader, session: Reading) -> Response:
    """What a file changed when it was loaded."""
    found = queries.load(session, load_id)
    names = actors.names(session)
    return render(
        request,
        "works/facts_load.html",
        found=found,
        by=names.get(found.by, found.by),
        changes=changes_of(found),
        left_out=left_out_of(found),
        words=fund_words,
    )


def _chosen(posted: FormData) -> tuple[str, str]:
    """Name and text of the file that was chosen. Raises `InvalidInput`."""
    upload = posted.get("file")
    content = Entered(posted).file("file")
    if not isinstance(upload, UploadFile) or not content:
        raise InvalidInput(_("Choose a facts file."), place="file")
    if len(content) > MOST_BYTES:
        raise InvalidInput(_("The file is too large: a facts file has at most 300 kB."), place="file")
    try:
        return upload.filename or "", content.decode("utf-8")
    except UnicodeDecodeError:
        raise InvalidInput(_("The file is not text in UTF-8."), place="file") from None


def _tried(database: Database, text: str, name: str, who: str) -> Loaded:
    """What loading does, without doing it."""
    with database.write() as session:
        loaded = _loaded(session, text, name, who)
        session.rollback()
    return loaded


def _loaded(session: Session, text: str, name: str, who: str) -> Loaded:
    """Load the file. A wrong one is an error of the field, with the place in the file."""
    try:
        return load_facts(session, text.encode(), name, who)
    except InvalidInput as error:
        raise InvalidInput(_("The file cannot be loaded: %(error)s.", error=error), place="file") from None


def _digest(loaded: Loaded) -> str:
    lines = [[one.what, one.before, one.after, one.unit] for one in loaded.changes]
    return sha256(json.dumps(lines).encode()).hexdigest()


def _preview_page(request: Request, name: str, text: str, loaded: Loaded, *, changed: bool = False) -> Response:
    return render(
        request,
        "works/facts_preview.html",
        name=name,
        text=text,
        digest=_digest(loaded),
        same=loaded.load_id is None,
        changes=loaded.changes,
        left_out=loaded.left_out,
        changed=changed,
        words=fund_words,
    )


def _page(request: Request, session: Session, entered: Entered, paging: WantedPage, *, keeper: bool) -> Response:
    loads, names = queries.loads(session), actors.names(session)
    return render(
        request,
        "works/facts.html",
        entered=entered,
        keeper=keeper,
        total=len(loads),
        paging=paging.of(len(loads)),
        lines=[
            (one, names.get(one.by, one.by), changes_of(one))
            for one in loads[paging.offset : paging.offset + paging.size]
        ],
    )
