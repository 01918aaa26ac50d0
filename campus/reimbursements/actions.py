"""Every change of what others pay back. Nothing is claimed that was not spent and agreed, nor received unclaimed."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.amounts import euros
from campus.known import supersede
from campus.money import books, rules
from campus.money.rules import Status
from campus.places import rules as places
from campus.reimbursements import queries
from campus.reimbursements.models import (
    Agreement,
    AgreementTerms,
    Expense,
    ReimbursementClaim,
    ReimbursementReceipt,
)
from core import trail
from core.errors import Conflict, InvalidInput
from core.i18n import gettext as _

SUBJECT = "reimbursement"
MOST_YEARS = 50
RESERVED = ("add",)  # what stands in an address already
Row = TypeVar("Row", Expense, ReimbursementClaim, ReimbursementReceipt)
FIXED = ("number", "agreement_id", "claim", "year", "day", "cents", "what", "proof")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is agreed: who pays back up to so many cents for each year from the first to the last."""

    name: str
    payer: str
    first_year: int
    last_year: int
    cents: int


def agree(session: Session, wanted: Wanted, actor: str) -> Agreement:
    """Add an agreement. Raises `InvalidInput`."""
    values = _checked(session, wanted, None)
    taken = {*session.scalars(sa.select(Agreement.slug)), *RESERVED}
    agreement = Agreement(slug=places.slug_of(values["name"], taken, "agreement"))
    session.add(agreement)
    session.flush()
    books.keep(session, AgreementTerms(agreement_id=agreement.id, **values), actor)
    trail.record(session, actor, "reimbursement.agree", SUBJECT, agreement.id, after=values)
    return agreement


def change(session: Session, agreement: Agreement, wanted: Wanted, actor: str, reason: str) -> AgreementTerms:
    """Agree something else. Raises `InvalidInput` where more than that is claimed already."""
    values = _checked(session, wanted, agreement.id)
    reason = rules.checked_reason(reason)
    current = queries.terms(session, agreement.id)
    before = {name: getattr(current, name) for name in Wanted.__slots__}
    supersede(session, current)
    made = books.keep(session, AgreementTerms(agreement_id=agreement.id, **values), actor, reason)
    for year in queries.line(session, agreement.slug).years:
        rules.check_within(
            year.claimed, year.agreed, "amount", _("is %(over)s less than what is claimed for a year already")
        )
    trail.record(session, actor, "reimbursement.change", SUBJECT, agreement.id, before=before, after=values)
    return made


def spend(session: Session, agreement: Agreement, day: date, cents: int, what: str, proof: str, actor: str) -> Expense:
    """Enter what was spent, and what proves it. More than is agreed may be spent. Raises `InvalidInput`."""
    terms = queries.terms(session, agreement.id)
    rules.checked_past(day)
    if not terms.first_year <= day.year <= terms.last_year:
        raise InvalidInput(
            _("must lie in the agreed years %(first)s to %(last)s", first=terms.first_year, last=terms.last_year),
            place="day",
        )
    expense = Expense(
        number=books.next_number(session, Expense),
        agreement_id=agreement.id,
        status=Status.BOOKED.value,
        day=day,
        cents=rules.checked_cents(cents, least=1),
        what=rules.checked_text(what, 200, "what", needed=True),
        proof=rules.checked_text(proof, 120, "proof", needed=True),
    )
    return _book(session, agreement, expense, "reimbursement.spend", actor)


def claim(
    session: Session, agreement: Agreement, year: int, day: date, cents: int, what: str, actor: str
) -> ReimbursementClaim:
    """Enter what was claimed for a year. Raises `InvalidInput` for more than was spent, or than is agreed."""
    rules.checked_year(year)
    rules.checked_past(day)
    rules.checked_cents(cents, least=1)
    found = queries.year(session, agreement.id, year)
    together = found.claimed + cents
    rules.check_within(together, found.agreed, "amount", _("is %(over)s more than the %(limit)s agreed for that year"))
    rules.check_within(together, found.spent, "amount", _("is %(over)s more than the %(limit)s spent in that year"))
    made = ReimbursementClaim(
        number=books.next_number(session, ReimbursementClaim),
        agreement_id=agreement.id,
        status=Status.BOOKED.value,
        year=year,
        day=day,
        cents=cents,
        what=rules.checked_text(what, 200, "what"),
    )
    return _book(session, agreement, made, "reimbursement.claim", actor)


def receive(
    session: Session, agreement: Agreement, claim: int, day: date, cents: int, what: str, actor: str
) -> ReimbursementReceipt:
    """Enter what was received of a claim. Raises `InvalidInput` for more than was claimed."""
    of = _of(session, agreement, ReimbursementClaim, claim)
    rules.check_booked(of.status)
    rules.checked_cents(cents, least=1)
    together = queries.received(session, claim) + cents
    rules.check_within(together, of.cents, "amount", _("is %(over)s more than the %(limit)s that was claimed"))
    made = ReimbursementReceipt(
        number=books.next_number(session, ReimbursementReceipt),
        claim=claim,
        status=Status.BOOKED.value,
        day=rules.checked_past(day),
        cents=cents,
        what=rules.checked_text(what, 200, "what"),
    )
    return _book(session, agreement, made, "reimbursement.receive", actor)


def reverse_expense(session: Session, agreement: Agreement, number: int, actor: str, reason: str) -> Expense:
    """It was not spent after all. Raises `Conflict` where it is claimed already."""
    before = _of(session, agreement, Expense, number)
    made = _reverse(session, before, "reimbursement.expense_reversed", actor, reason)
    year = queries.year(session, agreement.id, before.day.year)
    if year.claimed > year.spent:
        over = euros(year.claimed - year.spent)
        raise Conflict(_("%(over)s of it is claimed already: withdraw the claim first.", over=over))
    return made


def withdraw(session: Session, agreement: Agreement, number: int, actor: str, reason: str) -> ReimbursementClaim:
    """Take a claim back. Raises `Conflict` where something was received of it."""
    before = _of(session, agreement, ReimbursementClaim, number)
    if received := queries.received(session, number):
        raise Conflict(_("%(amount)s of it was received: reverse that first.", amount=euros(received)))
    return _reverse(session, before, "reimbursement.withdraw", actor, reason)


def reverse_receipt(
    session: Session, agreement: Agreement, number: int, actor: str, reason: str
) -> ReimbursementReceipt:
    """It was not received after all. Raises `NotFound`, `Conflict`."""
    before = books.current(session, ReimbursementReceipt, number)
    _of(session, agreement, ReimbursementClaim, before.claim)
    return _reverse(session, before, "reimbursement.receipt_reversed", actor, reason)


def _of(session: Session, agreement: Agreement, table: type[Row], number: int) -> Row:
    """The current version of something of this agreement. Raises `NotFound`."""
    found = books.current(session, table, number)
    if getattr(found, "agreement_id", None) != agreement.id:
        raise books.no_such_entry()
    return found


def _reverse(session: Session, before: Row, action: str, actor: str, reason: str) -> Row:
    rules.check_booked(before.status)
    reason = rules.checked_reason(reason)
    supersede(session, before)
    values = {name: getattr(before, name) for name in FIXED if hasattr(before, name)}
    made = books.keep(session, type(before)(**values, status=Status.REVERSED.value), actor, reason)
    trail.record(session, actor, action, made.__tablename__, before.number, after={"reason": reason})
    return made


def _book(session: Session, agreement: Agreement, row: Row, action: str, actor: str) -> Row:
    made = books.keep(session, row, actor)
    told = {"agreement": agreement.slug, "day": made.day.isoformat(), "cents": made.cents, "what": made.what}
    trail.record(session, actor, action, made.__tablename__, made.number, after=told)
    return made


def _checked(session: Session, wanted: Wanted, but: int | None) -> dict[str, Any]:
    values = asdict(wanted) | {"name": places.checked_name(wanted.name)}
    values["payer"] = places.checked_name(wanted.payer, place="payer")
    rules.checked_year(wanted.first_year, "first_year")
    rules.checked_year(wanted.last_year, "last_year")
    if not 0 <= wanted.last_year - wanted.first_year < MOST_YEARS:
        raise InvalidInput(_("must not come before the first year, nor 50 years after it"), place="last_year")
    rules.checked_cents(wanted.cents, least=1)
    same = (sa.func.lower(AgreementTerms.name) == values["name"].lower(), AgreementTerms.superseded_at.is_(None))
    taken = sa.select(AgreementTerms.agreement_id).where(*same)
    if session.scalar(taken.where(AgreementTerms.agreement_id != but) if but else taken) is not None:
        raise InvalidInput(_("there is an agreement of this name already"), place="name")
    return values
