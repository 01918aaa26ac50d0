"""The codes on the doors: a sheet to print for each pavilion, and keys to renew."""

from dataclasses import dataclass

from fastapi import Request
from markupsafe import Markup
from sqlalchemy.orm import Session
from starlette.responses import Response

from api.dependencies import Id, Reading, Writing, actor
from api.flash import Flash
from api.pages import page_router
from api.pages.campus.access import Keeper
from api.pages.campus.report import FORM
from api.pages.campus.requests import LIST
from api.printed_codes import qr_code
from api.rendering import redirect, render
from campus.places import queries as places
from campus.places.models import Pavilion
from campus.printed_keys import spelt
from campus.requests import keys, queries
from core import i18n
from core.i18n import gettext as _
from core.i18n import ngettext, today
from core.settings import Settings

router = page_router()
CODES = f"{LIST}/codes"
SHEET = f"{CODES}/{{slug}}"


@dataclass(frozen=True, slots=True)
class Code:
    """What stands on one door: the address to type, in two parts, and the same as a QR code."""

    room_id: int
    room: str
    form: str
    key: str
    svg: Markup


@router.get(CODES)
def pavilions(request: Request, _person: Keeper, session: Reading) -> Response:
    """Every pavilion with rooms: how many have a code."""
    lines = [(one, *_counts(session, one)) for one in queries.pavilions(session)]
    return render(request, "rooms/room_codes.html", lines=[line for line in lines if line[1]])


@router.get(SHEET)
def sheet(request: Request, slug: str, _person: Keeper, session: Reading) -> Response:
    """The codes of a pavilion, to print and put up."""
    pavilion = places.pavilion(session, slug)
    rooms = queries.rooms(session, today(), pavilion.id)
    there = queries.room_keys(session, [room.id for room, _pavilion in rooms])
    return render(
        request,
        "rooms/room_code_sheet.html",
        pavilion=pavilion,
        codes=[_code(request, room.id, room.number, there[room.id]) for room, _one in rooms if room.id in there],
        missing=len(rooms) - len(there),
        invitations=_invitations(),
    )


@router.post(f"{SHEET}/make")
def make_codes(request: Request, slug: str, person: Keeper, session: Writing) -> Response:
    """Give a code to every room of the pavilion that has none."""
    pavilion = places.pavilion(session, slug)
    rooms = queries.rooms(session, today(), pavilion.id)
    made = keys.make_missing(session, [room.id for room, _pavilion in rooms], actor(person))
    text = ngettext("%(n)s code is made.", "%(n)s codes are made.", made)
    return redirect(request, SHEET.format(slug=slug), Flash(text))


@router.get(f"{CODES}/{{room_id}}/renew")
def ask_renew(request: Request, room_id: Id, _person: Keeper, session: Reading) -> Response:
    """Ask before a code is renewed."""
    slug, _number = queries.place_of(session, room_id)
    return render(
        request,
        "confirm.html",
        title=_("Renew the code of %(room)s?", room=places.room_name(session, room_id)),
        consequences=[
            _("The code on its door no longer works: print the new one and put it up."),
            _("Reports that were sent stay, and their senders can still see how far they are."),
        ],
        button=_("Renew the code"),
        action=f"{CODES}/{room_id}/renew",
        back=SHEET.format(slug=slug),
    )


@router.post(f"{CODES}/{{room_id}}/renew")
def renew(request: Request, room_id: Id, person: Keeper, session: Writing) -> Response:
    """Make the room's key anew."""
    slug, _number = queries.place_of(session, room_id)
    keys.renew(session, room_id, actor(person))
    text = _("The code of %(room)s is renewed. Print it anew.", room=places.room_name(session, room_id))
    return redirect(request, SHEET.format(slug=slug), Flash(text))


def _counts(session: Session, pavilion: Pavilion) -> tuple[int, int]:
    """Rooms of the pavilion, and those of them with a code."""
    rooms = [room.id for room, _pavilion in queries.rooms(session, today(), pavilion.id)]
    return len(rooms), len(queries.room_keys(session, rooms))


def _code(request: Request, room_id: int, number: str, key: str) -> Code:
    config: Settings = request.app.state.settings
    form = config.address + FORM.format(key="")
    address = form + spelt(key)
    return Code(room_id, number, form.partition("://")[2], spelt(key), qr_code(address))


def _invitations() -> list[tuple[str, str]]:
    """The sentence above each code, in every language."""
    said = []
    for language in i18n.LANGUAGES:
        with i18n.using(language):
            said.append((language, _("Something wrong in this room? Tell us:")))
    return said
