"""The public form behind the code on a room's door: for guests, without an account, small and without a script.

Whoever has the key may report on that room and learns nothing of it, not even whether somebody stays there.
"""

from typing import Annotated, ClassVar

from fastapi import Query, Request
from pydantic import BaseModel
from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse, Response

from api import request_words as words
from api.dependencies import Reading, TheDatabase
from api.forms import Entered, Posted
from api.pages import page_router
from api.pages.campus.request_new import kept_photo
from api.rendering import render
from campus.places import queries as places
from campus.requests import actions, keys, photos, queries, throttle
from campus.requests.actions import Wanted
from campus.requests.rules import RequestKind
from core.errors import NotFound, TooManyAttempts
from core.i18n import gettext as _
from core.i18n import lazy

router = page_router()
FORM = "/report/{key}"


class Report(BaseModel):
    """What a guest says."""

    kind: RequestKind
    text: str
    contact: str = ""

    errors: ClassVar = {"kind": lazy("Choose what it is."), "text": lazy("Say what is wrong.")}
    labels: ClassVar = {"text": lazy("What is wrong:"), "contact": lazy("How to reach you:")}


@router.get(FORM)
def form(request: Request, key: str, session: Reading) -> Response:
    """An empty form for the room of this key."""
    return _page(request, session, key, Entered())


@router.post(FORM)
def send(request: Request, key: str, database: TheDatabase, posted: Posted) -> Response:
    """Take a report. It is counted before anything costly is done, and the photo is unpacked in no transaction."""
    entered = Entered(posted)
    with database.read() as session:
        room_id = _room(session, key)

    def again() -> Response:
        with database.read() as session:
            return _page(request, session, key, entered)

    try:
        with entered.shown_again(again):
            given = entered.check(Report)
            with database.write() as session:
                throttle.count_report(session, room_id, request.client.host if request.client else "")
            wanted = Wanted(room_id=room_id, kind=given.kind, text=given.text, photo=kept_photo(request, entered))
            with database.write() as session:
                throttle.check_day(session)
                _made, secret = actions.report_as_guest(session, wanted, given.contact)
    except TooManyAttempts as error:
        entered.errors[""] = str(error)
        page = again()
        page.status_code = 429
        page.headers["Retry-After"] = str(error.retry_after)
        return page
    return RedirectResponse(f"{FORM.format(key=key)}/sent?report={secret}", 303)


@router.get(f"{FORM}/sent")
def sent(request: Request, key: str, session: Reading, report: Annotated[str, Query(max_length=200)] = "") -> Response:
    """The number of a report and how far it is, for who has its secret; also after the room's key was renewed."""
    line = queries.of_guest(session, report)
    again = FORM.format(key=key) if keys.room_of(session, key) else ""
    return render(
        request,
        "rooms/report_sent.html",
        found=line.request,
        kind=words.KINDS_FOR_GUESTS[line.request.kind],
        told=words.FOR_GUESTS[line.request.state],
        shown=words.STATES[line.request.state],
        again=again,
    )


def _room(session: Session, key: str) -> int:
    found = keys.room_of(session, key)
    if found is None:
        raise NotFound(_("This code is not known, or no longer valid. Please tell the reception what is wrong."))
    return found


def _page(request: Request, session: Session, key: str, entered: Entered) -> Response:
    room_id = _room(session, key)
    address = FORM.format(key=key)
    return render(
        request,
        "rooms/report.html",
        entered=entered,
        room=places.room_name(session, room_id),
        address=address,
        here=address,
        kinds=list(words.KINDS_FOR_GUESTS.items()),
        accept=photos.ACCEPT,
    )
