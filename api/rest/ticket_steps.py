"""What a client wants changed of a ticket, as the steps that the ledger knows."""

from datetime import date
from functools import partial
from typing import Annotated

from pydantic import Field, model_validator
from sqlalchemy.orm import Session

from accessibility.ledger.tickets import actions, queries
from accessibility.ledger.tickets.actions import BulkStep
from accessibility.ledger.tickets.history import Author
from accessibility.ledger.tickets.models import Ticket
from accessibility.ledger.tickets.queries import TicketView
from accessibility.ledger.tickets.rules import COMMENT_LENGTH, TicketState
from api.callers import Caller
from api.dependencies import LARGEST_ID
from api.rest.given import Given
from core.i18n import gettext as _

Text = Annotated[str, Field(max_length=COMMENT_LENGTH)]
MOST = 500


class ExceptionGiven(Given):
    """Not repaired for now: `accepted risk` or `false positive`, why, and until which day (at most two years ahead)."""

    kind: TicketState
    reason: Text
    until: date


class TicketChange(Given):
    """What to change; what is left out stays.

    `assignee` is a person's number, null for nobody; `due` null takes the date away; `exception` null ends it before
    its date. People set the states `open`, `in progress` and `fixed`, with a `text` for the history if they wish;
    only audits prove a repair.
    """

    assignee: Annotated[int, Field(ge=1, le=LARGEST_ID)] | None = None
    due: date | None = None
    state: TicketState | None = None
    text: Text = ""
    exception: ExceptionGiven | None = None

    @model_validator(mode="after")
    def _is_one_step_at_most(self) -> "TicketChange":
        given = self.model_fields_set
        if "state" in given and self.state is None:
            raise ValueError(_("The state cannot be taken away."))
        if {"state", "exception"} <= given:
            raise ValueError(_("Change the state or the exception, not both at once."))
        if "text" in given and "state" not in given:
            raise ValueError(_("The text belongs to a change of the state; comments have an address of their own."))
        return self


class BulkChange(Given):
    """The same change for many tickets."""

    tickets: list[Annotated[int, Field(ge=1, le=LARGEST_ID)]] = Field(min_length=1, max_length=MOST)
    change: TicketChange


def steps_of(change: TicketChange) -> list[BulkStep]:
    """The steps, in the order in which they are taken."""
    given = change.model_fields_set
    steps: list[BulkStep] = []
    if "assignee" in given:
        steps.append(partial(actions.assign, assignee_id=change.assignee))
    if "due" in given:
        steps.append(partial(actions.set_due, due=change.due))
    if change.state is not None:
        steps.append(partial(actions.work, to=change.state, text=change.text))
    if "exception" in given:
        steps.append(_exception(change.exception))
    return steps


def reached(caller: Caller) -> BulkStep:
    """A step that changes nothing, and raises `NotFound` for a ticket out of the caller's reach."""

    def look(session: Session, ticket_id: int, _author: Author) -> Ticket:
        return reached_ticket(session, caller, ticket_id).ticket

    return look


def reached_ticket(session: Session, caller: Caller, ticket_id: int) -> TicketView:
    """One ticket. `NotFound`, with the same words for one that is not there and one out of the caller's reach."""
    view = queries.ticket_view(session, ticket_id)
    caller.must_reach(view.platform.slug, _("There is no such ticket."))
    return view


def _exception(wanted: ExceptionGiven | None) -> BulkStep:
    if wanted is None:
        return actions.withdraw_exception
    return partial(actions.make_exception, kind=wanted.kind, reason=wanted.reason, until=wanted.until)
