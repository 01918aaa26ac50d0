"""Other guests, rate, party, segment, event, note of a claim, and the names of its guests."""

from fastapi import Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from api.dependencies import Id, Reading, Writing, actor
from api.flash import Flash
from api.forms import Entered, Posted
from api.pages import page_router
from api.pages.campus.access import Keeper
from api.pages.campus.claim_form import DetailsForm, choices
from api.pages.campus.claim_step import started, step_page
from api.pages.campus.claims import LIST, ONE
from api.rendering import redirect
from campus import amounts
from campus.nights import Nights
from campus.occupancy import actions, guests, queries
from campus.occupancy.models import Claim, GuestName
from campus.occupancy.rules import Kind
from core.i18n import gettext as _

router = page_router()


class NewDetails(DetailsForm):
    """Other details, and why."""

    reason: str = ""


@router.get(f"{ONE}/details")
def ask_details(request: Request, number: Id, _person: Keeper, session: Reading) -> Response:
    """The details as they are."""
    claim = queries.claim(session, number)
    names = session.get(GuestName, claim.booking)
    start = {name: str(getattr(claim, f"{name}_id") or "") for name in ("party", "segment", "event")}
    start |= {"guests": str(claim.guests), "rate": amounts.entry(claim.rate_cents), "note": claim.note}
    return _details_page(request, session, claim, started(claim, start, {"names": names.names if names else ""}))


@router.post(f"{ONE}/details")
def change_details(request: Request, number: Id, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Other guests, rate, party, segment, event, names or note."""
    claim, entered = queries.claim(session, number), Entered(posted)
    with entered.shown_again(lambda: _details_page(request, session, claim, entered)):
        given = entered.check(NewDetails)
        details = given.details(session, Kind(claim.kind))
        actions.change_details(session, number, details, actor(person), given.reason, version=entered.version())
        guests.keep_names(session, claim.booking, given.names if claim.kind == Kind.STAY else "", actor(person))
    return redirect(request, f"{LIST}/{number}", Flash(_("The details are changed.")))


def _details_page(request: Request, session: Session, claim: Claim, entered: Entered) -> Response:
    return step_page(
        request,
        session,
        claim,
        entered,
        "rooms/claim_details.html",
        title=_("Change the details"),
        choices=choices(session, Nights(claim.first, claim.until)),
    )
