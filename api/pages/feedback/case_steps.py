"""The steps that keepers take on a case; each names the version that was seen, and answers on its page."""

import smtplib
from collections.abc import Callable
from datetime import date
from email.errors import MessageError
from typing import Any, ClassVar

from fastapi import Request
from pydantic import BaseModel
from sqlalchemy.orm import Session
from starlette.responses import Response

from api.dependencies import Id, Reading, TheDatabase, Writing, actor
from api.flash import Flash
from api.forms import Entered, Posted, RowId
from api.pages import page_router
from api.pages.feedback.access import FeedbackKeeper
from api.pages.feedback.cases import ONE, address_of, case_page
from api.rendering import redirect, render
from campus.feedback.cases import actions, queries, rules
from campus.feedback.cases.letter import letter
from campus.feedback.cases.models import GuestCase
from campus.feedback.cases.rules import State
from core import mail
from core.database import Database
from core.errors import Conflict
from core.i18n import gettext as _
from core.i18n import lazy

router = page_router()


class Answer(BaseModel):
    """What the guest is written."""

    answer: str

    errors: ClassVar = {"answer": lazy("Write the answer.")}
    labels: ClassVar = {"answer": lazy("The answer:")}


class Step(BaseModel):
    """A state to move to, and why."""

    to: State
    reason: str = ""


class Assignment(BaseModel):
    """Who answers; nobody when empty."""

    assignee: RowId | None = None

    labels: ClassVar = {"assignee": lazy("Assigned to:")}


class Schedule(BaseModel):
    """By when."""

    due: date

    errors: ClassVar = {"due": lazy("Enter the day, such as 27 3 2027.")}


class Note(BaseModel):
    """What somebody writes for the others."""

    text: str

    errors: ClassVar = {"text": lazy("Write something.")}
    labels: ClassVar = {"text": lazy("The note:")}


@router.post(f"{ONE}/answer")
def answer(request: Request, number: Id, person: FeedbackKeeper, database: TheDatabase, posted: Posted) -> Response:
    """Write to the guest. The mail is handed over in no transaction; only what the server took is noted as sent."""
    entered = Entered(posted)

    def again() -> Response:
        with database.read() as session:
            return case_page(request, session, number, entered)

    with entered.shown_again(again):
        text = entered.check(Answer).answer
        with database.write() as session:
            case = actions.current(session, number, entered.version())
            text = actions.begin_answer(session, case, text)
        _hand_over(case, text)
        with database.write() as session:
            actions.answered_by_mail(session, queries.case(session, number), text, actor(person))
    return redirect(request, address_of(number), Flash(_("The answer is sent.")))


def _hand_over(case: GuestCase, text: str) -> None:
    """Raises `Conflict` when the mail server does not take it."""
    if not mail.is_set_up():
        raise Conflict(_("No mail server is set up: answer otherwise, then mark it as answered."))
    try:
        mail.send(letter(rules.mail_of(case.contact), case.language, text))
    except mail.Refused as refusal:
        raise Conflict(_("The mail server refuses this address: %(answer)s", answer=str(refusal))) from refusal
    except (OSError, smtplib.SMTPException, MessageError) as error:
        raise Conflict(_("The mail server cannot be reached: nothing was noted. Try again later.")) from error


@router.post(f"{ONE}/step")
def step(request: Request, number: Id, person: FeedbackKeeper, database: TheDatabase, posted: Posted) -> Response:
    """Mark it as answered otherwise, close it with a reason, or reopen it."""

    def change(given: Step, case: GuestCase, session: Session) -> None:
        actions.step(session, case, given.to, actor(person), reason=given.reason)

    return _changed(request, database, number, Entered(posted), Step, change)


@router.post(f"{ONE}/assign")
def assign(request: Request, number: Id, person: FeedbackKeeper, database: TheDatabase, posted: Posted) -> Response:
    """Give it to somebody."""

    def change(given: Assignment, case: GuestCase, session: Session) -> None:
        actions.assign(session, case, given.assignee, actor(person))

    return _changed(request, database, number, Entered(posted), Assignment, change)


@router.post(f"{ONE}/schedule")
def schedule(request: Request, number: Id, person: FeedbackKeeper, database: TheDatabase, posted: Posted) -> Response:
    """Say by when."""

    def change(given: Schedule, case: GuestCase, session: Session) -> None:
        actions.schedule(session, case, given.due, actor(person))

    return _changed(request, database, number, Entered(posted), Schedule, change)


@router.post(f"{ONE}/note")
def note(request: Request, number: Id, person: FeedbackKeeper, session: Writing, posted: Posted) -> Response:
    """Write something for the others; whatever they changed meanwhile."""
    entered, found = Entered(posted), queries.case(session, number)
    with entered.shown_again(lambda: case_page(request, session, number, entered)):
        actions.note(session, found, entered.check(Note).text, actor(person))
    return redirect(request, address_of(number), Flash(_("Your note is there.")))


@router.get(f"{ONE}/erase")
def ask_erase(request: Request, number: Id, _person: FeedbackKeeper, session: Reading) -> Response:
    """Ask before what the guest wrote is deleted."""
    queries.case(session, number)
    return render(
        request,
        "confirm.html",
        title=_("Delete what the guest of case %(n)s wrote?", n=number),
        consequences=[
            _("The contact, the text, the notes and the answers are deleted for good."),
            _("That there was a case, and its steps, stay."),
        ],
        button=_("Delete them"),
        action=f"{address_of(number)}/erase",
        back=address_of(number),
    )


@router.post(f"{ONE}/erase")
def erase(request: Request, number: Id, person: FeedbackKeeper, session: Writing) -> Response:
    """Delete contact and texts; for guests who ask for it."""
    actions.erase(session, queries.case(session, number), actor(person))
    return redirect(request, address_of(number), Flash(_("What the guest wrote is deleted.")))


def _changed(
    request: Request,
    database: Database,
    number: int,
    entered: Entered,
    model: type[Any],
    change: Callable[[Any, GuestCase, Session], None],
) -> Response:
    """Check the form and the version, make the change, and answer on the page."""

    def again() -> Response:
        with database.read() as session:
            return case_page(request, session, number, entered)

    with entered.shown_again(again):
        given = entered.check(model)
        with database.write() as session:
            change(given, actions.current(session, number, entered.version()), session)
    return redirect(request, address_of(number), Flash(_("Saved.")))
