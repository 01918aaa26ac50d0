"""One amount of the running costs: entered, corrected, withdrawn; with everything that was ever said of it."""

from datetime import date
from typing import ClassVar

from fastapi import Request
from pydantic import BaseModel
from sqlalchemy.orm import Session
from starlette.responses import Response

from api import actors, cost_words
from api.dependencies import Id, Reading, Writing, actor
from api.flash import Flash, Undo
from api.forms import Entered, Posted, RowId
from api.pages import page_router
from api.pages.campus.access import Keeper, Reader, keeps
from api.pages.works.costs import PAGE
from api.rendering import redirect, render
from campus import amounts
from campus.nights import Nights
from campus.running_costs import actions, queries, rules
from campus.running_costs.models import CostEntry
from campus.running_costs.rules import INCOMES, Kind, Line, Place, Status
from campus.running_costs.words import KINDS, LINES
from core.errors import Conflict, InvalidInput
from core.i18n import gettext as _
from core.i18n import lazy
from core.people.models import Person

router = page_router()
NEW = f"{PAGE}/new"
ONE = f"{PAGE}/entries/{{number}}"


class Amount(BaseModel):
    """What a correction says."""

    amount: str
    note: str = ""
    reason: str = ""

    errors: ClassVar = {"amount": lazy("Enter an amount in euros, such as 1234.56.")}
    labels: ClassVar = {
        "amount": lazy("The amount"),
        "note": lazy("The note"),
        "reason": lazy("The reason:"),
        "first": lazy("This period"),
        "last": lazy("The last day"),
        "party": lazy("The party"),
    }


class NewEntry(Amount):
    """A new amount."""

    line: Line
    kind: Kind
    first: date
    last: date
    party: RowId | None = None

    errors: ClassVar = Amount.errors | {
        "line": lazy("Choose what the amount is for."),
        "kind": lazy("Choose what kind of amount it is."),
    }


class Withdrawal(BaseModel):
    """Why an amount counts no more."""

    reason: str = ""

    labels: ClassVar = {"reason": lazy("The reason:")}


@router.get(NEW)
def new_form(request: Request, _person: Keeper, session: Reading, line: Line | None = None) -> Response:
    """An empty form."""
    return _new_page(request, session, Entered(start={"line": line.value if line else "", "kind": Kind.ACTUAL.value}))


@router.post(NEW)
def add(request: Request, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Enter an amount."""
    entered = Entered(posted)
    with entered.shown_again(lambda: _new_page(request, session, entered)):
        form = entered.check(NewEntry)
        place = Place(form.line, form.kind, rules.checked_days(form.first, form.last), _party(form))
        _must_be_new(session, place)
        cents = amounts.cents(form.amount)
        made = actions.enter(session, place, cents, actor(person), note=form.note, reason=form.reason)
    return redirect(request, _address(made.number), Flash(_("The amount is entered.")))


@router.get(ONE)
def one_entry(request: Request, number: Id, person: Reader, session: Reading) -> Response:
    """The amount as it is now, and its history."""
    return _page(request, session, number, person, None)


@router.post(ONE)
def correct(request: Request, number: Id, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Another amount or note."""
    entered = Entered(posted)
    with entered.shown_again(lambda: _page(request, session, number, person, entered)):
        form = entered.check(Amount)
        _must_be(session, number, entered)
        actions.correct(session, number, amounts.cents(form.amount), form.note, form.reason, actor(person))
    return redirect(request, _address(number), Flash(_("Saved.")))


@router.get(f"{ONE}/withdraw")
def ask_withdraw(request: Request, number: Id, _person: Keeper, session: Reading) -> Response:
    """Ask before an amount counts no more."""
    return _withdraw_page(request, session, number, Entered())


@router.post(f"{ONE}/withdraw")
def withdraw(request: Request, number: Id, person: Keeper, session: Writing, posted: Posted) -> Response:
    """The amount counts no more."""
    entered = Entered(posted)
    with entered.shown_again(lambda: _withdraw_page(request, session, number, entered)):
        _must_be(session, number, entered)
        actions.withdraw(session, number, entered.check(Withdrawal).reason, actor(person))
    undo = Undo(f"{_address(number)}/restore", _("Undo"))
    return redirect(request, _address(number), Flash(_("The amount counts no more."), undo=undo))


@router.post(f"{ONE}/restore")
def restore(request: Request, number: Id, person: Keeper, session: Writing) -> Response:
    """A withdrawn amount counts again."""
    try:
        actions.restore(session, number, actor(person))
    except Conflict as error:
        return redirect(request, _address(number), Flash(str(error), "bad"))
    return redirect(request, _address(number), Flash(_("The amount counts again.")))


def _address(number: int) -> str:
    return f"{PAGE}/entries/{number}"


def _party(form: NewEntry) -> int | None:
    """Nobody for costs, whatever stood in the form before the line was chosen."""
    return form.party if form.line in INCOMES else None


def _must_be_new(session: Session, place: Place) -> None:
    present = actions.present_of(queries.meeting(session, place), place.period)
    if present is not None and present.status == Status.ENTERED:
        raise InvalidInput(
            _("has the amount %(amount)s already: correct that one", amount=amounts.euros(present.cents)),
            place="first",
        )


def _must_be(session: Session, number: int, entered: Entered) -> None:
    if queries.entry(session, number).id != entered.version():
        raise Conflict(_("Somebody changed this amount meanwhile. Look at it below, then save again."))


def _new_page(request: Request, session: Session, entered: Entered) -> Response:
    return render(
        request,
        "works/cost_new.html",
        entered=entered,
        lines=[("", _("Choose")), *((line.value, name) for line, name in LINES.items())],
        kinds=[(kind.value, name) for kind, name in KINDS.items()],
        parties=[("", _("Nobody: a cost")), *((one.id, one.name) for one in queries.parties(session))],
    )


def _page(request: Request, session: Session, number: int, person: Person, entered: Entered | None) -> Response:
    now = queries.entry(session, number)
    start = {"amount": amounts.entry(now.cents), "note": now.note}
    names = actors.names(session)
    return render(
        request,
        "works/cost_entry.html",
        now=now,
        title=title_of(now),
        line=LINES[Line(now.cost_line)],
        days=cost_words.days(Nights(now.first, now.until)),
        party=queries.party_names(session).get(now.party_id or 0, ""),
        counts=now.status == Status.ENTERED,
        entered=entered or Entered(start=start),
        keeper=keeps(person),
        history=[(one, names.get(one.recorded_by, one.recorded_by)) for one in queries.versions(session, number)],
        euros=amounts.euros,
    )


def _withdraw_page(request: Request, session: Session, number: int, entered: Entered) -> Response:
    now = queries.entry(session, number)
    return render(
        request,
        "works/cost_withdraw.html",
        now=now,
        title=title_of(now),
        amount=amounts.euros(now.cents),
        entered=entered,
        back=_address(number),
    )


def title_of(one: CostEntry) -> str:
    """How an amount is called: line, kind and period."""
    return _(
        "%(line)s, %(kind)s, %(period)s",
        line=LINES[Line(one.cost_line)],
        kind=str(KINDS[Kind(one.kind)]).lower(),
        period=cost_words.period(Nights(one.first, one.until)),
    )
