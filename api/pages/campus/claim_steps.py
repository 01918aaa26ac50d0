"""The steps of a claim that change where and when: other nights, another room, an exchange of rooms.

Each form carries the version that it was made from, so that nobody overwrites what somebody else did meanwhile.
"""

from datetime import date
from typing import ClassVar

from fastapi import Request
from pydantic import BaseModel
from sqlalchemy.orm import Session
from starlette.responses import Response

from api.dependencies import Id, Reading, Writing, actor
from api.flash import Flash
from api.forms import Entered, Posted, RowId
from api.pages import page_router
from api.pages.campus.access import Keeper
from api.pages.campus.claim_form import LABELS, NightsForm, choices, day_of, free_rooms, typed
from api.pages.campus.claim_step import line_of, started, step_page
from api.pages.campus.claims import LIST, ONE
from api.rendering import redirect
from campus.nights import Nights
from campus.occupancy import actions, queries
from campus.occupancy.claim_list import lines_of
from campus.occupancy.models import Claim
from campus.occupancy.rules import Kind, Status
from core.errors import InvalidInput
from core.i18n import gettext as _
from core.i18n import lazy

router = page_router()


class NewNights(NightsForm):
    """Other nights, and why."""

    reason: str = ""


class NewRoom(BaseModel):
    """Another room, from the first night on or from a later one."""

    room: RowId
    starting: date | None = None
    reason: str = ""
    labels: ClassVar = LABELS
    errors: ClassVar = {"room": lazy("Choose a room.")}


class OtherClaim(BaseModel):
    """The claim to exchange rooms with, by the id of the version that was shown."""

    other: RowId
    reason: str = ""
    labels: ClassVar = LABELS
    errors: ClassVar = {"other": lazy("Choose a claim.")}


@router.get(f"{ONE}/nights")
def ask_nights(request: Request, number: Id, _person: Keeper, session: Reading) -> Response:
    """The nights as they are."""
    claim = queries.claim(session, number)
    return _nights_page(
        request, session, claim, started(claim, typed("first", claim.first), typed("until", claim.until))
    )


@router.post(f"{ONE}/nights")
def change_nights(request: Request, number: Id, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Shorten, lengthen or shift it."""
    claim, entered = queries.claim(session, number), Entered(posted)
    with entered.shown_again(lambda: _nights_page(request, session, claim, entered)):
        given = entered.check(NewNights)
        actions.change_nights(session, number, given.nights(), actor(person), given.reason, version=entered.version())
    return redirect(request, f"{LIST}/{number}", Flash(_("The nights are changed.")))


@router.get(f"{ONE}/move")
def ask_move(request: Request, number: Id, _person: Keeper, session: Reading) -> Response:
    """The rooms that are free over its nights."""
    claim = queries.claim(session, number)
    params = {name: request.query_params.get(name, "") for name in ("pavilion", "type")}
    start = typed("starting", day_of(request.query_params.get("starting", "")) or claim.first)
    return _move_page(request, session, claim, started(claim, start, params))


@router.post(f"{ONE}/move")
def move(request: Request, number: Id, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Move it, or look for rooms again with what was typed."""
    claim, entered = queries.claim(session, number), Entered(posted)
    if entered.value("step") != "move":
        return _move_page(request, session, claim, entered)
    with entered.shown_again(lambda: _move_page(request, session, claim, entered)):
        given = entered.check(NewRoom)
        moved = actions.move(
            session,
            number,
            given.room,
            actor(person),
            given.reason,
            starting=given.starting,
            version=entered.version(),
        )
    line = line_of(session, moved[-1])
    text = _("Moved to %(room)s.", room=f"{line.pavilion.name} {line.room.number}")
    return redirect(request, f"{LIST}/{moved[-1].number}", Flash(text))


@router.get(f"{ONE}/swap")
def ask_swap(request: Request, number: Id, _person: Keeper, session: Reading) -> Response:
    """The claims that share a night with it."""
    claim = queries.claim(session, number)
    return _swap_page(request, session, claim, started(claim))


@router.post(f"{ONE}/swap")
def swap(request: Request, number: Id, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Exchange the rooms."""
    claim, entered = queries.claim(session, number), Entered(posted)
    with entered.shown_again(lambda: _swap_page(request, session, claim, entered)):
        given = entered.check(OtherClaim)
        other = session.get(Claim, given.other)
        if other is None:
            raise InvalidInput(_("is not known"), place="other")
        versions = (entered.version(), other.id)
        actions.swap(session, number, other.number, actor(person), given.reason, versions=versions)
    return redirect(request, f"{LIST}/{number}", Flash(_("The rooms are exchanged.")))


def _nights_page(request: Request, session: Session, claim: Claim, entered: Entered) -> Response:
    return step_page(request, session, claim, entered, "rooms/claim_nights.html", title=_("Change the nights"))


def _move_page(request: Request, session: Session, claim: Claim, entered: Entered) -> Response:
    starting = _starting(entered) or claim.first
    nights = Nights(max(claim.first, starting), claim.until)
    rooms, left_out = free_rooms(session, entered, nights, Kind(claim.kind), claim.block, claim) if nights else ([], [])
    return step_page(
        request,
        session,
        claim,
        entered,
        "rooms/claim_move.html",
        title=_("Move to another room"),
        rooms=rooms,
        left_out=left_out,
        choices=choices(session, nights),
    )


def _swap_page(request: Request, session: Session, claim: Claim, entered: Entered) -> Response:
    """Claims that share a night with it, stays of the same arrival first."""
    nights = Nights(claim.first, claim.until)
    meeting = [
        one
        for one in queries.claims_in(session, nights)
        if one.status == Status.BOOKED and one.kind == claim.kind and one.room_id != claim.room_id
    ]
    lines = sorted(
        lines_of(session, meeting).values(),
        key=lambda one: (one.claim.first != claim.first, one.pavilion.name, queries.natural(one.room.number)),
    )
    return step_page(request, session, claim, entered, "rooms/claim_swap.html", title=_("Swap rooms"), others=lines)


def _starting(entered: Entered) -> date | None:
    """From which night on it moves, if that is a date; the model of the form says what is wrong with others."""
    try:
        return date(*(int(entered.value(f"starting-{part}")) for part in ("year", "month", "day")))
    except (ValueError, OverflowError):
        return None
