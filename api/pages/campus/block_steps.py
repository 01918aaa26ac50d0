"""Steps with a block: a later cut-off, cancelling it, dropping one of its rooms. Those that take away ask first."""

from datetime import date
from typing import Any, ClassVar

from fastapi import Request
from pydantic import BaseModel, Field
from sqlalchemy.orm import Session
from starlette.responses import Response

from api.dependencies import Id, Reading, Writing, actor
from api.flash import Flash
from api.forms import Entered, Posted
from api.pages import page_router
from api.pages.campus.access import Keeper
from api.pages.campus.block_edit import must_be
from api.pages.campus.blocks import LIST, ONE, block_page, room_names
from api.rendering import redirect, render
from campus.blocks import actions as blocks
from campus.blocks import queries as block_queries
from campus.blocks.queries import BlockLine
from campus.blocks.rules import State
from campus.occupancy import actions, queries
from campus.occupancy.models import Claim
from core.errors import Conflict, NotFound
from core.i18n import format_date, lazy, ngettext
from core.i18n import gettext as _

router = page_router()
DROP = f"{ONE}/stays/{{claim}}/drop"


class Reason(BaseModel):
    """Why something is done."""

    reason: str = Field(max_length=500)

    errors: ClassVar = {"reason": lazy("Enter a reason of at most 500 characters.")}


class CutOff(Reason):
    """A later day."""

    cut_off: date

    labels: ClassVar = {"cut_off": lazy("The cut-off")}


@router.post(f"{ONE}/cut-off")
def move_cut_off(request: Request, number: Id, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Hold the rooms until a later day."""
    entered = Entered(posted)
    line = block_queries.line(session, number)
    with entered.shown_again(lambda: block_page(request, session, person, number, entered)):
        given = entered.check(CutOff)
        must_be(line, entered)
        blocks.extend(session, number, given.cut_off, actor(person), given.reason)
    return redirect(request, f"{LIST}/{number}", Flash(_("The cut-off is on %(day)s.", day=format_date(given.cut_off))))


@router.get(f"{ONE}/cancel")
def ask_cancel(request: Request, number: Id, _person: Keeper, session: Reading) -> Response:
    """Ask before a block gives its rooms back."""
    return _cancel_page(request, block_queries.line(session, number), Entered())


@router.post(f"{ONE}/cancel")
def cancel(request: Request, number: Id, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Give back what was not picked up."""
    line = block_queries.line(session, number)
    entered = Entered(posted)
    with entered.shown_again(lambda: _cancel_page(request, line, entered)):
        given = entered.check(Reason)
        must_be(line, entered)
        blocks.cancel(session, number, actor(person), given.reason)
    return redirect(request, f"{LIST}/{number}", Flash(_("%(name)s is cancelled.", name=line.block.name)))


@router.get(DROP)
def ask_drop(request: Request, number: Id, claim: Id, _person: Keeper, session: Reading) -> Response:
    """Ask before a room is nobody's."""
    stay = _stay_of(session, number, claim)
    return _drop_page(request, session, block_queries.line(session, number), stay, Entered())


@router.post(DROP)
def drop(request: Request, number: Id, claim: Id, person: Keeper, session: Writing, posted: Posted) -> Response:
    """End a stay of the block; until the cut-off the block holds its room again."""
    stay = _stay_of(session, number, claim)
    line = block_queries.line(session, number)
    entered = Entered(posted)
    with entered.shown_again(lambda: _drop_page(request, session, line, stay, entered)):
        given = entered.check(Reason)
        if stay.id != entered.version():
            raise Conflict(_("Somebody changed this stay meanwhile: look at it again before you drop it."))
        actions.cancel(session, claim, actor(person), given.reason)
    return redirect(request, f"{LIST}/{number}", Flash(_("The room is dropped.")))


def _stay_of(session: Session, number: int, claim: int) -> Claim:
    stay = queries.claim(session, claim)
    if stay.block != number:
        raise NotFound(_("This stay is not of this block."))
    return stay


def _cancel_page(request: Request, line: BlockLine, entered: Entered) -> Response:
    sums = line.figures
    stays = ngettext(
        "%(n)s room-night that is picked up stays sold; drop its stay if nobody comes.",
        "%(n)s room-nights that are picked up stay sold; drop their stays if nobody comes.",
        sums.picked,
    )
    held = ngettext(
        "%(n)s room-night is given back, and free for anybody.",
        "%(n)s room-nights are given back, and free for anybody.",
        sums.held,
    )
    never = _("A cancelled block cannot be opened again: hold the rooms anew if they are needed after all.")
    return _confirm(
        request,
        line,
        entered,
        title=_("Cancel %(name)s?", name=line.block.name),
        consequences=[held, *([stays] if sums.picked else []), never],
        action=f"{LIST}/{line.block.number}/cancel",
        button=_("Cancel this block"),
        version=line.block.id,
    )


def _drop_page(request: Request, session: Session, line: BlockLine, stay: Claim, entered: Entered) -> Response:
    room = room_names(session)[stay.room_id]
    nights = _(
        "The stay from %(first)s until %(until)s ends.", first=format_date(stay.first), until=format_date(stay.until)
    )
    back = (
        _("The block holds a room of this type again, until its cut-off.")
        if line.state is State.HELD
        else _("The cut-off is past: the room is free for anybody.")
    )
    return _confirm(
        request,
        line,
        entered,
        title=_("Drop room %(room)s?", room=room),
        consequences=[nights, back],
        action=f"{LIST}/{line.block.number}/stays/{stay.number}/drop",
        button=_("Drop this room"),
        version=stay.id,
    )


def _confirm(request: Request, line: BlockLine, entered: Entered, **shown: Any) -> Response:
    back = f"{LIST}/{line.block.number}"
    return render(request, "rooms/block_confirm.html", name=line.block.name, back=back, entered=entered, **shown)
