"""Promise money and pay it: a commitment made, changed, closed or cancelled; a payment booked or reversed."""

from collections.abc import Callable
from datetime import date
from typing import ClassVar

from fastapi import Request
from pydantic import BaseModel, Field
from sqlalchemy.orm import Session
from starlette.responses import Response

from api.dependencies import Id, Reading, Writing, actor
from api.flash import Flash
from api.forms import Entered, Posted, RowId
from api.pages import page_router
from api.pages.campus.access import Keeper
from api.pages.works import money_form
from api.pages.works.commitments import LIST, ONE
from api.pages.works.funding import PAGE, package_rows
from api.pages.works.money_form import LABELS, Form, FormField, Reason, cents
from api.rendering import redirect
from campus.amounts import euros
from campus.money import books, commitments, queries
from campus.money.commitments import Terms, WantedCommitment, WantedPayment
from campus.money.models import Commitment, Payment
from campus.money.rules import COST_TYPES
from core.errors import NotFound
from core.i18n import format_date, lazy
from core.i18n import gettext as _

router = page_router()
REVERSE = f"{ONE}/payments/{{payment}}/reverse"
End = Callable[[Session, int, str, str], Commitment]


class TermsForm(BaseModel):
    """How much, and what for."""

    amount: str
    contract: str = ""
    what: str = ""

    labels: ClassVar = LABELS | {"supplier": lazy("The supplier"), "contract": lazy("The contract's number")}

    def terms(self) -> Terms:
        """As the books take it."""
        return Terms(cents=cents(self.amount), contract=self.contract, what=self.what)


class NewCommitment(TermsForm):
    """To whom, and of which money."""

    supplier: str
    package: RowId
    source: RowId
    cost_type: str
    day: date


class ChangedTerms(TermsForm):
    """Other terms, and why."""

    reason: str = Field(max_length=500)

    errors: ClassVar = Reason.errors


class PaymentForm(BaseModel):
    """An invoice that was paid."""

    invoice: str
    amount: str
    day: date

    labels: ClassVar = LABELS | {"invoice": lazy("The invoice:")}


@router.get(f"{LIST}/add")
def new_commitment(request: Request, _person: Keeper, session: Reading, package: str = "") -> Response:
    """An empty form, for the package that the address names."""
    return money_form.show(request, _new_form(session, package))


@router.post(f"{LIST}/add")
def add_commitment(request: Request, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Promise the money."""
    entered = Entered(posted)
    with entered.shown_again(lambda: money_form.show(request, _new_form(session, ""), entered)):
        given = entered.check(NewCommitment)
        wanted = WantedCommitment(
            package_id=given.package,
            source_id=given.source,
            cost_type=given.cost_type,
            day=given.day,
            supplier=given.supplier,
        )
        made = commitments.commit(session, wanted, given.terms(), actor(person))
    said = _("%(amount)s is committed to %(supplier)s.", amount=euros(made.cents), supplier=made.supplier)
    return redirect(request, f"{LIST}/{made.number}", Flash(said))


@router.get(f"{ONE}/edit")
def edit_commitment(request: Request, number: Id, _person: Keeper, session: Reading) -> Response:
    """The commitment as it is."""
    return money_form.show(request, _change_form(books.current(session, Commitment, number)))


@router.post(f"{ONE}/edit")
def change_commitment(request: Request, number: Id, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Raise or lower it, or say otherwise what it is for."""
    commitment, entered = books.current(session, Commitment, number), Entered(posted)
    form = _change_form(commitment)
    with entered.shown_again(lambda: money_form.show(request, form, entered)):
        given = entered.check(ChangedTerms)
        money_form.must_be(commitment.id, entered)
        commitments.change(session, number, given.terms(), actor(person), given.reason)
    return redirect(request, f"{LIST}/{number}", Flash(_("The commitment is saved.")))


@router.get(f"{ONE}/close")
def ask_close(request: Request, number: Id, _person: Keeper, session: Reading) -> Response:
    """Ask before nothing more may be paid."""
    return money_form.show(request, _close_form(session, number))


@router.post(f"{ONE}/close")
def close(request: Request, number: Id, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Nothing more may be paid."""
    form = _close_form(session, number)
    return _end(request, session, number, Entered(posted), form, commitments.close, actor(person))


@router.get(f"{ONE}/cancel")
def ask_cancel(request: Request, number: Id, _person: Keeper, session: Reading) -> Response:
    """Ask before it comes to nothing."""
    return money_form.show(request, _cancel_form(session, number))


@router.post(f"{ONE}/cancel")
def cancel(request: Request, number: Id, person: Keeper, session: Writing, posted: Posted) -> Response:
    """It comes to nothing."""
    form = _cancel_form(session, number)
    return _end(request, session, number, Entered(posted), form, commitments.cancel, actor(person))


@router.get(f"{ONE}/pay")
def new_payment(request: Request, number: Id, _person: Keeper, session: Reading) -> Response:
    """An empty form."""
    return money_form.show(request, _pay_form(session, books.current(session, Commitment, number)))


@router.post(f"{ONE}/pay")
def pay(request: Request, number: Id, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Book a payment."""
    form = _pay_form(session, books.current(session, Commitment, number))
    entered = Entered(posted)
    with entered.shown_again(lambda: money_form.show(request, form, entered)):
        given = entered.check(PaymentForm)
        wanted = WantedPayment(commitment=number, invoice=given.invoice, day=given.day, cents=cents(given.amount))
        made = commitments.pay(session, wanted, actor(person))
    said = _("%(amount)s is booked for invoice %(invoice)s.", amount=euros(made.cents), invoice=made.invoice)
    return redirect(request, f"{LIST}/{number}", Flash(said))


@router.get(REVERSE)
def ask_reverse(request: Request, number: Id, payment: Id, _person: Keeper, session: Reading) -> Response:
    """Ask before a payment counts no more."""
    return money_form.show(request, _reverse_form(_payment(session, number, payment)))


@router.post(REVERSE)
def reverse(request: Request, number: Id, payment: Id, person: Keeper, session: Writing, posted: Posted) -> Response:
    """A payment counts no more."""
    form = _reverse_form(_payment(session, number, payment))
    entered = Entered(posted)
    with entered.shown_again(lambda: money_form.show(request, form, entered)):
        made = commitments.reverse(session, payment, actor(person), entered.check(Reason).reason)
    return redirect(request, f"{LIST}/{number}", Flash(_("%(amount)s is reversed.", amount=euros(made.cents))))


def _end(request: Request, session: Session, number: int, entered: Entered, form: Form, end: End, by: str) -> Response:
    with entered.shown_again(lambda: money_form.show(request, form, entered)):
        given = entered.check(Reason)
        money_form.must_be(form.version, entered)
        end(session, number, by, given.reason)
    return redirect(request, f"{LIST}/{number}", Flash(_("The commitment is ended.")))


def _above(commitment: Commitment | None = None) -> list[tuple[str, object]]:
    above: list[tuple[str, object]] = [(_("Funding"), PAGE), (_("Commitments and payments"), LIST)]
    return above + ([(commitment.supplier, f"{LIST}/{commitment.number}")] if commitment else [])


def _terms_fields() -> list[FormField]:
    return [
        money_form.amount_field(),
        FormField("text", "contract", _("Number of the contract or order"), optional=True, maxlength=80),
        FormField("text", "what", _("What"), optional=True),
    ]


def _new_form(session: Session, package: str) -> Form:
    packages = [(str(one.id), one.name) for one in package_rows(session).values()]
    sources = [(str(one.id), one.name) for one in queries.sources(session)]
    return Form(
        title=_("Commit money"),
        action=f"{LIST}/add",
        back=LIST,
        above=_above(),
        said=[_("A commitment takes of what the source sets aside for such costs of these works, and never more.")],
        fields=[
            FormField("text", "supplier", _("Supplier"), maxlength=120),
            FormField("select", "package", _("Works package"), options=[("", _("Choose one")), *packages]),
            money_form.cost_type_field(),
            FormField("select", "source", _("Source"), options=[("", _("Choose one")), *sources]),
            money_form.day_field(),
            *_terms_fields(),
        ],
        button=_("Commit it"),
        start=money_form.start_day() | {"package": package, "cost_type": COST_TYPES[1]},
    )


def _change_form(commitment: Commitment) -> Form:
    start = {"contract": commitment.contract, "what": commitment.what}
    return Form(
        title=_("Change the commitment"),
        action=f"{LIST}/{commitment.number}/edit",
        back=f"{LIST}/{commitment.number}",
        above=_above(commitment),
        fields=[*_terms_fields(), money_form.reason_field()],
        button=_("Save"),
        version=commitment.id,
        start=start | money_form.start_amount(commitment.cents),
    )


def _close_form(session: Session, number: int) -> Form:
    left = euros(books.current(session, Commitment, number).cents - queries.paid(session, number))
    said = _("%(amount)s that is not paid becomes free for other commitments. No more can be paid of it.", amount=left)
    return _end_form(session, number, _("Close this commitment?"), "close", said, _("Close it"))


def _cancel_form(session: Session, number: int) -> Form:
    said = _("All of it becomes free for other commitments. It stays in the history.")
    return _end_form(session, number, _("Cancel this commitment?"), "cancel", said, _("Cancel this commitment"))


def _end_form(session: Session, number: int, title: str, step: str, said: str, button: str) -> Form:
    commitment = books.current(session, Commitment, number)
    return Form(
        title=title,
        action=f"{LIST}/{number}/{step}",
        back=f"{LIST}/{number}",
        above=_above(commitment),
        said=[said],
        fields=[money_form.reason_field()],
        button=button,
        version=commitment.id,
        danger=True,
    )


def _pay_form(session: Session, commitment: Commitment) -> Form:
    left = commitment.cents - queries.paid(session, commitment.number)
    return Form(
        title=_("Book a payment"),
        action=f"{LIST}/{commitment.number}/pay",
        back=f"{LIST}/{commitment.number}",
        above=_above(commitment),
        said=[_("%(amount)s of this commitment is still to be paid.", amount=euros(left))],
        fields=[
            FormField("text", "invoice", _("Number of the invoice"), maxlength=80),
            money_form.amount_field(),
            money_form.day_field(_("Paid on")),
        ],
        button=_("Book it"),
        start=money_form.start_day(),
    )


def _reverse_form(payment: Payment) -> Form:
    return Form(
        title=_("Reverse this payment?"),
        action=f"{LIST}/{payment.commitment}/payments/{payment.number}/reverse",
        back=f"{LIST}/{payment.commitment}",
        above=_above(),
        said=[
            _(
                "%(amount)s of %(day)s, invoice %(invoice)s, will count no more. It stays in the history, and the "
                "invoice can be paid anew.",
                amount=euros(payment.cents),
                day=format_date(payment.day),
                invoice=payment.invoice,
            )
        ],
        fields=[money_form.reason_field()],
        button=_("Reverse it"),
        danger=True,
    )


def _payment(session: Session, number: int, payment: int) -> Payment:
    found = books.current(session, Payment, payment)
    if found.commitment != number:
        raise NotFound(_("There is no such entry."))
    return found
