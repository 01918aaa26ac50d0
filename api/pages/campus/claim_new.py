"""A new claim: its kind, its nights, a room that is free over them, and what the kind needs besides."""

from datetime import timedelta
from typing import ClassVar
from urllib.parse import urlencode

import sqlalchemy as sa
from fastapi import Request
from pydantic import ValidationError
from sqlalchemy.orm import Session
from starlette.responses import Response

from api import claim_words
from api.dependencies import Reading, Writing, actor
from api.flash import Flash, Undo
from api.forms import Entered, Posted, RowId
from api.pages import page_router
from api.pages.campus.access import Keeper
from api.pages.campus.claim_form import LABELS, DetailsForm, NightsForm, choices, day_of, free_rooms, typed
from api.pages.campus.claims import LIST
from api.rendering import redirect, render
from campus.known import known
from campus.nights import Nights
from campus.occupancy import actions, guests
from campus.occupancy.actions import Wanted
from campus.occupancy.models import Block, BlockNight, Claim
from campus.occupancy.queries import current_block
from campus.occupancy.rules import SOLD_OR_USED, Kind, Status
from core.errors import InvalidInput
from core.i18n import gettext as _
from core.i18n import lazy

router = page_router()
NEW = f"{LIST}/new"


class ClaimForm(NightsForm, DetailsForm):
    """The whole form."""

    room: RowId
    block: RowId | None = None
    labels: ClassVar = LABELS
    errors: ClassVar = DetailsForm.errors | {"room": lazy("Choose a room. Other nights or wishes may offer more.")}


@router.get(NEW)
def new_claim(
    request: Request, _person: Keeper, session: Reading, kind: Kind = Kind.STAY, first: str = "", until: str = ""
) -> Response:
    """An empty form; the chart gives room and first night."""
    start: dict[str, str | list[str]] = {name: request.query_params.get(name, "") for name in ("room", "block")}
    arrival, departure = day_of(first), day_of(until)
    if arrival:
        start |= typed("first", arrival) | typed("until", departure or arrival + timedelta(days=1))
    return _page(request, session, Entered(start=start | {"guests": "1"}), kind)


@router.post(NEW)
def make_claim(request: Request, person: Keeper, session: Writing, posted: Posted, kind: Kind = Kind.STAY) -> Response:
    """Claim the room, or look for free ones again with what was typed."""
    entered = Entered(posted)
    if entered.value("step") != "claim":
        return _page(request, session, entered, kind)
    with entered.shown_again(lambda: _page(request, session, entered, kind)):
        given = entered.check(ClaimForm)
        wanted = _wanted(session, given, kind)
        made = actions.claim_room(session, wanted, actor(person))
        guests.keep_names(session, made.booking, given.names if kind is Kind.STAY else "", actor(person))
    return redirect(request, f"{LIST}/{made.number}", _made(made))


def _wanted(session: Session, given: ClaimForm, kind: Kind) -> Wanted:
    """A stay from a block has the block's party, segment and rate, unless others were chosen."""
    block = current_block(session, given.block) if given.block and kind is Kind.STAY else None
    if block:
        given.party, given.segment = given.party or block.party_id, given.segment or block.segment_id
    details = given.details(session, kind)
    rate = block.rate_cents if block and not given.rate else details.rate_cents
    return Wanted(
        kind=kind,
        room_id=given.room,
        nights=given.nights(),
        block=block.number if block else None,
        party_id=details.party_id,
        segment_id=details.segment_id,
        event_id=details.event_id or (block.event_id if block else None),
        guests=details.guests,
        rate_cents=rate,
        note=details.note,
    )


def _made(made: Claim) -> Flash:
    undo = Undo(f"{LIST}/{made.number}/cancel", _("Undo"), {"version": str(made.id), "reason": _("Made by mistake")})
    return Flash(_("Claim %(number)s is made.", number=made.number), undo=undo)


def _page(request: Request, session: Session, entered: Entered, kind: Kind) -> Response:
    nights = _nights(entered)
    block = entered.value("block")
    rooms: list[tuple[str, object]] = []
    left_out: list[str] = []
    if nights:
        rooms, left_out = free_rooms(
            session, entered, nights, kind, int(block) if block.isascii() and block.isdecimal() else None
        )
        chosen = entered.value("room")
        if chosen and chosen not in {value for value, _text in rooms}:
            entered.errors.setdefault("room", _("This room is not free in all these nights, or does not fit."))
    kept = {name: entered.value(name) for name in ("room", "block")} | (
        {"first": nights.first.isoformat(), "until": nights.until.isoformat()} if nights else {}
    )
    kinds = [
        (one, shown, f"{NEW}?{urlencode({'kind': one.value, **kept})}") for one, shown in claim_words.KINDS.items()
    ]
    return render(
        request,
        "rooms/claim_new.html",
        kind=kind,
        kinds=kinds,
        nights=nights,
        entered=entered,
        rooms=rooms,
        left_out=left_out,
        wishes=kind in SOLD_OR_USED,
        wished=bool(entered.value("pavilion") or entered.value("type") or entered.values("features")),
        choices=choices(session, nights) | {"block": _blocks(session, nights)},
        action=f"{NEW}?kind={kind.value.replace(' ', '+')}",
    )


def _nights(entered: Entered) -> Nights | None:
    """The nights in the form; None, with an error beside them, where they cannot be."""
    if not (entered.value("first-day") or entered.value("until-day")):
        return None
    try:
        return entered.check(NightsForm).nights()
    except ValidationError:
        return None
    except InvalidInput as error:
        entered.errors.setdefault(error.place, f"{LABELS[error.place]} {error.message}")
        return None


def _blocks(session: Session, nights: Nights | None) -> list[tuple[str, object]]:
    """Groups that contracted rooms in all or some of these nights."""
    if not nights:
        return []
    meets = sa.select(BlockNight.block_id).where(BlockNight.night >= nights.first, BlockNight.night < nights.until)
    query = sa.select(Block).where(known(Block, None), Block.status == Status.BOOKED.value, Block.id.in_(meets))
    found = session.scalars(query.order_by(Block.name))
    return [(str(one.number), one.name) for one in found]
