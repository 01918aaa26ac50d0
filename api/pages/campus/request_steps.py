"""The steps that keepers take on one request; each names the version that was seen, and answers on its page."""

from collections.abc import Callable
from datetime import date
from typing import Any, ClassVar

from fastapi import Request
from pydantic import BaseModel
from sqlalchemy.orm import Session
from starlette.responses import Response

from api.dependencies import LARGEST_ID, Id, Reading, Writing, actor
from api.flash import Flash
from api.forms import Entered, Posted, RowId
from api.pages import page_router
from api.pages.campus.access import Keeper, Reader
from api.pages.campus.request_one import ONE, address_of, request_page
from api.rendering import redirect, render
from campus.nights import Nights
from campus.occupancy.rules import Kind
from campus.requests import actions, out_of_order, queries
from campus.requests.models import ServiceRequest
from campus.requests.rules import Priority, State
from core.errors import InvalidInput
from core.i18n import format_date, lazy
from core.i18n import gettext as _
from core.people.models import Person

router = page_router()


class Step(BaseModel):
    """A state to move to, with a note."""

    to: State
    reason: str = ""


class Refusal(BaseModel):
    """Why it is not done, or the number of the request that says the same."""

    to: State
    why: str = ""
    duplicate_of: int | None = None

    errors: ClassVar = {"duplicate_of": lazy("Enter the number of the request that says the same.")}


class Assignment(BaseModel):
    """Who works on it; nobody when empty."""

    assignee: RowId | None = None

    labels: ClassVar = {"assignee": lazy("Assigned to:")}


class Schedule(BaseModel):
    """By when, and how pressing."""

    due: date | None = None
    priority: Priority


class Comment(BaseModel):
    """What somebody says."""

    text: str

    errors: ClassVar = {"text": lazy("Write something.")}
    labels: ClassVar = {"text": lazy("The comment:")}


class RoomNights(BaseModel):
    """From which night until which day the room is out."""

    room_kind: Kind = Kind.OUT_OF_ORDER
    first: date
    until: date

    errors: ClassVar = {
        "first": lazy("Enter the first night, such as 27 3 2027."),
        "until": lazy("Enter the day from which it is free again, such as 29 3 2027."),
    }
    labels: ClassVar = {"first": lazy("The first night:"), "until": lazy("Free again:")}


@router.post(f"{ONE}/step")
def take_step(request: Request, number: Id, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Accept, start, finish or reopen. Where it ends, the room is given back with it."""

    def change(found: ServiceRequest, given: Step) -> str:
        before = out_of_order.claim_of(session, found)
        actions.step(session, found, given.to, actor(person), reason=given.reason)
        freed = before and not out_of_order.claim_of(session, found)
        return _("Saved. The room is free again from tonight on.") if freed else _("Saved.")

    return _changed(request, session, person, number, Entered(posted), Step, change)


@router.post(f"{ONE}/refuse")
def refuse(request: Request, number: Id, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Refuse it with a reason, or say which other request says the same."""

    def change(found: ServiceRequest, given: Refusal) -> str:
        original = given.duplicate_of if given.duplicate_of and 0 < given.duplicate_of <= LARGEST_ID else None
        try:
            actions.step(session, found, given.to, actor(person), reason=given.why, duplicate_of=original)
        except InvalidInput as error:  # the field is called otherwise here: the page has two of them
            raise InvalidInput(error.message, place={"reason": "why"}.get(error.place, error.place)) from None
        return _("Saved.")

    return _changed(request, session, person, number, Entered(posted), Refusal, change)


@router.post(f"{ONE}/assign")
def assign(request: Request, number: Id, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Give it to somebody."""

    def change(found: ServiceRequest, given: Assignment) -> str:
        actions.assign(session, found, given.assignee, actor(person))
        return _("Saved.")

    return _changed(request, session, person, number, Entered(posted), Assignment, change)


@router.post(f"{ONE}/schedule")
def schedule(request: Request, number: Id, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Say by when, and how pressing it is."""

    def change(found: ServiceRequest, given: Schedule) -> str:
        actions.schedule(session, found, given.due, given.priority, actor(person))
        return _("Saved.")

    return _changed(request, session, person, number, Entered(posted), Schedule, change)


@router.post(f"{ONE}/room")
def take_room(request: Request, number: Id, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Put the room out of order, or change for how long. What is in the way is shown with its nights."""
    entered = Entered(posted)
    queries.request(session, number)
    wanted: list[Nights] = []

    def page() -> Response:
        return request_page(request, session, person, number, entered=entered, wanted=wanted[0] if wanted else None)

    with entered.shown_again(page):
        given = entered.check(RoomNights)
        nights = Nights.checked(given.first, given.until)
        wanted.append(nights)
        found = actions.current(session, number, entered.version())
        claim = out_of_order.take(session, found, given.room_kind, nights, actor(person))
    text = _(
        "The room is out from %(first)s until %(until)s.",
        first=format_date(claim.first),
        until=format_date(claim.until),
    )
    return redirect(request, address_of(number), Flash(text))


@router.post(f"{ONE}/give-back")
def give_back(request: Request, number: Id, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Give the room back from tonight on, whatever becomes of the request."""
    entered = Entered(posted)
    with entered.shown_again(lambda: request_page(request, session, person, number, entered=entered)):
        found = actions.current(session, number, entered.version())
        given = out_of_order.give_back(session, found, actor(person))
    text = _("The room is free again from tonight on.") if given else _("There was nothing to give back.")
    return redirect(request, address_of(number), Flash(text, "good" if given else "info"))


@router.post(f"{ONE}/comment")
def comment(request: Request, number: Id, person: Reader, session: Writing, posted: Posted) -> Response:
    """Say something; whoever may look may."""
    entered, found = Entered(posted), queries.request(session, number)
    with entered.shown_again(lambda: request_page(request, session, person, number, entered=entered)):
        actions.comment(session, found, entered.check(Comment).text, actor(person))
    return redirect(request, address_of(number), Flash(_("Your comment is there.")))


@router.get(f"{ONE}/erase")
def ask_erase(request: Request, number: Id, _person: Keeper, session: Reading) -> Response:
    """Ask before contact and photo are deleted."""
    found = queries.request(session, number)
    return render(
        request,
        "confirm.html",
        title=_("Delete contact and photo of request %(n)s?", n=found.id),
        consequences=[
            _("How the guest can be reached, and the photo, are deleted for good."),
            _("What was reported, the comments and the history stay."),
        ],
        button=_("Delete them"),
        action=f"{address_of(number)}/erase",
        back=address_of(number),
    )


@router.post(f"{ONE}/erase")
def erase(request: Request, number: Id, person: Keeper, session: Writing) -> Response:
    """Delete contact and photo."""
    actions.erase(session, queries.request(session, number), actor(person))
    return redirect(request, address_of(number), Flash(_("Contact and photo are deleted.")))


def _changed(
    request: Request,
    session: Session,
    person: Person,
    number: int,
    entered: Entered,
    model: type[Any],
    change: Callable[[ServiceRequest, Any], str],
) -> Response:
    """Check the form and the version, make the change, and answer on the page."""
    queries.request(session, number)
    with entered.shown_again(lambda: request_page(request, session, person, number, entered=entered)):
        given = entered.check(model)
        text = change(actions.current(session, number, entered.version()), given)
    return redirect(request, address_of(number), Flash(text))
