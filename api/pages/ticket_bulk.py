"""One step on many tickets, a report of what was not possible, and its undoing."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import ClassVar

from fastapi import Request
from pydantic import BaseModel
from sqlalchemy.orm import Session
from starlette.responses import Response

from accessibility.ledger.tickets import actions, history
from accessibility.ledger.tickets.actions import BulkLine, BulkStep
from accessibility.ledger.tickets.rules import TicketState
from accessibility.ledger.tickets.ticket_list import lines_of
from api import accessibility_words as words
from api.addresses import local_path
from api.dependencies import Writing
from api.flash import Flash, Undo
from api.forms import Entered, Posted, RowId
from api.pages import page_router
from api.pages.access import Keeper, visible
from api.pages.tickets import LIST
from api.rendering import redirect, render
from core.errors import InvalidInput
from core.i18n import gettext as _
from core.i18n import lazy, ngettext
from core.people import queries as people
from core.people.models import Person

router = page_router()
MOST = 500
FITS_A_MESSAGE = 100  # tickets whose undoing fits into the message of the next page


class Assignment(BaseModel):
    """Who is to repair; nobody when `person` is empty. (The filter of the same page has `assignee`.)"""

    person: RowId | None = None


class DueDate(BaseModel):
    """Until when; without a date when it is empty."""

    due: date | None = None


class Move(BaseModel):
    """A state that people can set."""

    to: TicketState

    errors: ClassVar = {"to": lazy("Choose a state.")}


class Excepted(BaseModel):
    """Not repaired for now."""

    kind: TicketState
    reason: str
    until: date

    errors: ClassVar = {
        "kind": lazy("Choose “accepted risk” or “false alarm”."),
        "reason": lazy("Say why it is not repaired for now."),
        "until": lazy("Enter the last day, such as 27 3 2027."),
    }


@router.post(f"{LIST}/bulk")
def change_many(request: Request, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Take one step on every selected ticket, and say what became of each."""
    entered = Entered(posted)
    back = local_path(entered.value("next"), LIST)
    ids = _ids(entered.values("ticket"))
    if not ids:
        return redirect(request, back, Flash(_("No ticket was selected, so nothing was changed."), "warn"))
    with entered.shown_again(lambda: _form_page(request, session, person, entered, ids, back)):
        step = _step(entered)
        lines = actions.change_many(session, ids, history.person(person), [step])
    return _report(request, session, person, lines, back, undo=True)


@router.post(f"{LIST}/bulk/undo")
def undo_many(request: Request, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Take the last step of every ticket back; what was changed since stays."""
    entered = Entered(posted)
    ids = _ids(entered.value("tickets").split())
    lines = actions.change_many(session, ids, history.person(person), [actions.undo])
    return _report(request, session, person, lines, local_path(entered.value("next"), LIST), undo=False)


def _ids(given: Sequence[str]) -> list[int]:
    return [int(one) for one in given if one.isascii() and one.isdecimal() and len(one) < 10][:MOST]


def _step(entered: Entered) -> BulkStep:
    """The step that the pressed button stands for."""
    match entered.value("do"):
        case "assign":
            return partial(actions.assign, assignee_id=entered.check(Assignment).person)
        case "due":
            return partial(actions.set_due, due=entered.check(DueDate).due)
        case "state":
            return partial(actions.work, to=entered.check(Move).to)
        case "except":
            wanted = entered.check(Excepted)
            return partial(actions.make_exception, kind=wanted.kind, reason=wanted.reason, until=wanted.until)
    raise InvalidInput(_("Choose what is to be changed."), place="")


def _report(
    request: Request, session: Session, person: Person, lines: Sequence[BulkLine], back: str, *, undo: bool
) -> Response:
    done = [line.ticket_id for line in lines if not line.error]
    refused = {line.ticket_id: line.error for line in lines if line.error}
    fields = {"tickets": " ".join(map(str, done)), "next": back}
    if not refused and not undo:
        text = ngettext("One ticket is as it was before.", "%(n)s tickets are as they were before.", len(done))
        return redirect(request, back, Flash(text))
    if not refused and len(done) <= FITS_A_MESSAGE:
        text = ngettext("One ticket is changed.", "%(n)s tickets are changed.", len(done))
        return redirect(request, back, Flash(text, undo=Undo(f"{LIST}/bulk/undo", _("Undo"), fields)))
    return render(
        request,
        "accessibility/bulk_report.html",
        done=done,
        refused=refused,
        lines=lines_of(session, list(refused), visible(person)),
        undo=fields if undo and done else None,
        back=back,
    )


def _form_page(
    request: Request, session: Session, person: Person, entered: Entered, ids: Sequence[int], back: str
) -> Response:
    """The step's own form once more, with what is wrong in it."""
    return render(
        request,
        "accessibility/bulk_again.html",
        bulk=entered,
        entered=entered,
        ids=ids,
        back=back,
        people=[(one.id, one.name) for one in people.people_who_read(session, visible(person))],
        words=words,
    )
