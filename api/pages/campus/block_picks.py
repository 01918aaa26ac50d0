"""Pick rooms from a block: those that fit, several at once, with or without the names of their guests."""

from collections.abc import Mapping
from datetime import date

from fastapi import Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from api.dependencies import LARGEST_ID, Id, Reading, Writing, actor
from api.flash import Flash
from api.forms import DATE_PARTS, Entered, Posted
from api.pages import page_router
from api.pages.campus.access import Keeper
from api.pages.campus.blocks import LIST, ONE, room_names, type_names
from api.rendering import redirect, render
from campus.blocks import picking
from campus.blocks import queries as block_queries
from campus.blocks.picking import Pick
from campus.blocks.queries import BlockLine
from campus.nights import Nights
from campus.occupancy.rules import MOST_GUESTS, MOST_TEXT
from core.errors import InvalidInput
from core.i18n import gettext as _
from core.i18n import ngettext, today

router = page_router()
PICK = f"{ONE}/pick"
MOST_SHOWN = 60  # rooms that fit


@router.get(PICK)
def rooms_to_pick(request: Request, number: Id, _person: Keeper, session: Reading) -> Response:
    """The rooms that are empty for the nights that are asked for; at first those of the block."""
    line = block_queries.line(session, number)
    params = request.query_params
    entered = Entered(start=_days(_usual(line)) | dict(params))
    nights = _usual(line)
    if any(f"first-{part}" in params for part in DATE_PARTS):
        try:
            nights = _typed(entered)
        except InvalidInput as error:
            entered.errors["until"] = error.message
    return _page(request, session, line, nights, entered)


@router.post(PICK)
def pick(request: Request, number: Id, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Pick the rooms that were ticked: all of them, or none."""
    line = block_queries.line(session, number)
    entered = Entered(posted)
    nights = _usual(line)
    with entered.shown_again(lambda: _page(request, session, line, nights, entered)):
        nights = _typed(entered)
        claims = picking.pick(session, number, _picks(entered, nights, room_names(session)), actor(person))
    said = ngettext("One room is picked.", "%(n)s rooms are picked.", len(claims))
    return redirect(request, f"{LIST}/{number}", Flash(said))


def _usual(line: BlockLine) -> Nights:
    """The block's nights that are still to come; of a block that is over all of them."""
    first = max(line.nights.first, today())
    return Nights(first, line.nights.until) if first < line.nights.until else line.nights


def _days(nights: Nights) -> dict[str, str]:
    days = {"first": nights.first, "until": nights.until}
    return {f"{name}-{part}": str(getattr(day, part)) for name, day in days.items() for part in DATE_PARTS}


def _typed(entered: Entered) -> Nights:
    try:
        first, until = (
            date(*(int(entered.value(f"{name}-{part}")) for part in reversed(DATE_PARTS)))
            for name in ("first", "until")
        )
    except (ValueError, OverflowError):
        raise InvalidInput(_("Enter a real arrival and departure, such as 27 3 2027."), place="until") from None
    return Nights.checked(first, until)


def _picks(entered: Entered, nights: Nights, rooms: Mapping[int, str]) -> list[Pick]:
    found = []
    for entry in dict.fromkeys(entered.values("room")):
        room = int(entry) if entry.isascii() and entry.isdecimal() and len(entry) < 11 else 0
        if room not in rooms or room > LARGEST_ID:
            raise InvalidInput(_("There is no such room."), place="rooms")
        guests = entered.value(f"guests-{room}").strip() or "1"
        if not (guests.isascii() and guests.isdecimal() and 1 <= int(guests[:9]) <= MOST_GUESTS):
            message = _("%(room)s: enter 1 to %(most)s guests.", room=rooms[room], most=MOST_GUESTS)
            raise InvalidInput(message, place=f"guests-{room}")
        names = entered.value(f"names-{room}").strip()
        if len(names) > MOST_TEXT:
            message = _("%(room)s: at most %(most)s characters of names.", room=rooms[room], most=MOST_TEXT)
            raise InvalidInput(message, place=f"names-{room}")
        found.append(Pick(room_id=room, nights=nights, guests=int(guests), names=names))
    if not found:
        raise InvalidInput(_("Choose at least one room."), place="rooms")
    return found


def _page(request: Request, session: Session, line: BlockLine, nights: Nights, entered: Entered) -> Response:
    types = type_names(session)
    own = {type_id for type_id, _night in line.contracted}
    held = _held(line, nights)
    rooms = sorted(picking.rooms_that_fit(session, own, nights), key=lambda room: not held[room.type_id])
    return render(
        request,
        "rooms/block_pick.html",
        block=line.block,
        address=f"{LIST}/{line.block.number}",
        nights=nights,
        rooms=rooms[:MOST_SHOWN],
        more=max(0, len(rooms) - MOST_SHOWN),
        types=types,
        held=held,
        said=_said(held, types),
        entered=entered,
        most_names=MOST_TEXT,
    )


def _held(line: BlockLine, nights: Nights) -> dict[int, int]:
    """How many rooms of each of its types the block still holds through all the nights."""
    own = sorted({type_id for type_id, _night in line.contracted})
    return {one: min(line.held((one, night)) for night in nights) for one in own}


def _said(held: Mapping[int, int], types: Mapping[int, str]) -> list[str]:
    return [
        ngettext("%(type)s: %(n)s room is still held.", "%(type)s: %(n)s rooms are still held.", rest, type=types[one])
        for one, rest in held.items()
    ]
