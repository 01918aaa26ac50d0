"""Entries of funds: one with all its versions, and the forms to add, correct and cancel them."""

from datetime import date
from typing import ClassVar, Literal

from fastapi import Request
from pydantic import BaseModel, Field
from sqlalchemy.orm import Session
from starlette.responses import Response

from api import actors, fund_words
from api.dependencies import Id, Reading, Writing, actor
from api.flash import Flash
from api.forms import Entered, Posted
from api.pages import page_router
from api.pages.campus.access import Keeper, Reader, keeps
from api.pages.campus.asked import entries as day_fields
from api.pages.works.funds import LIST
from api.rendering import redirect, render
from campus import amounts
from campus.amounts import cents
from campus.funds import actions, queries
from campus.funds.actions import WantedEntry
from campus.funds.models import Fund, FundEntry
from campus.funds.rules import MOST_REASON, Kind, Status
from core.errors import Conflict
from core.i18n import gettext as _
from core.i18n import lazy, today

router = page_router()
ENTRY = f"{LIST}/entries/{{number}}"
ADD = f"{LIST}/{{slug}}/entries/add"


class FundForm(BaseModel):
    """A new fund."""

    name: str

    errors: ClassVar = {"name": lazy("Enter a name of at most 120 characters.")}
    labels: ClassVar = {"name": lazy("The name:")}


class EntryForm(BaseModel):
    """An amount of a fund; the reason is asked for where it is corrected."""

    kind: Kind
    planned: Literal["no", "yes"]
    day: date
    amount: str
    what: str
    reason: str = ""

    errors: ClassVar = {
        "kind": lazy("Choose one of the options."),
        "planned": lazy("Choose whether it has happened."),
        "amount": lazy("Enter an amount such as 1234.56."),
        "what": lazy("Enter what it is for, in at most 200 characters."),
    }
    labels: ClassVar = {
        "kind": lazy("The kind:"),
        "day": lazy("The day:"),
        "amount": lazy("The amount"),
        "what": lazy("What it is for"),
        "reason": lazy("The reason"),
        "planned": lazy("Has it happened:"),
    }

    def wanted(self) -> WantedEntry:
        """The entry as the books take it."""
        return WantedEntry(
            kind=self.kind, day=self.day, cents=cents(self.amount), what=self.what, planned=self.planned == "yes"
        )


class ReasonForm(BaseModel):
    """Why something is cancelled."""

    reason: str = Field(max_length=MOST_REASON)

    errors: ClassVar = {"reason": lazy("Enter a reason of at most 500 characters.")}


@router.get(f"{LIST}/add")
def new_fund(request: Request, _person: Keeper) -> Response:
    """An empty form."""
    return _fund_page(request, Entered())


@router.post(f"{LIST}/add")
def add_fund(request: Request, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Add the fund."""
    entered = Entered(posted)
    with entered.shown_again(lambda: _fund_page(request, entered)):
        fund = actions.add_fund(session, entered.check(FundForm).name, actor(person))
    return redirect(request, f"{LIST}/{fund.slug}", Flash(_("%(name)s is added.", name=fund.name)))


@router.get(ADD)
def new_entry(request: Request, slug: str, _person: Keeper, session: Reading) -> Response:
    """An empty form."""
    start = day_fields("day", today()) | {"kind": Kind.RECEIPT.value, "planned": "no"}
    return _entry_page(request, queries.fund(session, slug), Entered(start=start), None)


@router.post(ADD)
def add_entry(request: Request, slug: str, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Enter the amount."""
    fund, entered = queries.fund(session, slug), Entered(posted)
    with entered.shown_again(lambda: _entry_page(request, fund, entered, None)):
        actions.add_entry(session, fund, entered.check(EntryForm).wanted(), actor(person))
    return redirect(request, f"{LIST}/{slug}", Flash(_("The amount is entered.")))


@router.get(ENTRY)
def entry(request: Request, number: Id, person: Reader, session: Reading) -> Response:
    """What stands in the books, and everything that stood there before."""
    found = queries.entry(session, number)
    return render(
        request,
        "works/fund_entry.html",
        entry=found,
        fund=_fund_of(session, found),
        versions=queries.versions(session, number),
        load=queries.load(session, found.load_id) if found.load_id else None,
        names=actors.names(session),
        booked=found.status == Status.BOOKED,
        keeper=keeps(person),
        words=fund_words,
    )


@router.get(f"{ENTRY}/edit")
def edit_entry(request: Request, number: Id, _person: Keeper, session: Reading) -> Response:
    """The entry as it is."""
    found = actions.booked(session, number)
    start = {"kind": found.kind, "planned": "yes" if found.planned else "no", "what": found.what}
    start |= {"amount": amounts.entry(found.cents), "version": str(found.id)} | day_fields("day", found.day)
    return _entry_page(request, _fund_of(session, found), Entered(start=start), found)


@router.post(f"{ENTRY}/edit")
def change_entry(request: Request, number: Id, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Correct the entry, if nobody changed it meanwhile."""
    found, entered = actions.booked(session, number), Entered(posted)
    fund = _fund_of(session, found)
    with entered.shown_again(lambda: _entry_page(request, fund, entered, found)):
        form = entered.check(EntryForm)
        _must_be(found, entered)
        actions.change_entry(session, number, form.wanted(), actor(person), form.reason)
    return redirect(request, ENTRY.format(number=number), Flash(_("The entry is corrected.")))


@router.get(f"{ENTRY}/cancel")
def ask_cancel(request: Request, number: Id, _person: Keeper, session: Reading) -> Response:
    """What cancelling does, and why it is done."""
    found = actions.booked(session, number)
    return _cancel_page(request, session, found, Entered(start={"version": str(found.id)}))


@router.post(f"{ENTRY}/cancel")
def cancel_entry(request: Request, number: Id, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Cancel the entry, if nobody changed it meanwhile."""
    found, entered = actions.booked(session, number), Entered(posted)
    with entered.shown_again(lambda: _cancel_page(request, session, found, entered)):
        form = entered.check(ReasonForm)
        _must_be(found, entered)
        actions.cancel_entry(session, number, actor(person), form.reason)
    return redirect(request, ENTRY.format(number=number), Flash(_("The entry is cancelled.")))


def _must_be(found: FundEntry, entered: Entered) -> None:
    if found.id != entered.version():
        raise Conflict(_("Somebody changed this entry meanwhile: look at it again before you change it."))


def _fund_of(session: Session, entry: FundEntry) -> Fund:
    return session.get_one(Fund, entry.fund_id)


def _fund_page(request: Request, entered: Entered) -> Response:
    return render(request, "works/fund_form.html", entered=entered)


def _entry_page(request: Request, fund: Fund, entered: Entered, found: FundEntry | None) -> Response:
    back = ENTRY.format(number=found.number) if found else f"{LIST}/{fund.slug}"
    return render(
        request,
        "works/fund_entry_form.html",
        title=_("Correct an entry") if found else _("Enter an amount"),
        fund=fund,
        found=found,
        entered=entered,
        action=f"{back}/edit" if found else ADD.format(slug=fund.slug),
        back=back,
        kinds=[(kind.value, text) for kind, text in fund_words.KINDS.items()],
    )


def _cancel_page(request: Request, session: Session, found: FundEntry, entered: Entered) -> Response:
    return render(
        request,
        "works/fund_entry_cancel.html",
        entry=found,
        fund=_fund_of(session, found),
        entered=entered,
        back=ENTRY.format(number=found.number),
    )
