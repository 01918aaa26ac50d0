"""Change what others pay back: the agreement, what was spent, claimed and received, and what of it counts no more."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import ClassVar, Literal

from fastapi import Request
from pydantic import BaseModel
from sqlalchemy.orm import Session
from starlette.responses import Response

from api.dependencies import Id, Reading, Writing, actor
from api.flash import Flash
from api.forms import Entered, Posted
from api.pages import page_router
from api.pages.campus.access import Keeper
from api.pages.works import money_form
from api.pages.works.funding import PAGE as FUNDING
from api.pages.works.money_form import LABELS, Form, FormField, Reason, cents
from api.pages.works.reimbursements import ONE, PAGE
from api.rendering import redirect
from campus.amounts import euros
from campus.reimbursements import actions, queries
from campus.reimbursements.actions import Wanted
from campus.reimbursements.models import Agreement, ReimbursementClaim
from campus.reimbursements.queries import Booked
from core.errors import NotFound
from core.i18n import format_date, lazy, today
from core.i18n import gettext as _

router = page_router()
RECEIVE = f"{ONE}/claims/{{number}}/receive"
Kind = Literal["expenses", "claims", "receipts"]
REVERSE = f"{ONE}/{{kind}}/{{number}}/reverse"
REVERSALS: Mapping[Kind, Callable[[Session, Agreement, int, str, str], object]] = {
    "expenses": actions.reverse_expense,
    "claims": actions.withdraw,
    "receipts": actions.reverse_receipt,
}


class AgreementForm(BaseModel):
    """What is agreed; a change must say why."""

    name: str
    payer: str
    first_year: int
    last_year: int
    amount: str
    reason: str = ""

    errors: ClassVar = dict.fromkeys(("first_year", "last_year"), lazy("Enter a year, such as 2026."))
    labels: ClassVar = LABELS | {"payer": lazy("Who pays back"), "last_year": lazy("The last year")}

    def wanted(self) -> Wanted:
        """As the books take it."""
        return Wanted(
            name=self.name,
            payer=self.payer,
            first_year=self.first_year,
            last_year=self.last_year,
            cents=cents(self.amount),
        )


class ExpenseForm(BaseModel):
    """What was spent, and what proves it."""

    day: date
    amount: str
    what: str
    proof: str

    labels: ClassVar = LABELS | {"proof": lazy("The evidence")}


class ClaimForm(BaseModel):
    """What was claimed for a year."""

    year: int
    day: date
    amount: str
    what: str = ""

    errors: ClassVar = {"year": lazy("Enter a year, such as 2026.")}
    labels: ClassVar = LABELS


class ReceiptForm(BaseModel):
    """What was received."""

    day: date
    amount: str
    what: str = ""

    labels: ClassVar = LABELS


@router.get(f"{PAGE}/add")
def new_agreement(request: Request, _person: Keeper, session: Reading) -> Response:
    """An empty form."""
    return money_form.show(request, _agreement_form(session, None))


@router.post(f"{PAGE}/add")
def agree(request: Request, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Add an agreement."""
    entered = Entered(posted)
    with entered.shown_again(lambda: money_form.show(request, _agreement_form(session, None), entered)):
        made = actions.agree(session, entered.check(AgreementForm).wanted(), actor(person))
    return redirect(request, f"{PAGE}/{made.slug}", Flash(_("The agreement is added.")))


@router.get(f"{ONE}/edit")
def edit_agreement(request: Request, slug: str, _person: Keeper, session: Reading) -> Response:
    """What is agreed."""
    return money_form.show(request, _agreement_form(session, queries.agreement(session, slug)))


@router.post(f"{ONE}/edit")
def change_agreement(request: Request, slug: str, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Agree something else."""
    found, entered = queries.agreement(session, slug), Entered(posted)
    form = _agreement_form(session, found)
    with entered.shown_again(lambda: money_form.show(request, form, entered)):
        given = entered.check(AgreementForm)
        money_form.must_be(form.version, entered)
        actions.change(session, found, given.wanted(), actor(person), given.reason)
    return redirect(request, f"{PAGE}/{slug}", Flash(_("The agreement is saved.")))


@router.get(f"{ONE}/expenses/add")
def new_expense(request: Request, slug: str, _person: Keeper, session: Reading) -> Response:
    """An empty form."""
    return money_form.show(request, _expense_form(session, queries.agreement(session, slug)))


@router.post(f"{ONE}/expenses/add")
def spend(request: Request, slug: str, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Enter what was spent."""
    found, entered = queries.agreement(session, slug), Entered(posted)
    form = _expense_form(session, found)
    with entered.shown_again(lambda: money_form.show(request, form, entered)):
        given = entered.check(ExpenseForm)
        values = (given.day, cents(given.amount), given.what, given.proof)
        made = actions.spend(session, found, *values, actor(person))
    return redirect(request, f"{PAGE}/{slug}", Flash(_("%(amount)s is booked.", amount=euros(made.cents))))


@router.get(f"{ONE}/claims/add")
def new_claim(request: Request, slug: str, _person: Keeper, session: Reading) -> Response:
    """A form for the first year that is open."""
    return money_form.show(request, _claim_form(session, queries.agreement(session, slug)))


@router.post(f"{ONE}/claims/add")
def claim(request: Request, slug: str, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Enter what was claimed."""
    found, entered = queries.agreement(session, slug), Entered(posted)
    form = _claim_form(session, found)
    with entered.shown_again(lambda: money_form.show(request, form, entered)):
        given = entered.check(ClaimForm)
        values = (given.year, given.day, cents(given.amount), given.what)
        made = actions.claim(session, found, *values, actor(person))
    said = _("%(amount)s is claimed for %(year)s.", amount=euros(made.cents), year=made.year)
    return redirect(request, f"{PAGE}/{slug}", Flash(said))


@router.get(RECEIVE)
def new_receipt(request: Request, slug: str, number: Id, _person: Keeper, session: Reading) -> Response:
    """An empty form."""
    return money_form.show(request, _receipt_form(session, queries.agreement(session, slug), number))


@router.post(RECEIVE)
def receive(request: Request, slug: str, number: Id, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Enter what was received of a claim."""
    found, entered = queries.agreement(session, slug), Entered(posted)
    form = _receipt_form(session, found, number)
    with entered.shown_again(lambda: money_form.show(request, form, entered)):
        given = entered.check(ReceiptForm)
        values = (number, given.day, cents(given.amount), given.what)
        made = actions.receive(session, found, *values, actor(person))
    return redirect(request, f"{PAGE}/{slug}", Flash(_("%(amount)s is booked.", amount=euros(made.cents))))


@router.get(REVERSE)
def ask_reverse(request: Request, slug: str, kind: Kind, number: Id, _person: Keeper, session: Reading) -> Response:
    """Ask before something counts no more."""
    return money_form.show(request, _reverse_form(session, queries.agreement(session, slug), kind, number))


@router.post(REVERSE)
def reverse(
    request: Request, slug: str, kind: Kind, number: Id, person: Keeper, session: Writing, posted: Posted
) -> Response:
    """Something counts no more."""
    found, entered = queries.agreement(session, slug), Entered(posted)
    form = _reverse_form(session, found, kind, number)
    with entered.shown_again(lambda: money_form.show(request, form, entered)):
        REVERSALS[kind](session, found, number, actor(person), entered.check(Reason).reason)
    return redirect(request, f"{PAGE}/{slug}", Flash(_("It counts no more.")))


def _above(session: Session, found: Agreement | None) -> list[tuple[str, object]]:
    above: list[tuple[str, object]] = [(_("Funding"), FUNDING), (_("Reimbursements"), PAGE)]
    return above + ([(queries.terms(session, found.id).name, f"{PAGE}/{found.slug}")] if found else [])


def _agreement_form(session: Session, found: Agreement | None) -> Form:
    terms = queries.terms(session, found.id) if found else None
    names = ("name", "payer", "first_year", "last_year")
    start = {name: str(getattr(terms, name)) for name in names} if terms else {}
    return Form(
        title=_("Change the agreement") if found else _("Add an agreement"),
        action=f"{PAGE}/{found.slug}/edit" if found else f"{PAGE}/add",
        back=f"{PAGE}/{found.slug}" if found else PAGE,
        above=_above(session, found),
        fields=[
            FormField("text", "name", _("Name"), _("Such as: extraordinary maintenance"), maxlength=120),
            FormField("text", "payer", _("Who pays back"), maxlength=120),
            FormField("year", "first_year", _("First year")),
            FormField("year", "last_year", _("Final year")),
            money_form.amount_field(_("At most a year, euros")),
            *([money_form.reason_field()] if found else []),
        ],
        button=_("Save") if found else _("Add"),
        version=terms.id if terms else 0,
        start=start | (money_form.start_amount(terms.cents) if terms else {}),
    )


def _expense_form(session: Session, found: Agreement) -> Form:
    return Form(
        title=_("Enter an expense"),
        action=f"{PAGE}/{found.slug}/expenses/add",
        back=f"{PAGE}/{found.slug}",
        above=_above(session, found),
        fields=[
            money_form.day_field(_("Spent on")),
            FormField("text", "what", _("What")),
            money_form.amount_field(),
            FormField("text", "proof", _("Evidence"), _("Such as the number of the invoice"), maxlength=120),
        ],
        button=_("Enter it"),
        start=money_form.start_day(),
    )


def _claim_form(session: Session, found: Agreement) -> Form:
    line = queries.line(session, found.slug)
    open_ = next((one for one in line.years if one.claimable), None)
    start = {"year": str(open_.year if open_ else today().year)}
    start |= money_form.start_amount(open_.claimable) if open_ else {}
    return Form(
        title=_("Enter a claim"),
        action=f"{PAGE}/{found.slug}/claims/add",
        back=f"{PAGE}/{found.slug}",
        above=_above(session, found),
        said=[_("At most what was spent in the year, and what is agreed for it.")],
        fields=[
            FormField("year", "year", _("For the year")),
            money_form.amount_field(),
            money_form.day_field(_("Claimed on")),
            FormField("text", "what", _("What"), optional=True),
        ],
        button=_("Enter it"),
        start=money_form.start_day() | start,
    )


def _receipt_form(session: Session, found: Agreement, number: int) -> Form:
    claim = _claim(session, found, number)
    left = claim.cents - queries.received(session, number)
    return Form(
        title=_("Book what was paid back"),
        action=f"{PAGE}/{found.slug}/claims/{number}/receive",
        back=f"{PAGE}/{found.slug}",
        above=_above(session, found),
        said=[_("%(amount)s of the claim of %(day)s is outstanding.", amount=euros(left), day=format_date(claim.day))],
        fields=[
            money_form.amount_field(),
            money_form.day_field(_("Received on")),
            FormField("text", "what", _("What"), optional=True),
        ],
        button=_("Book it"),
        start=money_form.start_day() | money_form.start_amount(left),
    )


def _reverse_form(session: Session, found: Agreement, kind: Kind, number: int) -> Form:
    claims = queries.claims(session, found.id)
    every: dict[Kind, Sequence[Booked]] = {
        "expenses": queries.expenses(session, found.id),
        "claims": claims,
        "receipts": queries.receipts(session, [one.number for one in claims]),
    }
    row = next((one for one in every[kind] if one.number == number), None)
    if row is None:
        raise NotFound(_("There is no such entry."))
    titles = {
        "expenses": _("Reverse this expense?"),
        "claims": _("Withdraw this claim?"),
        "receipts": _("Reverse this receipt?"),
    }
    return Form(
        title=titles[kind],
        action=f"{PAGE}/{found.slug}/{kind}/{number}/reverse",
        back=f"{PAGE}/{found.slug}",
        above=_above(session, found),
        said=[
            _(
                "%(amount)s of %(day)s will count no more. It stays in the history.",
                amount=euros(row.cents),
                day=format_date(row.day),
            )
        ],
        fields=[money_form.reason_field()],
        button=_("Withdraw it") if kind == "claims" else _("Reverse it"),
        danger=True,
    )


def _claim(session: Session, found: Agreement, number: int) -> ReimbursementClaim:
    claim = next((one for one in queries.claims(session, found.id) if one.number == number), None)
    if claim is None:
        raise NotFound(_("There is no such entry."))
    return claim
