"""How a claim ends, cancelled or without its guests, and how that is taken back."""

from typing import ClassVar

from fastapi import Request
from pydantic import BaseModel
from sqlalchemy.orm import Session
from starlette.responses import Response

from api.dependencies import Id, Reading, Writing, actor
from api.flash import Flash, Undo
from api.forms import Entered, Posted
from api.pages import page_router
from api.pages.campus.access import Keeper
from api.pages.campus.claim_form import LABELS
from api.pages.campus.claim_step import started, step_page
from api.pages.campus.claims import LIST, ONE
from api.rendering import redirect
from campus.occupancy import actions, queries
from campus.occupancy.models import Claim
from campus.occupancy.rules import Status
from core.i18n import gettext as _

router = page_router()


class End(BaseModel):
    """Why it ended."""

    reason: str = ""
    labels: ClassVar = LABELS


@router.get(f"{ONE}/cancel")
def ask_cancel(request: Request, number: Id, _person: Keeper, session: Reading) -> Response:
    """What cancelling does."""
    claim = queries.claim(session, number)
    return _end_page(request, session, claim, started(claim), Status.CANCELLED)


@router.post(f"{ONE}/cancel")
def cancel(request: Request, number: Id, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Cancel it; for a while one click takes that back."""
    claim, entered = queries.claim(session, number), Entered(posted)
    with entered.shown_again(lambda: _end_page(request, session, claim, entered, Status.CANCELLED)):
        reason = entered.check(End).reason
        ended = actions.cancel(session, number, actor(person), reason, version=entered.version())
    return redirect(request, f"{LIST}/{number}", _undo(_("Claim %(number)s is cancelled.", number=number), ended))


@router.get(f"{ONE}/no-show")
def ask_no_show(request: Request, number: Id, _person: Keeper, session: Reading) -> Response:
    """What it means that nobody came."""
    claim = queries.claim(session, number)
    return _end_page(request, session, claim, started(claim), Status.NO_SHOW)


@router.post(f"{ONE}/no-show")
def no_show(request: Request, number: Id, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Nobody came: the revenue counts, the room does not."""
    claim, entered = queries.claim(session, number), Entered(posted)
    with entered.shown_again(lambda: _end_page(request, session, claim, entered, Status.NO_SHOW)):
        reason = entered.check(End).reason
        ended = actions.mark_no_show(session, number, actor(person), reason, version=entered.version())
    return redirect(request, f"{LIST}/{number}", _undo(_("Marked as not turned up."), ended))


@router.post(f"{ONE}/reinstate")
def reinstate(request: Request, number: Id, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Book it again, if the room is still free."""
    entered = Entered(posted)
    actions.reinstate(session, number, actor(person), _("Taken back"), version=entered.version())
    return redirect(request, f"{LIST}/{number}", Flash(_("Claim %(number)s is booked again.", number=number)))


def _end_page(request: Request, session: Session, claim: Claim, entered: Entered, to: Status) -> Response:
    no_show = to is Status.NO_SHOW
    return step_page(
        request,
        session,
        claim,
        entered,
        "rooms/claim_end.html",
        title=_("Mark as not turned up") if no_show else _("Cancel the claim"),
        no_show=no_show,
        action=f"{LIST}/{claim.number}/{'no-show' if no_show else 'cancel'}",
    )


def _undo(text: str, ended: Claim) -> Flash:
    return Flash(text, undo=Undo(f"{LIST}/{ended.number}/reinstate", _("Undo"), {"version": str(ended.id)}))
