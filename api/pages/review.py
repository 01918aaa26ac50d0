"""What only a person can decide: is it a failure or not?"""

from functools import partial
from typing import Any, ClassVar

from fastapi import Request
from pydantic import BaseModel
from sqlalchemy.orm import Session
from starlette.responses import Response

from accessibility.engine import wcag
from accessibility.ledger.platforms import queries as platforms
from accessibility.ledger.tickets import history, queries, review
from accessibility.ledger.tickets.models import Component
from api import accessibility_words as words
from api.dependencies import LARGEST_ID, Reading, Writing
from api.finding_words import said_of
from api.flash import Flash, Undo
from api.forms import Entered, Posted
from api.pages import page_router
from api.pages.access import Keeper, Reader, keeps, must_keep, visible
from api.paging import Paging, WantedPage
from api.rendering import redirect, render
from api.ticket_cards import element
from core import i18n
from core.errors import NotFound
from core.i18n import gettext as _
from core.i18n import lazy
from core.people.models import Person

router = page_router()
LIST = "/accessibility/review"


class Dismissal(BaseModel):
    """Why it is no failure."""

    reason: str

    errors: ClassVar = {"reason": lazy("Say why it is no failure.")}


@router.get(LIST)
def to_review(request: Request, person: Reader, session: Reading, paging: WantedPage) -> Response:
    """What waits for a decision, the most widespread first; of one platform when the address names it."""
    slug = request.query_params.get("platform", "")
    offered = platforms.platforms(session, visible(person))
    platform_id = next((one.id for one in offered if one.slug == slug), 0) if slug else None
    lines, total = queries.review_list(session, visible(person), platform_id, offset=paging.offset, limit=paging.size)
    return render(
        request,
        "accessibility/review.html",
        lines=lines,
        paging=paging.of(total),
        filters=Entered(start={"platform": slug}),
        platforms=[("", _("All")), *((one.slug, one.name) for one in offered)],
        filtered=bool(slug),
        keeps=partial(keeps, person),
        **_shown(),
    )


@router.get(f"{LIST}/{{component_id}}")
def one_question(request: Request, component_id: int, person: Keeper, session: Reading) -> Response:
    """One question with its evidence, to be decided."""
    return _page(request, session, person, component_id, Entered())


@router.post(f"{LIST}/{{component_id}}/confirm")
def confirm(request: Request, component_id: int, person: Keeper, session: Writing) -> Response:
    """It is a failure: it gets a ticket."""
    ticket = review.confirm(session, component_id, history.person(person))
    platform = platforms.by_id(session, ticket.platform_id)
    text = _("Confirmed: it has a ticket now.")
    if ticket.due:
        text = _("Confirmed: it has a ticket now, due on %(day)s.", day=i18n.format_date(ticket.due))
    return redirect(request, f"/accessibility/tickets/{platform.slug}/{ticket.number}", Flash(text))


@router.post(f"{LIST}/{{component_id}}/dismiss")
def dismiss(request: Request, component_id: int, person: Keeper, session: Writing, posted: Posted) -> Response:
    """It is no failure."""
    entered = Entered(posted)
    with entered.shown_again(lambda: _page(request, session, person, component_id, entered)):
        review.dismiss(session, component_id, history.person(person), entered.check(Dismissal).reason)
    undo = Undo(f"{LIST}/{component_id}/reconsider", _("Undo"))
    return redirect(request, LIST, Flash(_("Dismissed. It does not come back here."), undo=undo))


@router.post(f"{LIST}/{{component_id}}/reconsider")
def reconsider(request: Request, component_id: int, person: Keeper, session: Writing) -> Response:
    """Ask the question again."""
    review.reconsider(session, component_id, history.person(person))
    return redirect(request, LIST, Flash(_("It waits for a decision again.")))


def _page(request: Request, session: Session, person: Person, component_id: int, entered: Entered) -> Response:
    component = _component(session, person, component_id)
    paging = Paging(request, 1, 20)
    places, total = queries.component_places(session, component_id, limit=paging.size)
    return render(
        request,
        "accessibility/review_one.html",
        component=component,
        platform=platforms.by_id(session, component.platform_id),
        entered=entered,
        places=places,
        total=total,
        **_shown(),
    )


def _component(session: Session, person: Person, component_id: int) -> Component:
    missing = _("There is no such problem.")
    if component_id > LARGEST_ID:
        raise NotFound(missing)
    component = queries.component(session, component_id)
    must_keep(person, platforms.by_id(session, component.platform_id).slug, missing)
    return component


def _shown() -> dict[str, Any]:
    return {"words": words, "said_of": said_of, "element": element, "criterion": wcag.title}
