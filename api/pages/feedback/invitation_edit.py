"""Plan invitations of guests, and plan them otherwise while no mail was sent."""

from datetime import date, timedelta
from typing import ClassVar

from fastapi import Request
from pydantic import BaseModel
from sqlalchemy.orm import Session
from starlette.responses import Response

from api.dependencies import Id, Reading, Writing, actor
from api.flash import Flash
from api.forms import Entered, Posted
from api.pages import page_router
from api.pages.campus.places_form import parts
from api.pages.feedback.access import FeedbackKeeper
from api.pages.feedback.invitations import LIST, ONE, address_of
from api.rendering import redirect, render
from campus.feedback.invitations import actions, queries
from campus.feedback.invitations.actions import Wanted
from campus.feedback.invitations.rules import LONGEST_DAYS, OPEN_DAYS
from campus.feedback.questionnaires import queries as questionnaires
from campus.places import queries as places
from campus.places.models import Event, Pavilion, Segment
from core.i18n import format_date, lazy, today
from core.i18n import gettext as _

router = page_router()
DAY = timedelta(days=1)


class BatchForm(BaseModel):
    """What stands in the form."""

    name: str
    questionnaire: str
    event: str = ""
    left_on: date | None = None
    pavilion: str = ""
    segment: str = ""
    send_from: date | None = None
    closes: date | None = None

    errors: ClassVar = {
        "name": lazy("Enter a name."),
        "questionnaire": lazy("Choose a questionnaire."),
        "left_on": lazy("Enter the day of the departure, such as 27 3 2027."),
        "send_from": lazy("Enter the day of the first mail, such as 28 3 2027."),
        "closes": lazy("Enter the last day for answers, such as 18 4 2027."),
    }
    labels: ClassVar = {
        "name": lazy("The name:"),
        "questionnaire": lazy("The questionnaire:"),
        "left_on": lazy("The departure:"),
        "send_from": lazy("The first mail:"),
        "closes": lazy("The last day for answers:"),
    }

    def wanted(self) -> Wanted:
        """As the records want it."""
        return Wanted(**self.model_dump())


@router.get(f"{LIST}/new")
def new(request: Request, _person: FeedbackKeeper, session: Reading) -> Response:
    """An empty form, but for the questionnaire that the address names."""
    return _form(request, session, Entered(start={"questionnaire": request.query_params.get("questionnaire", "")}))


@router.post(f"{LIST}/new")
def make(request: Request, person: FeedbackKeeper, session: Writing, posted: Posted) -> Response:
    """Make a batch; addresses are added on its page."""
    entered = Entered(posted)
    with entered.shown_again(lambda: _form(request, session, entered)):
        made = actions.make(session, entered.check(BatchForm).wanted(), actor(person))
    return redirect(request, address_of(made.id), Flash(_("Planned. Now add the guests.")))


@router.get(f"{ONE}/edit")
def edit(request: Request, number: Id, _person: FeedbackKeeper, session: Reading) -> Response:
    """The form with what is planned."""
    line = queries.line(session, number)
    one = line.batch
    start: dict[str, str | list[str]] = {
        "name": one.name,
        "questionnaire": line.questionnaire.slug,
        "event": line.event.slug if line.event else "",
        "pavilion": line.pavilion.slug if line.pavilion else "",
        "segment": line.segment.slug if line.segment else "",
        "version": str(one.version),
    }
    start |= parts("left_on", one.left_on) | parts("send_from", one.send_from) | parts("closes", one.closes)
    return _form(request, session, Entered(start=start), number)


@router.post(f"{ONE}/edit")
def change(request: Request, number: Id, person: FeedbackKeeper, session: Writing, posted: Posted) -> Response:
    """Plan it otherwise."""
    entered = Entered(posted)
    with entered.shown_again(lambda: _form(request, session, entered, number)):
        given = entered.check(BatchForm).wanted()
        actions.change(session, actions.current(session, number, entered.version()), given, actor(person))
    return redirect(request, address_of(number), Flash(_("Saved.")))


def _form(request: Request, session: Session, entered: Entered, number: int | None = None) -> Response:
    nothing = ("", _("None"))
    published = [one for one in questionnaires.questionnaires(session) if questionnaires.published(session, one.id)]
    events = _events(session, entered.value("event"))
    return render(
        request,
        "feedback/invitation_form.html",
        entered=entered,
        batch=queries.batch(session, number) if number else None,
        action=f"{address_of(number)}/edit" if number else f"{LIST}/new",
        back=address_of(number) if number else LIST,
        questionnaires=[(one.slug, one.name) for one in published],
        events=[nothing, *((one.slug, f"{one.name} ({format_date(one.until - DAY)})") for one in events)],
        pavilions=[nothing, *((one.slug, one.name) for one in places.every(session, Pavilion))],
        segments=[nothing, *((one.slug, one.name) for one in places.every(session, Segment))],
        open_days=OPEN_DAYS,
    )


def _events(session: Session, chosen: str) -> list[Event]:
    """Those whose guests may be invited: who has just left comes first, then who leaves soon."""
    oldest = today() - timedelta(days=LONGEST_DAYS)
    wanted = (one for one in places.every(session, Event) if one.until > oldest or one.slug == chosen)
    every = sorted(wanted, key=lambda one: one.until)
    over = [one for one in reversed(every) if one.until <= today()]
    return over + [one for one in every if one.until > today()]
