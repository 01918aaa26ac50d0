"""A new request by somebody who is signed in: whoever may look at the books may report."""

from typing import ClassVar

from fastapi import Request
from pydantic import BaseModel
from sqlalchemy.orm import Session
from starlette.responses import Response

from api import request_words as words
from api.dependencies import TheDatabase, actor
from api.flash import Flash
from api.forms import Entered, Posted, RowId
from api.pages import page_router
from api.pages.campus.access import Reader
from api.pages.campus.requests import LIST
from api.rendering import redirect, render
from campus.requests import actions, photos, queries
from campus.requests.actions import Wanted
from campus.requests.photos import Photo
from campus.requests.rules import RequestKind
from core.i18n import gettext as _
from core.i18n import lazy, today
from core.settings import Settings

router = page_router()
NEW = f"{LIST}/new"


class NewRequest(BaseModel):
    """What is wrong, and where."""

    room: RowId
    kind: RequestKind
    text: str

    errors: ClassVar = {
        "room": lazy("Choose a room."),
        "kind": lazy("Choose what it is."),
        "text": lazy("Say what is wrong."),
    }
    labels: ClassVar = {"text": lazy("What is wrong:")}


@router.get(NEW)
def new_request(request: Request, _person: Reader, database: TheDatabase, room: str = "") -> Response:
    """An empty form; the address may name the room."""
    with database.read() as session:
        return _page(request, session, Entered(start={"room": room}))


@router.post(NEW)
def add_request(request: Request, person: Reader, database: TheDatabase, posted: Posted) -> Response:
    """Make the request. The photo is unpacked before the transaction, which must be short."""
    entered = Entered(posted)

    def again() -> Response:
        with database.read() as session:
            return _page(request, session, entered)

    with entered.shown_again(again):
        given = entered.check(NewRequest)
        photo = kept_photo(request, entered)
        with database.write() as session:
            wanted = Wanted(room_id=given.room, kind=given.kind, text=given.text, photo=photo)
            made = actions.report(session, wanted, actor(person)).id
    return redirect(request, f"{LIST}/{made}", Flash(_("Request %(n)s is made.", n=made)))


def kept_photo(request: Request, entered: Entered) -> Photo | None:
    """The photo that was sent with a form, written anew and kept; None without one. Raises `InvalidInput`."""
    config: Settings = request.app.state.settings
    content = entered.file("photo")
    return photos.keep(config.evidence_dir, content) if content else None


def room_options(session: Session) -> list[tuple[str, str]]:
    """The rooms there are today, to choose from."""
    found = queries.rooms(session, today())
    return [(str(room.id), f"{pavilion.name} {room.number}") for room, pavilion in found]


def _page(request: Request, session: Session, entered: Entered) -> Response:
    return render(
        request,
        "rooms/request_new.html",
        entered=entered,
        rooms=[("", _("Choose")), *room_options(session)],
        kinds=list(words.KINDS.items()),
        accept=photos.ACCEPT,
    )
