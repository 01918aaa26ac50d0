"""Confirming what the plan asks of the rooms: everything that will be done is listed before it is done."""

from typing import ClassVar

from fastapi import Request
from pydantic import BaseModel, Field
from sqlalchemy.orm import Session
from starlette.datastructures import FormData
from starlette.responses import Response

from api.dependencies import Reading, Writing, actor
from api.flash import Flash, Undo
from api.forms import Entered, Posted
from api.pages import page_router
from api.pages.campus.access import Keeper
from api.pages.works.closure import PAGE, address_of, alike, choices_in, conflict_shown, proposal_page, rooms_said
from api.rendering import redirect, render
from campus.closures import actions, reading
from campus.closures.actions import Outdated
from campus.closures.proposal import Proposal
from campus.renovation import queries as works
from campus.renovation.models import WorksPackage
from core.errors import Conflict
from core.i18n import gettext as _
from core.i18n import lazy, ngettext

router = page_router()


class Why(BaseModel):
    """Why it is done."""

    why: str = Field(max_length=500)

    errors: ClassVar = {"why": lazy("Enter why the closures change, in at most 500 characters.")}
    labels: ClassVar = {"why": lazy("The reason")}


@router.get(f"{PAGE}/confirm")
def ask(request: Request, slug: str, person: Keeper, session: Reading) -> Response:
    """What will be done with the choices that were made."""
    package = works.package(session, slug)
    entered = Entered(FormData(list(request.query_params.multi_items())))
    with entered.shown_again(lambda: proposal_page(request, session, person, package, entered)):
        if entered.value("digest"):
            _must_be(_proposal(session, package), entered)
        return _page(request, session, package, entered)


@router.post(f"{PAGE}/confirm")
def confirm(request: Request, slug: str, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Do it all in one step; for a while one click takes it back."""
    package = works.package(session, slug)
    entered = Entered(posted)
    why = ""
    with entered.shown_again(lambda: _page(request, session, package, entered)):
        why = entered.check(Why).why
    with entered.shown_again(lambda: proposal_page(request, session, person, package, entered)):
        proposal = _proposal(session, package)
        _must_be(proposal, entered)
        change = actions.confirm(
            session, package, entered.value("digest"), choices_in(entered, proposal), actor(person), why
        )
    said = _("The closures of %(works)s are those of the plan now.", works=package.name)
    undo = Undo(f"/works/closures/changes/{change.id}/undo", _("Undo"))
    return redirect(request, address_of(package), Flash(said, undo=undo))


def _must_be(proposal: Proposal, entered: Entered) -> None:
    if proposal.digest != entered.value("digest"):
        raise Outdated(
            _("The books or the plan changed since you looked: this is the new proposal. Look at it, then confirm.")
        )


def _page(request: Request, session: Session, package: WorksPackage, entered: Entered) -> Response:
    without_choices = _proposal(session, package)
    chosen = choices_in(entered, without_choices)
    found = reading.look(session, package, choices=chosen)
    if found is None or found[1].changes_nothing:
        raise Conflict(_("With these choices there is nothing to do."))
    books, proposal = found
    conflicts = [conflict_shown(one, books) for one in proposal.conflicts]
    return render(
        request,
        "works/closure_confirm.html",
        package=package,
        address=address_of(package),
        digest=entered.value("digest") or without_choices.digest,
        entered=entered,
        proposal=proposal,
        moves=[one for one in conflicts if one["to"]],
        left=[one for one in conflicts if not one["to"]],
        conflicts=conflicts,
        rooms=[rooms_said(some) for some in alike(proposal)],
        said=_said(proposal),
    )


def _said(proposal: Proposal) -> str:
    moves = sum(one.chosen is not None for one in proposal.conflicts)
    rooms = ngettext(
        "%(n)s room changes its closed nights", "%(n)s rooms change their closed nights", len(proposal.rooms)
    )
    moved = ngettext("%(n)s stay moves to another room", "%(n)s stays move to other rooms", moves)
    return _("%(rooms)s, %(moves)s. All of it is done in one step, or nothing.", rooms=rooms, moves=moved)


def _proposal(session: Session, package: WorksPackage) -> Proposal:
    found = reading.proposal_of(session, package)
    if found is None:
        raise Conflict(_("These works have no closure rule, or one of its milestones was dropped."))
    return found
